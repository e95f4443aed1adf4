using System.Globalization;
using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of RTF: paragraphs and cells, headers and footers, and what the document says of itself.</summary>
/// <param name="bytes">The file.</param>
/// <param name="sink">Takes the texts.</param>
/// <param name="stop">Stops the work.</param>
internal sealed class RtfLetters(byte[] bytes, TextSink sink, CancellationToken stop)
{
    private const int MostDepth = 10_000;
    private const int MostLine = 4096;
    private const int TopLines = 5;

    private readonly Stack<State> _outer = new();
    private readonly StringBuilder _line = new();
    private readonly List<byte> _raw = [];
    private Encoding _encoding = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private State _state = new(TextRole.Body, "line", "", false, 1);
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
        _state = _outer.TryPop(out var outer) ? outer : _state;
        if (before.Unit != _state.Unit || before.IsHidden)
        {
            if (before.IsHidden)
            {
                _raw.Clear();
            }

            Give(before);
        }
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
            _state = _state with { IsHidden = true }; // a group that readers may pass over
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
                _ = _state.IsHidden ? _line : _line.Append(unchecked((char)letter));
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
                _ = _line.Append('\t');
                break;
            case "fonttbl" or "colortbl" or "stylesheet" or "pict" or "objdata" or "themedata" or "datastore":
                _state = _state with { IsHidden = true };
                break;
            case "bin" when number is > 0:
                _at = (int)Math.Min(bytes.Length, _at + (long)number);
                break;
            case "title" or "subject" or "keywords" or "doccomm" or "author" or "company":
                _state = _state with { Role = TextRole.Field, Unit = "property", Field = word };
                break;
            case "annotation" or "footnote":
                _state = _state with { Unit = word == "annotation" ? "comment" : "note", IsHidden = false };
                break;
            default:
                if (word is "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf")
                {
                    _state = _state with { Role = TextRole.Margin, Unit = word[..6] };
                }

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
            if (_raw.Count + _line.Length > MostLine)
            {
                Give();
            }
        }
    }

    private void Decode()
    {
        if (_raw.Count > 0)
        {
            _ = _line.Append(_encoding.GetString([.. _raw]));
            _raw.Clear();
        }
    }

    private void Give() => Give(_state);

    private void Give(State state)
    {
        Decode();
        var text = _line.ToString();
        _ = _line.Clear();
        if (!string.IsNullOrWhiteSpace(text))
        {
            _number++;
            sink.Take(text, state.Role, state.Unit, state.Unit == "line" ? _number : 0, state.Field, state.Unit == "line" && _number <= TopLines);
        }
    }

    private sealed record State(TextRole Role, string Unit, string Field, bool IsHidden, int Fallbacks);
}
