using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Text;

/// <summary>RTF: groups close to the end of the file; what is embedded, and fields that run something, are told.</summary>
internal sealed class RtfText(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private const int MostDepth = 10_000;
    private const int MostWord = 64;
    private const int MostBefore = 4096;

    private readonly StringBuilder _field = new();
    private int _fieldDepth;
    private int _depth;
    private long _at;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        // Readers pass over a mark and blanks before it.
        _at = Math.Max(0, reader.Some(0, MostBefore).IndexOf((byte)'{'));
        var isOver = false;
        for (; _at < reader.Length && !isOver; isOver = _depth == 0)
        {
            reader.Cancellation.ThrowIfCancellationRequested();
            ReadNext();
        }

        if (_depth > 0)
        {
            throw WalkStoppedException.Broken("group", reader.Length, "cut-off");
        }
    }

    private void ReadNext()
    {
        var one = reader.U8(_at);
        switch (one)
        {
            case '{':
                _at++;
                _depth = _depth < MostDepth ? _depth + 1 : throw WalkStoppedException.NotCheckable("too-deep");
                break;
            case '}':
                _at++;
                _depth--;
                CloseField();
                break;
            case '\\':
                ReadWord();
                break;
            default:
                Skip();
                break;
        }
    }

    // Text runs to the next mark.
    private void Skip()
    {
        var some = reader.Some(_at, 1 << 14);
        var next = some.IndexOfAny("{}\\"u8);
        var text = next < 0 ? some : some[..next];
        if (_fieldDepth > 0 && _field.Length < 1024)
        {
            _ = _field.Append(Encoding.Latin1.GetString(text[..Math.Min(text.Length, 512)]));
        }

        _at += text.Length;
    }

    private void ReadWord()
    {
        var place = _at;
        var some = reader.Some(_at + 1, MostWord);
        var letters = 0;
        while (letters < some.Length && char.IsAsciiLetter((char)some[letters]))
        {
            letters++;
        }

        if (letters == 0)
        {
            // A sign of one byte; of an apostrophe two digits follow, which are text.
            _at += 2;
            return;
        }

        var end = letters;
        while (end < some.Length && (char.IsAsciiDigit((char)some[end]) || (end == letters && some[end] == '-')))
        {
            end++;
        }

        var (word, digits) = (Encoding.Latin1.GetString(some[..letters]), Encoding.Latin1.GetString(some[letters..end]));
        _at += 1 + end + (end < some.Length && some[end] == ' ' ? 1 : 0);
        Take(word, digits, place);
    }

    private void Take(string word, string digits, long place)
    {
        switch (word)
        {
            case "bin" when int.TryParse(digits, out var count) && count > 0:
                reader.Demand("bin", place, _at - place + count);
                _at += count;
                break;
            case "objdata":
                var objects = new RtfObject(reader, limits);
                _at = objects.Read(_at);
                notes.Active(objects.HasProgram ? "embedded-executable" : "embedded-file", WalkStoppedException.Place("objdata", place));
                break;
            case "fldinst":
                _fieldDepth = _depth;
                _ = _field.Clear();
                break;
            case "template" when _fieldDepth == 0 && RtfTarget(_at) is { } target:
                notes.Active("external-reference", target);
                break;
        }
    }

    private void CloseField()
    {
        if (_fieldDepth == 0 || _depth >= _fieldDepth)
        {
            return;
        }

        _fieldDepth = 0;
        var words = _field.ToString().Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words is ["DDE" or "DDEAUTO", ..])
        {
            notes.Active("dde", words[0]);
        }
        else if (words is ["INCLUDEPICTURE" or "INCLUDETEXT" or "IMPORT", ..] && Array.Find(words, w => HtmlText.IsOutside(w.Trim('"'))) is { } target)
        {
            notes.Active("external-reference", target.Trim('"'));
        }
    }

    // A template is fetched when the file is opened.
    private string? RtfTarget(long at)
    {
        var some = reader.Some(at, 512);
        var end = some.IndexOf((byte)'}');
        var target = Encoding.Latin1.GetString(end < 0 ? some : some[..end]).Trim();
        return HtmlText.IsOutside(target) ? target : null;
    }
}

/// <summary>An embedded object of an RTF: hexadecimal digits, in which a program may stand.</summary>
internal sealed class RtfObject(PlacedReader reader, ExaminationLimits limits)
{
    private readonly List<byte> _bytes = [];
    private int _high = -1;

    /// <summary>Whether a program for Windows stands in it.</summary>
    public bool HasProgram { get; private set; }

    /// <summary>Reads the digits from a place on; returns where its group closes, or where another one begins.</summary>
    public long Read(long at)
    {
        while (at < reader.Length)
        {
            var some = reader.Some(at, 1 << 14);
            var next = some.IndexOfAny("{}\\"u8);
            foreach (var one in next < 0 ? some : some[..next])
            {
                Take(one);
            }

            at += next < 0 ? some.Length : next;
            if (next >= 0)
            {
                break;
            }
        }

        HasProgram = FindProgram();
        return at;
    }

    private void Take(byte one)
    {
        if (!char.IsAsciiHexDigit((char)one) || _bytes.Count >= limits.MaxWhole)
        {
            return;
        }

        var digit = char.IsAsciiDigit((char)one) ? one - '0' : (one | 0x20) - 'a' + 10;
        if (_high < 0)
        {
            _high = digit;
        }
        else
        {
            _bytes.Add((byte)((_high << 4) | digit));
            _high = -1;
        }
    }

    private bool FindProgram()
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);
        for (var at = bytes.IndexOf("MZ"u8); at >= 0;)
        {
            var place = at + 64 <= bytes.Length ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 60)..]) : uint.MaxValue;
            if (place < bytes.Length - at - 4 && bytes[(at + (int)place)..].StartsWith("PE\0\0"u8))
            {
                return true;
            }

            var next = bytes[(at + 2)..].IndexOf("MZ"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }
}
