using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>
/// The reviewers' page: the cases that wait for a person or a check, with what is open of each: which file, by which rule, why, and since
/// when. R9-5, R10-4.
/// </summary>
internal sealed class InspectWaitingCommand : CliCommand
{
    private const int Usual = 50;

    private static readonly string[] Columns = ["place", "case", "since", "file", "rule", "why"];

    private Option<string?> _source = null!;
    private Option<string?> _rule = null!;
    private Option<string?> _after = null!;
    private Option<string?> _take = null!;

    public override string Name => "inspect waiting";

    public override Task<int> RunAsync(CommandContext context)
    {
        var after = context.Value(_after) is { } a ? Quantities.Whole(a, "--after", 0, long.MaxValue) : 0;
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        var (source, rule) = (context.Value(_source), context.Value(_rule));
        if (rule is not null && RuleCatalogue.Find(rule) is null)
        {
            throw RegisterAnswer.Unknown(rule);
        }

        var waiting = context.Repository.Records.Cases.InState(CaseState.Manual, after).Where(c => source is null || c.Source == source)
            .Select(c => (Case: c, Open: OpenItems.In(context.Repository, c, out var report), Report: report)).Where(w => rule is null || w.Open.Any(r => r.Rule.Id == rule)).Take(take);
        var (rows, cases) = (new List<string[]>(), new JsonArray());
        foreach (var (c, open, report) in waiting)
        {
            rows.AddRange(Rows(context.Report.Speech, c, open));
            cases.Add(Describe(context.Report.Speech, c, open, report));
        }

        if (rows.Count > 0)
        {
            context.Report.Rows([[.. Columns.Select(k => context.Report.Speech.Say("column." + k))], .. rows]);
        }

        context.Report.Say("inspect.waiting.sum", ("count", Amounts.Count(cases.Count)), ("items", Amounts.Count(rows.Count)));
        context.Report.Set("cases", cases);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _source = Text(command, "--source", "ID");
        _rule = Text(command, "--rule", "ID");
        _after = Text(command, "--after", "N");
        _take = Text(command, "--take", "N");
    }

    /// <summary>A row for each thing that somebody must look at; one for a case of which all is decided, that it comes again.</summary>
    private static IEnumerable<string[]> Rows(Speech speech, ServiceCase c, IReadOnlyList<RuleResult> open)
    {
        var (place, since) = (c.Place.ToString(CultureInfo.InvariantCulture), Amounts.Time(c.Since));
        if (open.Count == 0)
        {
            yield return [place, c.Name, since, "", "", speech.Say("inspect.waiting.decided")];
        }

        foreach (var result in open)
        {
            foreach (var why in Reasons(result))
            {
                yield return [place, c.Name, since, why?.Subject ?? "", result.Rule.Id, why is null ? NameOf(speech, result.Rule) : speech.Say(why)];
            }
        }
    }

    private static JsonObject Describe(Speech speech, ServiceCase c, IReadOnlyList<RuleResult> open, InspectionReport? report) => new()
    {
        ["place"] = c.Place,
        ["case"] = c.Name,
        ["source"] = c.Source,
        ["number"] = c.Number,
        ["agency"] = c.Agency,
        ["item"] = c.Item,
        ["since"] = StoreTime.Write(c.Since),
        ["package"] = c.Digest is { } digest ? "sha256:" + digest : null,
        ["report"] = report?.Number ?? c.Report,
        ["isDecided"] = open.Count == 0,
        ["open"] = new JsonArray([.. open.Select(r => (JsonNode)new JsonObject
        {
            ["rule"] = r.Rule.Id,
            ["name"] = NameOf(speech, r.Rule),
            ["verdict"] = InspectionCodes.Of(r.Verdict),
            ["items"] = new JsonArray([.. Reasons(r).Select(f => (JsonNode)new JsonObject { ["file"] = f?.Subject, ["code"] = f?.Code, ["why"] = f is null ? null : speech.Say(f) })]),
        })]),
    };

    /// <summary>What a rule says, thing by thing; one null where it says nothing but its name.</summary>
    private static IEnumerable<Finding?> Reasons(RuleResult result) => result.Answer.Findings.Cast<Finding?>().DefaultIfEmpty();

    private static string NameOf(Speech speech, InspectionRule rule) => speech.Language == Language.Chinese ? rule.Chinese : rule.English;
}
