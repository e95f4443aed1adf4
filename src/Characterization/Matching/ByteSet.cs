namespace Lantai.Characterization.Matching;

/// <summary>A set of byte values.</summary>
/// <remarks>Immutable once built, then safe for concurrent use.</remarks>
internal sealed class ByteSet
{
    private readonly bool[] _members = new bool[256];

    /// <summary>Number of members.</summary>
    public int Count => _members.AsSpan().Count(true);

    /// <summary>Whether a byte is in it.</summary>
    public bool Has(byte value) => _members[value];

    /// <summary>Puts a byte in.</summary>
    public void Add(byte value) => _members[value] = true;

    /// <summary>Puts all from one to another in, in either order.</summary>
    public void Add(byte first, byte last)
    {
        for (int value = Math.Min(first, last); value <= Math.Max(first, last); value++)
        {
            _members[value] = true;
        }
    }

    /// <summary>Puts all bytes in that have these bits set.</summary>
    public void AddMask(byte mask)
    {
        for (var value = 0; value < 256; value++)
        {
            _members[value] |= (value & mask) == mask;
        }
    }

    /// <summary>Puts the members of another in.</summary>
    public void Add(ByteSet other)
    {
        for (var value = 0; value < 256; value++)
        {
            _members[value] |= other._members[value];
        }
    }

    /// <summary>All bytes that are not in it.</summary>
    public ByteSet Inverted()
    {
        var inverted = new ByteSet();
        for (var value = 0; value < 256; value++)
        {
            inverted._members[value] = !_members[value];
        }

        return inverted;
    }

    /// <summary>The one member; null when there are more or none.</summary>
    public byte? Single => Count == 1 ? (byte)Array.IndexOf(_members, true) : null;
}
