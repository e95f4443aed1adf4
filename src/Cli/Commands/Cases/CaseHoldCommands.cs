using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Places a legal hold on a case.</summary>
internal sealed class CaseHoldCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _reason = null!;
    private Option<string?> _basis = null!;

    public override string Name => "case hold";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var (source, number) = CaseAnswer.Name(said);
        var outcome = context.Repository.Records.Cases.PlaceHold(source, number, context.Value(_reason)!, context.Value(_basis), context.Actor, out var hold);
        if (hold is { } id)
        {
            context.Report.Say("case.held", ("hold", id.ToString("D")));
            context.Report.Set("hold", id.ToString("D"));
        }

        return RegisterAnswer.Conclude(context, outcome, said);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _reason = Text(command, "--reason", "TEXT", required: true);
        _basis = Text(command, "--basis", "TEXT");
    }
}

/// <summary>Lifts a legal hold.</summary>
internal sealed class CaseReleaseCommand : CliCommand
{
    private Argument<string?> _hold = null!;
    private Option<string?> _reason = null!;

    public override string Name => "case release";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_hold)!;
        return Guid.TryParseExact(said, "D", out var hold)
            ? RegisterAnswer.Conclude(context, context.Repository.Records.Cases.LiftHold(hold, context.Value(_reason)!, context.Actor), said)
            : throw new WrongUseException("usage.unregistered", ("what", said));
    }

    protected override void Declare(Command command)
    {
        _hold = Argument(command, "hold", "ID");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}
