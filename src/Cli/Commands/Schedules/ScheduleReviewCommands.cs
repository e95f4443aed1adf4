using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;

namespace Lantai.Cli.Commands.Schedules;

/// <summary>Submits a version for review.</summary>
internal sealed class ScheduleSubmitCommand : CliCommand
{
    private Argument<string?> _number = null!;
    private Option<string?> _agency = null!;

    public override string Name => "schedule submit";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (agency, number) = (context.Value(_agency)!, context.Parsed.GetValue(_number)!);
        return RegisterAnswer.Conclude(context, context.Repository.Records.Schedules.Submit(agency, number, context.Actor), agency + " " + number, "register.submitted");
    }

    protected override void Declare(Command command)
    {
        _number = Argument(command, "number", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
    }
}

/// <summary>Approves a version that another account submitted.</summary>
internal sealed class ScheduleApproveCommand : CliCommand
{
    private Argument<string?> _number = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _approval = null!;
    private Option<string?> _from = null!;
    private Option<string?> _until = null!;
    private Option<string?> _opinion = null!;

    public override string Name => "schedule approve";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (agency, number) = (context.Value(_agency)!, context.Parsed.GetValue(_number)!);
        var from = RegisterAnswer.Day(context.Value(_from), "--from") ?? throw new WrongUseException("usage.value", ("option", "--from"));
        var outcome = context.Repository.Records.Schedules.Approve(
            agency, number, context.Value(_approval)!, from, RegisterAnswer.Day(context.Value(_until), "--until"), context.Value(_opinion), context.Actor);
        return RegisterAnswer.Conclude(context, outcome, agency + " " + number, "register.approved");
    }

    protected override void Declare(Command command)
    {
        _number = Argument(command, "number", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
        _approval = Text(command, "--approval", "NUMBER", required: true);
        _from = Text(command, "--from", "YYYY-MM-DD", required: true);
        _until = Text(command, "--until", "YYYY-MM-DD");
        _opinion = Text(command, "--opinion", "TEXT");
    }
}

/// <summary>Returns a version that another account submitted.</summary>
internal sealed class ScheduleReturnCommand : CliCommand
{
    private Argument<string?> _number = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _opinion = null!;

    public override string Name => "schedule return";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (agency, number) = (context.Value(_agency)!, context.Parsed.GetValue(_number)!);
        return RegisterAnswer.Conclude(context, context.Repository.Records.Schedules.Return(agency, number, context.Value(_opinion)!, context.Actor), agency + " " + number, "register.returned");
    }

    protected override void Declare(Command command)
    {
        _number = Argument(command, "number", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
        _opinion = Text(command, "--opinion", "TEXT", required: true);
    }
}

/// <summary>Ends an approved version.</summary>
internal sealed class ScheduleRepealCommand : CliCommand
{
    private Argument<string?> _number = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _until = null!;
    private Option<string?> _reason = null!;

    public override string Name => "schedule repeal";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (agency, number) = (context.Value(_agency)!, context.Parsed.GetValue(_number)!);
        var until = RegisterAnswer.Day(context.Value(_until), "--until") ?? throw new WrongUseException("usage.value", ("option", "--until"));
        return RegisterAnswer.Conclude(
            context, context.Repository.Records.Schedules.Repeal(agency, number, until, context.Value(_reason)!, context.Actor), agency + " " + number);
    }

    protected override void Declare(Command command)
    {
        _number = Argument(command, "number", "NUMBER");
        _agency = Text(command, "--agency", "CODE", required: true);
        _until = Text(command, "--until", "YYYY-MM-DD", required: true);
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}
