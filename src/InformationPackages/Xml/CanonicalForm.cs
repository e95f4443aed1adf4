using System.Text;
using System.Xml;

namespace Lantai.InformationPackages.Xml;

/// <summary>
/// Writes one element of a file in the exclusive canonical form without comments (W3C Exclusive XML Canonicalization 1.0), white space
/// as it stands in the file, as it passes: nothing of it is held but the open tags. What signatures are over: spec/formats/eep-package.md.
/// </summary>
/// <remarks>For files that were read to their end before. No prefixes are declared inclusive. Not safe for concurrent use.</remarks>
internal sealed class CanonicalForm
{
    private readonly TextWriter _out;
    private readonly Stack<Dictionary<string, string>> _declared = new([new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" }]);
    private readonly Stack<string> _open = new();
    private readonly char[] _piece = new char[1 << 12];

    private CanonicalForm(TextWriter writer) => _out = writer;

    /// <summary>Writes the element that is the given one among those of its local name, counted from 0 in the order of the file.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public static void Write(Func<Stream> open, string localName, int index, MarkupLimits limits, Stream target, CancellationToken cancellation)
    {
        using var stream = open();
        using var letters = new MarkupLetters(stream, MarkupEncoding.Utf8, limits, cancellation);
        using var reader = SafeXml.Create(letters);
        using var writer = new StreamWriter(target, MarkupEncoding.Utf8.Codec, 1 << 14, leaveOpen: true) { NewLine = "\n" };
        for (var seen = -1; reader.Read();)
        {
            seen += reader.NodeType == XmlNodeType.Element && reader.LocalName == localName ? 1 : 0;
            if (seen == index)
            {
                new CanonicalForm(writer).WriteElement(reader);
                return;
            }
        }

        throw new ArgumentException($"There is no element {localName} of number {index}.", nameof(index));
    }

    private void WriteElement(XmlReader reader)
    {
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element: Begin(reader); break;
                case XmlNodeType.EndElement: End(); break;
                case XmlNodeType.ProcessingInstruction: _out.Write(reader.Value.Length == 0 ? $"<?{reader.Name}?>" : $"<?{reader.Name} {reader.Value}?>"); break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace: WriteText(reader); break;
                default: break;
            }
        }
        while (_open.Count > 0 && reader.Read());
    }

    private void Begin(XmlReader reader)
    {
        var (name, isEmpty) = (reader.Name, reader.IsEmptyElement);
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal) { [reader.Prefix] = reader.NamespaceURI };
        var attributes = new List<(string Space, string LocalName, string Name, string Value)>();
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
            {
                attributes.Add((reader.NamespaceURI, reader.LocalName, reader.Name, reader.Value));
                if (reader.Prefix.Length > 0)
                {
                    used[reader.Prefix] = reader.NamespaceURI;
                }
            }
        }

        _out.Write($"<{name}");
        WriteNamespaces(used);
        foreach (var attribute in attributes.OrderBy(a => a.Space, StringComparer.Ordinal).ThenBy(a => a.LocalName, StringComparer.Ordinal))
        {
            _out.Write($" {attribute.Name}=\"");
            Escape(attribute.Value, isAttribute: true);
            _out.Write('"');
        }

        _out.Write('>');
        _open.Push(name);
        if (isEmpty)
        {
            End();
        }
    }

    /// <summary>A namespace is written where its prefix is used and no tag around says the same.</summary>
    private void WriteNamespaces(SortedDictionary<string, string> used)
    {
        var around = _declared.Peek();
        var now = new Dictionary<string, string>(around, StringComparer.Ordinal);
        foreach (var (prefix, space) in used.Where(u => u.Key != "xml" && around.GetValueOrDefault(u.Key) != u.Value))
        {
            now[prefix] = space;
            _out.Write(prefix.Length == 0 ? " xmlns=\"" : $" xmlns:{prefix}=\"");
            Escape(space, isAttribute: true);
            _out.Write('"');
        }

        _declared.Push(now);
    }

    private void End()
    {
        _out.Write($"</{_open.Pop()}>");
        _ = _declared.Pop();
    }

    private void WriteText(XmlReader reader)
    {
        for (var got = reader.ReadValueChunk(_piece, 0, _piece.Length); got > 0; got = reader.ReadValueChunk(_piece, 0, _piece.Length))
        {
            Escape(_piece.AsSpan(0, got), isAttribute: false);
        }
    }

    private void Escape(ReadOnlySpan<char> text, bool isAttribute)
    {
        var marks = isAttribute ? "&<\"\t\n\r" : "&<>\r";
        for (var next = text.IndexOfAny(marks); next >= 0; next = text.IndexOfAny(marks))
        {
            _out.Write(text[..next]);
            _out.Write(text[next] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\t' => "&#x9;", '\n' => "&#xA;", _ => "&#xD;" });
            text = text[(next + 1)..];
        }

        _out.Write(text);
    }
}
