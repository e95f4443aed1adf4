using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// What an archive is asked of a package that comes to it, answered from the views of its registers: those of a store, or those that were
/// taken out of one. Each answer is found by a key; none reads a whole register.
/// </summary>
/// <remarks>Safe for concurrent use. For the views of one store: rules of codes are read once.</remarks>
public sealed class RegisterQuestions
{
    private readonly CodeRuleReading _rules = new();

    /// <summary>A source system; null when it was not entered.</summary>
    public static SourceSystem? Source(IDocumentReader views, string id) => SourceRegister.Find(views, id);

    /// <summary>Whether a source system may submit a case; an agency or item that is null is not asked about. Findings as of <see cref="SourceRegister.May(string, string, string, SourceChannel, string?)"/>.</summary>
    public static IReadOnlyList<Finding> MaySubmit(IDocumentReader views, string source, string? agency, string? item, SourceChannel channel, string? offlineReason) =>
        SourceRegister.May(views, source, agency, item, channel, offlineReason);

    /// <summary>A service item that an agency handles or a source may submit; null when the catalogue knows none.</summary>
    /// <param name="views">The views.</param>
    /// <param name="whose">The source; null when it is not known, so that any item is meant.</param>
    /// <param name="code">The item's code.</param>
    /// <param name="version">Its version; null, or one that was not entered, for the newest.</param>
    public static ServiceItem? Item(IDocumentReader views, SourceSystem? whose, string code, string? version)
    {
        var isListed = whose is null || whose.Items.Contains(code);
        var items = ItemCatalogue.Versions(views, code).Where(i => isListed || i.Agency == whose!.Agency).ToList();
        return items.Find(i => i.Version == version) ?? items.LastOrDefault();
    }

    /// <summary>The case with a number in a source system; null when no notice told of it.</summary>
    public static ServiceCase? Case(IDocumentReader views, string source, string number) => CaseRegister.Find(views, source, number);

    /// <summary>The parts of a joint case in which an agency takes part; none when it has no part in it.</summary>
    public static IReadOnlyList<ServiceCase> Parts(IDocumentReader views, string joint, string agency)
    {
        var parts = CaseRegister.PartsOf(views, joint);
        return parts.Any(p => p.Agency == agency) ? parts : [];
    }

    /// <summary>The archived case that has an electronic record code (电子文件号); null when none has it.</summary>
    public static ServiceCase? WithRecordCode(IDocumentReader views, string code) => With(views, "record", code);

    /// <summary>What the schedule in force on a day says of the retention that a case declares (R5-2, R7-4).</summary>
    /// <param name="views">The views.</param>
    /// <param name="whose">Its agency and its fonds, where that is known.</param>
    /// <param name="day">The day, at UTC+08:00.</param>
    /// <param name="code">Code of its service item.</param>
    /// <param name="item">The item as the catalogue has it; null when it has none.</param>
    /// <param name="declared">The retention.</param>
    /// <param name="approval">By what it is kept longer; null for nothing.</param>
    public static ScheduleAnswer Retention(
        IDocumentReader views, (string Agency, string? Fonds) whose, DateOnly day, string code, ServiceItem? item, RetentionPeriod declared, string? approval) =>
        ScheduleJudgement.OfCase(views, whose, day, (code, ClassOf(item)), declared, approval, null);

    /// <summary>The rows of the schedule in force on a day that the materials of a case fall under; none when there is no schedule or it does not speak of the item.</summary>
    public static IReadOnlyList<ScheduleRow> Scope(IDocumentReader views, (string Agency, string? Fonds) whose, DateOnly day, string code, ServiceItem? item) =>
        ScheduleTable.InForce(views, whose.Agency, day, whose.Fonds) is { } version ? new ScheduleTable(views, version.Id).RowsFor(code, ClassOf(item)) : [];

    /// <summary>The last day on which archiving is in time, by the rule of the last day of the completion year.</summary>
    public static DateOnly Deadline(IDocumentReader views, string agency, DateOnly completed) =>
        new ArchivingDeadline(PolicyRegister.ForAgency(views, agency, new DateOnly(completed.Year, 12, 31))).For(completed);

