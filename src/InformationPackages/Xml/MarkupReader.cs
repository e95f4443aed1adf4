using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages.Xml;

/// <summary>
/// Reads somebody's XML 1.0 as a tree, and says what is wrong with it as findings: no document type, nothing from outside,
/// bounded length, depth and number, and bytes that are in the encoding they say. A tree is given only when the file was read to
/// its end; what lay too deep or was too long is missing in it, and that is an error of its own.
/// </summary>
internal sealed class MarkupReader
{
    private const int MostSkippedDepth = 4096;

    private readonly MarkupReading _reading;
    private readonly Action<Finding> _findings;
    private readonly MarkupEncoding _encoding;
    private readonly List<(MarkupElement Element, string Measure, long Limit)> _exceeded = [];
    private readonly List<MarkupNode> _before = [];
    private readonly List<MarkupNode> _after = [];
    private readonly List<(MarkupElement Element, string Character)> _outside = [];
    private readonly char[] _piece = new char[1 << 12];
    private MarkupElement? _root;
    private MarkupElement? _current;
    private string? _standalone;
    private int _nodes;
    private long _letters;
    private long _taken;

    private MarkupReader(MarkupReading reading, Action<Finding> findings, MarkupEncoding encoding)
    {
        _reading = reading;
        _findings = findings;
        _encoding = encoding;
    }

    /// <summary>The tree of a file; null when it could not be read to its end, which an error among the findings tells.</summary>
    /// <param name="open">Opens the file, each time from its beginning.</param>
    /// <param name="reading">What is allowed.</param>
    /// <param name="findings">Takes PKG-101 to PKG-107 and what the opened stream finds wrong with itself.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static MarkupDocument? Read(Func<Stream> open, MarkupReading reading, BoundedFindings findings, CancellationToken cancellation) =>
        Read(open, reading, findings.Add, cancellation);

    /// <summary>The tree of a file; null when it could not be read to its end, which an error among the findings tells.</summary>
    /// <param name="open">Opens the file, each time from its beginning.</param>
    /// <param name="reading">What is allowed.</param>
    /// <param name="findings">Is told PKG-101 to PKG-107 and what the opened stream finds wrong with itself.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static MarkupDocument? Read(Func<Stream> open, MarkupReading reading, Action<Finding> findings, CancellationToken cancellation)
    {
        try
        {
            using var stream = open();
            return MarkupDeclaration.Read(stream, reading, findings) is not { } declared
                ? null
                : new MarkupReader(reading, findings, declared.Encoding).Read(new JoinedStream(declared.Head, stream), declared, cancellation);
        }
        catch (ContentException bad)
        {
            findings(bad.Finding);
            return null;
        }
    }

    private MarkupDocument? Read(Stream stream, MarkupDeclaration declared, CancellationToken cancellation)
    {
        using var letters = new MarkupLetters(stream, _encoding, _reading.Limits, cancellation);
        var whole = false;
        using (var reader = SafeXml.Create(letters))
        {
            try
            {
                whole = Build(reader);
            }
            catch (XmlException fault)
            {
                // A file that the letters stopped ends suddenly: the stop is the cause.
                if (letters.Stop == MarkupStop.None)
                {
                    _findings(Finding.Error("PKG-102", _reading.Subject, ("line", Math.Max(fault.LineNumber, 1)), ("column", Math.Max(fault.LinePosition, 1)), ("path", Open())));
                }
            }
        }

        Tell(letters, declared.Said);
        return whole && letters.Stop == MarkupStop.None && !letters.LooksLikeUtf8 && _root is not null
            ? new MarkupDocument(_encoding, _root) { HasMark = declared.HasMark, Standalone = _standalone, Before = _before, After = _after }
            : null;
    }

    private void Tell(MarkupLetters letters, string declared)
    {
        switch (letters.Stop)
        {
            case MarkupStop.Type: _findings(Finding.Error("PKG-101", _reading.Subject, ("line", letters.Line))); break;
            case MarkupStop.Encoding: _findings(Finding.Error("PKG-103", _reading.Subject, ("declared", declared), ("line", letters.Line), ("offset", letters.Offset))); break;
            case MarkupStop.Bytes: Exceed("bytes", _reading.Limits.MostBytes, letters.Line, ""); break;
            case MarkupStop.Text: Exceed("text", _reading.Limits.MostText, letters.Line, Open()); break;
            default:
                if (letters.LooksLikeUtf8)
                {
                    _findings(Finding.Error("PKG-103", _reading.Subject, ("declared", declared), ("line", 1), ("offset", 0)));
                }

                break;
        }

        // An element's path is final only now, when its siblings are known.
        foreach (var (element, measure, limit) in _exceeded)
        {
            Exceed(measure, limit, element.Line, element.Path);
        }

        foreach (var (element, character) in _outside)
        {
            _findings(Finding.Warning("PKG-107", _reading.Subject, ("declared", declared), ("character", character), ("line", element.Line), ("path", element.Path)));
        }
    }

