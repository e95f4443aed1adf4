using System.Buffers.Binary;
using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

internal static partial class BrokenStores
{
    private static IEnumerable<(string, string, Action<StoreBench>)> Events()
    {
        var nothing = Digest.Of("held by no frame"u8);
        yield return ("EVT-001-absent", "A leaf whose record is not held.", b => Add(b, EventTypes.Dissemination, leaf: l => l with { Commitment = nothing }));
        yield return ("EVT-002-member", "A record without `role`.", b => Add(b, EventTypes.Dissemination, json: j => Without(j, "role")));
        yield return ("EVT-002-form", "A record with white space.", b => Add(b, EventTypes.Dissemination, json: j => [.. j, (byte)'\n']));
        yield return ("EVT-002-ingestion", "A record of an ingestion without `manifest`.", b => Add(b, EventTypes.Ingestion, r => r with { Aip = Guid.NewGuid(), Version = 1 }));
        yield return ("EVT-003-absent", "A detail that is not held, and no destruction.", b => Add(b, EventTypes.Dissemination, r => r with { Detail = nothing }));
        yield return ("EVT-004-form", "A detail with white space.", b =>
        {
            var detail = b.Keep(FrameKind.Detail, Salted.Seal("{ }"u8));
            Add(b, EventTypes.Dissemination, r => r with { Detail = detail });
        });
        yield return ("EVT-004-member", "A detail without `software`.", b =>
        {
            var detail = b.Keep(FrameKind.Detail, Salted.Seal(Without(new EventDetail(Guid.NewGuid(), "os:archivist", "bench", new JsonMap()).ToBytes(), "software")));
            Add(b, EventTypes.Dissemination, r => r with { Detail = detail });
        });
        yield return ("EVT-004-addition", "A statement that adds a key of SM2 which did not sign it.", b =>
        {
            var statement = b.Addition(Sm2NoteSigner.Generate(b.Origin + "/sm2"));
            b.Event(b.Record(EventTypes.KeyAdded), Guid.NewGuid().ToString("D"), new JsonMap().Set("statement", statement[..statement.TrimEnd('\n').LastIndexOf('\n')] + "\n"));
            b.Commit();
        });
        yield return ("EVT-005-type", "Record and leaf name different types.", b => Add(b, EventTypes.Dissemination, leaf: l => l with { Type = EventTypes.FixityCheck }));
        yield return ("EVT-005-time", "Record and leaf name different times.", b => Add(b, EventTypes.Dissemination, leaf: l => l with { Time = l.Time.AddSeconds(1) }));
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Ledgers()
    {
        yield return ("LED-001-digest", "A byte of a segment's header differs from its digest.", b => Open(b)[80] ^= 1);
        yield return ("LED-001-absent", "There is no open segment.", b => b.Image.Files.Remove(StoreLayout.OpenSegment));
        yield return ("LED-002-name", "A sealed segment lies under a name with another digest.", b =>
        {
            var path = b.Sealed(0);
            b.Image[path.Replace(path[^71..^8], new string('7', 63), StringComparison.Ordinal)] = b.Image[path];
            _ = b.Image.Files.Remove(path);
        });
        yield return ("LED-003-leaf", "A byte of a leaf differs, and later batches follow.", b => Open(b)[300] ^= 1);
        yield return ("LED-003-covered", "The last batch is cut, and the checkpoint covers it.", b => b.Image[StoreLayout.OpenSegment] = Open(b)[..^8]);
        yield return ("LED-003-sealed", "The last batch of a sealed segment is cut.", b => b.Image[b.Sealed(0)] = b.Image[b.Sealed(0)][..^8]);
        yield return ("LED-003-number", "A trailer's hash is right, but it leaves a batch number out.", b =>
        {
            var last = b.Batches()[^1];
            var start = Open(b).Length - last.Length;
            b.Image[StoreLayout.OpenSegment] = [.. Open(b)[..start], .. BatchTrailer.WriteBatch(last.Leaves, last.Trailer with { Batch = last.Trailer.Batch + 1 }, out _)];
        });
        yield return ("LED-004-prev", "A leaf names another leaf before it.", b => Add(b, EventTypes.Dissemination, leaf: l => l with { Previous = Digest.Parse(Wrong) }));
        yield return ("LED-005-gap", "A leaf leaves a sequence out.", b => Add(b, EventTypes.Dissemination, leaf: l => l with { Sequence = l.Sequence + 1 }));
        yield return ("LED-006-form", "A leaf with white space.", b => Add(b, EventTypes.Dissemination, leafBytes: l => [.. l, (byte)' ']));
        yield return ("LED-006-member", "A leaf with a seventh member.", b => Add(b, EventTypes.Dissemination, leafBytes: l => [.. l[..^1], .. ",\"zone\":\"1\"}"u8]));
        yield return ("LED-007-leaf", "A segment names another leaf before its first.", b => b.Rehash(StoreLayout.OpenSegment, 0, 224, s => s[70] ^= 1));
        yield return ("LED-007-store", "A segment of another store.", b => b.Rehash(StoreLayout.OpenSegment, 0, 224, s => s[33] ^= 1));
        yield return ("LED-007-gap", "A sealed segment is absent.", b => b.Image.Files.Remove(b.Sealed(0)));
        yield return ("LED-007-name", "A sealed segment's name says another first sequence.", b =>
        {
            var path = b.Sealed(0);
            b.Image[path.Replace("/0000000000000000-", "/0000000000000001-", StringComparison.Ordinal)] = b.Image[path];
            _ = b.Image.Files.Remove(path);
        });
        yield return ("LED-008-clock", "A leaf's time is earlier than that of the leaf before it.", b =>
        {
            var record = b.Record(EventTypes.Dissemination);
            b.Event(record with { Time = record.Time.AddHours(-1) }, Guid.NewGuid().ToString("D"), new JsonMap().Set("form", "folder").Set("files", 1));
            b.Commit();
        });
        yield return ("LED-009-torn", "Half a batch follows the last whole one.", b => b.Image[StoreLayout.OpenSegment] = [.. Open(b), .. Open(b)[256..300]]);
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Tiles()
    {
        yield return ("TIL-001-hash", "A byte of a tile differs.", b => b.Image[b.Image.Path1("ledger/tile/0/")][40] ^= 1);
        yield return ("TIL-001-entry", "A byte of an entry bundle differs.", b => b.Image[b.Image.Path1("ledger/tile/entries/")][40] ^= 1);
        yield return ("TIL-002-absent", "A tile is absent.", b => b.Image.Files.Remove(b.Image.Path1("ledger/tile/0/")));
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Checkpoints()
    {
        yield return ("CHK-001-size", "The tree size has a leading zero.", b => b.Image[StoreLayout.Checkpoint] = b.Note($"{b.Origin}\n0{Head(b).Size}\n{Convert.ToBase64String(Head(b).Root.ToArray())}\n"));
        yield return ("CHK-001-origin", "The checkpoint of another store.", b => b.Image[StoreLayout.Checkpoint] = b.Note((Head(b) with { Origin = "lantai/another" }).ToText()));
        yield return ("CHK-001-absent", "There is no checkpoint.", b => b.Image.Files.Remove(StoreLayout.Checkpoint));
        yield return ("CHK-002-text", "The signature is not that of the text.", b =>
        {
            Assert.True(SignedNote.TryParse(b.Note("something else\n"), out var other));
            b.Image[StoreLayout.Checkpoint] = new SignedNote(Head(b).ToText(), other.Signatures).ToBytes();
        });
        yield return ("CHK-002-stranger", "A key signed that no rotation leads to.", b =>
        {
            using var stranger = NoteSigner.Generate(b.Origin);
            b.Image[StoreLayout.Checkpoint] = new SignedNote(Head(b).ToText(), [stranger.Sign(Head(b).ToText())]).ToBytes();
        });
        yield return ("CHK-003-root", "The signed root is not the ledger's.", b => b.Sign(Head(b).Size, Digest.Parse(Wrong)));
        yield return ("CHK-004-beyond", "The checkpoint covers a leaf that is not there.", b => b.Sign(Head(b).Size + 1, Head(b).Root));
        yield return ("CHK-007-other", "`log.vkey` holds another key than the current one.", b =>
        {
            using var stranger = NoteSigner.Generate(b.Origin);
            b.Image[StoreLayout.VerifierKey] = Encoding.UTF8.GetBytes(stranger.Verifier + "\n");
        });
        yield return ("CHK-007-sm2", "`sm2.vkey` holds another key than the one that the ledger names.", b => b.Image[StoreLayout.Sm2VerifierKey] = Encoding.UTF8.GetBytes(Sm2NoteSigner.Generate(b.Origin + "/sm2").Verifier + "\n"));
        yield return ("CHK-008-spoilt", "A byte of the signature by the key of SM2 differs.", b => Resign(b, lines =>
        {
            var spoilt = lines[1].Signature.ToArray();
            spoilt[40] ^= 1;
            return [lines[0], new NoteSignature(lines[1].Name, lines[1].KeyId, spoilt)];
        }));
        yield return ("CHK-008-absent", "The line of the key of SM2 is absent.", b => Resign(b, lines => [lines[0]]));
        yield return ("CHK-008-stranger", "A key of SM2 of the same name signed that the ledger does not name.", b => Resign(b, lines => [lines[0], Sm2NoteSigner.Generate(b.Origin + "/sm2").Sign(Head(b).ToText())]));
        yield return ("CHK-008-beside", "A false line in the name and id of the key of SM2 stands beside the true one.", b => Resign(b, lines => [.. lines, new NoteSignature(lines[1].Name, lines[1].KeyId, new byte[64])]));
        yield return ("CHK-008-replaced", "The ledger names another key of SM2 by now than the one that is expected.", b =>
        {
            var other = Sm2NoteSigner.Generate(b.Origin + "/sm2");
            b.Event(b.Record(EventTypes.KeyAdded), Guid.NewGuid().ToString("D"), new JsonMap().Set("statement", b.Addition(other)));
            b.Commit();
            b.Image[StoreLayout.Sm2VerifierKey] = Encoding.UTF8.GetBytes(other.Verifier + "\n");
            Resign(b, lines => [lines[0], other.Sign(Head(b).ToText())]);
        });
        yield return ("CHK-009-unknown", "A line under a name of the log's, by a key of an algorithm that nobody knows here.", b => Resign(b, lines => [.. lines, new NoteSignature(b.Origin + "/later", 0x01020304, new byte[100])]));
        yield return ("CHK-007-form", "`log.vkey` does not end in a newline.", b => b.Image[StoreLayout.VerifierKey] = b.Image[StoreLayout.VerifierKey][..^1]);
    }

    private static IEnumerable<(string, string, Action<StoreBench>)> Roots()
    {
        yield return ("ROOT-001-feature", "The descriptor names a feature that nobody knows.", b => Describe(b, "\"incompatible\":[]", "\"incompatible\":[\"mirror\"]"));
        yield return ("ROOT-001-form", "The descriptor has white space.", b => Describe(b, ",\"format\"", ", \"format\""));
        yield return ("ROOT-001-records", "The descriptor names a records profile that nobody knows.", b => Describe(b, "\"segmentSize\"", "\"records\":\"xx\",\"segmentSize\""));
        yield return ("ROOT-001-origin", "The descriptor's origin is not that of its store id.", b => Describe(b, "\"origin\":\"lantai/", "\"origin\":\"Lantai/"));
        yield return ("ROOT-002-copy", "A byte of the specification differs.", b => b.Image["spec/README.md"][0] ^= 1);
        yield return ("ROOT-002-descriptor", "The descriptor says another pack size than when the store was made.", b => Describe(b, "\"packSize\":16384", "\"packSize\":16385"));
        yield return ("ROOT-002-result", "A byte of a fixity check's result differs.", b => b.Image[b.Image.Path1("audit/", ".jsonl")][3] ^= 1);
        yield return ("ROOT-003-copy", "The specification is absent.", b => b.Image.Files.Remove("spec/README.md"));
        yield return ("ROOT-003-result", "A fixity check's result is absent.", b => b.Image.Files.Remove(b.Image.Path1("audit/", ".jsonl")));
        yield return ("ROOT-004-stranger", "A file of no meaning lies in the root.", b => b.Image["notes.txt"] = "hello\n"u8.ToArray());
        yield return ("ROOT-004-tile", "A tile that the checkpoint's tree does not have.", b => b.Image["ledger/tile/0/001.p/1"] = new byte[32]);
        yield return ("ROOT-005-reserve", "A byte of the reserve is not zero.", b => b.Image[StoreLayout.Reserve][5] = 1);
    }

    private static byte[] Open(StoreBench bench) => bench.Image[StoreLayout.OpenSegment];

    private static Checkpoint Head(StoreBench bench) =>
        SignedNote.TryParse(bench.Image[StoreLayout.Checkpoint], out var note) && Checkpoint.TryRead(note.Text, out var head) ? head : throw new InvalidOperationException();

    private static void Resign(StoreBench bench, Func<IReadOnlyList<NoteSignature>, IReadOnlyList<NoteSignature>> change)
    {
        Assert.True(SignedNote.TryParse(bench.Image[StoreLayout.Checkpoint], out var note));
        bench.Image[StoreLayout.Checkpoint] = new SignedNote(note.Text, change(note.Signatures)).ToBytes();
    }

    private static void Describe(StoreBench bench, string old, string now)
    {
        var text = Encoding.UTF8.GetString(bench.Image[StoreLayout.Descriptor]);
        Assert.Contains(old, text, StringComparison.Ordinal);
        bench.Image[StoreLayout.Descriptor] = Encoding.UTF8.GetBytes(text.Replace(old, now, StringComparison.Ordinal));
    }

    private static void Add(
        StoreBench bench, string type, Func<EventRecord, EventRecord>? record = null, Func<LedgerEntry, LedgerEntry>? leaf = null, Func<byte[], byte[]>? json = null, Func<byte[], byte[]>? leafBytes = null)
    {
        var made = bench.Record(type);
        made = record?.Invoke(made) ?? made;
        bench.Event(made, (made.Aip ?? Guid.NewGuid()).ToString("D"), made.Detail is null ? new JsonMap().Set("form", "folder").Set("files", 1) : null, leaf, json, leafBytes);
        bench.Commit();
    }
}
