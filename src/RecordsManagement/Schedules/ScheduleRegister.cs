using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Archiving scopes and retention schedules as versions: drawn up, submitted, approved or returned, in force, repealed.</summary>
/// <remarks>Safe for concurrent use. The regulation's articles 5 and 7; spec/formats/records-schedules.md.</remarks>
public sealed class ScheduleRegister
{
    private const int NumberLength = 64;
    private const int MostBasis = 100;

    private readonly RecordsJournal _journal;

    internal ScheduleRegister(RecordsJournal journal) => _journal = journal;

    /// <summary>Draws up a version: all of its rows, or nothing.</summary>
    /// <param name="draft">
    /// The version. Its agency or authority was entered (FON-005), its number is new (SCH-032) or that of a version which was returned, and no row is
    /// shorter than that of a schedule in force above it (SCH-026).
    /// </param>
    /// <param name="actor">Who draws it up.</param>
    /// <remarks>What is wrong with rows in their file is told by <see cref="ScheduleReading"/>. Their errors refuse them here too, whoever hands them in.</remarks>
    public DecisionOutcome Draft(ScheduleDraft draft, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _journal.Decide(views => Decide(views, draft), actor);
    }

    /// <summary>Submits a version for review.</summary>
    public DecisionOutcome Submit(string agency, string number, Actor actor) =>
        Move(agency, number, RecordsEvents.ScheduleSubmitted, ScheduleState.Draft, (_, version) => version.IsWhole ? [] : [Finding.Error("SCH-035", Subject(version))], new JsonMap(), actor);

    /// <summary>Approves a version that was submitted by another account (SCH-023).</summary>
    /// <param name="agency">Whose it is.</param>
    /// <param name="number">Its number.</param>
    /// <param name="approval">Number of the approval (REC-002).</param>
    /// <param name="from">The first day on which it is in force.</param>
    /// <param name="until">The last day, not before the first (SCH-024); null for until a newer one begins.</param>
    /// <param name="opinion">What the reviewer says; null for nothing.</param>
    /// <param name="actor">The reviewer.</param>
    public DecisionOutcome Approve(string agency, string number, string approval, DateOnly from, DateOnly? until, string? opinion, Actor actor) => Move(
        agency,
        number,
        RecordsEvents.ScheduleApproved,
        ScheduleState.Submitted,
        (views, version) =>
        [
            .. Entry.Check(Subject(version), "approval", approval, Entry.NameLength),
            .. Entry.Check(Subject(version), "opinion", opinion, Entry.ReasonLength, isRequired: false),
            .. until < from ? [Finding.Error("SCH-024", Subject(version), ("from", Entry.Day(from)!), ("until", Entry.Day(until)!))] : Array.Empty<Finding>(),
            .. Reviewer(version, actor),
            .. ScheduleRules.Errors(Subject(version), ScheduleTable.RowsOf(views, version), PolicyRegister.For(views, version.Region.ToString(), version.Agency, from)),
            .. Bounded(version, ScheduleOverlay.Check(views, version, ScheduleTable.RowsOf(views, version), from, until).Concat(Shortened(views, version, from))),
        ],
        new JsonMap().Set("approval", approval).Set("from", Entry.Day(from)).Set("until", Entry.Day(until)).Set("opinion", opinion),
        actor);

    /// <summary>Returns a version that was submitted by another account (SCH-023), so that it is drawn up again under its number.</summary>
    public DecisionOutcome Return(string agency, string number, string opinion, Actor actor) => Move(
        agency,
        number,
        RecordsEvents.ScheduleReturned,
        ScheduleState.Submitted,
        (_, version) => [.. Entry.Check(Subject(version), "opinion", opinion, Entry.ReasonLength), .. Reviewer(version, actor)],
        new JsonMap().Set("opinion", opinion),
        actor);

    /// <summary>Ends an approved version with a day, for a reason; never later than it was approved for (SCH-041).</summary>
    public DecisionOutcome Repeal(string agency, string number, DateOnly until, string reason, Actor actor) => Move(
        agency,
        number,
        RecordsEvents.ScheduleRepealed,
        ScheduleState.Approved,
        (_, version) =>
        [
            .. Entry.Check(Subject(version), "reason", reason, Entry.ReasonLength),
            .. until > version.Until ? [Finding.Error("SCH-041", Subject(version), ("until", Entry.Day(until)!), ("last", Entry.Day(version.Until)!))] : Array.Empty<Finding>(),
        ],
        new JsonMap().Set("until", Entry.Day(until)).Set("reason", reason),
        actor);

