using System.Buffers;
using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>Files that lie as base64 in the texts of another file, as packages of DA/T 48 hold their documents.</summary>
/// <param name="open">Gets a decoded file, and whether it surely is one: of what only might be one nothing is told when it is none.</param>
/// <param name="unread">Is told why one could not be decoded.</param>
/// <param name="most">The longest file that is decoded, in bytes.</param>
/// <remarks>Memory grows with the file that is decoded, and not with its letters.</remarks>
internal sealed class PackedTexts(Action<ReadOnlyMemory<byte>, bool> open, Action<string> unread, long most)
{
    private const int FewestLetters = 16;
    private const int SureBytes = 1024;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t");
    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a word says that something is in base64.</summary>
    public static bool IsSaid(string word) => word.Contains("base64", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text begins.</summary>
    /// <param name="isSaid">Whether it is said to be in base64.</param>
    public PackedText Begin(bool isSaid) => new(this, isSaid);

    /// <summary>Looks at a whole text.</summary>
    public void Look(ReadOnlySpan<char> text)
    {
        if (IsPlausible(text, isSaid: false))
        {
            var one = Begin(isSaid: false);
            one.Add(text);
            one.End();
        }
    }

    /// <summary>Whether a text may be the first part of a file. Figures alone are a digest or a number.</summary>
    internal static bool IsPlausible(ReadOnlySpan<char> text, bool isSaid) =>
        !text.ContainsAnyExcept(Letters) && (isSaid || (text.Length >= FewestLetters && text.ContainsAnyExcept(Figures)));

    /// <summary>Whether more of it may follow.</summary>
    internal static bool IsPlausible(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Letters);

    internal void End(MemoryStream bytes, bool isSaid) =>
        open(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), isSaid || bytes.Length >= SureBytes);

    internal bool TooMuch(long length)
    {
        if (length > most)
        {
            unread("too-much");
        }

        return length > most;
    }

    internal void Broken() => unread("broken");
}

/// <summary>One text that may be a file in base64.</summary>
/// <param name="texts">Where it stands.</param>
/// <param name="isSaid">Whether it is said to be one.</param>
internal sealed class PackedText(PackedTexts texts, bool isSaid)
{
    private const int Block = 4096;

    private StringBuilder? _letters;
    private MemoryStream? _bytes;
    private bool _isNone;

    /// <summary>Whether all that came is base64, so that nothing else can be read in it.</summary>
    public bool IsPlausible => !_isNone && _letters is not null;

    /// <summary>The next part.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (_isNone || text.IsEmpty)
        {
            return;
        }

        if (!(_letters is null ? PackedTexts.IsPlausible(text, isSaid) : PackedTexts.IsPlausible(text)))
        {
            Drop(isBroken: isSaid && _letters is not null);
            return;
        }

        _letters ??= new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is not (' ' or '\r' or '\n' or '\t'))
            {
                _ = _letters.Append(letter);
            }
        }

        if (_letters.Length >= Block)
        {
            Decode(_letters.Length & ~3);
        }
    }

    /// <summary>The text ends: if it is a file, that is read.</summary>
    public void End()
    {
        if (_isNone || _letters is null)
        {
            return;
        }

        _ = _letters.Append('=', (4 - (_letters.Length % 4)) % 4); // padding may be left out
        Decode(_letters.Length);
        if (!_isNone && _bytes is { Length: > 0 } bytes)
        {
            texts.End(bytes, isSaid);
        }

        (_isNone, _bytes) = (true, null);
    }

    private void Decode(int count)
    {
        var text = _letters!.ToString(0, count);
        _ = _letters.Remove(0, count);
        var room = new byte[(count / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, room, out var length))
        {
            Drop(isSaid);
            return;
        }

        _bytes ??= new MemoryStream();
        if (texts.TooMuch(_bytes.Length + length))
        {
            Drop(isBroken: false);
            return;
        }

        _bytes.Write(room, 0, length);
    }

    private void Drop(bool isBroken)
    {
        (_isNone, _bytes) = (true, null);
        if (isBroken)
        {
            texts.Broken();
        }
    }
}
