using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What became of notices.</summary>
/// <param name="Findings">All that was found; each error is about a notice that was not taken.</param>
/// <param name="Taken">How many cases were new.</param>
/// <param name="Known">How many had been told before in the same words.</param>
/// <param name="Refused">How many were not taken.</param>
public sealed record NoticeOutcome(IReadOnlyList<Finding> Findings, long Taken, long Known, long Refused);

/// <summary>The register of completed cases (办件): notices from source systems, moves along the life cycle, holds and relations.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-cases.md.</remarks>
public sealed partial class CaseRegister
{
    /// <summary>The most cases that one decision is about.</summary>
    public const int Most = CaseBodies.Most;

    private readonly RecordsJournal _journal;
    private readonly ReferenceCodes _codes;

    internal CaseRegister(RecordsJournal journal) => (_journal, _codes) = (journal, new ReferenceCodes(journal));

    /// <summary>Number of cases, declared parts of joint cases among them.</summary>
    public long Count => _journal.Views.Count(CaseEntry.Collection);

    /// <summary>The case at a place; null when there is none.</summary>
    public ServiceCase? At(long place) => _journal.Views.Get(CaseEntry.Collection, place) is { } document ? CaseEntry.Read(new StoredDocument(place, document)) : null;

    /// <summary>The case with a number in a source system; null when no notice told of it.</summary>
    public ServiceCase? Find(string source, string number) => Find(_journal.Views, source, number);

    /// <summary>Cases in the order of their notices, a page at a time.</summary>
    /// <param name="after">The last place seen; 0 to begin.</param>
    /// <param name="take">The most cases.</param>
    public IReadOnlyList<ServiceCase> Page(long after, int take) => [.. _journal.Views.Scan(CaseEntry.Collection, after, take).Select(CaseEntry.Read)];

    /// <summary>All parts of a joint case that are known.</summary>
    public IReadOnlyList<ServiceCase> PartsOf(string joint) => PartsOf(_journal.Views, joint);

    /// <summary>What was said of a case, and what others say that leads to it.</summary>
    public IReadOnlyList<CaseRelation> RelationsOf(ServiceCase c)
    {
        var views = _journal.Views;
        return [.. CaseLinks.From(views, c.Place), .. CaseLinks.To(views, c)];
    }

    /// <summary>The holds that were ever placed on a case.</summary>
    public IReadOnlyList<LegalHold> HoldsOf(ServiceCase c) => HoldEntries.Of(_journal.Views, c.Place);

    /// <summary>
    /// Takes notices that cases were completed. Those that are sound are taken, whatever is wrong with others: to give the
    /// whole list again, corrected, changes nothing about the cases that are known.
    /// </summary>
    /// <param name="source">Code of the source system.</param>
    /// <param name="notices">At most <see cref="Most"/>, each with its place for messages, such as a row.</param>
    /// <param name="actor">Who acts.</param>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public NoticeOutcome Notify(string source, IReadOnlyList<(string Place, CaseNotice Notice)> notices, Actor actor)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notices.Count, Most);
        var findings = new List<Finding>();
        NoticeRules.Code(findings, source, "source", source, NoticeRules.LongestCode);
        if (findings.Count > 0)
        {
            return new NoticeOutcome(findings, 0, 0, notices.Count);
        }

        var now = _journal.Time.GetUtcNow();
        var sound = new List<(string Place, CaseNotice Notice)>();
        foreach (var (place, notice) in notices)
        {
            var wrong = NoticeRules.Check(place, notice, now);
            findings.AddRange(wrong);
            if (wrong.Count == 0)
            {
                sound.Add((place, notice));
            }
        }

