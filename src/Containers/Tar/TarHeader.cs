namespace Lantai.Containers;

/// <summary>One header block of a tar, its fields by their places (POSIX.1-2017 pax, "ustar Interchange Format"; GNU and star differ where noted).</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    internal const int BlockSize = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    internal byte Type => _block[156];

    /// <summary>The name that the block itself holds, without what extended headers say.</summary>
    internal byte[] ReadName()
    {
        var name = Cut(_block[..100]);

        // GNU keeps times where POSIX keeps the prefix, and writes two blanks behind "ustar"; star ends its prefix early.
        if (!_block[257..263].SequenceEqual("ustar\0"u8))
        {
            return name.ToArray();
        }

        var prefix = Cut(_block.Slice(345, _block[508..].SequenceEqual("tar\0"u8) ? 131 : 155));
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    internal bool TryReadLength(out long length) => TryNumber(_block[124..136], out length);

    /// <summary>The time of change; null when the field holds none that can be told.</summary>
    internal DateTimeOffset? ReadModified() =>
        TryNumber(_block[136..148], out var seconds) && seconds <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    internal static bool IsEmpty(ReadOnlySpan<byte> block) => !block.ContainsAnyExcept((byte)0);

    /// <summary>Whether the block is a header: it holds the sum of its own bytes, counted as unsigned or, as old programs did, as signed.</summary>
    internal static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        if (!TryNumber(block[148..156], out var declared) || declared == 0)
        {
            return false;
        }

        var (unsigned, signed) = (0L, 0L);
        for (var i = 0; i < BlockSize; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : block[i];
            unsigned += value;
            signed += unchecked((sbyte)value);
        }

        return declared == unsigned || declared == signed;
    }

    /// <summary>Reads a number: octal digits between blanks, or base 256 with the highest bit set (GNU). None is zero; negative is no number.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if (field[0] >= 0x80)
        {
            // The first byte is no more than the mark: a field of eight bytes has seven left for the number.
            var wide = field[1..].TrimStart((byte)0);
            if (field[0] != 0x80 || wide.Length > 8 || (wide.Length == 8 && wide[0] >= 0x40))
            {
                return false;
            }

            foreach (var digit in wide)
            {
                value = (value << 8) | digit;
            }

            return true;
        }

        field = field.Trim(" \0"u8);
        foreach (var digit in field)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            value = (value << 3) | (long)(digit - '0'); // twelve digits at most
        }

        return true;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field;
}