    private void Exceed(string measure, long limit, long line, string path) =>
        _findings(Finding.Error("PKG-106", _reading.Subject, ("measure", measure), ("limit", limit), ("line", line), ("path", path)));

    private string Open() => _current?.Path ?? "";

    /// <summary>Whether the whole file was taken into the tree.</summary>
    private bool Build(XmlReader reader)
    {
        for (var more = reader.Read(); more;)
        {
            var isDeep = reader.NodeType == XmlNodeType.Element && reader.Depth >= _reading.Limits.MostDepth;
            if (isDeep && !Skip(reader))
            {
                return false;
            }

            // Skipping has moved on to the node after the element.
            if (isDeep)
            {
                more = !reader.EOF;
                continue;
            }

            Take(reader);
            if (_nodes > _reading.Limits.MostNodes)
            {
                _exceeded.Add((_current ?? _root!, "nodes", _reading.Limits.MostNodes));
                return false;
            }

            if (!IsWithinBudget())
            {
                return false;
            }

            more = reader.Read();
        }

        return true;
    }

    private bool IsWithinBudget()
    {
        var (held, before) = (_nodes + (_letters / MarkupBudget.LettersOfNode), _taken);
        _taken = held;
        if (_reading.Budget is not { } budget || budget.Take(held - before))
        {
            return true;
        }

        Exceed("package", budget.Most, _current?.Line ?? 1, Open());
        return false;
    }

    private void Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.XmlDeclaration: _standalone = reader.GetAttribute("standalone"); break;
            case XmlNodeType.Element: Begin(reader); break;
            case XmlNodeType.EndElement: End(); break;
            case XmlNodeType.Comment: Keep(new MarkupComment(reader.Value)); break;
            case XmlNodeType.ProcessingInstruction: Keep(new MarkupInstruction(reader.Name, reader.Value)); break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _current is not null: TakeText(reader); break;
            default: break;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Nothing here is disposable.")]
    private void Begin(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        var element = new MarkupElement(reader.Name, reader.NamespaceURI) { Line = place.LineNumber, Column = place.LinePosition };
        _nodes++;
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            _ = element.With(reader.Name, reader.Value);
            _nodes++;
            _letters += reader.Value.Length;
            Check(element, reader.Value);
        }

        _ = _current?.Add(element);
        _root ??= element;
        element.Sink = _reading.SinkOf(element);
        if (!isEmpty)
        {
            _current = element;
        }
    }

    private void End()
    {
        _current!.Settle();
        _current = _current.Parent;
    }

    private void Keep(MarkupNode node)
    {
        _nodes++;
        _letters += node is MarkupComment comment ? comment.Value.Length : 0;
        if (_current is not null)
        {
            _ = _current.Add(node);
        }
        else
        {
            (_root is null ? _before : _after).Add(node);
        }
    }

    private void TakeText(XmlReader reader)
    {
        var text = new StringBuilder();
        var isLong = false;
        for (var got = reader.ReadValueChunk(_piece, 0, _piece.Length); got > 0; got = reader.ReadValueChunk(_piece, 0, _piece.Length))
        {
            if (_current!.Sink is { } sink)
            {
                sink.Append(_piece.AsSpan(0, got));
            }
            else if (!isLong)
            {
                _ = text.Append(_piece, 0, got);
                isLong = text.Length > _reading.Limits.MostText;
            }
        }

        if (isLong)
        {
            _exceeded.Add((_current!, "text", _reading.Limits.MostText));
        }
        else if (text.Length > 0)
        {
            var value = text.ToString();
            _ = _current!.Add(new MarkupText(value));
            _nodes++;
            _letters += value.Length;
            Check(_current, value);
        }
    }

    /// <summary>Passes over an element that lies too deep; false when what it holds is deeper than can be passed over.</summary>
    private bool Skip(XmlReader reader)
    {
        if (_exceeded.Count == 0 || !ReferenceEquals(_exceeded[^1].Element, _current))
        {
            _exceeded.Add((_current!, "depth", _reading.Limits.MostDepth));
        }

        var depth = reader.Depth;
        if (reader.IsEmptyElement)
        {
            _ = reader.Read();
            return true;
        }

        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth > MostSkippedDepth)
            {
                return false;
            }
        }

        _ = reader.Read();
        return true;
    }

    // Only the narrow encodings can be wrong here: their bytes were read by the wide one.
    private void Check(MarkupElement element, string value)
    {
        if (_encoding.IsWhole)
        {
            return;
        }

        foreach (var character in value.EnumerateRunes())
        {
            if (!_encoding.CanHold(character))
            {
                _outside.Add((element, character.ToString()));
                return;
            }
        }
    }
}
