using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Takes a list of completed cases.</summary>
internal sealed class CaseNotifyCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _source = null!;

    public override string Name => "case notify";

    public override Task<int> RunAsync(CommandContext context)
    {
        using var file = ListSource.Open(context, context.Parsed.GetValue(_file)!);
        var outcome = context.Repository.Records.Cases.NotifyAll(context.Value(_source)!, file.List, context.Actor, context.Stop);
        var report = context.Report;
        report.Tell(outcome.Findings);
        report.Say("case.notified", ("taken", outcome.Taken), ("known", outcome.Known), ("refused", outcome.Refused));
        report.Set("taken", outcome.Taken);
        report.Set("known", outcome.Known);
        report.Set("refused", outcome.Refused);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _source = Text(command, "--source", "ID", required: true);
    }
}
