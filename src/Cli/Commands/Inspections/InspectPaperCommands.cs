using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Writes the notice by which a package is returned.</summary>
internal sealed class InspectNoticeCommand : CliCommand
{
    private Argument<string?> _reference = null!;
    private Option<string?> _due = null!;
    private Option<string?> _out = null!;

    public override string Name => "inspect notice";

    public override Task<int> RunAsync(CommandContext context)
    {
        var due = RegisterAnswer.Day(context.Value(_due), "--due");
        var run = RunChoice.Find(context, context.Parsed.GetValue(_reference)!)[^1];
        var report = Papers.Read(context, run);
        if (report is null)
        {
            return Task.FromResult(context.Verdict);
        }

        var reasons = context.Repository.Inspections.ReasonsOf(run);
        if (report.Outcome == InspectionOutcome.Passed && reasons.Count == 0)
        {
            throw new WrongUseException("usage.inspect.passed", ("number", report.Number));
        }

        Papers.Give(context, _out, ReturnNotice.Make(report, reasons, context.World.Time.GetUtcNow(), due ?? DeadlineOf(context, report), Papers.HoldersOf(context, report.Subject.Source), Speech.Phrases, context.Report.Speech.Language));
        return Task.FromResult(context.Verdict);
    }

    /// <summary>The last day on which archiving the case is in time, where the case is known.</summary>
    private static DateOnly? DeadlineOf(CommandContext context, InspectionReport report)
    {
        var records = context.Repository.Records;
        return report.Subject.Case is { } number && records.Cases.Find(report.Subject.Source, number) is { } c
            ? records.Deadlines.RuleFor(c.Agency, c.Completed.Day.Year).For(c.Completed.Day)
            : null;
    }

    protected override void Declare(Command command)
    {
        _reference = Argument(command, "reference", "REF");
        _due = Text(command, "--due", "YYYY-MM-DD");
        _out = Text(command, "--out", "FILE");
    }
}

/// <summary>Writes the archiving register of packages that were archived together.</summary>
internal sealed class InspectRegisterCommand : CliCommand
{
    private static readonly Dictionary<string, SourceChannel> Channels = new() { ["online"] = SourceChannel.Online, ["offline"] = SourceChannel.Offline };

    private Argument<string[]> _references = null!;
    private Option<string?> _unit = null!;
    private Option<string?> _category = null!;
    private Option<string?> _channel = null!;
    private Option<string?> _out = null!;

    public override string Name => "inspect register";

    public override Task<int> RunAsync(CommandContext context)
    {
        var channel = RegisterAnswer.Choice(context.Value(_channel) ?? "online", "--channel", Channels);
        var reports = new List<InspectionReport>();
        foreach (var reference in context.Parsed.GetValue(_references) ?? [])
        {
            if (Papers.Read(context, RunChoice.Find(context, reference)[^1]) is { } report)
            {
                reports.Add(report);
            }
        }

        if (reports.Count == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "REF…"));
        }

        var batch = new ArchivingBatch(context.Value(_unit)!, reports.Max(r => r.Finished), context.Value(_category) ?? "", channel);
        Papers.Give(context, _out, ArchivingRegister.Make(batch, reports));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _references = Arguments(command, "references", "REF…");
        _unit = Text(command, "--unit", "NAME", required: true);
        _category = Text(command, "--category", "CODE");
        _channel = Text(command, "--channel", string.Join('|', Channels.Keys));
        _out = Text(command, "--out", "FILE");
    }
}

/// <summary>How papers about inspections are made and given out.</summary>
internal static class Papers
{
    /// <summary>The report of a run; null, and told, when it is not what was signed.</summary>
    public static InspectionReport? Read(CommandContext context, RecordedRun run)
    {
        var desk = context.Repository.Inspections;
        List<Finding> errors = [.. desk.Verify(run, desk.KeysOf(null, null), out var report).Where(f => f.Severity == Severity.Error)];
        context.Report.Tell(errors);
        return errors.Count == 0 ? report : null;
    }

    /// <summary>Whose records a source system sends, as papers name them.</summary>
    public static HolderNames HoldersOf(CommandContext context, string source) =>
        HolderNames.Of(context.Repository.Records.Organisations, context.Repository.Records.Sources.Find(source)?.Agency);

    /// <summary>Writes a paper to the file that was named, or shows its rows.</summary>
    public static void Give(CommandContext context, Option<string?> option, Forms.Report paper)
    {
        if (context.Value(option) is { } path)
        {
            ReportFile.Write(context, option.Name, path, paper, gb18030: false);
        }
        else
        {
            ReportFile.Show(context, paper);
        }
    }
}
