using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>How each code that bytes at rest can show is provoked in the valid store.</summary>
internal static partial class BrokenStores
{
    private static readonly string Wrong = new('7', 64);

    /// <summary>Reasons by name: what is done to the store.</summary>
    public static IEnumerable<(string Name, string Note, Action<StoreBench> Break)> All() =>
        [.. Frames(), .. Packs(), .. LargeObjects(), .. Manifests(), .. Events(), .. Ledgers(), .. Tiles(), .. Checkpoints(), .. Roots()];

    private static IEnumerable<(string, string, Action<StoreBench>)> Frames()
    {
        yield return ("FRM-001-magic", "A frame's first byte differs.", b => b.Image[b.SealedPack][(int)First(b).Offset] ^= 1);
        yield return ("FRM-001-magic-open", "A frame's first byte in an open pack differs.", b => b.Image[b.OpenPack][(int)b.Frames(b.OpenPack)[2].Offset] ^= 1);
        yield return ("FRM-002-check", "A byte of a frame's header differs from its check.", b => b.Image[b.SealedPack][(int)First(b).Offset + 40] ^= 1);
        yield return ("FRM-002-length", "The header length is no multiple of 8.", b => b.Image[b.SealedPack][(int)First(b).Offset + 12] ^= 1);
        yield return ("FRM-003-codec", "Codec 2 is reserved.", b => b.Reframe(b.SealedPack, First(b), f => f[10] = 2));
        yield return ("FRM-003-version", "Frame version 2.", b => b.Reframe(b.SealedPack, First(b), f => f[8] = 2));
        yield return ("FRM-003-feature", "An incompatible feature that nobody knows.", b => b.Reframe(b.SealedPack, First(b), f => f[20] = 1));
        yield return ("FRM-003-kind", "Kind 9 does not exist.", b => b.Reframe(b.SealedPack, First(b), f => f[9] = 9));
        yield return ("FRM-003-raw-lengths", "A raw frame whose two lengths differ.", b => b.Reframe(b.SealedPack, First(b, FrameCodec.Raw), f => f[32] ^= 1));
        yield return ("FRM-004-offset", "A frame says that it lies elsewhere.", b => b.Reframe(b.SealedPack, First(b), f => f[96] ^= 16));
        yield return ("FRM-004-pack", "A frame says that it belongs to another pack.", b => b.Reframe(b.SealedPack, First(b), f => f[80] ^= 1));
        yield return ("FRM-005-stored", "A stored byte of a raw frame differs from the XXH3.", b => b.Image[b.SealedPack][(int)First(b, FrameCodec.Raw).Offset + 120] ^= 1);
        yield return ("FRM-006-longer", "The bytes decode to one less than the header says.", b => b.Reframe(b.SealedPack, First(b, FrameCodec.Lz4), f => f[32]++));
        yield return ("FRM-006-no-lz4", "The stored bytes are no LZ4 frame.", b => b.Reframe(b.SealedPack, First(b, FrameCodec.Lz4), f => f[120] ^= 1));
        yield return ("FRM-006-cut", "The LZ4 frame ends before its end mark.", b => b.Reframe(b.SealedPack, First(b, FrameCodec.Lz4), f => f[120 + 7] ^= 1));
        yield return ("FRM-007-content", "The content differs; checksum and header check were made right.", b => b.Reframe(b.SealedPack, First(b, FrameCodec.Raw), f => f[120] ^= 1));
        yield return ("FRM-007-digest", "The digest in the header differs; the header check was made right.", b => b.Reframe(b.SealedPack, First(b), f => f[41] ^= 1));
        yield return ("FRM-008-padding", "A padding byte is not zero.", b => b.Image[b.SealedPack][(int)Padded(b).Offset + 120 + (int)Padded(b).StoredLength] = 1);
        yield return ("FRM-008-back-length", "The back-length is not the length.", b => b.Image[b.SealedPack][(int)(First(b).Offset + First(b).Length) - 8] ^= 16);
        yield return ("FRM-009-overrun", "A frame goes on behind the end of the file.", b => b.Reframe(b.SealedPack, First(b), f => f[26] = 1));
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Packs()
    {
        yield return ("PCK-001-digest", "A byte of the header differs from its digest.", b => b.Image[b.SealedPack][100] ^= 1);
        yield return ("PCK-001-group", "The retention group holds a space.", b => b.Rehash(b.SealedPack, 0, 4064, p => p[112] = (byte)' '));
        yield return ("PCK-001-open", "The header of an open pack is damaged.", b => b.Image[b.OpenPack][1100] ^= 1);
        yield return ("PCK-002-feature", "An incompatible feature that nobody knows.", b => b.Rehash(b.SealedPack, 0, 4064, p => p[28] = 1));
        yield return ("PCK-002-extension", "A critical extension that nobody knows.", b => b.Rehash(b.SealedPack, 0, 4064, p => { p[104] = 8; p[160] = 1; p[161] = 0x80; p[162] = 4; }));
        yield return ("PCK-003-byte", "One padding byte of a sealed pack differs.", b => b.Image[b.SealedPack][(int)Padded(b).Offset + 120 + (int)Padded(b).StoredLength] = 1);
        yield return ("PCK-003-renamed", "A sealed pack lies under a name that is not its SHA-256.", b =>
        {
            b.Image.Files.Add(StoreLayout.Pack(Digest.Parse(Wrong)), b.Image[b.SealedPack]);
            _ = b.Image.Files.Remove(b.Image.Files.Keys.First(p => p.StartsWith("packs/", StringComparison.Ordinal) && b.Header(p).Group == "unscheduled" && !p.Contains(Wrong, StringComparison.Ordinal)));
        });
        yield return ("PCK-004-footer", "A byte of the footer differs from its digest.", b => b.Image[b.SealedPack][^60] ^= 1);
        yield return ("PCK-004-cut", "The footer is cut off.", b => b.Image[b.SealedPack] = b.Image[b.SealedPack][..^128]);
        yield return ("PCK-005-order", "The index says another offset than the frame's.", b => BreakIndex(b));
        yield return ("PCK-006-chain", "A commit frame holds another commit hash.", b => BreakCommit(b, 40));
        yield return ("PCK-006-count", "A commit frame counts one frame more.", b => BreakCommit(b, 80));
        yield return ("PCK-007-shorter", "An open pack is shorter than the ledger says.", b => b.Image[b.OpenPack] = b.Image[b.OpenPack][..^16]);
        yield return ("PCK-007-absent", "An open pack that the last trailer names is absent.", b => b.Image.Files.Remove(b.OpenPack));
        yield return ("PCK-008-absent", "A sealed pack is absent.", b => b.Image.Files.Remove(b.SealedPack));
        yield return ("PCK-009-stranger", "A well-made sealed pack of which the ledger knows nothing.", AddStranger);
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> LargeObjects()
    {
        yield return ("LRG-001-digest", "A byte of the header differs from its digest.", b => Large(b)[50] ^= 1);
        yield return ("LRG-001-feature", "An incompatible feature that nobody knows.", b => b.Rehash(LargePath(b), 0, 4064, f => f[28] = 1));
        yield return ("LRG-002-trailer", "A byte of the trailer differs from its digest.", b => Large(b)[^40] ^= 1);
        yield return ("LRG-002-cut", "The file is one byte shorter.", b => b.Image[LargePath(b)] = Large(b)[..^1]);
        yield return ("LRG-002-table", "A byte of the table differs.", b => Large(b)[^170] ^= 1);
        yield return ("LRG-002-padding", "A padding byte is not zero.", b => Large(b)[4096 + 2500] = 1);
        yield return ("LRG-003-block", "A byte of the content differs from the table.", b => Large(b)[4096 + 1000] ^= 1);
        yield return ("LRG-004-content", "A byte of the content differs; table and trailer's digests were made right.", BreakContent);
        yield return ("LRG-005-absent", "A large object that a record names is absent.", b => b.Image.Files.Remove(LargePath(b)));
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Manifests()
    {
        yield return ("MAN-001-root-member", "A root without `counts`.", b => b.Ingest([b.Entry("a", "a")], rootBytes: j => Without(j, "counts")));
        yield return ("MAN-001-root-form", "A root with white space.", b => b.Ingest([b.Entry("a", "a")], rootBytes: j => [.. j, (byte)' ']));
        yield return ("MAN-001-entry", "An entry without `salt`.", b => b.Ingest([Without(b.Entry("a", "a"), "salt")]));
        yield return ("MAN-001-shard-end", "A shard without its last newline.", b => b.Ingest([b.Entry("a", "a")], shardBytes: s => s[..^1]));
        yield return ("MAN-001-shard-count", "A shard with more entries than the root says.", b => b.Ingest([b.Entry("a", "a"), b.Entry("b", "b")], m => m with { Shards = [m.Shards[0] with { Count = 1 }] }));
        yield return ("MAN-001-predecessor", "A version 1 that has a predecessor.", b => b.Ingest([b.Entry("a", "a")], m => m with { Predecessor = Digest.Parse(Wrong) }));
        yield return ("MAN-001-two-paths", "An entry with both `path` and `pathBytes`.", b => b.Ingest([TwoPaths(b.Entry("a", "a"))]));
        yield return ("MAN-002-root", "`entriesRoot` is the hash of other entries.", b => b.Ingest([b.Entry("a", "a")], m => m with { EntriesRoot = Digest.Parse(Wrong) }));
        yield return ("MAN-003-order", "Paths that fall.", b => b.Ingest([b.Entry("b", "b"), b.Entry("a", "a")]));
        yield return ("MAN-003-twice", "A path that occurs twice.", b => b.Ingest([b.Entry("a", "a"), b.Entry("a", "b")]));
        yield return ("MAN-004-counts", "One file more than there are entries.", b => b.Ingest([b.Entry("a", "a")], m => m with { Files = 2 }));
        yield return ("MAN-005-version", "Version 2 of an AIP that has no version 1.", b => b.Ingest([b.Entry("a", "a")], m => m with { Version = 2, Predecessor = Digest.Parse(Wrong) }));
        yield return ("MAN-005-aip", "A root with another AIP's id than the record.", b => b.Ingest([b.Entry("a", "a")], m => m with { Aip = Guid.NewGuid() }));
        yield return ("MAN-006-content", "A file whose content is not held.", b => b.Ingest([b.Entry("a", "never kept", keep: false)]));
        yield return ("MAN-006-length", "A file whose length is not its content's.", b => b.Ingest([Longer(b.Entry("a", "a"))]));
        yield return ("MAN-007-shard", "A shard that is not held.", b => b.Ingest([b.Entry("a", "a")], keepShard: false));
        yield return ("MAN-007-root", "A root that is not held.", b => b.Ingest([b.Entry("a", "a")], keepRoot: false));
        yield return ("MAN-008-sm3", "An entry whose `sm3` is not its content's.", b => b.Ingest([With(b.Entry("a", "a"), "sm3", Sm3Digest.Of("b"u8).ToString())]));
        yield return ("MAN-008-md5", "An entry whose `sm3` is its content's, and `md5` is not.", b => b.Ingest([With(With(b.Entry("a", "a"), "sm3", Sm3Digest.Of("a"u8).ToString()), "md5", new string('0', 32))]));
    }

    /// <summary>States that a crash or a reader's patience allows: nothing is to be found.</summary>
    public static IEnumerable<(string Name, string Note, Action<StoreBench> Change)> Harmless()
    {
        yield return ("behind-the-committed-end", "Bytes behind the end that the last trailer vouches for: left by a crash, ignored by readers.", b => b.Image[b.OpenPack] = [.. b.Image[b.OpenPack], .. new byte[40]]);
        yield return ("twin-segment", "The open segment has a sealed twin: a crash while sealing. The open one counts.", b =>
        {
            Assert.True(LedgerSegmentHeader.TryRead(b.Image[StoreLayout.OpenSegment].AsSpan(0, LedgerSegmentHeader.Size), out var header));
            b.Image[StoreLayout.SealedSegments + "/" + LedgerSegmentHeader.SealedName(header.FirstSequence, Digest.Of(b.Image[StoreLayout.OpenSegment]))] = b.Image[StoreLayout.OpenSegment];
        });
        yield return ("sealed-before-its-event", "A pack was sealed and named, and a crash came before its event: the last trailer still names its id.", SealWithoutEvent);
        yield return ("newer-than-the-checkpoint", "An event that no checkpoint covers yet.", b =>
        {
            b.Event(b.Record(EventTypes.Dissemination), Guid.NewGuid().ToString("D"), new JsonMap().Set("form", "folder").Set("files", 1));
            b.Commit(publish: false);
        });
        yield return ("unknown-members", "A type and members that this version does not know.", b =>
        {
            b.Event(b.Record("loan"), Guid.NewGuid().ToString("D"), new JsonMap().Set("until", "2030"), json: j => [.. j[..^1], .. ",\"zone\":\"a\"}"u8]);
            b.Commit();
        });
    }

    private static FrameHeader First(StoreBench bench, FrameCodec? codec = null) =>
        bench.Frames(bench.SealedPack).First(f => f.Kind == FrameKind.Blob && f.StoredLength > 0 && (codec is null || f.Codec == codec));

    private static FrameHeader Padded(StoreBench bench) => bench.Frames(bench.SealedPack).First(f => f.Length > f.HeaderLength + f.StoredLength + 8 && f.Kind == FrameKind.Blob);

    private static string LargePath(StoreBench bench) => bench.Image.Path1("large/");

    private static byte[] Large(StoreBench bench) => bench.Image[LargePath(bench)];

    private static void BreakIndex(StoreBench bench)
    {
        var index = bench.Frames(bench.SealedPack).Single(f => f.Kind == FrameKind.Index);
        bench.Reframe(bench.SealedPack, index, f =>
        {
            f[120 + 32] ^= 16;
            SHA256.HashData(f.AsSpan(120, (int)index.StoredLength)).CopyTo(f.AsSpan(40));
        });
    }

    private static void BreakCommit(StoreBench bench, int at)
    {
        var commit = bench.Frames(bench.SealedPack).First(f => f.Kind == FrameKind.Commit);
        bench.Reframe(bench.SealedPack, commit, f =>
        {
            f[120 + at] ^= 1;
            SHA256.HashData(f.AsSpan(120, CommitMark.Size)).CopyTo(f.AsSpan(40));
        });
    }

    private static void BreakContent(StoreBench bench)
    {
        var file = Large(bench);
        file[4096 + 1000] ^= 1;
        var (length, table) = ((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(file.Length - 128)), (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(file.Length - 104)));
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(table), System.IO.Hashing.XxHash3.HashToUInt64(file.AsSpan(4096, length)));
        SHA256.HashData(file.AsSpan(4096, length)).CopyTo(file.AsSpan(table + 8));
        SHA256.HashData(file.AsSpan(table, 40)).CopyTo(file.AsSpan(file.Length - 64));
        SHA256.HashData(file.AsSpan(file.Length - 160, 128)).CopyTo(file.AsSpan(file.Length - 32));
    }

    private static void AddStranger(StoreBench bench)
    {
        var header = bench.Header(bench.SealedPack) with { Pack = Guid.NewGuid(), Blind = RandomNumberGenerator.GetBytes(32) };
        var head = header.ToBytes();
        using var index = Frame.Prepare(FrameKind.Index, PackIndex.Write([]));
        var place = index.Place(header.Pack, head.Length, 0);
        var bytes = new byte[place.Length];
        Frame.Write(place, index.Stored.Span, bytes);
        var footer = new PackFooter(head.Length, 0, head.Length + bytes.Length + PackFooter.Size, 0, Digest.Of(head), header.Pack);
        byte[] pack = [.. head, .. bytes, .. footer.ToBytes()];
        bench.Image[StoreLayout.Pack(Digest.Of(pack))] = pack;
    }

    private static void SealWithoutEvent(StoreBench bench)
    {
        var path = bench.OpenPack;
        var listed = bench.Frames(path).Where(f => PackIndex.Lists(f.Kind)).ToList();
        var last = bench.Batches()[^1].Trailer.Packs.Single(p => p.Pack == bench.Header(path).Pack);
        using var index = Frame.Prepare(FrameKind.Index, PackIndex.Write(listed.Select(f => new PackIndexEntry(f.Digest, f.Offset, f.Length, f.Kind, f.Codec))));
        var place = index.Place(last.Pack, last.End, last.Batch);
        var bytes = new byte[place.Length];
        Frame.Write(place, index.Stored.Span, bytes);
        var footer = new PackFooter(last.End, listed.Count, last.End + bytes.Length + PackFooter.Size, last.Batch, last.Commit, last.Pack);
        byte[] pack = [.. bench.Image[path][..(int)last.End], .. bytes, .. footer.ToBytes()];
        _ = bench.Image.Files.Remove(path);
        bench.Image[StoreLayout.Pack(Digest.Of(pack))] = pack;
    }

    private static byte[] Without(byte[] json, string member)
    {
        Assert.True(CanonicalJson.TryRead(json, out var map));
        var less = new JsonMap();
        foreach (var (name, value) in map.Members.Where(m => m.Key != member))
        {
            _ = less.TryAdd(name, value);
        }

        return CanonicalJson.Write(less);
    }

    private static byte[] TwoPaths(byte[] json) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("\"path\":\"a\"", "\"path\":\"a\",\"pathBytes\":\"tbU=\"", StringComparison.Ordinal));

    private static byte[] With(byte[] json, string algorithm, string digest)
    {
        Assert.True(ManifestEntry.TryRead(json, out var entry));
        return (entry with { Digests = new SortedDictionary<string, string>(entry.Digests.ToDictionary(), StringComparer.Ordinal) { [algorithm] = digest } }).ToBytes();
    }

    private static byte[] Longer(byte[] json)
    {
        Assert.True(ManifestEntry.TryRead(json, out var entry));
        return (entry with { Length = entry.Length + 1 }).ToBytes();
    }
}
