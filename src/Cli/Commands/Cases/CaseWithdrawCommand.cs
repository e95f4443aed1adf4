using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Withdraws a part of a joint case that was declared by mistake.</summary>
internal sealed class CaseWithdrawCommand : CliCommand
{
    private Argument<string?> _part = null!;
    private Option<string?> _reason = null!;

    public override string Name => "case withdraw";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_part)!;
        var place = Quantities.Whole(said, "N", 1, long.MaxValue);
        return RegisterAnswer.Conclude(context, context.Repository.Records.Cases.WithdrawPart(place, context.Value(_reason)!, context.Actor), said);
    }

    protected override void Declare(Command command)
    {
        _part = Argument(command, "part", "N");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}
