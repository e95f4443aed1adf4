using System.Text;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Measures Base64 as it passes: whether it is well formed, and how many bytes it stands for. Only its beginning is held.</summary>
internal sealed class EncodedMeter : ITextSink
{
    private const int MostHeld = 256;

    private readonly StringBuilder _held = new();
    private long _letters;
    private int _pads;
    private bool _isBroken;

    /// <summary>Whether nothing but white space passed.</summary>
    public bool IsEmpty => _letters + _pads == 0 && !_isBroken;

    /// <summary>Whether it is well formed: the alphabet of RFC 4648 section 4, padded, white space anywhere.</summary>
    public bool IsWellFormed => !_isBroken && (_letters + _pads) % 4 == 0 && _pads <= 2;

    /// <summary>How many bytes it stands for.</summary>
    public long DecodedLength => ((_letters + _pads) / 4 * 3) - _pads;

    /// <summary>The bytes, where they are few enough to be held, such as a digest; null otherwise.</summary>
    public byte[]? Decoded => IsWellFormed && _letters + _pads <= MostHeld ? Convert.FromBase64String(_held.ToString()) : null;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (letter is ' ' or '\t' or '\r' or '\n')
            {
                continue;
            }

            if (letter == '=')
            {
                _pads++;
            }
            else
            {
                _isBroken |= _pads > 0 || !(char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/');
                _letters++;
            }

            if (_held.Length < MostHeld)
            {
                _ = _held.Append(letter);
            }
        }
    }
}
