using System.Text.Json.Nodes;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Says what a run in storage found: the packages that failed, what is open, the sums.</summary>
internal static class StoredAnswer
{
    /// <summary>Tells a run.</summary>
    /// <param name="report">Where it is told.</param>
    /// <param name="done">The run.</param>
    /// <param name="days">How often every package is to be inspected: once in so many days.</param>
    /// <param name="overdue">How many were not.</param>
    public static void Tell(Report report, StorageRunReport done, int days, long overdue)
    {
        foreach (var (package, told) in done.Bad)
        {
            report.Say("inspect.bad", ("aip", package.Aip), ("version", package.Version), ("name", told.Subject.Package), ("number", package.Number));
            InspectionAnswer.Rules(report, told);
        }

        foreach (var (rule, verdicts) in done.Rules)
        {
            if (verdicts.GetValueOrDefault(RuleVerdict.Manual) + verdicts.GetValueOrDefault(RuleVerdict.CouldNotRun) is > 0 and var open)
            {
                report.Say("inspect.open", ("rule", InspectionAnswer.NameOf(report, RuleCatalogue.Find(rule)!)), ("count", Amounts.Count(open)),
                    ("verdict", report.Speech.Say("inspect.verdict." + (verdicts.ContainsKey(RuleVerdict.Manual) ? "manual" : "could-not-run"))));
            }
        }

        if (done.Run.Selection.Sample is { } sample)
        {
            report.Say("inspect.sample", ("count", Amounts.Count(done.Chosen)), ("seed", sample.Seed));
        }

        report.Say("inspect.sum", ("passed", Amounts.Count(done.Outcomes[InspectionOutcome.Passed])), ("waiting", Amounts.Count(done.Outcomes[InspectionOutcome.Waiting])),
            ("failed", Amounts.Count(done.Outcomes[InspectionOutcome.Failed])), ("left", Amounts.Count(done.Left)), ("scheme", $"{done.Scheme.Name} {done.Scheme.Version}"),
            ("time", Amounts.Span(done.Finished - done.Run.Started)));
        report.Say("inspect.coverage", ("overdue", Amounts.Count(overdue)), ("days", days));
        if (done.Events.Count == 0)
        {
            report.Remark("inspect.unrecorded");
        }

        Set(report, done, days, overdue);
    }

    private static void Set(Report report, StorageRunReport done, int days, long overdue)
    {
        report.Set("run", done.Run.Id.ToString("D"));
        report.Set("started", StoreTime.Write(done.Run.Started));
        report.Set("scheme", $"{done.Scheme.Name} {done.Scheme.Version}");
        report.Set("chosen", done.Chosen);
        report.Set("left", done.Left);
        report.Set("seed", done.Run.Selection.Sample?.Seed);
        report.Set("outcomes", new JsonObject(done.Outcomes.Select(o => KeyValuePair.Create(InspectionCodes.Of(o.Key), (JsonNode?)o.Value))));
        report.Set("rules", new JsonObject(done.Rules.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)new JsonObject(
            r.Value.Select(v => KeyValuePair.Create(InspectionCodes.Of(v.Key), (JsonNode?)v.Value)))))));
        report.Set("events", new JsonArray([.. done.Events.Select(e => (JsonNode)e)]));
        report.Set("failed", new JsonArray([.. done.Bad.Select(b => (JsonNode)InspectionAnswer.Describe(b.Report, report.Speech, ("aip", b.Package.Aip.ToString("D")), ("version", b.Package.Version)))]));
        report.Set("coverageDays", days);
        report.Set("overdue", overdue);
    }
}
