using System.Runtime.ExceptionServices;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Inspection.Storage;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Inspects packages where they lie in the store (BC), all of them or a sample, those first that were not inspected for longest. What was
/// done is an event every <see cref="PartLength"/> packages: a run that is cut off goes on from there.
/// </summary>
/// <param name="vault">The store.</param>
/// <param name="views">Its views, brought up to the ledger at each call.</param>
/// <param name="plan">By what means; for storage.</param>
/// <param name="time">The clock.</param>
/// <param name="desk">Keeps the signed reports of packages that failed or were named, and what persons decided; null keeps and asks none.</param>
/// <remarks>Safe for concurrent use; two runs at a time inspect some packages twice. Memory: 48 bytes for each package of the store, and the packages under way.</remarks>
public sealed class StorageInspection(Vault vault, Func<IDocumentReader> views, InspectionPlan plan, TimeProvider time, InspectionDesk? desk = null)
{
    /// <summary>The most packages of one event.</summary>
    public const int PartLength = 256;

    /// <summary>The most reports of failed packages that a run's report holds.</summary>
    public const int MostShown = 100;

    private const int Page = 1000;
    private const int MostAtOnce = 4;

    private readonly CaseInspection _inspection = new(plan, time);

    /// <summary>How often the scheme wants every package inspected: once in so many days.</summary>
    public int CoverageDays => int.Parse(SchemeCatalogue.Value("storage.days", plan.Scheme.Parameters.GetValueOrDefault("storage.days")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Begins a run and carries it out as far as it comes.</summary>
    /// <param name="selection">Which packages.</param>
    /// <param name="actor">Who runs it.</param>
    /// <param name="progress">Told after each package; or null.</param>
    /// <param name="stop">Stops before the next package: what was done is kept, and the rest is left.</param>
    /// <exception cref="StorageException">The disk failed in a way that says nothing of the packages.</exception>
    public async Task<StorageRunReport> RunAsync(StorageSelection selection, Actor actor, Action<StorageProgress>? progress, CancellationToken stop)
    {
        var until = new AipList(views()).Page(long.MaxValue, 1, descending: true) is [var newest, ..] ? newest.Id : 0;
        return await ExecuteAsync(new StorageRun(Guid.NewGuid(), time.GetUtcNow(), until, selection), actor, progress, stop).ConfigureAwait(false);
    }

    /// <summary>Goes on with the newest run, when it has not come to its end; null when there is none such.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<StorageRunReport?> ResumeAsync(Actor actor, Action<StorageProgress>? progress, CancellationToken stop) =>
        StorageRunsView.Newest(views()) is { IsComplete: false } newest && vault.ReadEvent(newest.Sequence).Detail is { } detail && StorageRunBody.ReadRun(detail.Body) is { } run
            ? await ExecuteAsync(run, actor, progress, stop).ConfigureAwait(false)
            : null;

    /// <summary>How many packages were not inspected for so many days, or never.</summary>
    public long Overdue(int days)
    {
        var now = time.GetUtcNow();
        return Candidates(new StorageRun(Guid.Empty, now, long.MaxValue, new StorageSelection())).LongCount(c => c.Last is not { } last || now - last >= TimeSpan.FromDays(days));
    }

    /// <summary>Inspects one version, and records nothing.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public InspectedSubmission Inspect(AipVersion version, string who, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(version);
        var stored = StoredPackage.Open(vault, version, stop);
        var seen = _inspection.Inspect(
            stored, stored.Channel, facts => stored.Conclude(vault.Descriptor.Records is not null, facts.Terms?.Notice?.As?.ReferenceCode, stop), who, stop);
        return desk is null ? seen : seen with { Report = desk.Decided(seen.Report) };
    }

    private async Task<StorageRunReport> ExecuteAsync(StorageRun run, Actor actor, Action<StorageProgress>? progress, CancellationToken stop)
    {
        var (left, chosen) = StorageDraw.Draw(Candidates(run), run.Selection, run.Started);
        var tally = new StorageTally(run, plan.Scheme, chosen, left.Count, progress);
        foreach (var part in left.Chunk(PartLength).DefaultIfEmpty([]))
        {
            var (done, failure) = InspectPart(part, actor, tally, stop);
            await RecordAsync(tally, done, actor).ConfigureAwait(false);
            failure?.Throw(); // after what was done is kept: the run goes on from there
            if (stop.IsCancellationRequested)
            {
                break;
            }
        }

        return tally.ToReport(time.GetUtcNow());
    }

    /// <summary>What each package of a part came to, and the first failure that says nothing of the packages; those that were begun then are left.</summary>
    private (IReadOnlyList<(StorageResult Package, InspectionReport Report)> Done, ExceptionDispatchInfo? Failure) InspectPart(
        StorageCandidate[] part, Actor actor, StorageTally tally, CancellationToken stop)
    {
        var list = new AipList(views());
        var done = new (StorageResult, InspectionReport)?[part.Length];
        ExceptionDispatchInfo? failure = null;
        _ = Parallel.For(0, part.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, MostAtOnce) }, (i, loop) =>
        {
            if (stop.IsCancellationRequested)
            {
                loop.Stop();
                return;
            }

            try
            {
                var entry = list.Page(part[i].Place - 1, 1)[0];
                var version = new AipVersion(entry.Aip, entry.Version, entry.Sequence, entry.Manifest, entry.LastTime, entry.Bytes, entry.Files);
                var report = Inspect(version, actor.AccountName, stop).Report;
                var result = StorageResult.Of(entry.Aip, entry.Version, report);
                done[i] = (result, report);
                tally.Add(result, report);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                loop.Stop(); // begun and not finished: it is left
            }
            catch (Exception problem)
            {
                _ = Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(problem), null);
                loop.Stop();
            }
        });
        return ([.. done.OfType<(StorageResult, InspectionReport)>()], failure);
    }

    private async Task RecordAsync(StorageTally tally, IReadOnlyList<(StorageResult Package, InspectionReport Report)> done, Actor actor)
    {
        if (!vault.CanAppend)
        {
            return;
        }

        // What was done is kept also when asked to stop; the reports first, since the part says that their packages had their turn.
        var inFull = done.Where(d => d.Package.Outcome == InspectionOutcome.Failed || tally.Run.Selection.Aips.Count > 0);
        if (desk is not null)
        {
            await desk.RecordAsync([.. inFull.Select(d => new RunEntry(desk.Seal(d.Report), d.Package.Aip))], actor, CancellationToken.None).ConfigureAwait(false);
        }

        var draft = StorageRunBody.Write(tally.Run, plan.Scheme, [.. done.Select(d => d.Package)], tally.Chosen, tally.Left);
        var kept = await vault.AppendAsync(draft, actor, CancellationToken.None).ConfigureAwait(false);
        tally.Kept(kept.Event.Leaf.Sequence);
    }

    private IEnumerable<StorageCandidate> Candidates(StorageRun run)
    {
        var now = views();
        var list = new AipList(now);
        var named = run.Selection.Aips.ToHashSet();
        for (var after = 0L; list.Page(after, Page) is { Count: > 0 } page; after = page[^1].Id)
        {
            foreach (var entry in page.Where(e => e.Id <= run.Until && (named.Count == 0 || named.Contains(e.Aip))))
            {
                var last = StorageRunsView.LastOf(now, entry.Aip);
                yield return new StorageCandidate(entry.Id, entry.Aip, last?.At, last?.Run == run.Id);
            }
        }
    }
}
