using System.Text;
using System.Text.Json;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>What stands beside a piece: what it is, where it is described, what reading it gives.</summary>
internal sealed record Piece(string Kind, string Page, IReadOnlyDictionary<string, string> Values)
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Tree.Files("spec/vectors/valid/pieces", "*.json").Select(p => Path.GetFileNameWithoutExtension(p)!)];

    public static Piece Read(string name) => JsonSerializer.Deserialize<Piece>(File.ReadAllBytes(Vector.Valid($"pieces/{name}.json")), Vector.Form)!;

    public static byte[] Bytes(string name) => File.ReadAllBytes(Vector.Valid($"pieces/{name}.bin"));
}

/// <summary>Single structures cut out of the valid store: the examples of the specification's pages.</summary>
internal static partial class Pieces
{
    public static void Write(StoreImage image, ValidStore made)
    {
        var bench = new StoreBench(image, made.Current, made.Sm2);
        var pack = bench.SealedPack;
        byte[] Whole(FrameHeader f) => image[pack][(int)f.Offset..(int)(f.Offset + f.Length)];
        byte[] Original(string path, FrameHeader f) =>
            Frame.TryDecode(f, image[path].AsMemory((int)f.Offset + f.HeaderLength, (int)f.StoredLength), out var original) is null ? original.ToArray() : throw new InvalidOperationException(path);
        var frames = bench.Frames(pack);
        var text = frames.First(f => f.Kind == FrameKind.Blob && f.Codec == FrameCodec.Raw && f.StoredLength is > 0 and < 100);
        Keep("frame-raw", "frame", Whole(text));
        Keep("frame-lz4", "frame", Whole(frames.First(f => f.Kind == FrameKind.Blob && f.Codec == FrameCodec.Lz4)));
        Keep("pack-header", "pack", image[pack][..PackHeader.Size]);
        Keep("pack-commit", "pack", Original(pack, frames.First(f => f.Kind == FrameKind.Commit)));
        var permanent = image.Files.Keys.First(p => p.StartsWith("packs/", StringComparison.Ordinal) && p != pack);
        Keep("pack-index", "pack", Original(permanent, bench.Frames(permanent).Single(f => f.Kind == FrameKind.Index)));
        Keep("pack-footer", "pack", image[pack][^PackFooter.Size..]);
        var large = image[image.Path1("large/")];
        Keep("large-header", "large-object", large[..LargeObjectHeader.Size]);
        Keep("large-trailer", "large-object", large[^LargeObjectTrailer.Size..]);
        var shard = frames.Where(f => f.Kind == FrameKind.Manifest).Select(f => Original(pack, f)).Single(b => !Manifest.TryRead(b, out _));
        Keep("manifest-root", "manifest", made.ManifestRoot);
        Keep("manifest-shard", "manifest", shard);
        Assert.True(Manifest.TrySplit(shard, out var lines));
        Keep("entry-file", "manifest", Line("readme.txt"));
        Keep("entry-gb18030", "manifest", Line("pathBytes"));
        Keep("entry-role", "manifest", Piece.Bytes("entry-role")); // no store of the vectors holds one
        Keep("entry-folder", "manifest", Line("\"folder\""));
        var ingestion = bench.Frames(permanent).Where(f => f.Kind == FrameKind.Record).Select(f => Original(permanent, f)).First(b => Encoding.UTF8.GetString(b[32..]).Contains("\"ingestion\"", StringComparison.Ordinal));
        Keep("record", "event", ingestion);
        Keep("detail", "event", frames.Where(f => f.Kind == FrameKind.Detail).Select(f => Original(pack, f)).First());
        Keep("leaf", "ledger", bench.Batches(bench.Sealed(0))[2].Leaves[0]);
        Keep("segment-header", "ledger", image[StoreLayout.OpenSegment][..LedgerSegmentHeader.Size]);
        Keep("batch", "ledger", image[StoreLayout.OpenSegment][LedgerSegmentHeader.Size..(LedgerSegmentHeader.Size + bench.Batches()[0].Length)]);
        Keep("descriptor", "layout", image[StoreLayout.Descriptor]);
        Keep("descriptor-records", "layout", (made.Descriptor with { Records = StoreDescriptor.ChineseRecords }).ToBytes());
        Keep("checkpoint", "checkpoint", image[StoreLayout.Checkpoint]);
        Keep("rotation", "checkpoint", Encoding.UTF8.GetBytes(made.Evidence!.Rotations[0]));
        Keep("addition", "checkpoint", Encoding.UTF8.GetBytes(made.Addition));
        Keep("receipt", "receipt", File.ReadAllBytes(Vector.Valid("receipt/receipt.txt")));
        Keep("proof", "proof", File.ReadAllBytes(Vector.Valid("proof-complete/proof/proof.json")));
        Keep("proof-entry", "proof", File.ReadAllBytes(Vector.Valid("proof-partial/proof/entries.jsonl"))[..^1][..Array.IndexOf(File.ReadAllBytes(Vector.Valid("proof-partial/proof/entries.jsonl")), (byte)'\n')]);
        Keep("stored-name", "proof", File.ReadAllBytes(Vector.Valid("proof-complete/proof/names.jsonl"))[..^1]);
        Keep("audit-result", "audit", image[image.Path1("audit/", ".jsonl")]);
        Keep("audit-times", "audit", image["audit/times.json"]);
        WriteIndexes();
        WriteEvidence();
        WriteWaiting();
        Keep("json", "json", CanonicalJson.Write(new JsonMap().Set("名", "\"\\\n").Set("b", CanonicalJson.MaxInteger).Set("a", new object[] { -1L, "" })));
        Examples.Renew();

        byte[] Line(string part) => lines.First(l => Encoding.UTF8.GetString(l.Span).Contains(part, StringComparison.Ordinal)).ToArray();
    }

