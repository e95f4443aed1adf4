using System.Runtime.ExceptionServices;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Ingest;

/// <summary>
/// The one way in for cases: inspected, decided, kept, registered. Whoever brings cases goes through here: the command line today; an
/// interface for source systems, migration and restoring are other callers of the same door, and no other doors.
/// </summary>
/// <param name="vault">The store.</param>
/// <param name="office">The law of records.</param>
/// <param name="desk">Signs and keeps reports, and knows what persons decided.</param>
/// <param name="ingest">Keeps what is admitted.</param>
/// <param name="waiting">Where packages wait for a decision.</param>
/// <remarks>
/// Safe for concurrent use: one package of a case is at the door at a time. A crash between any two steps is mended by presenting the
/// same packages again: each step is taken from where the register says that the case stands.
/// </remarks>
public sealed partial class CaseDoor(Vault vault, RecordsOffice office, InspectionDesk desk, IngestRun ingest, WaitingRoom waiting)
{
    /// <summary>The most packages of one batch.</summary>
    public const int Most = 256;

    private readonly IdentityTurns _turns = new();
    private readonly DoorRegisters _registers = new(() => office.Journal.Views, vault.Time, office);

    /// <summary>Reads the packages of a batch once and keeps nothing: the first half of <see cref="AdmitAsync(InspectedBatch, bool, Actor, CancellationToken)"/>.</summary>
    /// <param name="requests">At most <see cref="Most"/>.</param>
    /// <param name="means">By what means they are inspected.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops the inspection.</param>
    /// <remarks>
    /// May run while an earlier batch is let in. What that one registers meanwhile is unknown to this inspection; the register is asked again
    /// when the batch is judged, so two cases never get in by one record code.
    /// </remarks>
    /// <exception cref="ArgumentException">There are too many.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public InspectedBatch Inspect(IReadOnlyList<DoorRequest> requests, DoorMeans means, Actor actor, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Count, Most);
        return new InspectedBatch(InspectAll(requests, means, actor, stop), means);
    }

    /// <summary>Lets a batch of packages in, or says of each why not.</summary>
    /// <param name="requests">At most <see cref="Most"/>; all of a batch take each step together, so that many share one write.</param>
    /// <param name="means">By what means they are inspected.</param>
    /// <param name="isDry">Whether they are inspected and judged alone: nothing is kept, and no event is written.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops the inspection; what was decided is carried out.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="ArgumentException">There are too many.</exception>
    /// <exception cref="StorageException">The disk failed: present them again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before anything was decided: nothing of the batch was kept.</exception>
    public Task<IReadOnlyList<DoorOutcome>> AdmitAsync(IReadOnlyList<DoorRequest> requests, DoorMeans means, bool isDry, Actor actor, CancellationToken stop) =>
        AdmitAsync(Inspect(requests, means, actor, stop), isDry, actor, stop);

    /// <summary>Lets a batch in that was inspected, or says of each why not; once.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isDry">Whether they are judged alone: nothing is kept, and no event is written.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="stop">Stops before anything is decided; what was decided is carried out.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="StorageException">The disk failed: present them again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before anything was decided: nothing of the batch was kept.</exception>
    public async Task<IReadOnlyList<DoorOutcome>> AdmitAsync(InspectedBatch batch, bool isDry, Actor actor, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (all, means) = (batch.All, batch.Means);
        for (var left = all; left.Count > 0; left = [.. left.Where(at => at.IsOpen)], stop = CancellationToken.None)
        {
            // Two packages of one case follow one another, as two runs would.
            List<CaseAtDoor> some = [.. left.GroupBy(at => at.Number is null ? (object)at : (at.Source, at.Number)).Select(same => same.First())];
            await AdmitAsync(some, means, isDry, actor, stop).ConfigureAwait(false);
        }

        return [.. all.Select(at => at.Outcome!)];
    }

    private async Task AdmitAsync(List<CaseAtDoor> batch, DoorMeans means, bool isDry, Actor actor, CancellationToken stop)
    {
        var turns = new List<IDisposable>();
        try
        {
            foreach (var at in batch.Where(at => at.Number is not null).OrderBy(at => at.Source, StringComparer.Ordinal).ThenBy(at => at.Number, StringComparer.Ordinal))
            {
                turns.Add(await _turns.TakeAsync(at.Source, at.Number!, stop).ConfigureAwait(false)); // in one order, so that nobody waits in a circle
            }

            var steps = new DoorMoves(office.Cases, actor);
            var judgement = new DoorJudgement(_registers, Archived);
            batch.ForEach(judgement.Recognise); // held already, another accepted, refused before
            if (isDry)
            {
                batch.ForEach(judgement.JudgeDry);
                return;
            }

            steps.Notify(batch); // office: told, when its source system had not
            steps.BeginChecking(batch); // office: collecting, checking, with the package's digest
            batch.ForEach(judgement.Judge); // may it pass?
            await RecordAsync(batch.Where(at => at.Outcome?.Report is not null), actor).ConfigureAwait(false);
            steps.Conclude(batch); // office: returned, waiting, or refused as a secret
            List<CaseAtDoor> passing = [.. batch.Where(at => at.IsOpen)];
            await new DoorKeeping(ingest, desk, means, actor).KeepAsync(passing).ConfigureAwait(false); // pass two: the same digests, or nothing
            await RecordAsync(passing.Where(at => !at.IsRecorded), actor).ConfigureAwait(false);
            steps.Pass(passing); // office: passed, and what it rests on is kept
            new DoorRegistration(office, actor).Register(passing); // office: reference code, archived
            steps.GiveBack(passing); // office: what could not be kept or registered is no case that is stuck
            await Waiting(means.Waiting, actor).SettleAsync(batch).ConfigureAwait(false); // what waits is held, what waits no more is destroyed
        }
        finally
        {
            turns.ForEach(t => t.Dispose());
        }
    }

    /// <summary>Writes the inspections down: whatever became of a package, its report stays.</summary>
    private Task RecordAsync(IEnumerable<CaseAtDoor> which, Actor actor) => desk.RecordAsync(
        [.. which.Select(at => new RunEntry(at.Sealed ?? desk.Seal(at.Report), at.Kept?.Aip, at.Kept is not null) { Reasons = at.Reasons })], actor, CancellationToken.None);

    private IReadOnlyDictionary<string, Digest> Archived(CaseVersion version) => vault.ReadEvent(version.Held.Sequence).Record?.Manifest is { } root
        ? VersionEntries.Of(vault, root, CancellationToken.None).Where(e => e is { Kind: EntryKind.File, Role: null })
            .ToDictionary(e => e.Name.Display, e => e.Content!.Value, StringComparer.Ordinal)
        : throw new StorageException(StorageProblem.Damaged, "ledger/" + version.Held.Sequence, null, null);

    /// <summary>Pass one: reads each package once and keeps nothing. What persons decided of it is asked by its digest, so afterwards.</summary>
    private List<CaseAtDoor> InspectAll(IReadOnlyList<DoorRequest> requests, DoorMeans means, Actor actor, CancellationToken stop)
    {
        var inspected = new CaseAtDoor[requests.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop };
        try
        {
            _ = Parallel.For(0, requests.Count, options, InspectOne);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]); // the first cause, as if one thread had met it
        }

        return [.. inspected];

        void InspectOne(int i)
        {
            var found = means.Inspection.Inspect(requests[i].Declared, requests[i].Presenter ?? actor.AccountName, stop);
            inspected[i] = new CaseAtDoor(requests[i], found with { Report = desk.Decided(found.Report) });
        }
    }
}
