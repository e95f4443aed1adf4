using Lantai.Cli.Output;
using Lantai.Ingest;

namespace Lantai.Cli.Commands.Cases;

/// <summary>
/// Brings packages to the door, so many at a time, and says what became of each. Begun again it goes on: what is archived already gets its
/// receipt again.
/// </summary>
internal sealed class ArchivingBatch(CommandContext context, int total, Func<int, DoorRequest> request, DoorMeans means, bool isDry) : IDisposable
{
    private const int Together = 64;

    private readonly BatchAnswers? _answers = context.Report.IsJson ? new BatchAnswers(total) : null;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private int _done;

    public async Task<int> RunAsync()
    {
        var report = context.Report;
        report.Progress.Start();
        context.World.Pace?.GiveRoom();
        try
        {
            var next = InspectAsync(0);
            for (var first = 0; first < total; first += Together)
            {
                var batch = await next;
                next = first + Together < total ? InspectAsync(first + Together) : next; // while this one is kept
                try
                {
                    var outcomes = await context.Repository.Door.AdmitAsync(batch, isDry, context.Actor, context.Stop);
                    for (var i = 0; i < outcomes.Count; i++)
                    {
                        Tell(first + i, outcomes[i]);
                    }
                }
                catch
                {
                    await Task.WhenAny(next); // nobody inspects any more when the command ends
                    throw;
                }

                report.Progress.Report(_done, 0, total, null, (double)_done / total, $"[{_done}/{total}]");
            }
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            report.Trouble("stopped", "trouble.stopped.case", ("done", _done), ("left", total - _done));
            await EndAsync();
            return 2;
        }

        await EndAsync();
        return _counts.Keys.All(DoorWords.IsGood) ? 0 : 1;
    }

    public void Dispose() => _answers?.Dispose();

    private Task<InspectedBatch> InspectAsync(int first)
    {
        List<DoorRequest> some = [.. Enumerable.Range(first, Math.Min(Together, total - first)).Select(request)];
        return Task.Run(() => context.Repository.Door.Inspect(some, means, context.Actor, context.Stop));
    }

    private void Tell(int place, DoorOutcome outcome)
    {
        _done++;
        var (kind, whole) = DoorAnswer.Tell(context.Report, outcome, place + 1, isNextTold: total == 1, isDry);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        _answers?.Add(place, whole);
    }

    private async Task EndAsync()
    {
        if (!isDry && context.Repository.Vault.CanAppend)
        {
            await context.Repository.Vault.EndBatchAsync(0, CancellationToken.None);
        }

        if (_answers is not null)
        {
            context.Report.SetLong("packages", _answers.InOrder());
        }

        long Of(string kind) => _counts.GetValueOrDefault(kind);
        var sums = new (string, object?)[]
        {
            ("archived", Of("archived") + Of("added") + Of("would")), ("held", Of("held")), ("waiting", Of("waiting")), ("returned", Of("returned")), ("refused", Of("refused") + Of("secret")),
        };
        if (isDry || total != 1)
        {
            context.Report.Say(isDry ? "case.door.dry" : "case.door.sum", sums); // of one package all was said
        }

        foreach (var (name, count) in sums)
        {
            context.Report.Set(name, (long)count!);
        }

        context.Report.Set("left", total - _done);
    }
}
