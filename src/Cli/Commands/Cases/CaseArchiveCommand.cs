using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Inspections;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Archives cases from the packages of a source system: inspected, kept, registered, or sent back item by item.</summary>
internal sealed class CaseArchiveCommand : CliCommand
{
    private static readonly Dictionary<string, SourceChannel> Channels = new() { ["online"] = SourceChannel.Online, ["offline"] = SourceChannel.Offline };

    private Argument<string?> _source = null!;
    private Argument<string[]> _packages = null!;
    private Option<string?> _each = null!;
    private Option<string?> _profile = null!;
    private Option<string?> _channel = null!;
    private Option<string?> _reason = null!;
    private Option<string?> _medium = null!;
    private Option<string?> _kind = null!;
    private Option<string?> _declared = null!;
    private Option<string?> _items = null!;
    private Option<string?> _bytes = null!;
    private Option<string?> _case = null!;
    private Option<string?> _supplement = null!;
    private Option<string?> _change = null!;
    private Option<string?> _basis = null!;
    private Option<string?> _paper = null!;
    private Option<string?> _approval = null!;
    private Option<string?> _schedule = null!;
    private Option<string?> _code = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;
    private Option<string?> _outside = null!;
    private Option<string?> _clamd = null!;
    private Option<bool> _dry = null!;
    private Option<bool> _waiting = null!;
    private Option<string?> _days = null!;
    private Option<string?> _most = null!;

    public override string Name => "case archive";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var isWaiting = context.Has(_waiting);
        var sources = isWaiting ? NoSources(context) : Sources(context);
        var terms = Terms(context);
        if (CaseInspectionMeans.Make(context, _trust, _lists, _clamd, _outside) is not { } made)
        {
            return 2; // a file of trust is none, which was told
        }

        var means = made with { Waiting = terms };
        if (isWaiting)
        {
            var run = await context.Repository.Door.AdmitWaitingAsync(means, context.Actor, context.Stop);
            context.Report.Say("case.door.resumed", ("count", run.Outcomes.Count), ("undecided", run.Undecided));
            return await WaitingAnswer.TellAsync(context, run);
        }

