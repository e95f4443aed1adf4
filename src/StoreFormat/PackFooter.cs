using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The last 128 bytes of a sealed pack.</summary>
/// <param name="IndexOffset">Offset of the index frame.</param>
/// <param name="Entries">Entries in the index.</param>
/// <param name="FileLength">Length of the whole file.</param>
/// <param name="Batches">Number of batches.</param>
/// <param name="LastCommit">Last commit hash.</param>
/// <param name="Pack">Pack id.</param>
/// <remarks>spec/formats/pack.md, "Sealing".</remarks>
public sealed record PackFooter(long IndexOffset, long Entries, long FileLength, ulong Batches, Digest LastCommit, Guid Pack)
{
    /// <summary>Length of the footer in bytes.</summary>
    public const int Size = 128;

    private static ReadOnlySpan<byte> Magic => "LANTAI PACK END\n"u8;

    /// <summary>The 128 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), IndexOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Entries);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), FileLength);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), Batches);
        LastCommit.CopyTo(bytes.AsSpan(48));
        _ = Pack.TryWriteBytes(bytes.AsSpan(80), bigEndian: true, out _);
        Digest.Of(bytes.AsSpan(0, 96)).CopyTo(bytes.AsSpan(96));
        return bytes;
    }

    /// <summary>Reads a footer; false when it has not the form or its digest differs.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PackFooter footer)
    {
        footer = null!;
        if (bytes.Length != Size || !bytes.StartsWith(Magic) || Digest.Of(bytes[..96]) != new Digest(bytes[96..]))
        {
            return false;
        }

        footer = new PackFooter(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            new Digest(bytes.Slice(48, 32)), new Guid(bytes.Slice(80, 16), bigEndian: true));
        return true;
    }
}
