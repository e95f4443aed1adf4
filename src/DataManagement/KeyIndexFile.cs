using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>The bytes of a key index: header, sorted entries, SHA-256 of everything before.</summary>
/// <remarks>spec/formats/index.md, "Key index". Immutable.</remarks>
internal sealed class KeyIndexFile
{
    public const int HeaderSize = 96;
    public const int EntrySize = 40;

    private readonly ReadOnlyMemory<byte> _entries;

    private KeyIndexFile(long next, Digest? lastLeaf, ReadOnlyMemory<byte> entries)
    {
        Next = next;
        LastLeaf = lastLeaf;
        _entries = entries;
    }

    public static KeyIndexFile Empty { get; } = new(0, null, default);

    public long Next { get; }

    public Digest? LastLeaf { get; }

    public int Count => _entries.Length / EntrySize;

    private static ReadOnlySpan<byte> Magic => "LANTAI KEYS 1\r\n\x1A"u8;

    /// <summary>Writes a file of <paramref name="count"/> entries in rising order of their keys; at most 2 GiB.</summary>
    /// <exception cref="OverflowException">The file would be larger.</exception>
    public static byte[] Write(long next, Digest? lastLeaf, long count, IEnumerable<KeyValuePair<Digest, long>> entries)
    {
        var bytes = new byte[checked((int)(HeaderSize + (count * EntrySize) + Digest.Size))];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), next);
        lastLeaf?.CopyTo(bytes.AsSpan(40));
        var at = HeaderSize;
        foreach (var (key, sequence) in entries)
        {
            key.CopyTo(bytes.AsSpan(at));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + Digest.Size), sequence);
            at += EntrySize;
        }

        SHA256.HashData(bytes.AsSpan(0, at), bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Takes bytes that <see cref="Write"/> has just made.</summary>
    public static KeyIndexFile OfWritten(ReadOnlyMemory<byte> bytes) =>
        TryRead(bytes, out var file) ? file : throw new System.Diagnostics.UnreachableException("A key index that was just written is not readable.");

    /// <summary>Reads a file; false when any byte differs from what was written, or the form is another.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out KeyIndexFile? file)
    {
        file = null;
        var span = bytes.Span;
        if (span.Length < HeaderSize + Digest.Size || (span.Length - HeaderSize - Digest.Size) % EntrySize != 0
            || !SHA256.HashData(span[..^Digest.Size]).AsSpan().SequenceEqual(span[^Digest.Size..]))
        {
            return false;
        }

        var count = (span.Length - HeaderSize - Digest.Size) / EntrySize;
        var next = BinaryPrimitives.ReadInt64LittleEndian(span[32..]);
        var last = new Digest(span.Slice(40, Digest.Size));
        if (!span.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(span[16..]) != HeaderSize
            || span.Slice(20, 4).ContainsAnyExcept((byte)0) || span[72..HeaderSize].ContainsAnyExcept((byte)0)
            || BinaryPrimitives.ReadInt64LittleEndian(span[24..]) != count || next < 0 || (next == 0 && (count > 0 || last != default)))
        {
            return false;
        }

        var read = new KeyIndexFile(next, next == 0 ? null : last, bytes.Slice(HeaderSize, count * EntrySize));
        for (var i = 0; i < count; i++)
        {
            // A right checksum over wrong entries means another writer's fault: the binary search must not trust them.
            if ((i > 0 && read.At(i - 1).Key >= read.At(i).Key) || read.At(i).Value < 0 || read.At(i).Value >= next)
            {
                return false;
            }
        }

        file = read;
        return true;
    }

    public KeyValuePair<Digest, long> At(int place)
    {
        var entry = _entries.Span.Slice(place * EntrySize, EntrySize);
        return KeyValuePair.Create(new Digest(entry[..Digest.Size]), BinaryPrimitives.ReadInt64LittleEndian(entry[Digest.Size..]));
    }

    public long? Find(Digest key)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (found, sequence) = At(middle);
            if (found == key)
            {
                return sequence;
            }

            (low, high) = found < key ? (middle + 1, high) : (low, middle);
        }

        return null;
    }
}
