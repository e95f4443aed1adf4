using System.Text;

namespace Lantai.Characterization.Envelopes;

/// <summary>A block between two lines of dashes: PEM (RFC 7468) and the armour of OpenPGP (RFC 9580 §6).</summary>
/// <param name="Label">What the first line says between BEGIN and the dashes.</param>
/// <param name="Bytes">The content; null when it is not base64.</param>
/// <param name="IsEnded">Whether the last line is there.</param>
internal sealed record Armour(string Label, byte[]? Bytes, bool IsEnded)
{
    private const string Begin = "-----BEGIN ";
    private const string Dashes = "-----";

    /// <summary>Reads the first block; null when there is none.</summary>
    public static Armour? Read(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        var start = text.IndexOf(Begin, StringComparison.Ordinal);
        var labelEnd = start < 0 ? -1 : text.IndexOf(Dashes, start + Begin.Length, StringComparison.Ordinal);
        if (labelEnd < 0)
        {
            return null;
        }

        var label = text[(start + Begin.Length)..labelEnd];
        var end = text.IndexOf("-----END " + label + Dashes, labelEnd, StringComparison.Ordinal);
        var body = text.AsSpan(labelEnd + Dashes.Length, (end < 0 ? text.Length : end) - labelEnd - Dashes.Length);
        return new Armour(label, Decode(body), end >= 0);
    }

    // Lines with a colon are headers; one that begins with '=' is a checksum.
    private static byte[]? Decode(ReadOnlySpan<char> body)
    {
        var base64 = new StringBuilder();
        foreach (var range in body.Split('\n'))
        {
            var line = body[range].Trim();
            if (!line.IsEmpty && line[0] != '=' && !line.Contains(':'))
            {
                _ = base64.Append(line);
            }
        }

        // What is cut off ends in the middle of a group of four.
        var whole = base64.ToString(0, base64.Length - (base64.Length % 4));
        var bytes = new byte[whole.Length / 4 * 3];
        return Convert.TryFromBase64String(whole, bytes, out var count) ? bytes[..count] : null;
    }
}
