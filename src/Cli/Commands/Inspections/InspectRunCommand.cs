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
    private Option<string?> _key = null!;
    private Option<string?> _medium = null!;
    private Option<string?> _kind = null!;
    private Option<string?> _outside = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;
    private Option<string?> _clamd = null!;

    public override string Name => "inspect run";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var point = RegisterAnswer.Choice(context.Value(_point) ?? InspectionCodes.Of(RunPoint.Storage), "--point", Points);
        var given = new GivenEvidence(context);
        var plan = new InspectionPlan(
            point, context.Repository.Inspections.Schemes.InForce(point), OutsideTools.For(new CharacterizationPlan(FormatSource.Of(context), CharacterizationDepth.Full), context.Value(_outside) ?? "doubt"),
            given.Question(_trust, _lists))
        {
            OfCategories = context.Repository.Inspections.Schemes.OfCategories(point), Terms = context.Repository.Terms, Antivirus = EngineChoice.Of(context, _clamd),
        };
        if (!given.IsReadable)
        {
            context.Report.Trouble("unreadable", "trouble.trust");
            return 2;
        }

        if (MediumChoice.IsGiven(context, _medium, _kind) && point == RunPoint.Storage)
        {
            throw new WrongUseException("usage.medium");
        }

        return point == RunPoint.Storage
            ? await StoreAsync(context, context.Repository.InspectionInStorage(plan))
            : await HandedInspection.RunAsync(context, plan, context.Parsed.GetValue(_what) ?? [], context.Value(_source) ?? "", Declared(context), p => MediumChoice.Read(context, _medium, _kind, p));
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
        _key = Text(command, "--key", "VKEY|FILE");
        _medium = Text(command, "--medium", "NUMBER");
        _kind = Text(command, "--medium-kind", MediumChoice.Kinds);
        _outside = Text(command, "--outside-tools", "always|doubt|never");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "FILE…");
        _clamd = Text(command, "--clamd", "ADDRESS");
    }

    /// <summary>A digest as it was typed, or the one that the agency's report names.</summary>
    /// <exception cref="WrongUseException">The report names no digest, or its signature is not valid by the key that was given.</exception>
    private string? Declared(CommandContext context)
    {
        if (context.Value(_declared) is not { } said || !File.Exists(context.PathOf(said)))
        {
            return context.Value(_declared);
        }

        var given = GivenReport.Read(context, said, context.KeyFrom(_key));
        context.Report.Set("declaredSignature", given?.Word);
        return given?.Trust == ReportTrust.Invalid ? throw new WrongUseException("usage.inspect.forged", ("path", context.PathOf(said)))
            : given?.Report.Subject.Digest ?? throw new WrongUseException("usage.inspect.declared");
    }

    private async Task<int> StoreAsync(CommandContext context, StorageInspection inspection)
    {
        if (Selection(context, inspection) is not { } selection)
        {
            return 2; // told
        }

        var report = context.Report;
        report.Progress.Start();
        void Progress(StorageProgress p) => report.Progress.Report(p.Done, p.Bytes, p.Total, null, p.Total == 0 ? 1 : (double)p.Done / p.Total, p.Current);
        var done = context.Has(_resume)
            ? await inspection.ResumeAsync(context.Actor, Progress, context.Stop)
            : await inspection.RunAsync(selection, context.Actor, Progress, context.Stop);
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

        return InspectionEnd.Of(done);
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
