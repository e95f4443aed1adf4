using System.Buffers.Binary;
using System.Globalization;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The first 256 bytes of a ledger segment.</summary>
/// <param name="Store">The store.</param>
/// <param name="Number">Segment number, from 0.</param>
/// <param name="FirstSequence">Sequence of its first leaf.</param>
/// <param name="PreviousLeaf">SHA-256 of the leaf before; zeros in segment 0.</param>
/// <param name="PreviousSegment">SHA-256 of the previous segment file; zeros in segment 0.</param>
/// <param name="PreviousTrailer">Hash of the previous segment's last trailer; zeros in segment 0.</param>
/// <param name="Created">Time of creation.</param>
/// <param name="FirstBatch">Number of its first batch.</param>
/// <remarks>spec/formats/ledger.md, "Segments".</remarks>
public sealed record LedgerSegmentHeader(
    Guid Store, long Number, long FirstSequence, Digest PreviousLeaf, Digest PreviousSegment, Digest PreviousTrailer, DateTimeOffset Created, ulong FirstBatch)
{
    /// <summary>Length of the header in bytes.</summary>
    public const int Size = 256;

    private static ReadOnlySpan<byte> Magic => "LANTAI LEDG 1\r\n\u001a"u8;

    /// <summary>The 256 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Size);
        _ = Store.TryWriteBytes(bytes.AsSpan(32), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(56), FirstSequence);
        PreviousLeaf.CopyTo(bytes.AsSpan(64));
        PreviousSegment.CopyTo(bytes.AsSpan(96));
        PreviousTrailer.CopyTo(bytes.AsSpan(128));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(160), Created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(168), FirstBatch);
        Digest.Of(bytes.AsSpan(0, 224)).CopyTo(bytes.AsSpan(224));
        return bytes;
    }

    /// <summary>Reads a header; false when it is bad or asks for what this reader does not know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LedgerSegmentHeader header)
    {
        header = null!;
        if (bytes.Length != Size || !bytes.StartsWith(Magic) || Digest.Of(bytes[..224]) != new Digest(bytes[224..])
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) != Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != 0
            || bytes[176..224].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var created = BinaryPrimitives.ReadInt64LittleEndian(bytes[160..]);
        var number = BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]);
        var first = BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]);
        if (created is < 0 or > 253402300799999 || number < 0 || first < 0)
        {
            return false;
        }

        header = new LedgerSegmentHeader(
            new Guid(bytes.Slice(32, 16), bigEndian: true), number, first, new Digest(bytes.Slice(64, 32)), new Digest(bytes.Slice(96, 32)),
            new Digest(bytes.Slice(128, 32)), DateTimeOffset.FromUnixTimeMilliseconds(created), BinaryPrimitives.ReadUInt64LittleEndian(bytes[168..]));
        return true;
    }

    /// <summary>The file name of a sealed segment.</summary>
    public static string SealedName(long firstSequence, Digest file) => string.Create(CultureInfo.InvariantCulture, $"{firstSequence:D16}-{file}.ledger");

    /// <summary>Reads the file name of a sealed segment.</summary>
    public static bool TryReadName(string name, out long firstSequence, out Digest file)
    {
        firstSequence = 0;
        file = default;
        return name.Length == 16 + 1 + 64 + 7 && name[16] == '-' && name.EndsWith(".ledger", StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 16), NumberStyles.None, CultureInfo.InvariantCulture, out firstSequence)
            && Digest.TryParse(name.Substring(17, 64), out file);
    }
}
