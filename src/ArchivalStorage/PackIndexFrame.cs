using System.IO.Hashing;
using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The index frame at the end of a sealed pack. It is checked whole when it is opened, and read in blocks then and
/// afterwards: the index of a million frames is never held.
/// </summary>
/// <remarks>spec/formats/pack.md, "Sealing". Hostile bytes are no index. Not safe for concurrent use.</remarks>
internal sealed class PackIndexFrame
{
    private const int BlockEntries = 1024;

    private readonly IDiskFile _file;
    private readonly FrameHeader _header;
    private readonly byte[]? _decoded;

    private PackIndexFrame(IDiskFile file, FrameHeader header, byte[]? decoded, int count) => (_file, _header, _decoded, Count) = (file, header, decoded, count);

    /// <summary>Number of entries.</summary>
    public int Count { get; }

    /// <summary>Opens the index of a pack; null when footer or index frame are absent or damaged.</summary>
    public static PackIndexFrame? Open(IDiskFile file)
    {
        var bytes = new byte[PackFooter.Size];
        if (file.Length < PackHeader.Size + PackFooter.Size || file.Read(file.Length - PackFooter.Size, bytes) != bytes.Length
            || !PackFooter.TryRead(bytes, out var footer) || footer.FileLength != file.Length || footer.IndexOffset < PackHeader.Size
            || FrameReader.ReadHeader(file, footer.Pack, footer.IndexOffset, file.Length - PackFooter.Size, out var header) is not null
            || header.Kind != FrameKind.Index || header.OriginalLength > Frame.MaxContent || header.StoredLength > Frame.MaxContent
            || header.OriginalLength % PackIndex.EntrySize != 0 || header.OriginalLength / PackIndex.EntrySize != footer.Entries)
        {
            return null;
        }

        // No writer compresses an index, but a reader takes one.
        ReadOnlyMemory<byte> decoded = default;
        if (header.Codec != FrameCodec.Raw && FrameReader.ReadOriginal(file, header, out decoded) is not null)
        {
            return null;
        }

        var index = new PackIndexFrame(file, header, header.Codec == FrameCodec.Raw ? null : decoded.ToArray(), (int)footer.Entries);
        return (header.Codec != FrameCodec.Raw || index.IsWhole()) && index.IsSorted() ? index : null;
    }

    /// <summary>Gives the entries, in the order of the index.</summary>
    public void Each(Action<PackIndexEntry> give) => _ = Walk(entry =>
    {
        give(entry);
        return true;
    });

    /// <summary>All entries.</summary>
    public PackIndexEntry[] ToArray()
    {
        var entries = new List<PackIndexEntry>(Count);
        Each(entries.Add);
        return [.. entries];
    }

    private bool IsSorted()
    {
        PackIndexEntry? before = null;
        return Walk(entry =>
        {
            var follows = before is not { } last || PackIndex.Follows(last, entry);
            before = entry;
            return follows;
        });
    }

    /// <summary>The frame's own checks, as for any other: fast hash, digest, padding and back-length.</summary>
    private bool IsWhole()
    {
        var fast = new XxHash3();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isRead = Blocks(block =>
        {
            fast.Append(block);
            hash.AppendData(block);
            return true;
        });
        var end = new byte[checked((int)(_header.Length - _header.HeaderLength - _header.StoredLength))];
        return isRead && _file.Read(_header.Offset + _header.HeaderLength + _header.StoredLength, end) == end.Length && Frame.CheckEnd(_header, end) is null
            && fast.GetCurrentHashAsUInt64() == _header.StoredHash && new Digest(hash.GetHashAndReset()) == _header.Digest;
    }

    private bool Walk(Func<PackIndexEntry, bool> goOn) => Blocks(block =>
    {
        for (; !block.IsEmpty; block = block[PackIndex.EntrySize..])
        {
            if (!PackIndex.TryReadEntry(block[..PackIndex.EntrySize], out var entry) || !goOn(entry))
            {
                return false;
            }
        }

        return true;
    });

    private bool Blocks(TakeBlock goOn)
    {
        var block = new byte[Math.Min(BlockEntries, Count) * PackIndex.EntrySize];
        for (var at = 0L; at < _header.OriginalLength; at += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, _header.OriginalLength - at));
            if (_decoded is not null)
            {
                _decoded.AsSpan((int)at, part.Length).CopyTo(part);
            }
            else if (_file.Read(_header.Offset + _header.HeaderLength + at, part) != part.Length)
            {
                return false;
            }

            if (!goOn(part))
            {
                return false;
            }
        }

        return true;
    }

    private delegate bool TakeBlock(ReadOnlySpan<byte> block);
}
