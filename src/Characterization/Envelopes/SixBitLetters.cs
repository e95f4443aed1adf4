namespace Lantai.Characterization.Envelopes;

/// <summary>Unpacks base64 as it comes, in any pieces (RFC 4648 §4). What is no letter of it is passed over, as readers of mail do (RFC 2045 §6.8).</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class SixBitLetters
{
    private int _bits;
    private int _count;

    /// <summary>Whether a letter is one of the 64, or the sign that fills up the last group.</summary>
    public static bool Has(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=';

    /// <summary>Unpacks the next letters.</summary>
    public void Append(ReadOnlySpan<char> letters, Stream target)
    {
        foreach (var letter in letters)
        {
            var value = letter switch
            {
                >= 'A' and <= 'Z' => letter - 'A',
                >= 'a' and <= 'z' => letter - 'a' + 26,
                >= '0' and <= '9' => letter - '0' + 52,
                '+' => 62,
                '/' => 63,
                _ => -1,
            };
            if (value < 0)
            {
                _count = letter == '=' ? 0 : _count; // the group ends here
                continue;
            }

            _bits = ((_bits << 6) | value) & 0xFFFF;
            _count += 6;
            if (_count >= 8)
            {
                _count -= 8;
                target.WriteByte((byte)((_bits >> _count) & 0xFF));
            }
        }
    }
}
