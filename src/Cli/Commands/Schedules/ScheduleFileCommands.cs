using System.CommandLine;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Schedules;

/// <summary>Looks at the file of a schedule and keeps nothing.</summary>
internal sealed class ScheduleCheckCommand : CliCommand
{
    private Argument<string?> _file = null!;

    public override string Name => "schedule check";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var reading = SchedulePages.Read(context, context.Parsed.GetValue(_file)!, PolicyValues.National);
        context.Report.Say(reading.IsSound ? "schedule.sound" : "schedule.unsound", ("rows", reading.Rows.Count));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command) => _file = Argument(command, "file", "FILE");
}

/// <summary>Draws up a version of a schedule from a file: all of it, or nothing.</summary>
internal sealed class ScheduleImportCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _number = null!;
    private Option<string?> _fonds = null!;
    private Option<string[]> _basis = null!;

    public override string Name => "schedule import";

    public override Task<int> RunAsync(CommandContext context)
    {
        var records = context.Repository.Records;
        var (agency, number) = (context.Value(_agency)!, context.Value(_number)!);
        var reading = SchedulePages.Read(context, context.Parsed.GetValue(_file)!, records.Policy.ForAgency(agency, LegalTime.DayOf(context.World.Time.GetUtcNow())));
        if (!reading.IsSound)
        {
            context.Report.Say("schedule.unsound", ("rows", reading.Rows.Count));
            return Task.FromResult(context.Verdict);
        }

        var draft = new ScheduleDraft(agency, number, reading.Rows) { Fonds = context.Value(_fonds), Basis = context.Parsed.GetValue(_basis) ?? [] };
        return RegisterAnswer.Conclude(context, records.Schedules.Draft(draft, context.Actor), agency + " " + number);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _agency = Text(command, "--agency", "CODE", required: true);
        _number = Text(command, "--number", "NUMBER", required: true);
        _fonds = Text(command, "--fonds", "CODE");
        _basis = Texts(command, "--basis", "TEXT…");
    }
}
