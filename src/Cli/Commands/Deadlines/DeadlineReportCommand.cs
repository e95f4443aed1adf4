using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Deadlines;

/// <summary>Reports on deadlines of archiving for any day: totals, or the overdue cases one by one.</summary>
internal sealed class DeadlineReportCommand : CliCommand
{
    private const int Usual = 50;

    private static readonly Dictionary<string, DeadlineGrouping> Groupings = Enum.GetValues<DeadlineGrouping>().ToDictionary(g => g.ToString().ToLowerInvariant());

    private Option<string?> _day = null!;
    private Option<string?> _by = null!;
    private Option<bool> _list = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _after = null!;
    private Option<string?> _take = null!;
    private Option<string?> _out = null!;

    public override string Name => "deadline report";

    public override Task<int> RunAsync(CommandContext context)
    {
        var day = RegisterAnswer.Day(context.Value(_day), "--as-of") ?? LegalTime.DayOf(context.World.Time.GetUtcNow());
        var by = RegisterAnswer.Choice(context.Value(_by) ?? "agency", "--by", Groupings);
        if (context.Value(_out) is { } path)
        {
            ReportFile.Check("--out", path); // before any work is done
        }

        var deadlines = context.Repository.Records.Deadlines;
        var rows = deadlines.Totals(day, by, out var all);
        if (context.Has(_list))
        {
            List(context, deadlines, day);
        }
        else
        {
            Totals(context, DeadlineForms.Totals(day, by, rows, all, deadlines.RuleFor("", day.Year)), rows, all);
        }

        context.Report.Set("asOf", LegalTime.Write(day));
        context.Report.Say("deadline.sum", ("day", LegalTime.Write(day)), ("completed", all.Completed), ("due", all.NotYetDue), ("overdue", all.Overdue), ("late", all.Late));
        if (all.Overdue > 0)
        {
            context.Report.Tell(Finding.Error("DUE-001", LegalTime.Write(day), ("count", all.Overdue), ("returned", all.ReturnedAndOverdue)));
        }

        if (all.Warned is [.., var nearest])
        {
            context.Report.Tell(Finding.Warning("DUE-002", LegalTime.Write(day), ("count", nearest.Cases), ("days", nearest.Days)));
        }

        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _day = Text(command, "--as-of", "YYYY-MM-DD");
        _by = Text(command, "--by", string.Join('|', Groupings.Keys));
        _list = Flag(command, "--list");
        _agency = Text(command, "--agency", "CODE");
        _after = Text(command, "--after", "KEY");
        _take = Text(command, "--take", "N");
        _out = Text(command, "--out", "FILE");
    }

    private void Totals(CommandContext context, Forms.Report table, IReadOnlyList<DeadlineTotals> rows, DeadlineTotals all)
    {
        if (context.Value(_out) is { } path)
        {
            ReportFile.Write(context, "--out", path, table, gb18030: false);
        }
        else
        {
            ReportFile.Show(context, table);
        }

        context.Report.Set("rows", new JsonArray([.. rows.Select(r => (JsonNode)Describe(r))]));
        context.Report.Set("all", Describe(all));
    }

    private void List(CommandContext context, DeadlineRegister deadlines, DateOnly day)
    {
        var overdue = Overdue(deadlines, day, context.Value(_agency), context.Value(_after));
        if (context.Value(_out) is { } path)
        {
            ReportFile.Write(context, "--out", path, DeadlineForms.List(day, overdue), gb18030: false);
            return;
        }

        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        var page = overdue.Take(take + 1).ToList();
        var shown = page.Take(take).ToList();
        ReportFile.Show(context, DeadlineForms.List(day, shown));
        context.Report.Set("cases", new JsonArray([.. shown.Select(Describe)]));
        if (page.Count > take)
        {
            context.Report.Say("deadline.more", ("day", LegalTime.Write(day)), ("last", shown[^1].Next));
            context.Report.Set("next", shown[^1].Next);
        }
    }

    private static IEnumerable<OverdueCase> Overdue(DeadlineRegister deadlines, DateOnly day, string? agency, string? after)
    {
        try
        {
            return deadlines.Overdue(day, agency, after);
        }
        catch (ArgumentException)
        {
            throw new WrongUseException("usage.key.place", ("option", "--after"), ("text", after));
        }
    }

    private static JsonNode Describe(OverdueCase overdue)
    {
        var whole = CaseAnswer.Describe(overdue.Case);
        whole["deadline"] = LegalTime.Write(overdue.Deadline);
        whole["days"] = overdue.Days;
        whole["returned"] = overdue.WasReturned;
        return whole;
    }

    private static JsonObject Describe(DeadlineTotals row) => new()
    {
        ["code"] = row.Code,
        ["completed"] = row.Completed,
        ["inTime"] = row.InTime,
        ["late"] = row.Late,
        ["lateDays"] = row.LateDays,
        ["notYetDue"] = row.NotYetDue,
        ["warned"] = new JsonArray([.. row.Warned.Select(w => (JsonNode)new JsonObject { ["days"] = w.Days, ["cases"] = w.Cases })]),
        ["overdue"] = row.Overdue,
        ["returnedOverdue"] = row.ReturnedAndOverdue,
        ["refusedSecret"] = row.RefusedAsSecret,
        ["before"] = row.BeforeRegulation,
        ["beforeOpen"] = row.BeforeRegulationOpen,
    };
}
