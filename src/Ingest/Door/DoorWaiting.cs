using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// Puts packages that wait into the waiting room, and destroys there what waits no more. Whether a package waits is asked of the register
/// each time, so a crash between any two steps is mended by coming here again.
/// </summary>
internal sealed class DoorWaiting(Vault vault, WaitingRoom room, RecordsOffice office, WaitingTerms terms, Actor actor)
{
    /// <summary>Settles a batch whose outcomes are known.</summary>
    public async Task SettleAsync(IReadOnlyList<CaseAtDoor> batch)
    {
        var over = new List<Ended>();
        foreach (var at in batch.Where(at => at.Number is not null))
        {
            over.AddRange(Over(at, at.Replaced));
            over.AddRange(at.Outcome is DoorOutcome.Waiting ? [] : Over(at, at.Digest));
        }

        await DestroyAsync(over).ConfigureAwait(false);
        foreach (var at in batch.Where(at => at.Outcome is DoorOutcome.Waiting))
        {
            await HoldAsync(at).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a case may still be archived from this package, so that what is held of it must stay.</summary>
    public static bool IsAwaited(ServiceCase? c, Digest? package) =>
        c is { State: CaseState.Checking or CaseState.Manual or CaseState.Passed } && package is not null && c.Digest == package;

    /// <summary>Why what is held of a package is destroyed.</summary>
    public static string CauseOf(ServiceCase? c, Digest? package) => c switch
    {
        null => "withdrawn",
        _ when c.Versions.Any(v => v.Package == package) => "admitted",
        { State: CaseState.RefusedAsSecret } => "secret",
        { State: CaseState.Checking or CaseState.Manual or CaseState.Passed } => "replaced",
        { State: CaseState.Returned or CaseState.Collecting } => "returned",
        _ => "refused",
    };

    /// <summary>
    /// Destroys what is held: the keys first, after which nobody can read it; then it is written down; then the files go. A crash before the
    /// last step leaves files without a key, which the next run over the room writes down and removes.
    /// </summary>
    public async Task DestroyAsync(IReadOnlyList<Ended> over)
    {
        if (over.Count == 0)
        {
            return;
        }

        foreach (var ended in over)
        {
            room.DestroyKey(ended.Name);
        }

        var body = new JsonMap().Set("packages", over.Select(e => (object)new JsonMap().Set("name", e.Name).Set("package", e.Package is { } digest ? "sha256:" + digest : null).Set("cause", e.Cause)));
        var draft = new EventDraft(WaitingEvents.Destroyed, Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)) { Body = body, Group = InspectionDesk.RunGroup };
        _ = await vault.AppendAsync(draft, actor, CancellationToken.None).ConfigureAwait(false);
        foreach (var ended in over)
        {
            room.Remove(ended.Name);
        }
    }

    /// <summary>What is held of a package of the case that came to the door, when nothing waits for it any more.</summary>
    private IEnumerable<Ended> Over(CaseAtDoor at, Digest? package)
    {
        if (package is not { } digest || room.Find(at.Source, at.Number!, digest) is not { } stay)
        {
            return [];
        }

        var c = office.Cases.Find(at.Source, at.Number!);
        return at.IsAddition ? [new Ended(stay.Name, digest, CauseOf(at.Outcome))]
            : IsAwaited(c, digest) || IsElsewhere(c, digest) ? []
            : [new Ended(stay.Name, digest, CauseOf(c, digest))];
    }

    /// <summary>Whether the case is archived by other packages: this one may wait as a further version, though it came undeclared now.</summary>
    private static bool IsElsewhere(ServiceCase? c, Digest package) => c is { Versions.Count: > 0 } && c.Versions.All(v => v.Package != package);

    private static string CauseOf(DoorOutcome? outcome) => outcome switch
    {
        DoorOutcome.Archived or DoorOutcome.AlreadyHeld => "admitted",
        DoorOutcome.Returned => "returned",
        DoorOutcome.RefusedAsSecret => "secret",
        _ => "refused",
    };

    private async Task HoldAsync(CaseAtDoor at)
    {
        var waiting = (DoorOutcome.Waiting)at.Outcome!;
        Finding? why;
        try
        {
            if (room.Find(at.Source, at.Number!, at.Digest!.Value) is { } stay)
            {
                if (IsWhole(stay))
                {
                    at.Outcome = new DoorOutcome.Waiting(waiting.Request, at.Report, waiting.Findings) { Stay = stay };
                    return;
                }

                await DestroyAsync([new Ended(stay.Name, at.Digest, "damaged")]).ConfigureAwait(false);
            }

            var package = at.Facts!.Package;
            why = package.Looked.Any(f => f.Character?.Examination?.Encryption.Count > 0)
                ? WaitingCopy.NotHeld(at, "encrypted")
                : WaitingCopy.Copy(at, room, terms, (vault.Time.GetUtcNow(), at.Request.Presenter ?? actor.AccountName), CancellationToken.None);
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.DiskFull or StorageProblem.KeyMissing)
        {
            why = WaitingCopy.NotHeld(at, problem.Problem == StorageProblem.DiskFull ? "disk" : "key"); // it waits all the same
        }

        at.Outcome = new DoorOutcome.Waiting(waiting.Request, at.Report, why is null ? waiting.Findings : [.. waiting.Findings, why])
        {
            Stay = why is null ? room.Find(at.Source, at.Number!, at.Digest!.Value) : null,
        };
    }

    private bool IsWhole(WaitingStay stay)
    {
        try
        {
            using var package = room.Open(stay.Name);
            package.Check(CancellationToken.None);
            return true;
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.Damaged)
        {
            return false;
        }
    }
}

/// <summary>A package that waits no more.</summary>
/// <param name="Name">Name of its file in the waiting room.</param>
/// <param name="Package">Its digest; null when that cannot be told any more.</param>
/// <param name="Cause">One of the causes of spec/formats/waiting.md.</param>
internal sealed record Ended(Digest Name, Digest? Package, string Cause);

/// <summary>The type of event by which it is written down that packages waited.</summary>
/// <remarks>spec/formats/waiting.md.</remarks>
public static class WaitingEvents
{
    /// <summary>Packages that had waited were destroyed, each with its cause.</summary>
    public const string Destroyed = "held packages destroyed";
}
