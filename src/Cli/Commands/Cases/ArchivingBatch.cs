using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Packages;
using Lantai.Cli.Output;
using Lantai.Ingest;
using Lantai.RecordsManagement;

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
        try
        {
            for (var first = 0; first < total; first += Together)
            {
                List<DoorRequest> some = [.. Enumerable.Range(first, Math.Min(Together, total - first)).Select(request)];
                var outcomes = await context.Repository.Door.AdmitAsync(some, means, isDry, context.Actor, context.Stop);
                for (var i = 0; i < outcomes.Count; i++)
                {
                    Tell(first + i, outcomes[i]);
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

    private void Tell(int place, DoorOutcome outcome)
    {
        _done++;
        var kind = DoorWords.Of(outcome);
        var receipt = outcome switch { DoorOutcome.Archived archived => archived.Receipt, DoorOutcome.AlreadyHeld held => held.Receipt, _ => null };
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;

        // Of a secret not even the name of its file is repeated: the name may be the secret.
        var package = outcome.Request.Submitted.Package;
        var name = kind == DoorWords.Secret ? "" : package.Child?.Display ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(package.Path));
        context.Report.Say(
            "case.door." + kind, ("place", place + 1), ("name", name), ("code", receipt?.ReferenceCode), ("report", outcome.Report?.Number ?? receipt?.Report ?? "-"),
            ("due", outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : "-"));
        context.Report.Tell(outcome.Findings);
        _answers?.Add(place, Describe(outcome, kind, name, receipt));
    }

    private JsonObject Describe(DoorOutcome outcome, string kind, string name, CaseReceipt? receipt) => new()
    {
        ["name"] = name,
        ["outcome"] = kind,
        ["report"] = outcome.Report?.Number,
        ["inspection"] = outcome.Report is { } report ? Inspection.InspectionCodes.Of(report.Outcome) : null,
        ["due"] = outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : null,
        ["open"] = outcome is DoorOutcome.Waiting waiting ? new JsonArray([.. waiting.Open.Select(r => (JsonNode)r.Rule.Id)]) : null,
        ["receipt"] = receipt is null ? null : CaseReceipts.Describe(receipt),
        ["rules"] = isDry && outcome.Report is { } whole ? ShownInspection.Rules(whole, context.Report.Speech) : null, // nothing is kept of a dry run, so all is told
        ["codes"] = new JsonArray([.. outcome.Findings.Select(f => (JsonNode)f.Code)]),
    };

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
            ("archived", Of("archived") + Of("would")), ("held", Of("held")), ("waiting", Of("waiting")), ("returned", Of("returned")), ("refused", Of("refused") + Of("secret")),
        };
        context.Report.Say("case.door.sum", sums);
        foreach (var (name, count) in sums)
        {
            context.Report.Set(name, (long)count!);
        }

        context.Report.Set("left", total - _done);
    }
}
