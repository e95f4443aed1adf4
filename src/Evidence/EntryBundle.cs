using System.Buffers.Binary;

namespace Lantai.Evidence;

/// <summary>A bundle of log entries: each behind its length as a big-endian number of two bytes.</summary>
/// <remarks>spec: <c>spec/formats/tree.md</c>. Source: C2SP tlog-tiles. Pure functions, safe for concurrent use.</remarks>
public static class EntryBundle
{
    /// <summary>The greatest length of an entry in bytes.</summary>
    public const int MaxEntryLength = ushort.MaxValue;

    /// <summary>Writes 1 to 256 entries.</summary>
    /// <exception cref="ArgumentException">The number of entries is outside that range, or an entry is longer than 65,535 bytes.</exception>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > Tile.FullWidth || entries.Any(entry => entry.Length > MaxEntryLength))
        {
            throw new ArgumentException("A bundle holds 1 to 256 entries of at most 65,535 bytes.", nameof(entries));
        }

        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Reads the entries; a bundle that is empty, cut off or of more than 256 entries is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bundle, out IReadOnlyList<byte[]> entries)
    {
        entries = [];
        var read = new List<byte[]>();
        while (bundle.Length >= sizeof(ushort) && read.Count < Tile.FullWidth)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            bundle = bundle[sizeof(ushort)..];
            if (bundle.Length < length)
            {
                return false;
            }

            read.Add(bundle[..length].ToArray());
            bundle = bundle[length..];
        }

        if (read.Count == 0 || !bundle.IsEmpty)
        {
            return false;
        }

        entries = read;
        return true;
    }
}
