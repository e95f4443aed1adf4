using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>A run as a manifest names it.</summary>
/// <param name="Number">Its number, never used twice in an index: the name of its file.</param>
/// <param name="Salt">The salt of its checks.</param>
/// <param name="Entries">Entries in it, 1 or more.</param>
/// <param name="Check">The check of its tail.</param>
public readonly record struct RunPlace(long Number, ulong Salt, long Entries, ulong Check);

/// <summary>The file that says which runs are an index now, and for which beginning of the ledger they stand.</summary>
/// <param name="ValueLength">Length of a value in its runs.</param>
/// <param name="Count">Entries that look-ups can find; older values of a key that has newer ones are not counted.</param>
/// <param name="LedgerSize">Watermark: everything that events below this sequence brought is in the runs.</param>
/// <param name="LastLeaf">Watermark: SHA-256 of the last leaf below it; zeros at size 0.</param>
/// <param name="NextRun">Number of the next run.</param>
/// <param name="Runs">The runs, the oldest first.</param>
/// <param name="Attachment">What the index's owner keeps beside its runs.</param>
/// <remarks>spec/formats/index.md, "Manifest".</remarks>
public sealed record IndexManifest(
    int ValueLength, long Count, long LedgerSize, Digest LastLeaf, long NextRun, IReadOnlyList<RunPlace> Runs, ReadOnlyMemory<byte> Attachment)
{
    private const int HeaderSize = 96;
    private const int RunSize = 32;

    private static ReadOnlySpan<byte> Magic => "LANTAI INDEX 1\r\n"u8;

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[checked(HeaderSize + (Runs.Count * RunSize) + Attachment.Length + Digest.Size)];
        var span = bytes.AsSpan();
        Magic.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], ValueLength);
        BinaryPrimitives.WriteInt32LittleEndian(span[20..], Runs.Count);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], LedgerSize);
        LastLeaf.CopyTo(span[40..]);
        BinaryPrimitives.WriteInt64LittleEndian(span[72..], NextRun);
        BinaryPrimitives.WriteInt64LittleEndian(span[80..], Attachment.Length);
        for (var i = 0; i < Runs.Count; i++)
        {
            var at = span.Slice(HeaderSize + (i * RunSize), RunSize);
            BinaryPrimitives.WriteInt64LittleEndian(at, Runs[i].Number);
            BinaryPrimitives.WriteUInt64LittleEndian(at[8..], Runs[i].Salt);
            BinaryPrimitives.WriteInt64LittleEndian(at[16..], Runs[i].Entries);
            BinaryPrimitives.WriteUInt64LittleEndian(at[24..], Runs[i].Check);
        }

        Attachment.Span.CopyTo(span[(HeaderSize + (Runs.Count * RunSize))..]);
        Digest.Of(span[..^Digest.Size]).CopyTo(span[^Digest.Size..]);
        return bytes;
    }

    /// <summary>Reads a manifest; false when any byte differs from what was written, or the form is another.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out IndexManifest? manifest)
    {
        manifest = null;
        var span = bytes.Span;
        if (span.Length < HeaderSize + Digest.Size || !span.StartsWith(Magic) || Digest.Of(span[..^Digest.Size]) != new Digest(span[^Digest.Size..]))
        {
            return false;
        }

        var (count, runs) = (BinaryPrimitives.ReadInt64LittleEndian(span[24..]), BinaryPrimitives.ReadInt32LittleEndian(span[20..]));
        var (size, next) = (BinaryPrimitives.ReadInt64LittleEndian(span[32..]), BinaryPrimitives.ReadInt64LittleEndian(span[72..]));
        var room = (long)(span.Length - HeaderSize - Digest.Size);
        if (count < 0 || size < 0 || next < 0 || runs < 0 || runs > room / RunSize || BinaryPrimitives.ReadInt64LittleEndian(span[80..]) != room - ((long)runs * RunSize)
            || span[88..HeaderSize].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var places = new RunPlace[runs];
        for (var i = 0; i < runs; i++)
        {
            var at = span.Slice(HeaderSize + (i * RunSize), RunSize);
            places[i] = new RunPlace(
                BinaryPrimitives.ReadInt64LittleEndian(at), BinaryPrimitives.ReadUInt64LittleEndian(at[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(at[16..]), BinaryPrimitives.ReadUInt64LittleEndian(at[24..]));
            if (places[i].Number < 0 || places[i].Number >= next || places[i].Entries is < 1 or > 1L << 40)
            {
                return false;
            }
        }

        manifest = new IndexManifest(
            BinaryPrimitives.ReadInt32LittleEndian(span[16..]), count, size, new Digest(span.Slice(40, Digest.Size)), next, places,
            bytes.Slice(HeaderSize + (runs * RunSize), (int)(room - ((long)runs * RunSize))));
        return true;
    }
}
