using System.Globalization;
using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of RTF: paragraphs and cells, headers and footers, and what the document says of itself.</summary>
/// <param name="bytes">The file.</param>
/// <param name="sink">Takes the texts.</param>
/// <param name="stop">Stops the work.</param>
/// <remarks>A group whose text stands apart, such as a header, a box or a bookmark in the middle of a word, has a line of its own.</remarks>
internal sealed class RtfLetters(byte[] bytes, TextSink sink, CancellationToken stop)
{
    private const int MostDepth = 10_000;
    private const int MostLine = 4096;
    private const int TopLines = 5;

    // Groups that hold no letters of the document: pictures and objects in figures, tables of fonts and styles.
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "blipuid", "colorschememapping", "colortbl", "datafield", "datastore", "filetbl", "fontemb", "fontfile", "fonttbl", "generator", "latentstyles", "listoverridetable", "listtable", "mmathPr",
        "objdata", "panose", "passwordhash", "pgptbl", "pict", "rsidtbl", "stylesheet", "themedata", "xmlnstbl",
    };

    private readonly Stack<State> _outer = new();
    private readonly List<byte> _raw = [];
    private Encoding _encoding = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private State _state = new(TextRole.Body, "line", "", false, 1, new StringBuilder());
    private string _property = "";
    private int _number;
    private int _at;
    private int _toSkip;

    /// <summary>Reads the file.</summary>
    public void Read()
    {
        for (_at = 0; _at < bytes.Length;)
        {
            switch (bytes[_at])
            {
                case (byte)'{':
                    stop.ThrowIfCancellationRequested();
                    _at++;
                    Open();
                    break;
                case (byte)'}':
                    _at++;
                    Close();
                    break;
                case (byte)'\\':
                    ReadWord();
                    break;
                case (byte)'\r' or (byte)'\n':
                    _at++;
                    break;
                default:
                    Add(bytes[_at++]);
                    break;
            }
        }

        Give();
    }

    private void Open()
    {
        if (_outer.Count < MostDepth)
        {
            _outer.Push(_state);
        }
        else
        {
            sink.Unread("too-deep");
            _at = bytes.Length;
        }
    }

    private void Close()
    {
        var before = _state;
        if (_outer.TryPop(out var outer) && !ReferenceEquals(before.Line, outer.Line))
        {
            Decode();
            Give(before);
        }

        _state = outer ?? _state;
    }

    // A group of its own: what stood before it goes on after it.
    private void Enter(TextRole role, string unit, string field = "")
    {
        Decode();
        _state = _state with { Role = role, Unit = unit, Field = field, Line = new StringBuilder() };
    }

    private void ReadWord()
    {
        var from = ++_at;
        while (_at < bytes.Length && char.IsAsciiLetter((char)bytes[_at]))
        {
            _at++;
        }

        if (_at == from)
        {
            ReadSign();
            return;
        }

        var word = Encoding.ASCII.GetString(bytes, from, _at - from);
        from = _at;
        while (_at < bytes.Length && (char.IsAsciiDigit((char)bytes[_at]) || (_at == from && bytes[_at] == '-')))
        {
            _at++;
        }

        int? number = int.TryParse(Encoding.ASCII.GetString(bytes, from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : null;
        _at += _at < bytes.Length && bytes[_at] == ' ' ? 1 : 0;
        Take(word, number);
    }

    private void ReadSign()
    {
        var sign = _at < bytes.Length ? (char)bytes[_at++] : '\0';
        if (sign == '\'' && _at + 2 <= bytes.Length)
        {
            var isByte = byte.TryParse(Encoding.ASCII.GetString(bytes, _at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
            _at += 2;
            if (isByte)
            {
                Add(value);
            }
        }
        else if (sign == '*')
        {
            Enter(_state.Role, "part"); // a group that readers may pass over, and show when they know it
        }
        else if (sign is '{' or '}' or '\\')
        {
            Add((byte)sign);
        }
        else if (sign == '~')
        {
            Add((byte)' ');
        }
    }

    private void Take(string word, int? number)
    {
        switch (word)
        {
            case "ansicpg" when number is > 0 && CodePagesEncodingProvider.Instance.GetEncoding(number.Value) is { } encoding:
                _encoding = encoding;
                break;
            case "u" when number is { } letter:
                Decode();
                _ = _state.IsHidden ? _state.Line : _state.Line.Append(unchecked((char)letter));
                _toSkip = _state.Fallbacks;
                break;
            case "uc":
                _state = _state with { Fallbacks = Math.Clamp(number ?? 1, 0, 16) };
                break;
            case "par" or "line" or "row" or "sect" or "page":
                Give();
                break;
            case "cell" or "tab":
                Decode();
                _ = _state.Line.Append('\t');
                break;
            case "bin" when number is > 0:
                _at = (int)Math.Min(bytes.Length, _at + (long)number);
                break;
            case "title" or "subject" or "keywords" or "doccomm" or "author" or "company" or "sv" or "staticval":
                Enter(TextRole.Field, "property", word is "staticval" ? _property : word);
                break;
            case "annotation" or "footnote":
                Enter(_state.Role, word == "annotation" ? "comment" : "note");
                break;
            case "shptxt" or "sn" or "propname" or "atnid" or "atnauthor":
                Enter(TextRole.Body, word == "propname" ? "name" : "part");
                break;
            case "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf":
                Enter(TextRole.Margin, word[..6]);
                break;
            default:
                _state = Hidden.Contains(word) ? _state with { IsHidden = true } : _state;
                break;
        }
    }

    private void Add(byte one)
    {
        if (_toSkip > 0)
        {
            _toSkip--; // what readers show that do not know \u
        }
        else if (!_state.IsHidden)
        {
            _raw.Add(one);
            if (_raw.Count + _state.Line.Length > MostLine)
            {
                Give();
            }
        }
    }

    private void Decode()
    {
        if (_raw.Count > 0)
        {
            _ = _state.Line.Append(_encoding.GetString([.. _raw]));
            _raw.Clear();
        }
    }

    private void Give()
    {
        Decode();
        Give(_state);
    }

    private void Give(State state)
    {
        var text = state.Line.ToString();
        _ = state.Line.Clear();
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (state.Unit == "name")
        {
            _property = text.Trim(); // the value follows in a group of its own
        }

        var isLine = state.Unit == "line";
        _number += isLine ? 1 : 0;
        sink.Take(text, state.Role, state.Unit, isLine ? _number : 0, state.Field, isLine && _number <= TopLines);
    }

    private sealed record State(TextRole Role, string Unit, string Field, bool IsHidden, int Fallbacks, StringBuilder Line);
}
