using System.CommandLine;
using Lantai.Characterization;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Formats;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Commands.Signatures;
using Lantai.Cli.Output;
using Lantai.Inspection;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Inspects what is stored, or packages that an agency hands over or a hall receives.</summary>
internal sealed class InspectRunCommand : CliCommand
{
    private static readonly Dictionary<string, RunPoint> Points =
        new[] { RunPoint.Storage, RunPoint.AgencyTransfer, RunPoint.HallReceipt }.ToDictionary(InspectionCodes.Of);

    private Argument<string[]> _what = null!;
    private Option<string?> _point = null!;
    private Option<string?> _sample = null!;
    private Option<string?> _seed = null!;
    private Option<bool> _due = null!;
    private Option<string?> _older = null!;
    private Option<bool> _resume = null!;
    private Option<string?> _source = null!;
    private Option<string?> _declared = null!;
    private Option<string?> _outside = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;

    public override string Name => "inspect run";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var point = RegisterAnswer.Choice(context.Value(_point) ?? InspectionCodes.Of(RunPoint.Storage), "--point", Points);
        var given = new GivenEvidence(context);
        var plan = new InspectionPlan(
            point, context.Repository.Inspections.Schemes.InForce(point), OutsideTools.For(new CharacterizationPlan(FormatSource.Of(context), CharacterizationDepth.Full), context.Value(_outside) ?? "doubt"),
            given.Question(_trust, _lists)) { Terms = context.Repository.Terms };
        if (!given.IsReadable)
        {
            context.Report.Trouble("unreadable", "trouble.trust");
            return 2;
        }

        return point == RunPoint.Storage
            ? await StoreAsync(context, context.Repository.InspectionInStorage(plan))
            : await HandedInspection.RunAsync(context, plan, context.Parsed.GetValue(_what) ?? [], context.Value(_source) ?? "", Declared(context));
    }

    protected override void Declare(Command command)
    {
        _what = Arguments(command, "what", "AIP…|PACKAGE…");
        _point = Text(command, "--point", string.Join('|', Points.Keys));
        _sample = Text(command, "--sample", "P%|N");
        _seed = Text(command, "--seed", "TEXT");
        _due = Flag(command, "--due");
        _older = Text(command, "--older-than", "DAYS");
        _resume = Flag(command, "--resume");
        _source = Text(command, "--source", "CODE");
        _declared = Text(command, "--declared", "DIGEST|REPORT");
        _outside = Text(command, "--outside-tools", "always|doubt|never");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "FILE…");
    }

    /// <summary>A digest as it was typed, or the one that the agency's report names.</summary>
    private string? Declared(CommandContext context) =>
        context.Value(_declared) is not { } said ? null
        : !File.Exists(context.PathOf(said)) ? said
        : GivenReport.Read(context, said)?.Subject.Digest ?? throw new WrongUseException("usage.inspect.declared");

    private async Task<int> StoreAsync(CommandContext context, StorageInspection inspection)
    {
        if (Selection(context, inspection) is not { } selection)
        {
            return 2; // told
        }

        var report = context.Report;
        report.Progress.Start();
        void Progress(StorageProgress p) => report.Progress.Report(p.Done, p.Bytes, p.Total, null, p.Total == 0 ? 1 : (double)p.Done / p.Total, p.Current);
        var decisions = new Dictionary<string, ManualDecision>(StringComparer.Ordinal);
        var done = context.Has(_resume)
            ? await inspection.ResumeAsync(decisions, context.Actor, Progress, context.Stop)
            : await inspection.RunAsync(selection, decisions, context.Actor, Progress, context.Stop);
        if (done is null)
        {
            report.Say("inspect.nothing-to-resume");
            return 0;
        }

        context.Repository.Vault.Publish();
        StoredAnswer.Tell(report, done, inspection.CoverageDays, inspection.Overdue(inspection.CoverageDays));
        if (!done.IsComplete)
        {
            report.Trouble("stopped", "trouble.stopped.inspect");
            return 2;
        }

        return done.Outcomes[InspectionOutcome.Failed] > 0 ? 1 : 0;
    }

    private StorageSelection? Selection(CommandContext context, StorageInspection inspection)
    {
        var aips = new List<Guid>();
        foreach (var said in context.Parsed.GetValue(_what) ?? [])
        {
            if (context.Repository.Find(said, out var why) is { } version)
            {
                aips.Add(version.Aip);
            }
            else
            {
                context.Report.Tell(why!);
                return null;
            }
        }

        return new StorageSelection
        {
            Aips = aips,
            OlderThanDays = context.Value(_older) is { } days ? (int)Quantities.Whole(days, "--older-than", 0, 36_500) : context.Has(_due) ? inspection.CoverageDays : null,
            Sample = context.Value(_sample) is { } sample ? Sample(sample, context.Value(_seed) ?? StorageSample.NewSeed()) : null,
        };
    }

    private static StorageSample Sample(string said, string seed) => said.EndsWith('%')
        ? new StorageSample(null, Quantities.Share(said, "--sample"), seed)
        : new StorageSample(Quantities.Whole(said, "--sample", 1, int.MaxValue), null, seed);
}
