using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Moves a case along an arrow of its life cycle.</summary>
internal sealed class CaseMoveCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Argument<string?> _state = null!;
    private Option<string?> _reason = null!;
    private Option<string?> _digest = null!;
    private Option<string?> _basis = null!;

    public override string Name => "case move";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var (source, number) = CaseAnswer.Name(said);
        var state = RegisterAnswer.Choice(context.Parsed.GetValue(_state)!, "STATE", Lifecycle.States.ToDictionary(s => s.Code, s => s.State));
        var move = new CaseMove(source, number, CaseAnswer.DigestOf(context.Value(_digest), "--digest"));
        var outcome = context.Repository.Records.Cases.Move([move], state, context.Value(_reason)!, context.Value(_basis), context.Actor);
        await context.Repository.Door.ReleaseAsync(source, number, context.Actor, context.Stop);
        return await RegisterAnswer.Conclude(context, outcome, said, "register.moved", ("state", Lifecycle.Of(state).Label));
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _state = Argument(command, "state", "STATE");
        _reason = Text(command, "--reason", "TEXT", required: true);
        _digest = Text(command, "--digest", "SHA256");
        _basis = Text(command, "--basis", "TEXT");
    }
}
