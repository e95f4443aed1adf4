using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What a verification is given from outside.</summary>
/// <param name="Expected">The verifier key that is trusted; null leaves the store's own word for it, which is remarked.</param>
/// <param name="Checkpoint">An earlier checkpoint that the ledger must extend; null when there is none.</param>
public sealed record VerificationRequest(VerifierKey? Expected, SignedNote? Checkpoint)
{
    /// <summary>Whether contents are read whose entries name further digests than SHA-256, to compute these.</summary>
    public bool Deep { get; init; }

    /// <summary>The verifier key of SM2 that is trusted; null leaves the ledger's own word for it, which is remarked where it has one.</summary>
    public Sm2VerifierKey? ExpectedSm2 { get; init; }
}

/// <summary>What a verification did and found.</summary>
/// <param name="Leaves">Leaves checked.</param>
/// <param name="Events">Events whose record and detail were read.</param>
/// <param name="Manifests">Manifests checked.</param>
/// <param name="Entries">Manifest entries whose content is held.</param>
/// <param name="SignedBy">The key that signed the checkpoint and was accepted; null when none was.</param>
/// <param name="Findings">Everything found, remarks included; bounded.</param>
public sealed record VerificationReport(long Leaves, long Events, long Manifests, long Entries, string? SignedBy, IReadOnlyList<Finding> Findings)
{
    /// <summary>The key of SM2 that signed the checkpoint too; null when the store has none or its line is not true.</summary>
    public string? SignedBySm2 { get; init; }

    /// <summary>Whether nothing worse than a remark or warning was found.</summary>
    public bool IsClean => Findings.All(f => f.Severity != Severity.Error);
}

/// <summary>
/// Checks that the store says what it always said: root, ledger, tree, signatures, events and manifests. Reads beside an
/// owner without a lock. Whether every stored byte is well is <see cref="FixityAudit"/>'s question.
/// </summary>
/// <remarks>The "Reader MUST" of spec/formats/{layout,ledger,checkpoint,event,manifest}.md.</remarks>
public static class StoreVerification
{
    /// <summary>Runs all checks; damage becomes findings, never an exception.</summary>
    /// <exception cref="StorageException">The folder is no store at all, or the disk failed.</exception>
    public static VerificationReport Run(IDisk disk, TimeProvider time, VerificationRequest request, Action<string, long>? progress, CancellationToken cancellation)
    {
        var found = new FindingSink();
        if (!RootVerification.TryReadDescriptor(disk, found, out var descriptor))
        {
            return new VerificationReport(0, 0, 0, 0, null, found.Findings);
        }

        var log = new VerifiedLog(0, new CompactRange(), []);
        Vault? vault = null;
        Stage(found, () => log = LedgerVerification.Run(disk, descriptor, found, count => progress?.Invoke("ledger", count), cancellation));
        Stage(found, () => vault = Vault.OpenReadOnly(disk, time));
        using (vault)
        {
            string? accepted = null;
            string? sm2 = null;
            var events = (Events: 0L, Manifests: 0L, Entries: 0L);
            foreach (var finding in vault?.Findings ?? [])
            {
                found.Add(finding);
            }

            Stage(found, () => accepted = CheckpointVerification.Run(disk, descriptor, log, vault, request, found));
            Stage(found, () => sm2 = vault is null ? null : AddedKeyVerification.Run(disk, vault, request, found));
            if (vault is not null)
            {
                using var digests = request.Deep ? new DigestVerification(vault, found, cancellation) : null;
                Stage(found, () => events = EventVerification.Run(vault, digests, found, (step, count) => progress?.Invoke(step, count), cancellation));
            }

            Stage(found, () => RootVerification.Run(disk, vault, found));
            return new VerificationReport(log.Size, events.Events, events.Manifests, events.Entries, accepted, found.Findings) { SignedBySm2 = sm2 };
        }
    }

    /// <summary>Damage ends a stage with its finding; the next stage still runs. A disk that fails ends the verification.</summary>
    private static void Stage(FindingSink found, Action stage)
    {
        try
        {
            stage();
        }
        catch (StorageException problem) when (problem.Finding is not null)
        {
            found.Add(problem.Finding);
        }
    }
}

/// <summary>Collects findings once each, up to a bound.</summary>
internal sealed class FindingSink
{
    private const int Max = 10_000;
    private readonly HashSet<Finding> _seen = [];
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(Finding finding)
    {
        if (_findings.Count < Max && _seen.Add(finding))
        {
            _findings.Add(finding);
        }
    }
}
