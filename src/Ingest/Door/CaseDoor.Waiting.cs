using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>What came of a run over the packages that wait.</summary>
/// <param name="Outcomes">What became of those that the door was asked about again, or whose waiting ended.</param>
/// <param name="Findings">What was found in the waiting room besides: files that cannot be read, leftovers.</param>
/// <param name="Undecided">How many wait for a person still.</param>
public sealed record WaitingRun(IReadOnlyList<DoorOutcome> Outcomes, IReadOnlyList<Finding> Findings, int Undecided);

/// <content>Packages that wait: let in when they are decided, destroyed when they wait no more.</content>
public sealed partial class CaseDoor
{
    /// <summary>
    /// Goes through all that waits. What persons have decided, and what waits for a check alone, comes to the door again; what waited longer than
    /// it may is destroyed and its case sent back; what nothing waits for any more is destroyed.
    /// </summary>
    /// <param name="means">By what means they are inspected.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops between packages.</param>
    /// <exception cref="StorageException">The room's key is missing (STO-021), or the disk failed: run it again.</exception>
    public Task<WaitingRun> AdmitWaitingAsync(DoorMeans means, Actor actor, CancellationToken stop) => AdmitWaitingAsync(waiting.List(), means, actor, stop);

    /// <summary>The same for the package of one case; a run without outcomes when none is held.</summary>
    /// <param name="c">The case.</param>
    /// <param name="means">By what means it is inspected.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops the inspection.</param>
    /// <exception cref="StorageException">The disk failed: run it again.</exception>
    public Task<WaitingRun> AdmitWaitingAsync(ServiceCase c, DoorMeans means, Actor actor, CancellationToken stop) =>
        AdmitWaitingAsync(WaitingOf(c) is { } stay ? [stay] : [], means, actor, stop);

    /// <summary>How long the package of a case is held: the one that the register names, else that of its newest inspection; null when it is not held.</summary>
    public WaitingStay? WaitingOf(ServiceCase c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return c.Number is not { } number ? null
            : c.Digest is { } known && waiting.Find(c.Source, number, known) is { IsDestroyed: false } stay ? stay
            : desk.RunsOfCase(c.Source, number) is [.., { Package: { } newest }] && newest.StartsWith("sha256:", StringComparison.Ordinal) && Digest.TryParse(newest[7..], out var package)
                && waiting.Find(c.Source, number, package) is { IsDestroyed: false } other ? other
            : null;
    }

    /// <summary>Destroys what is held of a case that somebody moved so that it waits no more.</summary>
    /// <param name="source">Source system.</param>
    /// <param name="number">Business serial number.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops the waiting for another command that is at work on the case.</param>
    /// <exception cref="StorageException">The disk failed: the next run over the waiting room does it.</exception>
    public async Task ReleaseAsync(string source, string number, Actor actor, CancellationToken stop)
    {
        using var turn = await _turns.TakeAsync(source, number, stop).ConfigureAwait(false);
        if (office.Cases.Find(source, number) is { Digest: { } package } c && !DoorWaiting.IsAwaited(c, package) && waiting.Find(source, number, package) is { } stay)
        {
            await Waiting(new WaitingTerms(), actor).DestroyAsync([new Ended(stay.Name, package, DoorWaiting.CauseOf(c, package))]).ConfigureAwait(false);
        }
    }

    private DoorWaiting Waiting(WaitingTerms terms, Actor actor) => new(vault, waiting, office, terms, actor);

    private Task<WaitingRun> AdmitWaitingAsync(IReadOnlyList<WaitingStay> stays, DoorMeans means, Actor actor, CancellationToken stop) =>
        new WaitingRound(
            waiting, Waiting(means.Waiting, actor), office, desk, _turns, vault.Time.GetUtcNow(), actor,
            async request => (await AdmitAsync([request], means, isDry: false, actor, stop).ConfigureAwait(false))[0]).RunAsync(stays, stop);
}
