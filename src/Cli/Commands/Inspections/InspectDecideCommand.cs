using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Inspection;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Decides an item that an inspection left to a person.</summary>
internal sealed class InspectDecideCommand : CliCommand
{
    private Argument<string?> _report = null!;
    private Option<string?> _rule = null!;
    private Option<string?> _verdict = null!;
    private Option<string?> _note = null!;
    private Option<string?> _attachment = null!;

    public override string Name => "inspect decide";

    public override Task<int> RunAsync(CommandContext context)
    {
        var run = RunChoice.Find(context, context.Parsed.GetValue(_report)!)[^1];
        var wish = DecisionChoice.Read(context, run.Package ?? "", _rule, _verdict, _note, _attachment);
        return RegisterAnswer.Conclude(context, context.Repository.Inspections.Decide(wish, context.Actor), run.Number);
    }

    protected override void Declare(Command command)
    {
        _report = Argument(command, "report", "REF");
        _rule = Text(command, "--rule", "ID", required: true);
        _verdict = Text(command, "--verdict", DecisionChoice.Words, required: true);
        _note = Text(command, "--note", "TEXT", required: true);
        _attachment = Text(command, "--attachment", "FILE");
    }
}

/// <summary>Finds the inspections that somebody means.</summary>
internal static class RunChoice
{
    /// <summary>The runs of a report number, a package digest, a case as <c>source/number</c>, or an AIP; the oldest first, at least one.</summary>
    /// <exception cref="WrongUseException">There is none.</exception>
    public static IReadOnlyList<RecordedRun> Find(CommandContext context, string reference)
    {
        var desk = context.Repository.Inspections;
        var found = desk.RunsOf(reference);
        for (var at = reference.IndexOf('/', StringComparison.Ordinal); found.Count == 0 && at > 0; at = reference.IndexOf('/', at + 1))
        {
            found = desk.RunsOfCase(reference[..at], reference[(at + 1)..]);
        }

        // The report of a package that was refused as secret names no case; the case knows its report.
        for (var at = reference.IndexOf('/', StringComparison.Ordinal); found.Count == 0 && at > 0; at = reference.IndexOf('/', at + 1))
        {
            found = context.Repository.Records.Cases.Find(reference[..at], reference[(at + 1)..])?.Report is { } number ? desk.RunsOf(number) : found;
        }

        if (found.Count == 0 && context.Repository.Find(reference, out _) is { } version)
        {
            found = desk.RunsOfAip(version.Aip);
        }

        return found.Count > 0 ? found : throw RegisterAnswer.Unknown(reference);
    }
}
