namespace Lantai.Containers;

/// <summary>Takes bytes and numbers from a 7z header; after the end, all are zero and <see cref="IsBeyond"/> says so.</summary>
internal ref struct SevenZipNumbers(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether more was asked for than there is, or than makes sense.</summary>
    public bool IsBeyond { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    public byte TakeByte()
    {
        if (_rest.IsEmpty)
        {
            IsBeyond = true;
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>A number: the ones at the top of its first byte say how many bytes follow, the lowest first.</summary>
    public long TakeNumber()
    {
        var first = TakeByte();
        var value = 0UL;
        var mask = 0x80;
        for (var i = 0; i < 8; i++, mask >>= 1)
        {
            if ((first & mask) == 0)
            {
                value |= (ulong)(first & (mask - 1)) << (8 * i);
                return Sound(value);
            }

            value |= (ulong)TakeByte() << (8 * i);
        }

        return Sound(value);
    }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count > _rest.Length)
        {
            IsBeyond = true;
            _rest = [];
            return [];
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private long Sound(ulong value)
    {
        IsBeyond |= value > long.MaxValue / 4;
        return IsBeyond ? 0 : (long)value;
    }
}