    /// <summary>The first day of the regulation, by the policy that the deadline follows (R18-1).</summary>
    public static DateOnly RegulationSince(IDocumentReader views, string agency, DateOnly completed) =>
        new ArchivingDeadline(PolicyRegister.ForAgency(views, agency, new DateOnly(completed.Year, 12, 31))).InForceSince;

    /// <summary>A fonds; null when its number was not entered.</summary>
    public static Fonds? FindFonds(IDocumentReader views, string code) => FondsRegister.Find(views, code);

    /// <summary>What the accession requirements of a hall say against a package (ACC-006 to ACC-010).</summary>
    public static IReadOnlyList<Finding> Accession(IDocumentReader views, string hall, AccessionPackage package, DateOnly day) => AccessionRegister.Judge(views, hall, package, day);

    /// <summary>Takes a code apart by the rule by which a fonds and category get codes of its kind.</summary>
    /// <param name="views">The views.</param>
    /// <param name="kind"><see cref="CodeRule.ReferenceCode"/> or <see cref="CodeRule.RecordCode"/>.</param>
    /// <param name="code">The code.</param>
    /// <param name="fonds">The fonds; null when it is not known.</param>
    /// <param name="category">The archival category; null when it is not known.</param>
    /// <param name="findings">Receives what does not follow the rule (REF-003, REF-004, REF-012).</param>
    /// <returns>The segments, each with the field that gives its value; none where there is no rule, or the code does not follow it.</returns>
    public IReadOnlyList<(CodeSegment Segment, string Value)> Segments(IDocumentReader views, string kind, string code, string? fonds, string? category, ICollection<Finding> findings) =>
        _rules.For(views, kind, fonds, category) is { } rule && rule.Parse(code, findings) is { } parts ? [.. rule.Segments.Zip(parts.Values, (s, v) => (s, v.Value))] : [];

    /// <summary>What would be said against a notice of a case that nobody told of yet; a case of which nothing is said may be told.</summary>
    /// <param name="views">The views.</param>
    /// <param name="source">The source system that tells of it.</param>
    /// <param name="place">How findings call the notice.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="now">When it is told.</param>
    public static IReadOnlyList<Finding> MayNotify(IDocumentReader views, string source, string place, CaseNotice notice, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        NoticeRules.Code(findings, source, "source", source, NoticeRules.LongestCode);
        if (findings.Count > 0)
        {
            return findings;
        }

        findings.AddRange(NoticeRules.Check(place, notice, now));
        if (findings.Count > 0)
        {
            return findings;
        }

        var sorting = new NoticeSorting(views, source, _ => null);
        sorting.Add(place, notice);
        return [.. sorting.Findings.Distinct()];
    }

    /// <summary>What would forbid that a case is archived on a day, but for its reference code and where it stands: schedule, retention, paper, approval, and a record code that another case has.</summary>
    /// <param name="views">The views.</param>
    /// <param name="c">The case.</param>
    /// <param name="archiving">What its package says; its reference code is not looked at.</param>
    /// <param name="day">The day, at UTC+08:00.</param>
    public static IReadOnlyList<Finding> MayArchive(IDocumentReader views, ServiceCase c, CaseArchiving archiving, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(archiving);
        return [.. ArchivingRules.CheckSchedule(views, c, archiving, day).Findings, .. ArchivingRules.CheckRecordCode(c, archiving, new TakenCodes(views, _ => false))];
    }

    /// <summary>The rule by which archives of a fonds and category get codes of a kind; null when there is none.</summary>
    /// <param name="views">The views.</param>
    /// <param name="kind"><see cref="CodeRule.ReferenceCode"/> or <see cref="CodeRule.RecordCode"/>.</param>
    /// <param name="fonds">The fonds; null when it is not known.</param>
    /// <param name="category">The archival category; null when it is not known.</param>
    public CodeRule? RuleFor(IDocumentReader views, string kind, string? fonds, string? category) => _rules.For(views, kind, fonds, category);

    /// <summary>Where a case falls in schedules when they do not name its item: the class of its type.</summary>
    private static string ClassOf(ServiceItem? item) => item is null ? "" : "/" + item.Type;

    private static ServiceCase? With(IDocumentReader views, string member, string code) =>
        views.Find(CaseEntry.Collection, member, code, 1) is [var found] ? CaseEntry.Read(found) : null;
}
