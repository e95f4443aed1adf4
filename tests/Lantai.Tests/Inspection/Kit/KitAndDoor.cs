using Lantai.Adapters.Clamav;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Packages;
using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Tests.RecordsManagement;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Inspection;

/// <summary>A store with a records profile, its door, and the kits that it gives out: what each says of one package.</summary>
internal sealed class KitAndDoor : IDisposable
{
    private static readonly HashSet<string> Reviewed = [.. OfflineRow.All.Select(r => r.Rule)];

    private readonly RepositoryPlace _place = new(records: StoreDescriptor.ChineseRecords);
    private readonly ClamavAntivirus? _engine;
    private readonly List<string> _differences = [];
    private readonly HashSet<(string, RuleVerdict, RuleVerdict)> _apart = [];
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow()); // one moment for both: findings tell the time

    public KitAndDoor(Action<RecordsOffice> enter, ClamavAntivirus? engine, bool withoutAntivirus = false)
    {
        Repository = _place.Open();
        enter(Repository.Records);
        _engine = engine;
        if (withoutAntivirus)
        {
            Assert.False(Repository.Inspections.Schemes.AdoptWithoutAntivirus(RunPoint.AgencyArchiving, "没有引擎", Clerk).IsRefused);
        }
    }

    public static Actor Clerk => TestOffice.Clerk;

    public Repository Repository { get; }

    /// <summary>The moment at which both are asked.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Where the two differed.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Rules in which the two did differ, of those that may, each with what the kit said and what the door said.</summary>
    public IReadOnlySet<(string Rule, RuleVerdict Kit, RuleVerdict Door)> Apart => _apart;

    /// <summary>Where packages may be written.</summary>
    public string Packages => Directory.CreateDirectory(Path.Combine(_place.Root, "packages")).FullName;

    /// <summary>The kit of a source as it is now, read as its receiver reads it.</summary>
    public InspectionKit Kit(string source)
    {
        using var file = new MemoryStream();
        Assert.NotNull(Repository.WriteKit(source, [], file, TestContext.Current.CancellationToken));
        file.Position = 0;
        var findings = new List<Finding>();
        var kit = InspectionKit.TryRead(file, "样.kit", _place.Key, TimeProvider.System.GetUtcNow(), 30, findings);
        Assert.Empty(findings);
        return kit!;
    }

    /// <summary>What the holder of a kit is told: asked as <c>sip validate --kit</c> asks.</summary>
    public ForeseenOutcome Offline(InspectionKit kit, string path)
    {
        var plan = Plan(kit.Header.Scheme, kit.Terms);
        return new OfflineDoor(kit, new CaseInspection(plan, _time), _time)
            .Foresee(KitValidation.Request(kit, path, null), Clerk.AccountName, TestContext.Current.CancellationToken);
    }

    /// <summary>What becomes of it at the door.</summary>
    public async Task<DoorOutcome> AdmitAsync(DoorRequest request, bool isDry)
    {
        var plan = Plan(Repository.Inspections.Schemes.InForce(RunPoint.AgencyArchiving), Repository.Terms);
        var means = new DoorMeans(new CaseInspection(plan, _time), plan.Characterization);
        return Assert.Single(await Repository.Door.AdmitAsync([request], means, isDry, Clerk, TestContext.Current.CancellationToken));
    }

    /// <summary>A package as <c>case archive</c> brings it.</summary>
    public DoorRequest Request(string source, string path) => new(new SubmittedPackage(
        new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default, IsBagDemanded: false),
        new ChannelFacts(source, SourceChannel.Online) { IsAuthenticated = true, Operator = Clerk.AccountName, Received = Now }));

    /// <summary>
    /// Holds what a kit of this moment says against a dry run, and both against what the door then does: the outcome, what it rests on, and
    /// each rule with its verdict, its findings and their arguments.
    /// </summary>
    /// <returns>What became of it at the door.</returns>
    public Task<DoorOutcome> CompareAsync(string source, string path) => CompareAsync(Request(source, path));

    /// <summary>The same of a package that is brought otherwise than the kit's holder can say.</summary>
    /// <param name="request">The package as it comes to the door.</param>
    public async Task<DoorOutcome> CompareAsync(DoorRequest request)
    {
        var (source, path) = (request.Submitted.Channel.Source, request.Submitted.Package.Path);
        var offline = Offline(Kit(source), path);
        var dry = await AdmitAsync(request, isDry: true);
        var done = await AdmitAsync(request, isDry: false);

        var name = Path.GetFileName(path);
        var isApart = dry.Report is { } said && HoldApart(name, offline.Report, said, source);
        Hold(name, isApart ? [] : Shown(offline.Outcome, source), Shown(dry, source));
        Hold(name, [DoorWords.Of(dry)], [DoorWords.Of(done) is "archived" ? "would" : DoorWords.Of(done)]);
        Hold(name, done is DoorOutcome.Archived ? [] : Shown(dry, source), Shown(done, source));
        if (dry.Report is { } report && done.Report is { } kept)
        {
            Hold(name, Shown(report, source), Shown(kept, source));
        }

        return done;
    }

    /// <summary>What a rule came to, as a text that two of them can be compared by.</summary>
    public static string Shown(RuleResult r, string source) => $"{r.Rule.Id} {r.Weight} {r.Verdict} {r.IsOpen} {r.IsBlocking} {Shown(r.Answer.Findings, source)}";

    public void Dispose()
    {
        Repository.Dispose();
        _place.Dispose();
    }

    private InspectionPlan Plan(InspectionScheme scheme, IArchivingTerms terms) => new(
        RunPoint.AgencyArchiving, scheme, new CharacterizationPlan(Repository.Formats, CharacterizationDepth.Full), new EvidenceQuestion { Anchors = [], Now = Now })
    {
        Terms = terms, Antivirus = _engine,
    };

    /// <summary>Holds each rule; whether the door has something to say where the kit cannot.</summary>
    private bool HoldApart(string name, InspectionReport offline, InspectionReport dry, string source)
    {
        var isApart = false;
        Hold(name, [$"{offline.Results.Count} {Subject(offline)}"], [$"{dry.Results.Count} {Subject(dry)}"]);
        foreach (var (kit, door) in offline.Results.Zip(dry.Results))
        {
            if (Shown(kit, source) == Shown(door, source) || !Reviewed.Contains(kit.Rule.Id))
            {
                Hold(name, [Shown(kit, source)], [Shown(door, source)]);
                continue;
            }

            isApart |= door.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable);
            _ = _apart.Add((kit.Rule.Id, kit.Verdict, door.Verdict));
        }

        return isApart;
    }

    private void Hold(string name, IEnumerable<string> one, IEnumerable<string> other) =>
        _differences.AddRange(one.Zip(other).Where(both => both.First != both.Second).Select(both => $"{name}:\n  {both.First}\n  {both.Second}"));

    private static List<string> Shown(DoorOutcome outcome, string source) =>
    [
        DoorWords.Of(outcome), $"{(outcome as DoorOutcome.Returned)?.Due}", $"{(outcome as DoorOutcome.AlreadyHeld)?.Receipt}", $"{outcome.Report?.Outcome}", Shown(outcome.Findings, source),
    ];

    private static IEnumerable<string> Shown(InspectionReport report, string source) =>
        report.Results.Select(r => Shown(r, source)).Prepend($"{report.Outcome} {report.Results.Count} {Subject(report)} {report.Scheme.Name}");

    // The digest of a state secret is salted: two of them are never the same.
    private static InspectionSubject Subject(InspectionReport report) =>
        report.Subject.Digest?.Contains("salted", StringComparison.Ordinal) == true ? report.Subject with { Digest = "salted" } : report.Subject;

    private static string Shown(IReadOnlyList<Finding> findings, string source) => string.Join(
        "; ", findings.Select(f => $"{f.Code} {f.Severity} {f.Subject} {string.Join(' ', f.Arguments.Select(a => $"{a.Key}={(IsOfAnother(a.Value, source) ? HeldInKit.AnotherSource : a.Value)}"))}"));

    /// <summary>Whether a text names an archived case of another source, which the archive does and a kit does not.</summary>
    private static bool IsOfAnother(string text, string source) => text == SampleOffice.OtherHolder || (text.StartsWith(SampleOffice.Source + "/", StringComparison.Ordinal) && source != SampleOffice.Source);
}