    /// <summary>The indexes of the valid store, which are no part of it: made from it by opening it as its owner.</summary>
    public static void WriteIndexes()
    {
        var disk = MemoryDisk.CopyOf(Vector.Valid("store"));
        using (var vault = Vault.Open(disk, new VaultSettings(TimeProvider.System, new Actor("os:archivist", "lantai")), null))
        {
            using var keys = KeyIndex.Open(disk, writes: true, vault.ReadEvents, default).Keys;
            keys.Save();
        }

        foreach (var (name, folder) in (ReadOnlySpan<(string, string)>)[("digest", "index/digests"), ("key", "index/keys")])
        {
            // Describing a run needs its manifest: that one first.
            Keep(name + "-manifest", "index", disk[folder + "/manifest"]);
            Keep(name + "-run", "index", disk[Assert.Single(disk.List(folder), p => p.EndsWith(".run", StringComparison.Ordinal))]);
        }
    }

    /// <summary>Reads a piece with the code that reads stores, and names what it found.</summary>
    public static IReadOnlyDictionary<string, string> Describe(string name, byte[] bytes)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        switch (name)
        {
            case "frame-raw" or "frame-lz4":
                Assert.Null(FrameHeader.TryRead(bytes, out var frame));
                Assert.Null(Frame.CheckEnd(frame, bytes.AsSpan(frame.HeaderLength + (int)frame.StoredLength)));
                Assert.Null(Frame.TryDecode(frame, bytes.AsMemory(frame.HeaderLength, (int)frame.StoredLength), out var original));
                Say(("kind", frame.Kind), ("codec", frame.Codec), ("stored", frame.StoredLength), ("original", frame.OriginalLength), ("digest", frame.Digest), ("pack", frame.Pack),
                    ("offset", frame.Offset), ("batch", frame.Batch), ("xxh3", frame.StoredHash.ToString("x16")), ("text", Encoding.UTF8.GetString(original.Span)));
                break;
            case "pack-header":
                Assert.Null(PackHeader.TryRead(bytes, out var pack));
                Say(("store", pack.Store), ("pack", pack.Pack), ("created", StoreTime.Write(pack.Created)), ("group", pack.Group), ("blind", Convert.ToHexStringLower(pack.Blind.Span)));
                break;
            case "pack-commit":
                Assert.True(CommitMark.TryRead(bytes, out var mark));
                Say(("previous", mark.Previous), ("hash", mark.Hash), ("batch", mark.Batch), ("firstOffset", mark.FirstOffset), ("frames", mark.Frames));
                break;
            case "pack-index":
                Assert.True(PackIndex.TryRead(bytes, out var entries));
                Say([.. entries.Select(e => (e.Digest.ToString(), (object)$"{e.Offset} {e.Length} {e.Kind} {e.Codec}"))]);
                break;
            case "pack-footer":
                Assert.True(PackFooter.TryRead(bytes, out var footer));
                Say(("indexOffset", footer.IndexOffset), ("entries", footer.Entries), ("length", footer.FileLength), ("batches", footer.Batches), ("lastCommit", footer.LastCommit), ("pack", footer.Pack));
                break;
            case "large-header":
                Assert.True(LargeObjectHeader.TryRead(bytes, out var large));
                Say(("store", large.Store), ("object", large.Id), ("created", StoreTime.Write(large.Created)));
                break;
            case "large-trailer":
                Assert.True(LargeObjectTrailer.TryRead(bytes, out var trailer));
                Say(("object", trailer.Id), ("length", trailer.Length), ("content", trailer.Content), ("table", trailer.Table));
                break;
            case "manifest-root":
                Assert.True(Manifest.TryRead(bytes, out var manifest));
                Say(("aip", manifest.Aip), ("version", manifest.Version), ("predecessor", manifest.Predecessor!), ("entries", manifest.Entries), ("entriesRoot", manifest.EntriesRoot), ("digest", Digest.Of(bytes)));
                break;
            case "manifest-shard":
                Assert.True(Manifest.TrySplit(bytes, out var lines));
                Say([.. lines.Select((l, i) => ($"leaf {i}", (object)MerkleTree.LeafHash(l.Span)))]);
                break;
            case "entry-file" or "entry-gb18030" or "entry-folder" or "entry-role":
                Assert.True(ManifestEntry.TryRead(bytes, out var entry));
                Assert.Equal(bytes, entry.ToBytes());
                Say(("kind", entry.Kind), ("path", Convert.ToHexStringLower(entry.Name.Bytes.Span)), ("display", entry.Name.Display), ("basis", entry.Name.Basis), ("leaf", MerkleTree.LeafHash(bytes)));
                if (entry.Role is { } role)
                {
                    Say(("role", role));
                }

                break;
            case "record":
                Assert.True(Salted.TryOpen(bytes, out var salt, out var json) && EventRecord.TryRead(json, out var record) && record.ToBytes().AsSpan().SequenceEqual(json));
                Say(("commitment", Digest.Of(bytes)), ("salt", Convert.ToHexStringLower(salt)), ("json", Encoding.UTF8.GetString(json)));
                break;
            case "detail":
                Assert.True(Salted.TryOpen(bytes, out salt, out json) && EventDetail.TryRead(json, out _));
                Say(("digest", Digest.Of(bytes)), ("salt", Convert.ToHexStringLower(salt)), ("json", Encoding.UTF8.GetString(json)));
                break;
            case "leaf":
                Assert.True(LedgerEntry.TryRead(bytes, out var leaf) && leaf.ToBytes().AsSpan().SequenceEqual(bytes));
                Say(("sequence", leaf.Sequence), ("type", leaf.Type), ("sha256", Digest.Of(bytes)), ("treeHash", LedgerEntry.TreeHash(bytes)));
                break;
            case "segment-header":
                Assert.True(LedgerSegmentHeader.TryRead(bytes, out var segment));
                Assert.Equal(bytes, segment.ToBytes());
                Say(("store", segment.Store), ("number", segment.Number), ("firstSequence", segment.FirstSequence), ("firstBatch", segment.FirstBatch), ("previousSegment", segment.PreviousSegment));
                break;
            case "batch":
                Assert.True(LedgerSegmentHeader.TryRead(Piece.Bytes("segment-header"), out segment));
                var batch = LedgerBatch.TryRead(bytes, segment.FirstBatch, segment.FirstSequence, segment.PreviousTrailer);
                Assert.Equal(bytes.Length, batch!.Length);
                Say(("batch", batch.Trailer.Batch), ("firstSequence", batch.Trailer.FirstSequence), ("count", batch.Trailer.Count), ("packs", batch.Trailer.Packs.Count), ("hash", batch.Trailer.Hash));
                break;
            case "descriptor" or "descriptor-records":
                Assert.True(StoreDescriptor.TryRead(bytes, out var descriptor));
                Assert.Equal(bytes, descriptor.ToBytes());
                Say(("store", descriptor.Store), ("origin", descriptor.Origin), ("packSize", descriptor.PackSize), ("segmentSize", descriptor.SegmentSize));
                if (descriptor.Records is { } records)
                {
                    Say(("records", records));
                }

                break;
            case "checkpoint":
                Assert.True(SignedNote.TryParse(bytes, out var note) && Checkpoint.TryRead(note.Text, out var checkpoint) && Key(VectorKeys.Read().Current).Verifies(note));
                Assert.True(Checkpoint.TryRead(note.Text, out checkpoint));
                Say(("origin", checkpoint.Origin), ("size", checkpoint.Size), ("root", checkpoint.Root));
                break;
            case "rotation":
                Assert.True(SignedNote.TryParse(bytes, out note) && RotationStatement.TryRead(note.Text, out var origin, out _, out _));
                Assert.True(RotationStatement.TryRead(note.Text, out origin, out var oldKey, out var newKey));
                Assert.Equal(2, KeyHistory.Leads(Key(VectorKeys.Read().First), origin, [note]).Count);
                Say(("origin", origin), ("old", oldKey), ("new", newKey));
                break;
            case "addition":
                Assert.True(SignedNote.TryParse(bytes, out note));
                Assert.True(KeyAddition.TryRead(Encoding.UTF8.GetString(bytes), note.Text.Split('\n')[1], null, out var added));
                Assert.Equal(VectorKeys.Read().Sm2, added!.ToString());
                Say(("origin", note.Text.Split('\n')[1]), ("added", added));
                break;
            case "receipt":
                Assert.True(SignedNote.TryParse(bytes, out note) && Receipt.TryRead(note.Text, out _));
                Assert.Empty(Receipt.Verify(note, Key(VectorKeys.Read().Current), [], name));
                break;
            case "proof":
                Assert.True(ProofFile.TryRead(bytes, out var proof));
                Assert.Equal(bytes, proof.ToBytes());
                break;
            case "proof-entry":
                Assert.True(ProofEntry.TryRead(bytes, out var disclosed));
                Say(("index", disclosed.Index), ("path", disclosed.Path.Count));
                break;
            case "stored-name":
                Assert.True(StoredName.TryRead(bytes, out var stored));
                Say(("stored", stored.Stored), ("name", stored.Name.Display));
                break;
            case "audit-result":
                Assert.All(Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n'), l => Assert.True(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(l), out var map) && map.Text("state") == "verified"));
                Say(("sha256", Digest.Of(bytes)));
                break;
            case "audit-times":
                Assert.True(CanonicalJson.TryRead(bytes.AsSpan(0, bytes.Length - 65), out _));
                Assert.Equal(Digest.Of(bytes.AsSpan(0, bytes.Length - 65)) + "\n", Encoding.ASCII.GetString(bytes[^65..]));
                break;
            case "digest-manifest":
                Assert.True(IndexManifest.TryRead(bytes, out var manifestOfDigests));
                Assert.Equal(bytes, manifestOfDigests.ToBytes());
                var packs = IndexedPacks.Read(manifestOfDigests.Attachment.Span)!;
                Say(("ledgerSize", manifestOfDigests.LedgerSize), ("lastLeaf", manifestOfDigests.LastLeaf), ("places", manifestOfDigests.Count), ("packs", packs.Count),
                    ("firstPack", packs[0].Place.Path), ("firstGroup", packs[0].Place.Group));
                break;
            case "key-manifest":
                Assert.True(IndexManifest.TryRead(bytes, out var manifestOfKeys));
                Assert.Equal(bytes, manifestOfKeys.ToBytes());
                Say(("ledgerSize", manifestOfKeys.LedgerSize), ("lastLeaf", manifestOfKeys.LastLeaf), ("keys", manifestOfKeys.Count), ("account", IndexKey.Account("os:archivist")));
                break;
            case "digest-run" or "key-run":
                Assert.True(IndexManifest.TryRead(Piece.Bytes(name.Replace("run", "manifest", StringComparison.Ordinal)), out var its));
                var (disk, shape, place) = (new MemoryDisk { ["run"] = bytes }, new SortedRun(its.ValueLength), Assert.Single(its.Runs));
                var run = RunFile.Open(disk, "run", shape, place, new HeadPool(1));
                RunCheck.Run(run, shape, onePerKey: name == "key-run");
                using (var cursor = new RunCursor(run, shape))
                {
                    Assert.True(cursor.MoveNext());
                    Say(("entries", place.Entries), ("salt", place.Salt.ToString("x16")), ("first", Convert.ToHexStringLower(cursor.Entry)));
                }

                run.Release();
                break;
            case "signature-evidence":
                DescribeEvidence(bytes, Say);
                break;
            case "waiting-file":
                DescribeWaiting(bytes, Say);
                break;
            case "json":
                Assert.True(CanonicalJson.TryRead(bytes, out var any));
                Say(("text", any.Text("名")!), ("number", any.Number("b")!));
                break;
            default:
                throw new InvalidOperationException(name);
        }

        return values;

        void Say(params (string Name, object Value)[] found)
        {
            foreach (var (what, value) in found)
            {
                values[what] = value.ToString()!;
            }
        }
    }

    private static VerifierKey Key(string text) => VerifierKey.TryParse(text, out var key) ? key : throw new InvalidOperationException(text);

    private static void Keep(string name, string page, byte[] bytes)
    {
        _ = Directory.CreateDirectory(Vector.Valid("pieces"));
        File.WriteAllBytes(Vector.Valid($"pieces/{name}.bin"), bytes);
        File.WriteAllText(Vector.Valid($"pieces/{name}.json"), JsonSerializer.Serialize(new Piece(name, $"spec/formats/{page}.md", Describe(name, bytes)), Vector.Form) + "\n");
    }
}
