using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands.Deadlines;

/// <summary>How long it took from completion to archiving, for cases that came online.</summary>
internal sealed class DeadlineDelayCommand : CliCommand
{
    private Option<string?> _from = null!;
    private Option<string?> _to = null!;

    public override string Name => "deadline delay";

    public override Task<int> RunAsync(CommandContext context)
    {
        var from = RegisterAnswer.Day(context.Value(_from), "--from")!.Value;
        var to = RegisterAnswer.Day(context.Value(_to), "--to")!.Value;
        if (to < from)
        {
            throw new WrongUseException("usage.day", ("option", "--to"), ("text", context.Value(_to)));
        }

        return RegisterAnswer.List(
            context, "delays", ["source", "cases", "median", "p95"],
            [.. context.Repository.Records.Deadlines.Delays(from, to).Select(d => (
                new[] { d.Source.Length == 0 ? "*" : d.Source, Amounts.Count(d.Cases), Text(d.Median), Text(d.P95) },
                new JsonObject { ["source"] = d.Source, ["cases"] = d.Cases, ["medianSeconds"] = (long)d.Median.TotalSeconds, ["p95Seconds"] = (long)d.P95.TotalSeconds }))]);
    }

    protected override void Declare(Command command)
    {
        _from = Text(command, "--from", "YYYY-MM-DD", required: true);
        _to = Text(command, "--to", "YYYY-MM-DD", required: true);
    }

    private static string Text(TimeSpan span) => span.ToString("d'd 'hh':'mm':'ss", CultureInfo.InvariantCulture);
}
