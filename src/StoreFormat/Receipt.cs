using System.Text;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The producer's proof that a submission was kept.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Id">The first 32 hex digits of the leaf's commitment.</param>
/// <param name="Aip">AIP id.</param>
/// <param name="Version">AIP version, from 1.</param>
/// <param name="Manifest">Digest of the version's manifest root.</param>
/// <param name="Source">Who submitted.</param>
/// <param name="Submission">The submission's id within its source.</param>
/// <param name="Name">Name of the folder or file that was submitted.</param>
/// <param name="Accepted">Time of the event.</param>
/// <param name="Counts"><c>bytes</c>, <c>files</c>, <c>folders</c>.</param>
/// <param name="Container">The container it came in, without the order; null when in none.</param>
/// <param name="Evidence">What shows the event to be in the ledger; of a receipt that was read, without keys and rotations.</param>
/// <remarks>spec/formats/receipt.md. Not stored: made again from record, detail and checkpoint. Immutable, safe for concurrent use.</remarks>
public sealed record Receipt(
    string Origin, string Id, Guid Aip, long Version, Digest Manifest, string Source, string Submission, string Name,
    DateTimeOffset Accepted, IReadOnlyDictionary<string, long> Counts, ContainerFacts? Container, LedgerEvidence Evidence)
{
    private const string Title = "lantai receipt v1";
    private const int IdLength = 32;
    private static readonly string[] CountNames = ["bytes", "files", "folders"];

    /// <summary>Makes the receipt of an ingestion.</summary>
    /// <exception cref="ArgumentException">The evidence is not that of an ingestion.</exception>
    public static Receipt Of(string origin, LedgerEvidence evidence, IngestionDetail detail)
    {
        if (!LedgerEntry.TryRead(Encoding.UTF8.GetBytes(evidence.Leaf), out var leaf) || !EventRecord.TryRead(evidence.RecordJson, out var record)
            || record is not { Type: EventTypes.Ingestion, Aip: { } aip, Version: { } version, Manifest: { } manifest })
        {
            throw new ArgumentException("Only an ingestion has a receipt.", nameof(evidence));
        }

        return new Receipt(
            origin, leaf.Commitment.ToString()[..IdLength], aip, version, manifest, detail.Source, detail.Submission, detail.Name, record.Time,
            CountNames.ToDictionary(name => name, name => record.Counts.GetValueOrDefault(name)), detail.Container, evidence);
    }

    /// <summary>The text that the log key signs: three lines.</summary>
    public string ToText()
    {
        var counts = new JsonMap();
        foreach (var name in CountNames)
        {
            _ = counts.Set(name, Counts.GetValueOrDefault(name));
        }

        var map = new JsonMap()
            .Set("receipt", Id).Set("aip", Aip).Set("version", Version).Set("manifest", Manifest).Set("source", Source)
            .Set("submission", Submission).Set("name", Name).Set("accepted", Accepted).Set("counts", counts)
            .Set("container", Container is null ? null : new JsonMap()
                .Set("name", Container.Name).Set("length", Container.Length).Set("sha256", Container.Content));
        Evidence.Write(map);
        return $"{Title}\n{Origin}\n{Encoding.UTF8.GetString(CanonicalJson.Write(map))}\n";
    }

    /// <summary>The receipt as a signed note: the bytes that the producer gets.</summary>
    public byte[] Sign(NoteSigner signer)
    {
        var text = ToText();
        return new SignedNote(text, [signer.Sign(text)]).ToBytes();
    }

    /// <summary>Reads the text of such a note; false when it has not the form.</summary>
    public static bool TryRead(string text, out Receipt receipt)
    {
        receipt = null!;
        var lines = text.Split('\n', 5);
        if (lines is not [Title, { Length: > 0 } origin, var json, ""] || !CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), out var map)
            || map.Text("receipt") is not { } id || map.Id("aip") is not { } aip || map.Number("version") is not ({ } version and > 0)
            || map.Digest("manifest") is not { } manifest || map.Text("source") is not { } source || map.Text("submission") is not { } submission
            || map.Text("name") is not { } name || map.Time("accepted") is not { } accepted || map.Map("counts") is not { } counts
            || CountNames.Any(count => counts.Number(count) is not >= 0) || LedgerEvidence.Read(map) is not { } evidence
            || !LedgerEvidence.TryReadCheckpoint(evidence.Checkpoint, out _, out var head) || head.Origin != origin)
        {
            return false;
        }

        var container = map.Map("container") is { } c && c.Text("name") is { } file && c.Number("length") is ({ } length and >= 0) && c.Digest("sha256") is { } digest
            ? new ContainerFacts(file, length, digest, null)
            : null;
        if (container is null && map.Members.ContainsKey("container"))
        {
            return false;
        }

        receipt = new Receipt(
            origin, id, aip, version, manifest, source, submission, name, accepted,
            CountNames.ToDictionary(count => count, count => counts.Number(count)!.Value), container, evidence);
        return true;
    }

    /// <summary>Checks the bytes of a receipt as <see cref="Verify(SignedNote, VerifierKey?, IReadOnlyList{SignedNote}, string, VerifierKey?)"/> does.</summary>
    public static IReadOnlyList<Finding> Verify(
        ReadOnlySpan<byte> note, VerifierKey? expected, IReadOnlyList<SignedNote> rotations, string subject, VerifierKey? claimed = null) =>
        SignedNote.TryParse(note, out var parsed)
            ? Verify(parsed, expected, rotations, subject, claimed)
            : [Finding.Error(Codes.ReceiptForm, subject)];

    /// <summary>Checks a receipt in the order of the specification; empty when all is well.</summary>
    /// <param name="note">The receipt; not trusted.</param>
    /// <param name="expected">The key that came from outside; null when none did, which is remarked.</param>
    /// <param name="rotations">Rotation statements that may lead from the expected key to the one that signed.</param>
    /// <param name="subject">How findings call the receipt.</param>
    /// <param name="claimed">Used instead when no key came from outside: the key that the store itself names. Without either, no signature is checked.</param>
    public static IReadOnlyList<Finding> Verify(
        SignedNote note, VerifierKey? expected, IReadOnlyList<SignedNote> rotations, string subject, VerifierKey? claimed = null)
    {
        if (!TryRead(note.Text, out var receipt) || !LedgerEntry.TryRead(Encoding.UTF8.GetBytes(receipt.Evidence.Leaf), out var leaf)
            || !EventRecord.TryRead(receipt.Evidence.RecordJson, out var record)
            || !LedgerEvidence.TryReadCheckpoint(receipt.Evidence.Checkpoint, out var checkpoint, out var head))
        {
            return [Finding.Error(Codes.ReceiptForm, subject)];
        }

        var findings = new List<Finding>();
        var keys = (expected ?? claimed) is { } first ? KeyHistory.Leads(first, receipt.Origin, rotations) : null;
        Require(keys is null || KeyHistory.AnyVerifies(keys, note), Codes.ReceiptSignature);
        Require(receipt.Evidence.IsCommittedBy(leaf) && receipt.AgreesWith(leaf, record), Codes.ReceiptRecord);
        Require(receipt.Evidence.IsIncludedIn(head, leaf), Codes.ReceiptInclusion);
        Require(keys is null || KeyHistory.AnyVerifies(keys, checkpoint), Codes.ReceiptCheckpoint);
        if (expected is null)
        {
            findings.Add(Finding.Information(Codes.KeySelfAsserted, subject));
        }

        return findings;

        void Require(bool good, string code)
        {
            if (!good)
            {
                findings.Add(Finding.Error(code, subject));
            }
        }
    }

    private bool AgreesWith(LedgerEntry leaf, EventRecord record) =>
        record.Type == EventTypes.Ingestion && leaf.Type == record.Type && leaf.Time == record.Time && record.Time == Accepted
        && record.Aip == Aip && leaf.Subject == Aip.ToString("D") && record.Version == Version && record.Manifest == Manifest
        && leaf.Sequence == Evidence.Sequence && leaf.Commitment.ToString()[..IdLength] == Id
        && Counts.All(count => record.Counts.GetValueOrDefault(count.Key) == count.Value);
}