        NoticeSorting? sorting = null;
        var outcome = _journal.Decide(
            views =>
            {
                sorting = new NoticeSorting(views, source, number => _journal.FirstWith(CaseBodies.Register, source, number));
                sound.ForEach(n => sorting.Add(n.Place, n.Notice));
                return sorting.Cases.Count == 0 ? Decision.Only() : Decision.Of(CaseBodies.Completed(source, sorting.Cases, sorting.Parts()));
            },
            actor);
        return new NoticeOutcome(
            [.. outcome.Findings, .. findings, .. sorting!.Findings.Distinct()], sorting.Cases.Count, sorting.Known, notices.Count - sorting.Cases.Count - sorting.Known);
    }

    /// <summary>Corrects what is known of a case. What was told before stays in the ledger.</summary>
    /// <param name="source">Source system.</param>
    /// <param name="number">Number of the case.</param>
    /// <param name="change">What is to be said differently.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who acts.</param>
    public DecisionOutcome Correct(string source, string number, CaseChange change, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            var findings = new List<Finding>();
            if (Known(views, source, number, findings) is not { } c)
            {
                return Decision.Only(findings);
            }

            Add(findings, NoticeRules.Reason(c.Name, reason));
            var changed = new CaseCorrection(c.Place, change).ApplyTo(c);
            findings.AddRange(NoticeRules.Check(
                c.Name, new CaseNotice(number, changed.Agency, changed.Item, changed.Completed) { Fonds = changed.Fonds }, _journal.Time.GetUtcNow()));
            if (CaseEntry.EndOf(c) is { } end && changed.Completed.Day > end)
            {
                findings.Add(Finding.Error(CaseCodes.Correction, c.Name, ("found", changed.Completed.Given), ("day", LegalTime.Write(end))));
            }

            return findings.Count > 0 || changed == c ? Decision.Only(findings) : Decision.Of(CaseCorrection.Draft(c, change, reason));
        },
        actor);

    /// <summary>Relates a case to another, which need not be known yet.</summary>
    /// <param name="from">Source system and number of the case.</param>
    /// <param name="kind">Its relation.</param>
    /// <param name="to">Source system and number of the other.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who acts.</param>
    public DecisionOutcome Relate((string Source, string Number) from, CaseRelationKind kind, (string Source, string Number) to, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            var findings = new List<Finding>();
            NoticeRules.Code(findings, to.Source, "source", to.Source, NoticeRules.LongestCode);
            NoticeRules.Number(findings, to.Number, to.Number);
            if (Known(views, from.Source, from.Number, findings) is not { } c || findings.Count > 0)
            {
                return Decision.Only(findings);
            }

            Add(findings, NoticeRules.Reason(c.Name, reason));
            var known = CaseLinks.From(views, c.Place);
            if (from == to || known.Count >= CaseLinks.Most || known.Any(r => r.Kind == kind && (r.Source, r.Number) == to))
            {
                findings.Add(Finding.Error(CaseCodes.Relation, c.Name, ("relation", CaseLinks.CodeOf(kind)), ("target", CaseEntry.Identity(to.Source, to.Number))));
            }

            if (findings.Count > 0)
            {
                return Decision.Only(findings);
            }

            if (Find(views, to.Source, to.Number) is null)
            {
                findings.Add(Finding.Warning(CaseCodes.Dangling, c.Name, ("relation", CaseLinks.CodeOf(kind)), ("target", CaseEntry.Identity(to.Source, to.Number))));
            }

            return new Decision(findings, [CaseLinks.Draft(c, kind, to.Source, to.Number, reason)]);
        },
        actor);

    /// <summary>Withdraws a part of a joint case that its lead declared by mistake and whose agency has told nothing: it never was one.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who acts.</param>
    public DecisionOutcome WithdrawPart(long place, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            var name = "#" + place.ToString(CultureInfo.InvariantCulture);
            var findings = new List<Finding>();
            Add(findings, NoticeRules.Reason(name, reason));
            if (views.Get(CaseEntry.Collection, place) is not { } document || CaseEntry.Read(new StoredDocument(place, document)) is not { Number: null } part)
            {
                findings.Add(Finding.Error(CaseCodes.NoPart, name));
                return Decision.Only(findings);
            }

            return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(CaseBodies.Withdrawn(part, reason));
        },
        actor);

    /// <summary>The cases that stand in a state, in the order of their notices. Reads all cases once, a page at a time, as they are asked for.</summary>
    /// <param name="state">The state.</param>
    /// <param name="after">The last place seen; 0 to begin.</param>
    public IEnumerable<ServiceCase> InState(CaseState state, long after)
    {
        var (views, code) = (_journal.Views, Lifecycle.Of(state).Code);
        IReadOnlyList<StoredDocument> page;
        for (; (page = views.Scan(CaseEntry.Collection, after, Most)).Count > 0; after = page[^1].Id)
        {
            foreach (var found in page.Where(d => d.Document.Text("state") == code))
            {
                yield return CaseEntry.Read(found);
            }
        }
    }

    internal static ServiceCase? Find(IDocumentReader views, string source, string number) =>
        views.Find(CaseEntry.Collection, "identity", CaseEntry.Identity(source, number), 1) is [var found] ? CaseEntry.Read(found) : null;

    internal static IReadOnlyList<ServiceCase> PartsOf(IDocumentReader views, string joint) =>
        [.. views.Find(CaseEntry.Collection, "joint", joint, Most).Select(CaseEntry.Read)];

    private static ServiceCase? Known(IDocumentReader views, string source, string number, List<Finding> findings)
    {
        var found = Find(views, source, number);
        if (found is null)
        {
            findings.Add(Finding.Error(CaseCodes.Unknown, string.Create(CultureInfo.InvariantCulture, $"{NoticeRules.Shown(source)}/{NoticeRules.Shown(number)}")));
        }

        return found;
    }

    private static void Add(List<Finding> findings, Finding? finding)
    {
        if (finding is not null)
        {
            findings.Add(finding);
        }
    }
}
