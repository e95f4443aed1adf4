using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>One package on its way through the door: what is known of it so far, and what became of it.</summary>
/// <remarks>Changes from step to step. Not safe for concurrent use.</remarks>
internal sealed class CaseAtDoor(DoorRequest request, InspectedSubmission inspected)
{
    private const int MostReasons = 100; // of a supplement that leaves out thousands of files; all of them are told

    public DoorRequest Request { get; } = request;

    public InspectionReport Report { get; } = inspected.Report;

    public InspectionFacts? Facts { get; } = inspected.Facts;

    public CasePackage? Package => Facts?.Package.Case;

    public string Source { get; } = request.Submitted.Channel.Source;

    /// <summary>The number of the case: the package's own, else the one that was announced; null when nobody says.</summary>
    public string? Number { get; } = inspected.Facts?.Package.Case?.CaseNumber is { Length: > 0 } own ? own : request.Announced;

    public Digest? Digest => Facts?.Package.Digest;

    /// <summary>The case as it stands in the register; null while no notice told of it.</summary>
    public ServiceCase? Case { get; set; }

    /// <summary>Another package of the case that was being checked, or waited, when this one came; null for none.</summary>
    public Digest? Replaced { get; set; }

    /// <summary>Why no notice of it could be taken; null when one was.</summary>
    public IReadOnlyList<Finding>? NotTold { get; set; }

    /// <summary>Whether it is to become a further version of an archived case.</summary>
    public bool IsAddition { get; set; }

    /// <summary>What is kept of it; null until it is.</summary>
    public IngestOutcome.Kept? Kept { get; set; }

    /// <summary>The number of the report that stands with what is kept: an earlier one's when a run was cut off behind it.</summary>
    public string ReportNumber { get; set; } = inspected.Report.Number;

    /// <summary>Its report as it is kept with it; null until it is.</summary>
    public SealedReport? Sealed { get; set; }

    /// <summary>Whether the store has the run of its report: one that was kept before a run was cut off.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Why it did not come in, where its report does not say so.</summary>
    public IReadOnlyList<Finding> Reasons => Outcome is { } outcome && Report.Outcome == InspectionOutcome.Passed ? [.. outcome.Findings.Take(MostReasons)] : [];

    public string? Code { get; set; }

    public DoorOutcome? Outcome { get; set; }

    public bool IsOpen => Outcome is null;

    public string Name => Case?.Name ?? $"{Source}/{Number ?? "?"}";

    /// <summary>The retention that the package declares; null when it declares none that can be read.</summary>
    public RetentionPeriod? Retention =>
        RetentionPeriod.TryParse(Package?.Configuration.Code("retention_period"), out var period) ? period : null;

    /// <summary>How long what is kept of it stays: a further version lies with the archived one, whatever its package declares.</summary>
    public RetentionPeriod? KeptFor => IsAddition ? Case?.As?.Retention : Retention;

    public CaseArchiving Archiving => new(Source, Number!, Retention ?? default, Code ?? "")
    {
        Digest = Digest,
        Schedule = Request.Schedule,
        Approval = Request.Approval,
        PaperLocator = Request.PaperLocator,
        Held = Kept is null ? null : Held,
        RecordCode = Package?.RecordCode is { Length: > 0 } code ? code : null,
    };

    public HeldContent Held => new(Kept!.Aip, Kept.Version, Kept.Sequence, ReportNumber);

    /// <summary>What its source system would have said when the case was completed; null when the package does not say enough.</summary>
    public CaseNotice? Notice()
    {
        if (Package is not { } package || Number is not { } number || !CompletionTime.TryParse(package.Basic["transact_time"], out var completed)
            || package.Configuration["social_code"] is not { Length: > 0 } agency || package.Basic["task_code"] is not { Length: > 0 } item)
        {
            return null;
        }

        return new CaseNotice(number, agency, item, completed)
        {
            Fonds = package.Configuration["fonds_identifier"] is { Length: > 0 } fonds ? fonds : null,
            Channel = Request.Submitted.Channel.Channel,
            OfflineReason = Request.Submitted.Channel.OfflineReason,
            Joint = package.Basic["joint_case_id"] is { Length: > 0 } joint
                ? new JointHandling(joint, package.Basic.Code("joint_role") == "主办" ? JointRole.Lead : JointRole.Participant, [])
                : null,
        };
    }

    /// <summary>The values that a rule of codes may ask for.</summary>
    public IReadOnlyDictionary<string, string> CodeFields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["fonds"] = Case!.Fonds ?? Package!.Configuration["fonds_identifier"] ?? "",
            ["year"] = Case.Completed.Day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["retention"] = Retention?.Code ?? "",
            ["item"] = Case.Item,
            ["unit"] = Case.Item,
            ["office"] = Case.Item,
            ["region"] = Package!.Configuration["region_code"] ?? "",
            ["category"] = Category ?? "",
        };
        return fields.Where(f => f.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The archival category, its first letters alone; null when the package states none.</summary>
    public string? Category => Package?.Configuration.Code("category_code")?.Split('·')[0];

    public void Refuse(params IReadOnlyList<Finding> findings) => Outcome = new DoorOutcome.Refused(Request, Report, findings);

    /// <summary>Refuses it without a word of what is in it: not even its report is kept.</summary>
    public void RefuseUnread(Finding why) => Outcome = new DoorOutcome.Refused(Request, null, [why]);
}
