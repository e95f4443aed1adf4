using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Deadlines;

/// <summary>Holds a source's list of a day against what is archived.</summary>
internal sealed class ReconcileCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _source = null!;
    private Option<string?> _day = null!;
    private Option<string?> _to = null!;
    private Option<string?> _out = null!;

    public override string Name => "reconcile";

    public override Task<int> RunAsync(CommandContext context)
    {
        var from = RegisterAnswer.Day(context.Value(_day), "--day")!.Value;
        var to = RegisterAnswer.Day(context.Value(_to), "--to") ?? from;
        if (to < from)
        {
            throw new WrongUseException("usage.day", ("option", "--to"), ("text", context.Value(_to)));
        }

        if (context.Value(_out) is { } wanted)
        {
            ReportFile.Check("--out", wanted); // before any work is done
        }

        using var file = ListSource.Open(context, context.Parsed.GetValue(_file)!);
        var run = context.Repository.Records.Reconciliations.Run(context.Value(_source)!, from, to, file.List, context.Actor, context.Stop);
        var (report, table) = (context.Report, ReconciliationForms.Of(run));
        if (run.Sequence is not null)
        {
            if (context.Value(_out) is { } path)
            {
                ReportFile.Write(context, "--out", path, table, gb18030: false);
            }
            else
            {
                ReportFile.Show(context, table);
            }

            report.Say("reconcile.sum", ("listed", run.Listed), ("known", run.Known), ("archived", run.Archived), ("differences", run.Differences.Count));
        }

        report.Tell(run.Findings);
        foreach (var (name, count) in new[] { ("listed", run.Listed), ("known", run.Known), ("archived", run.Archived), ("outside", run.Outside), ("unreadable", run.Unreadable) })
        {
            report.Set(name, count);
        }

        report.Set("differences", new JsonArray([.. run.Differences.Select(d => (JsonNode)new JsonObject
        {
            ["kind"] = ReconciliationForms.CodeOf(d.Kind),
            ["number"] = d.Number,
            ["listed"] = d.Listed?.Given,
            ["completed"] = d.Case?.Completed.Given,
            ["state"] = d.Case is { } c ? Lifecycle.Of(c.State).Code : null,
        })]));
        report.Set("event", run.Sequence);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "list", "FILE");
        _source = Text(command, "--source", "ID", required: true);
        _day = Text(command, "--day", "YYYY-MM-DD", required: true);
        _to = Text(command, "--to", "YYYY-MM-DD");
        _out = Text(command, "--out", "FILE");
    }
}
