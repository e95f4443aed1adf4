using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Registers by hand a case that passed its inspection, where a store has no records profile: under the schedule in force, with a reference code of its own.</summary>
internal sealed class CaseRegisterCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _retention = null!;
    private Option<string?> _code = null!;
    private Option<string?> _reason = null!;
    private Option<string?> _digest = null!;
    private Option<string?> _schedule = null!;
    private Option<string?> _approval = null!;
    private Option<string?> _paper = null!;

    public override string Name => "case register";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var (source, number) = CaseAnswer.Name(said);
        if (!RetentionPeriod.TryParse(context.Value(_retention), out var retention))
        {
            throw new WrongUseException("usage.period", ("option", _retention.Name), ("text", context.Value(_retention)!));
        }

        var archiving = new CaseArchiving(source, number, retention, context.Value(_code)!)
        {
            Digest = CaseAnswer.DigestOf(context.Value(_digest), "--digest"),
            Schedule = context.Value(_schedule),
            Approval = context.Value(_approval),
            PaperLocator = context.Value(_paper),
        };
        return RegisterAnswer.Conclude(context, context.Repository.Records.Cases.Archive([archiving], context.Value(_reason)!, context.Actor), said, "register.archived", ("code", archiving.ReferenceCode), ("retention", retention.Code));
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _retention = Text(command, "--retention", "CODE", required: true);
        _code = Text(command, "--code", "CODE", required: true);
        _reason = Text(command, "--reason", "TEXT", required: true);
        _digest = Text(command, "--digest", "SHA256");
        _schedule = Text(command, "--schedule", "NUMBER");
        _approval = Text(command, "--approval", "TEXT");
        _paper = Text(command, "--paper", "PLACE");
    }
}
