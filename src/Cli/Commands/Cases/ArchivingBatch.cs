using System.Text.Json.Nodes;
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
        return _counts.Keys.All(k => k is "archived" or "added" or "held" or "would") ? 0 : 1;
    }

    public void Dispose() => _answers?.Dispose();

    private void Tell(int place, DoorOutcome outcome)
    {
        _done++;
        var (kind, receipt) = outcome switch
        {
            DoorOutcome.Archived { Receipt.Version: > 1 } added => ("added", added.Receipt),
            DoorOutcome.Archived archived => ("archived", archived.Receipt),
            DoorOutcome.AlreadyHeld held => ("held", held.Receipt),
            DoorOutcome.Waiting => ("waiting", null),
            DoorOutcome.Returned => ("returned", null),
            DoorOutcome.RefusedAsSecret => ("secret", null),
            DoorOutcome.WouldArchive => ("would", (CaseReceipt?)null),
            _ => ("refused", null),
        };
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;

        // Of a secret not even the name of its file is repeated: the name may be the secret.
        var package = outcome.Request.Submitted.Package;
        var name = kind == "secret" ? "" : package.Child?.Display ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(package.Path));
        context.Report.Say(
            "case.door." + kind, ("place", place + 1), ("name", name), ("code", receipt?.ReferenceCode), ("report", outcome.Report?.Number ?? receipt?.Report ?? "-"), ("version", receipt?.Version),
            ("due", outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : "-"));
        context.Report.Tell(outcome.Findings);
        if (total == 1 || kind is not ("archived" or "held"))
        {
            context.Report.Say("case.door.next." + kind, ("case", CaseOf(outcome, receipt)), ("report", outcome.Report?.Number ?? receipt?.Report ?? "-"));
        }

        _answers?.Add(place, Describe(outcome, kind, name, receipt));
    }

    /// <summary>The case as commands name it; of a package that names none, its source and a mark to fill in.</summary>
    private static string CaseOf(DoorOutcome outcome, CaseReceipt? receipt) =>
        $"{outcome.Request.Submitted.Channel.Source}/{receipt?.Number ?? outcome.Report?.Subject.Case ?? outcome.Request.Announced ?? "…"}";

    private static JsonObject Describe(DoorOutcome outcome, string kind, string name, CaseReceipt? receipt) => new()
    {
        ["name"] = name,
        ["outcome"] = kind == "added" ? "archived" : kind,
        ["report"] = outcome.Report?.Number,
        ["inspection"] = outcome.Report is { } report ? Inspection.InspectionCodes.Of(report.Outcome) : null,
        ["due"] = outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : null,
        ["open"] = outcome is DoorOutcome.Waiting waiting ? new JsonArray([.. waiting.Open.Select(r => (JsonNode)r.Rule.Id)]) : null,
        ["receipt"] = receipt is null ? null : CaseReceipts.Describe(receipt),
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
