using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Cli.Commands.Packages;
using Lantai.Cli.Demo.Day;
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

namespace Lantai.Tests.Ingest.Door;

/// <summary>A store with a records profile, the registers of an invented agency, and packages that it sends.</summary>
internal sealed class DoorPlace : IDisposable
{
    public const string Company = "91990100MA9900011G";

    private readonly RepositoryPlace _place = new(records: StoreDescriptor.ChineseRecords);
    private int _written;

    public DoorPlace(bool withRule = true)
    {
        Repository = _place.Open();
        Enter(Repository.Records, withRule);
    }

    public static Actor Clerk => TestOffice.Clerk;

    public Repository Repository { get; private set; }

    public Vault Vault => Repository.Vault;

    public string Store => Path.Combine(_place.Root, "store");

    /// <summary>Rules of the stage, none of which hinders by itself: what the door does with a report is tested here, not the rules.</summary>
    public static InspectionScheme Scheme { get; } = SchemeCatalogue.Of(RunPoint.AgencyArchiving) with
    {
        Rules = [.. SchemeCatalogue.Of(RunPoint.AgencyArchiving).Rules.Select(r => r with { Weight = RuleWeight.Major })],
    };

    /// <summary>A scheme in which a rule of the antivirus engine, which is not here, hinders.</summary>
    public static InspectionScheme Strict { get; } = Scheme with
    {
        Rules = [.. Scheme.Rules.Select(r => r.Rule.EndsWith(".ANTIVIRUS", StringComparison.Ordinal) ? r with { Weight = RuleWeight.Blocking } : r)],
    };

    /// <summary>The registers of the invented agency.</summary>
    public static void Enter(RecordsOffice office, bool withRule = true)
    {
        var agency = DayAgency.Approval;
        Done(office.Jurisdictions.Enter("990100", "云州市", Clerk));
        Done(office.Organisations.Enter(agency.Code, OrganisationType.Agency, "990100", agency.Name, Clerk));
        Done(office.Fonds.Enter(new(agency.Fonds, agency.Code, null, agency.Name + "全宗"), Clerk));
        Done(office.Sources.Enter(new SourceSystem(agency.Source, agency.Code, SourceChannel.Online, null, [], null), null, Clerk));
        Done(office.Items.Enter([new ServiceItem(agency.Item, "1", agency.ItemName, agency.ItemType, agency.Code) { Steps = ["1", "2", "3", "4"] }], Clerk));
        _ = office.Approved(agency.Code, "2024-1", SampleSchedule.Item(agency.Item, "D30"), new DateOnly(2024, 1, 1));
        if (withRule)
        {
            Done(office.Codes.Rules.Enter(ReadyCodeRules.Find("case-item")!, Clerk));
        }
    }

    /// <summary>A good case, with the same licence as every other.</summary>
    public static DayCase Case(int serial) =>
        new DayCase(DayAgency.Approval, serial, "云州市清风餐饮有限公司（示例）", Company, new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.FromHours(8)).AddMinutes(serial))
            .WithPapers(DayCase.Paper("营业执照", ["统一社会信用代码：" + Company], isSealed: true), Company);

    /// <summary>Writes a package and says where it is.</summary>
    public string Write(DayCase c, bool asFolder = false) => Write(c, Path.Combine(_place.Root, "sips"), $"{++_written:D3}" + (asFolder ? "" : ".zip"));

    public static string Write(DayCase c, string folder, string name)
    {
        var profile = (CaseProfile)PackageProfiles.Find("gbt42727")!;
        var package = c.Draft.Complete(profile, default);
        var path = Path.Combine(folder, name);
        PackageOutput.Write(path, profile.Write(package, default), c.RecordCode, package.Configuration.Time("archive_time")!.Value, default);
        return path;
    }

    public static DoorRequest Request(string path) => new(new SubmittedPackage(
        new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default, IsBagDemanded: false),
        new ChannelFacts(DayAgency.Approval.Source, SourceChannel.Online) { IsAuthenticated = true, Operator = Clerk.AccountName }));

    public DoorMeans Means(InspectionScheme? scheme = null) => Means(scheme ?? Scheme, Repository.Terms, Vault.Time);

    public static DoorMeans Means(InspectionScheme scheme, IArchivingTerms terms, TimeProvider time)
    {
        var characterization = new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full);
        var plan = new InspectionPlan(RunPoint.AgencyArchiving, scheme, characterization, new EvidenceQuestion { Anchors = [], Now = time.GetUtcNow() }) { Terms = terms };
        return new DoorMeans(new CaseInspection(plan, time), characterization);
    }

    public async Task<DoorOutcome> AdmitAsync(DoorRequest request, InspectionScheme? scheme = null) =>
        Assert.Single(await Repository.Door.AdmitAsync([request], Means(scheme), isDry: false, Clerk, TestContext.Current.CancellationToken));

    public async Task<T> AdmitAsync<T>(DoorRequest request, InspectionScheme? scheme = null)
        where T : DoorOutcome
    {
        var outcome = await AdmitAsync(request, scheme);
        Assert.True(outcome is T, $"{outcome.GetType().Name}: {string.Join("; ", outcome.Findings)}");
        return (T)outcome;
    }

    public ServiceCase Known(DayCase c) => Repository.Records.Cases.Find(DayAgency.Approval.Source, c.Number)!;

    /// <summary>The same store, opened again.</summary>
    public void Reopen()
    {
        Repository.Dispose();
        Repository = _place.Open();
    }

    public void Dispose()
    {
        Repository.Dispose();
        _place.Dispose();
    }

    private static void Done(DecisionOutcome outcome) => Assert.False(outcome.IsRefused, string.Join("; ", outcome.Findings));
}