    /// <summary>The newest revision of a version; null when there is none.</summary>
    public ScheduleVersion? Find(string agency, string number) => ScheduleTable.Find(_journal.Views, agency, number);

    /// <summary>All versions of an agency, all revisions of them, the oldest first; of all agencies for null.</summary>
    public IReadOnlyList<ScheduleVersion> List(string? agency) => ScheduleTable.Versions(_journal.Views, agency);

    /// <summary>The version of an agency that archiving follows on a day; null when none is in force.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="day">The day, at UTC+08:00.</param>
    /// <param name="fonds">The fonds of what is archived: its own version comes before that for all; null when it is not known.</param>
    public ScheduleVersion? InForce(string agency, DateOnly day, string? fonds = null) => ScheduleTable.InForce(_journal.Views, agency, day, fonds);

    /// <summary>Where a version stands on a day: a newer one of its agency may have succeeded it.</summary>
    public ScheduleState StateOn(ScheduleVersion version, DateOnly day) => ScheduleTable.StateOn(_journal.Views, version, day);

    /// <summary>All rows of a version in the order of the file it came in.</summary>
    public IReadOnlyList<ScheduleRow> Rows(ScheduleVersion version) => ScheduleTable.RowsOf(_journal.Views, version);

    /// <summary>
    /// The row that a material falls under: that of its item, else of the nearest class above; in each that of the material by code or name, else the one for all
    /// materials of the nature. Null when none covers it.
    /// </summary>
    public ScheduleRow? RowFor(ScheduleVersion version, ScheduleQuestion question)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(question);
        return new ScheduleTable(_journal.Views, version.Id).RowFor(question);
    }

    /// <summary>What the schedule in force on a day says of the retention that a package declares (R5-2, R7-4).</summary>
    /// <param name="agency">Whose case it is.</param>
    /// <param name="day">The day of archiving, at UTC+08:00.</param>
    /// <param name="question">Which material.</param>
    /// <param name="declared">The retention that is declared.</param>
    /// <param name="reason">Number or text of the approval for a longer one; null for none.</param>
    /// <param name="number">The version that the package names; null for the one in force. One that is not in force is SCH-003.</param>
    public ScheduleAnswer Judge(string agency, DateOnly day, ScheduleQuestion question, RetentionPeriod declared, string? reason, string? number = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ScheduleJudgement.Of(_journal.Views, agency, day, question, declared, reason, number);
    }

    private Decision Decide(IDocumentReader views, ScheduleDraft draft)
    {
        var subject = Entry.Shown(draft.Agency + " " + draft.Number);
        List<Finding> findings =
        [
            .. Entry.Check(subject, "number", draft.Number, NumberLength),
            .. OrganisationRegister.Check(views, subject, draft.Agency, OrganisationType.Agency, OrganisationType.Authority, OrganisationType.Coordination),
            .. draft.Basis.Take(MostBasis).SelectMany(b => Entry.Check(subject, "basis", b, Entry.ReasonLength)),
        ];
        if (draft.Fonds is not null && FondsRegister.Find(views, draft.Fonds) is null)
        {
            findings.Add(Finding.Error("SCH-021", subject, ("number", Entry.Shown(draft.Fonds))));
        }

        if (draft.Rows.Count == 0)
        {
            findings.Add(Finding.Error("SHT-011", subject));
        }

        var before = ScheduleTable.Find(views, draft.Agency, draft.Number);
        if (before is not null && before.Decided is not (ScheduleState.Draft or ScheduleState.Returned))
        {
            findings.Add(Finding.Error("SCH-032", subject, ("schedule-state", ScheduleVersion.Word(before.Decided))));
        }

        if (findings.Any(f => f.Severity == Severity.Error))
        {
            return Decision.Only(findings);
        }

        var region = OrganisationRegister.Find(views, draft.Agency)!.Region;
        var today = LegalTime.DayOf(_journal.Time.GetUtcNow());
        findings.AddRange(ScheduleRules.Errors(subject, draft.Rows, PolicyRegister.For(views, region.ToString(), draft.Agency, today)));
        if (findings.Any(f => f.Severity == Severity.Error))
        {
            return Decision.Only(findings);
        }

        var version = new ScheduleVersion(
            Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture), draft.Agency, region, draft.Number, (before?.Revision ?? 0) + 1, draft.Rows.Count)
        {
            Fonds = draft.Fonds,
            Basis = draft.Basis,
        };
        findings.AddRange(Bounded(version, UnknownItems(views, version, draft.Rows).Concat(ScheduleOverlay.Check(views, version, draft.Rows, today, today))));
        return new Decision(findings, [.. Events(version, draft.Rows)]);
    }

    private static IEnumerable<EventDraft> Events(ScheduleVersion version, IReadOnlyList<ScheduleRow> rows)
    {
        foreach (var body in ScheduleBody.Write(version.Id, rows))
        {
            yield return new EventDraft(RecordsEvents.ScheduleRows, version.Id) { Body = body };
        }

        // Before this one the rows are nobody's.
        yield return new EventDraft(RecordsEvents.ScheduleDrafted, version.Id)
        {
            Body = new JsonMap().Set(ScheduleView.Id, version.Id).Set("agency", version.Agency).Set("region", version.Region.ToString()).Set("fonds", version.Fonds)
                .Set("number", version.Number).Set("revision", version.Revision).Set("rows", version.RowCount).Set("basis", Entry.Listed(version.Basis))
                .Set(RecordsBody.Keys, [RecordsBody.Key("schedule", version.Agency, version.Number, version.Revision.ToString(CultureInfo.InvariantCulture))]),
        };
    }

    private DecisionOutcome Move(
        string agency, string number, string type, ScheduleState from, Func<IDocumentReader, ScheduleVersion, IReadOnlyList<Finding>> check, JsonMap body, Actor actor) => _journal.Decide(
        views =>
        {
            var subject = Entry.Shown(agency + " " + number);
            if (ScheduleTable.Find(views, agency, number) is not { } version)
            {
                return Decision.Only(Finding.Error("SCH-021", subject, ("number", Entry.Shown(number))));
            }

            if (version.Decided != from)
            {
                return Decision.Only(Finding.Error("SCH-022", subject, ("schedule-state", ScheduleVersion.Word(version.Decided)), ("schedule-step", type)));
            }

            return new Decision(check(views, version), [new EventDraft(type, version.Id) { Body = body.Set(ScheduleView.Id, version.Id) }]);
        },
        actor);

    private static Finding[] Reviewer(ScheduleVersion version, Actor actor) =>
        version.SubmittedBy == actor.AccountName || version.DraftedBy == actor.AccountName
            ? [Finding.Error("SCH-023", Subject(version), ("account", actor.AccountName))]
            : [];

    /// <summary>A warning for each item that the catalogue does not know, when it knows any of the schedule's items.</summary>
    private static IEnumerable<Finding> UnknownItems(IDocumentReader views, ScheduleVersion version, IReadOnlyList<ScheduleRow> rows)
    {
        if (views.Count(ItemCatalogue.Collection) == 0)
        {
            return [];
        }

        var known = rows.Where(r => !r.IsClass).Select(r => r.Item).Distinct(StringComparer.Ordinal).ToLookup(item => ItemCatalogue.Find(views, item) is not null);
        return known[true].Any() ? known[false].Select(item => Finding.Warning("SCH-038", Subject(version), ("item", item))) : [];
    }

    /// <summary>A warning for each row whose retention gets shorter than that of the version in force before it.</summary>
    private static IEnumerable<Finding> Shortened(IDocumentReader views, ScheduleVersion version, DateOnly from) =>
        ScheduleTable.InForce(views, version.Agency, from, version.Fonds) is not { } before
            ? []
            : ScheduleDifference.Between(ScheduleTable.RowsOf(views, before), ScheduleTable.RowsOf(views, version)).Where(d => d.IsShortened).Select(d => Finding.Warning(
                "SCH-025", Subject(version), ("item", d.Key.Item), ("material", Entry.Shown(d.Key.Material)), ("before", d.Before!.Retention!.Value.Code), ("after", d.After?.Retention?.Code ?? "-"), ("number", before.Number)));

    /// <summary>The first findings of each code, and how many are left out (SCH-034).</summary>
    private static List<Finding> Bounded(ScheduleVersion version, IEnumerable<Finding> all)
    {
        var told = new List<Finding>();
        var bounded = new BoundedFindings(told, "SCH-034", Subject(version), perCode: 2000);
        foreach (var finding in all)
        {
            bounded.Add(finding);
        }

        bounded.Close();
        return told;
    }

    private static string Subject(ScheduleVersion version) => version.Agency + " " + version.Number;
}