        var (channel, medium) = Channel(context);
        var batch = new ArchivingBatch(context, sources.Count, place => Request(context, sources[place], channel, medium), means, context.Has(_dry));
        context.Report.DisposeAtEnd(batch);
        return await batch.RunAsync();
    }

    protected override void Declare(Command command)
    {
        _source = Argument(command, "source", "SOURCE", required: false);
        _packages = Arguments(command, "packages", "PACKAGE…");
        _each = Text(command, "--each", "DIR");
        _profile = Text(command, "--profile", "gbt42727|dat85|eep");
        _channel = Text(command, "--channel", "online|offline");
        _reason = Text(command, "--reason", "TEXT");
        _medium = Text(command, "--medium", "NUMBER");
        _kind = Text(command, "--medium-kind", MediumChoice.Kinds);
        _declared = Text(command, "--declared", "ALGORITHM:DIGEST");
        _items = Text(command, "--items", "N");
        _bytes = Text(command, "--bytes", "N");
        _case = Text(command, "--case", "NUMBER");
        _supplement = Text(command, "--supplement", "REASON");
        _change = Text(command, "--change", "REASON");
        _basis = Text(command, "--basis", "TEXT");
        _paper = Text(command, "--paper", "PLACE");
        _approval = Text(command, "--approval", "TEXT");
        _schedule = Text(command, "--schedule", "NUMBER");
        _code = Text(command, "--code", "CODE");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "LIST…");
        _outside = Text(command, "--outside-tools", "always|doubt|never");
        _clamd = Text(command, "--clamd", "ADDRESS");
        _dry = Flag(command, "--dry-run");
        _waiting = Flag(command, "--waiting");
        _days = Text(command, "--wait-days", "N");
        _most = Text(command, "--hold-most", "BYTES");
    }

    /// <summary>What waits is no package that anybody brings.</summary>
    private SubmissionSource[] NoSources(CommandContext context) =>
        context.Parsed.GetValue(_source) is null && (context.Parsed.GetValue(_packages) ?? []).Length == 0 && context.Value(_each) is null && !context.Has(_dry)
            && OfOne.Append(_profile).Append(_channel).Append(_reason).Append(_basis).Append(_paper).Append(_approval).Append(_schedule).All(o => context.Value(o) is null)
                ? []
                : throw new WrongUseException("usage.case.waiting");

    private WaitingTerms Terms(CommandContext context)
    {
        var usual = new WaitingTerms();
        return new WaitingTerms(
            context.Value(_days) is { } days ? (int)Quantities.Whole(days, "--wait-days", 1, 3650) : usual.Days,
            context.Value(_most) is { } most ? Quantities.Bytes(most, "--hold-most") : usual.MostBytes);
    }

    /// <summary>The packages that were named, or all in a folder; a folder is walked by names alone, so that millions cost little.</summary>
    private IReadOnlyList<SubmissionSource> Sources(CommandContext context)
    {
        if (context.Parsed.GetValue(_source) is null)
        {
            throw new WrongUseException("usage.missing", ("argument", "SOURCE"));
        }

        var (paths, each) = (context.Parsed.GetValue(_packages) ?? [], context.Value(_each));
        if ((paths.Length == 0) == (each is null))
        {
            throw new WrongUseException("usage.case.what");
        }

        if ((paths.Length != 1) && OfOne.Any(o => context.Value(o) is not null))
        {
            throw new WrongUseException("usage.case.one");
        }

        if (each is null)
        {
            return [.. paths.Select(context.PathOf).Select(p => Path.Exists(p) ? Source(p, null) : throw new WrongUseException("usage.path", ("path", p)))];
        }

        var folder = context.PathOf(each);
        return Directory.Exists(folder) ? [.. ByteFolder.Children(folder).Select(c => Source(folder, c))] : throw new WrongUseException("usage.folder", ("path", folder));

        static SubmissionSource Source(string path, Words.EntryName? child) => new(path, SubmissionForm.Auto, ContainerLimits.Default, null, child, IsBagDemanded: false);
    }

    private IEnumerable<Option<string?>> OfOne => [_declared, _items, _bytes, _case, _supplement, _change, _code];

    /// <summary>How they came: on the medium that is described, else as was said, else through the network.</summary>
    private (SourceChannel Channel, MediumFacts? Medium) Channel(CommandContext context)
    {
        var isOnMedium = MediumChoice.IsGiven(context, _medium, _kind);
        var channel = Registers.RegisterAnswer.Choice(context.Value(_channel) ?? (isOnMedium ? "offline" : "online"), _channel.Name, Channels);
        return isOnMedium && channel == SourceChannel.Online ? throw new WrongUseException("usage.medium")
            : (channel, context.Value(_each) is { } each
                ? MediumChoice.ReadAll(context, _medium, _kind, context.PathOf(each))
                : MediumChoice.Read(context, _medium, _kind, context.Parsed.GetValue(_packages) ?? []));
    }

    private DoorRequest Request(CommandContext context, SubmissionSource package, SourceChannel how, MediumFacts? medium)
    {
        var channel = new ChannelFacts(context.Parsed.GetValue(_source)!, how)
        {
            OfflineReason = context.Value(_reason),
            DeclaredDigest = context.Value(_declared),
            DeclaredItems = Count(context, _items),
            DeclaredBytes = Count(context, _bytes),
            IsAuthenticated = how == SourceChannel.Online, // the account that the owner of the store sees at its socket; who made a medium, no account shows
            Operator = context.Account,
            Received = context.World.Time.GetUtcNow(),
            Approval = context.Value(_approval),
        };
        return new DoorRequest(new SubmittedPackage(package, channel) { Profile = Profile(context), Medium = medium })
        {
            Announced = context.Value(_case),
            Declaration = Declaration(context),
            PaperLocator = context.Value(_paper),
            Approval = context.Value(_approval),
            Schedule = context.Value(_schedule),
            ReferenceCode = context.Value(_code),
        };
    }

    private PackageProfile? Profile(CommandContext context) => context.Value(_profile) is not { } said ? null
        : PackageProfiles.Find(said) ?? throw new WrongUseException(
            "usage.choice", ("option", "--profile"), ("text", said), ("choices", string.Join(", ", PackageProfiles.All.Select(p => p.Name))));

    private ContentDeclaration? Declaration(CommandContext context) => (context.Value(_supplement), context.Value(_change)) switch
    {
        (null, null) => null,
        ({ } reason, null) => new ContentDeclaration(ContentAct.Supplement, reason, context.Value(_basis)),
        (null, { } reason) => new ContentDeclaration(ContentAct.Change, reason, context.Value(_basis)),
        _ => throw new WrongUseException("usage.case.either"),
    };

    private static long? Count(CommandContext context, Option<string?> option) =>
        context.Value(option) is { } said ? Quantities.Whole(said, option.Name, 0, long.MaxValue) : null;
}
