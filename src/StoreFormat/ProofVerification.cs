using System.Text;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Checks the proof of a package in the order of the specification.</summary>
/// <remarks>
/// spec/formats/proof.md. Whatever the package holds, the answer is a report: memory is bounded by
/// <see cref="ProofFile.MaxLength"/> and does not grow with the number of entries, except to name files that nobody disclosed.
/// </remarks>
public sealed class ProofVerification
{
    /// <summary>The most findings that a report lists; the first ones.</summary>
    public const int MaxFindings = 1000;

    private readonly IProofPackage _package;
    private readonly string _subject;
    private readonly List<Finding> _findings = [];

    private ProofVerification(IProofPackage package, string subject) => (_package, _subject) = (package, subject);

    /// <summary>Checks a package.</summary>
    /// <param name="package">The package; not trusted.</param>
    /// <param name="subject">How findings call the package.</param>
    /// <param name="expected">The key that came from outside; null when none did: then the package's own is used, which is remarked.</param>
    /// <param name="progress">Told of files and bytes checked so far, after each file; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">The package could not be read and its content is not to blame.</exception>
    public static ProofReport Verify(
        IProofPackage package, string subject, VerifierKey? expected, Action<long, long>? progress, CancellationToken cancellation)
    {
        var work = new ProofVerification(package, subject);
        try
        {
            return work.Run(expected, progress, cancellation);
        }
        catch (IOException problem) when (package.Judge(problem) is { } finding)
        {
            // A proof file itself is damaged; damaged content under data/ is met where it is read.
            work.Add(finding);
            work.Add(Finding.Error(Codes.ProofForm, subject));
            return new ProofReport(null, null, null, 0, 0, work._findings);
        }
    }

    private ProofReport Run(VerifierKey? expected, Action<long, long>? progress, CancellationToken cancellation)
    {
        if (ReadParts() is not { } parts)
        {
            Add(Finding.Error(Codes.ProofForm, _subject));
            return new ProofReport(null, null, null, 0, 0, _findings);
        }

        var entries = new ProofEntries(_package, _subject, parts.Proof, parts.Manifest, Add, progress);
        entries.Check(cancellation);
        CheckEvidence(parts);
        CheckSignature(parts, expected);
        return new ProofReport(parts.Proof, parts.Manifest, parts.Record, entries.Files, entries.Bytes, _findings);
    }

    private Parts? ReadParts()
    {
        if (ReadWhole() is not { } bytes || !ProofFile.TryRead(bytes, out var proof) || !Manifest.TryRead(proof.Manifest, out var manifest)
            || !LedgerEntry.TryRead(Encoding.UTF8.GetBytes(proof.Evidence.Leaf), out var leaf)
            || !EventRecord.TryRead(proof.Evidence.RecordJson, out var record) || !VerifierKey.TryParse(proof.Evidence.VerifierKey, out var claimed)
            || !LedgerEvidence.TryReadCheckpoint(proof.Evidence.Checkpoint, out var checkpoint, out var head) || head.Origin != proof.Origin
            || proof.Entries > Entries(manifest) || (proof.Scope == ProofScope.Complete && proof.Entries != Entries(manifest)))
        {
            return null;
        }

        return new Parts(proof, manifest, leaf, record, claimed, checkpoint, head);
    }

    // Integers in a manifest lie below 2^53, so the sum of two cannot overflow.
    private static long Entries(Manifest manifest) => manifest.Files + manifest.Folders;

    private byte[]? ReadWhole()
    {
        using var stream = _package.OpenProof(ProofFile.Path);
        if (stream is null)
        {
            return null;
        }

        using var whole = new MemoryStream();
        var block = new byte[1 << 16];
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            if (whole.Length + read > ProofFile.MaxLength)
            {
                return null;
            }

            whole.Write(block, 0, read);
        }

        return whole.ToArray();
    }

    private void CheckEvidence(Parts parts)
    {
        var (proof, manifest, leaf, record, _, _, head) = parts;
        Require(
            record.Manifest == Digest.Of(proof.Manifest) && record.Aip == manifest.Aip && record.Version == manifest.Version,
            Codes.ProofManifest);
        Require(proof.Evidence.IsCommittedBy(leaf) && record.Type == leaf.Type && record.Time == leaf.Time, Codes.ProofRecord);
        Require(proof.Evidence.IsIncludedIn(head, leaf), Codes.ProofInclusion);
    }

    private void CheckSignature(Parts parts, VerifierKey? expected)
    {
        // Without a key from outside the package's own must at least have signed; rotations only lead away from a trusted key.
        var keys = expected is null
            ? [parts.Claimed]
            : KeyHistory.Leads(expected, parts.Proof.Origin, KeyHistory.Read(parts.Proof.Evidence.Rotations));
        Require(KeyHistory.AnyVerifies(keys, parts.Checkpoint), Codes.ProofSignature);
        if (expected is null)
        {
            Add(Finding.Information(Codes.KeySelfAsserted, _subject));
        }
    }

    private void Require(bool good, string code)
    {
        if (!good)
        {
            Add(Finding.Error(code, _subject));
        }
    }

    // The verdict must not get lost behind a thousand bad files.
    private void Add(Finding finding)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(finding);
        }
    }

    private sealed record Parts(
        ProofFile Proof, Manifest Manifest, LedgerEntry Leaf, EventRecord Record, VerifierKey Claimed, SignedNote Checkpoint, Checkpoint Head);
}
