using System.CommandLine;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Relates a case to another.</summary>
internal sealed class CaseLinkCommand : CliCommand
{
    private static readonly Dictionary<string, CaseRelationKind> Kinds = Enum.GetValues<CaseRelationKind>().ToDictionary(k => k.ToString().ToLowerInvariant());

    private Argument<string?> _case = null!;
    private Argument<string?> _relation = null!;
    private Argument<string?> _other = null!;
    private Option<string?> _reason = null!;

    public override string Name => "case link";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var kind = RegisterAnswer.Choice(context.Parsed.GetValue(_relation)!, "RELATION", Kinds);
        var outcome = context.Repository.Records.Cases.Relate(
            CaseAnswer.Name(said), kind, CaseAnswer.Name(context.Parsed.GetValue(_other)!), context.Value(_reason)!, context.Actor);
        return RegisterAnswer.Conclude(context, outcome, said);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _relation = Argument(command, "relation", string.Join('|', Kinds.Keys));
        _other = Argument(command, "other", "SOURCE/NUMBER");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}
