using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Corrects what was told of a case.</summary>
internal sealed class CaseCorrectCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _completed = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _item = null!;
    private Option<string?> _fonds = null!;
    private Option<string?> _reason = null!;

    public override string Name => "case correct";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var (source, number) = CaseAnswer.Name(said);
        var change = new CaseChange
        {
            Completed = context.Value(_completed) is { } time ? TimeOf(time) : null,
            Agency = context.Value(_agency),
            Item = context.Value(_item),
            Fonds = context.Value(_fonds),
        };
        return RegisterAnswer.Conclude(context, context.Repository.Records.Cases.Correct(source, number, change, context.Value(_reason)!, context.Actor), said);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _completed = Text(command, "--completed", "TIME");
        _agency = Text(command, "--agency", "CODE");
        _item = Text(command, "--item", "CODE");
        _fonds = Text(command, "--fonds", "NUMBER");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }

    private static CompletionTime TimeOf(string said) =>
        CompletionTime.TryParse(said, out var time) ? time : throw new WrongUseException("usage.time", ("option", "--completed"), ("text", said));
}
