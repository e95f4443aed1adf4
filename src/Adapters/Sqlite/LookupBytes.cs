namespace Lantai.Adapters.Sqlite;

/// <summary>
/// A lookup key as bytes whose order is the ordinal order of its UTF-16 units: each unit is written as UTF-8 writes a
/// code point of its value. (Plain UTF-8 would put surrogates behind the private use area.)
/// </summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
internal static class LookupBytes
{
    public static byte[] Of(string key)
    {
        var length = 0;
        foreach (var unit in key)
        {
            length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        }

        var bytes = new byte[length];
        var at = 0;
        foreach (var unit in key)
        {
            if (unit < 0x80)
            {
                bytes[at++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                bytes[at++] = (byte)(0xC0 | (unit >> 6));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                bytes[at++] = (byte)(0xE0 | (unit >> 12));
                bytes[at++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
        }

        return bytes;
    }
}
