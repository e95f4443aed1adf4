using System.IO.Hashing;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Bench;

/// <summary>The primitives of the store, each with content of its own; an index lies in a temporary folder until the end.</summary>
internal sealed class Operations : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lantai-primitives-");
    private readonly DigestIndex _index;

    public Operations()
    {
        _index = DigestIndex.Create(new LocalDisk(_folder.FullName), writes: true);
        All = [.. Hashing(), .. Frames(), .. Records(), .. Trees(), .. Lookups()];
    }

    public IReadOnlyList<Operation> All { get; }

    public void Dispose()
    {
        _index.Dispose();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<Operation> Hashing()
    {
        var noise = Noise(4 << 20);
        foreach (var length in (int[])[1 << 10, 40 << 10, 1 << 20])
        {
            yield return new($"sha256 {length >> 10} KiB", length, () => Digest.Of(noise.AsSpan(0, length)));
        }

        yield return new("sm3 1 MiB", 1 << 20, () => Sm3Digest.Of(noise.AsSpan(0, 1 << 20)));
        yield return new("xxh3 40 KiB", 40 << 10, () => XxHash3.HashToUInt64(noise.AsSpan(0, 40 << 10)));
        foreach (var (name, messages) in new[] { ("20,000 of 200 B to 2 KiB", Slices(noise, 20_000, 200, 2048)), ("2,000 of 4 to 80 KiB", Slices(noise, 2_000, 4096, 80 << 10)) })
        {
            var digests = new Digest[messages.Length];
            var bytes = messages.Sum(m => (long)m.Length);
            yield return new($"digests one by one, {name}", bytes, () => DigestBatch.Compute(messages, digests, inLanes: false));
            if (DigestBatch.IsParallel)
            {
                yield return new($"digests in lanes, {name}", bytes, () => DigestBatch.Compute(messages, digests, inLanes: true));
            }

            var sm3 = new Sm3Digest[messages.Length];
            yield return new($"sm3 one by one, {name}", bytes, () => Sm3Batch.Compute(messages, sm3, inLanes: false));
            if (Sm3Batch.IsParallel)
            {
                yield return new($"sm3 in lanes, {name}", bytes, () => Sm3Batch.Compute(messages, sm3, inLanes: true));
            }
        }
    }

    private static IEnumerable<Operation> Frames()
    {
        foreach (var (name, content) in new[] { ("40 KiB text", Text(40 << 10)), ("40 KiB noise", Noise(40 << 10)), ("1 MiB text", Text(1 << 20)) })
        {
            var digest = Digest.Of(content);
            yield return new($"frame prepare {name}", content.Length, () => Frame.Prepare(FrameKind.Blob, content, digest).Dispose());
            var frame = Frame.Prepare(FrameKind.Blob, content, digest);
            var (placed, stored) = (frame.Place(Guid.Empty, 4096, 1), frame.Stored);
            yield return new($"frame decode {name}", content.Length, () => _ = Frame.TryDecode(placed, stored, out _));
        }

        var header = new byte[FrameHeader.Size];
        var place = Frame.Prepare(FrameKind.Blob, Noise(100)).Place(Guid.NewGuid(), 4096, 7);
        place.Write(header);
        yield return new("frame header write", FrameHeader.Size, () => place.Write(header));
        yield return new("frame header read", FrameHeader.Size, () => FrameHeader.TryRead(header, out _));
    }

    private static IEnumerable<Operation> Records()
    {
        var map = new JsonMap().Set("kind", "file").Set("length", 4711).Set("path", "卷内/材料 17.pdf").Set("sha256", Digest.Of([1])).Set("time", Time);
        var json = CanonicalJson.Write(map);
        yield return new("canonical json write", json.Length, () => CanonicalJson.Write(map));
        yield return new("canonical json read", json.Length, () => CanonicalJson.TryRead(json, out _));

        var entry = new ManifestEntry(EntryKind.File, EntryName.OfText("卷内/材料 17.pdf"), new string('a', 32), 4711, Digest.Of([1]), new Dictionary<string, string>(), "fmt/95", Time);
        var line = entry.ToBytes();
        yield return new("manifest entry write", line.Length, () => entry.ToBytes());
        yield return new("manifest entry read", line.Length, () => ManifestEntry.TryRead(line, out _));

        var leaf = new LedgerEntry(4711, "ingestion", Time, Guid.Empty.ToString(), Digest.Of([1]), Digest.Of([2]));
        var bytes = leaf.ToBytes();
        yield return new("ledger entry write", bytes.Length, () => leaf.ToBytes());
        yield return new("ledger entry read", bytes.Length, () => LedgerEntry.TryRead(bytes, out _));
    }

    private static IEnumerable<Operation> Trees()
    {
        var leaf = Encoding.ASCII.GetBytes(new string('x', 300));
        var tree = new CompactRange();
        yield return new("tree append", leaf.Length, () => tree.Append(MerkleTree.LeafHash(leaf)));
    }

    private IEnumerable<Operation> Lookups()
    {
        var digests = Enumerable.Range(0, 100_000).Select(i => Digest.Of(BitConverter.GetBytes(i))).ToArray();
        foreach (var digest in digests)
        {
            _index.Add(digest, new FramePlace(1, 4096, 160));
        }

        _index.Save(new IndexMark(1, digests[0], ReadOnlyMemory<byte>.Empty));
        var (next, absent) = (0, Digest.Of([]));
        yield return new("index lookup, found", 0, () => _index.Find(digests[next = (next + 7919) % digests.Length]));
        yield return new("index lookup, not found", 0, () => _index.Find(absent));
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Words in no order: what LZ4 makes half as long, like the text of a case file.</summary>
    private static byte[] Text(int length)
    {
        var random = new Random(2);
        var words = Enumerable.Range(0, 2000).Select(_ => Convert.ToHexStringLower(BitConverter.GetBytes(random.Next()))[..random.Next(2, 8)]).ToArray();
        var text = new StringBuilder();
        while (text.Length < length)
        {
            _ = text.Append(words[random.Next(words.Length)]).Append(' ');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static ReadOnlyMemory<byte>[] Slices(byte[] bytes, int count, int shortest, int longest)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var length = random.Next(shortest, longest);
            return (ReadOnlyMemory<byte>)bytes.AsMemory(random.Next(bytes.Length - length), length);
        })];
    }
}
