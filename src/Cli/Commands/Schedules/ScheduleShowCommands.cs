using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Schedules;

/// <summary>Lists versions of schedules.</summary>
internal sealed class ScheduleListCommand : CliCommand
{
    private Option<string?> _agency = null!;

    public override string Name => "schedule list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "schedules", ["agency", "number", "revision", "rows", "state", "from", "until"],
            [.. context.Repository.Records.Schedules.List(context.Value(_agency)).Select(v =>
            {
                var state = SchedulePages.Today(context, v);
                string[] row =
                [
                    v.Agency, v.Number, v.Revision.ToString(CultureInfo.InvariantCulture), Amounts.Count(v.RowCount), speech.Say("schedule-state." + ScheduleVersion.Word(state)),
                    SchedulePages.Day(v.From) ?? "", SchedulePages.Day(v.Until) ?? "",
                ];
                return (row, SchedulePages.Describe(v, state));
            })]);
    }

    protected override void Declare(Command command) => _agency = Text(command, "--agency", "CODE");
}

/// <summary>Shows a version of a schedule, or writes it to a file.</summary>
internal sealed class ScheduleShowCommand : CliCommand
{
    private Argument<string?> _number = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _item = null!;
    private Option<string?> _export = null!;
    private Option<bool> _gb18030 = null!;

    public override string Name => "schedule show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var schedules = context.Repository.Records.Schedules;
        var version = SchedulePages.Version(context, context.Value(_agency)!, context.Parsed.GetValue(_number)!);
        var state = SchedulePages.Today(context, version);
        var item = context.Value(_item);
        var rows = schedules.Rows(version).Where(r => item is null || r.Item == item);
        var form = ScheduleReports.Of(version, state, rows);
        if (context.Value(_export) is { } file)
        {
            ReportFile.Write(context, "--export", file, form, context.Has(_gb18030));
            context.Report.Set("schedule", SchedulePages.Describe(version, state));
            return Task.FromResult(context.Verdict);
        }

        if (item is not null)
        {
            var speech = context.Report.Speech;
            int[] shown = [.. form.Columns.Select((c, i) => (c.Name, i)).Where(c => c.Name is "item" or "nature" or "origin" or "materialName" or "archive" or "retention").Select(c => c.i)];
            context.Report.Rows([
                [.. shown.Select(i => speech.Say(form.Columns[i].TitleKey))],
                .. form.Rows.Select(row => shown.Select(i => form.Columns[i].ValueKeys is { } keys ? speech.Say(keys + "." + row[i]) : row[i] ?? "").ToArray()),
            ]);
        }

        context.Report.SetLong("rows", form.Rows.Select(row => (JsonNode)new JsonObject(form.Columns.Select((c, i) => KeyValuePair.Create(c.Name, (JsonNode?)row[i])))));
        return RegisterAnswer.Show(context, "schedule", SchedulePages.Describe(version, state));
    }

    protected override void Declare(Command command)
    {
        _number = Argument(command, "number", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
        _item = Text(command, "--item", "CODE");
        _export = Text(command, "--export", "FILE");
        _gb18030 = Flag(command, "--gb18030");
    }
}

/// <summary>Tells what differs between two versions of an agency's schedule.</summary>
internal sealed class ScheduleDiffCommand : CliCommand
{
    private Argument<string?> _before = null!;
    private Argument<string?> _after = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _export = null!;

    public override string Name => "schedule diff";

    public override Task<int> RunAsync(CommandContext context)
    {
        var schedules = context.Repository.Records.Schedules;
        var before = SchedulePages.Version(context, context.Value(_agency)!, context.Parsed.GetValue(_before)!);
        var after = SchedulePages.Version(context, context.Value(_agency)!, context.Parsed.GetValue(_after)!);
        var differences = ScheduleDifference.Between(schedules.Rows(before), schedules.Rows(after)).ToList();
        var form = ScheduleReports.Of(before, after, differences);
        if (context.Value(_export) is { } file)
        {
            ReportFile.Write(context, "--export", file, form, gb18030: false);
        }
        else
        {
            var speech = context.Report.Speech;
            context.Report.Rows([.. form.Rows.Select(row => form.Columns.Select((c, i) => c.ValueKeys is { } keys && row[i] is { Length: > 0 } code ? speech.Say(keys + "." + code) : row[i] ?? "").ToArray())]);
        }

        var shortened = differences.Count(d => d.IsShortened);
        context.Report.Say("schedule.differences", ("count", differences.Count), ("shortened", shortened));
        context.Report.Set("count", differences.Count);
        context.Report.Set("shortened", shortened);
        context.Report.SetLong("differences", form.Rows.Select(row => (JsonNode)new JsonObject(form.Columns.Select((c, i) => KeyValuePair.Create(c.Name, (JsonNode?)row[i])))));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _before = Argument(command, "before", "NUMBER");
        _after = Argument(command, "after", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
        _export = Text(command, "--export", "FILE");
    }
}
