using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What a person wants to decide of an open item.</summary>
/// <param name="Package">Digest of the package, with the algorithm in front, as its report names it.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Verdict">Passed, failed, warning or not applicable.</param>
/// <param name="Note">Why.</param>
/// <param name="Attachment">Digest of the report of an instrument that is handed in with it; null for none.</param>
/// <remarks>Immutable. R10-4.</remarks>
public sealed record ItemDecision(string Package, string Rule, RuleVerdict Verdict, string Note, Digest? Attachment = null);

/// <content>What persons decide of open items.</content>
public sealed partial class InspectionDesk
{
    /// <summary>
    /// Decides an open item. There must be an inspection of the package (FN-011) in which the rule left it to a person (FN-012); the
    /// verdict is one that a person can give (FN-013); whoever ran the inspection does not decide it (FN-014); an item that takes
    /// the report of an instrument needs its digest (FN-015).
    /// </summary>
    /// <param name="wish">What is to be decided.</param>
    /// <param name="actor">Who decides: the reviewer on the report.</param>
    public DecisionOutcome Decide(ItemDecision wish, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(actor);
        var run = Runs("package", wish.Package).LastOrDefault();
        var report = run is null ? null : ReportReader.TryRead(Load(run).Xml, run.Number, new List<Finding>());
        return _journal.Decide(_ => Judge(wish, report, actor), actor);
    }

    /// <summary>What persons decided of a package, by rule id: of several decisions of one rule the newest.</summary>
    /// <param name="package">Digest of the package, with the algorithm in front; null gives none.</param>
    public IReadOnlyDictionary<string, ManualDecision> DecisionsFor(string? package)
    {
        var decisions = new Dictionary<string, ManualDecision>(StringComparer.Ordinal);
        foreach (var document in package is null ? [] : _journal.Views.Find(InspectionViews.Decisions, "package", package).OrderBy(d => d.Id).Select(d => d.Document))
        {
            if (document.Text("rule") is { } rule && Read(document) is { } decision)
            {
                decisions[rule] = decision;
            }
        }

        return decisions;
    }

    /// <summary>Why a package cannot be accepted by a report yet: an open item each (FN-010). Empty when nothing is open.</summary>
    public static IReadOnlyList<Finding> Hindrances(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. report.Results.Where(r => r.IsOpen).Select(r => Finding.Error(
            "FN-010", report.Number, ("rule", r.Rule.Id), ("name", r.Rule.Chinese), ("inspection.verdict", InspectionCodes.Of(r.Verdict))))];
    }

    private static Decision Judge(ItemDecision wish, InspectionReport? report, Actor actor)
    {
        List<Finding> findings = [.. Entry.Check(wish.Rule, "note", wish.Note, Entry.ReasonLength)];
        var item = report?.Results.FirstOrDefault(r => r.Rule.Id == wish.Rule);
        if (report is null)
        {
            findings.Add(Finding.Error("FN-011", Entry.Shown(wish.Package)));
        }
        else if (item?.Answer.Verdict != RuleVerdict.Manual)
        {
            var open = report.Results.Where(r => r.Answer.Verdict == RuleVerdict.Manual).Select(r => r.Rule.Id);
            findings.Add(Finding.Error("FN-012", report.Number, ("rule", Entry.Shown(wish.Rule)), (ReportWords.Expected, string.Join(' ', open))));
        }

        if (wish.Verdict is RuleVerdict.Manual or RuleVerdict.CouldNotRun)
        {
            findings.Add(Finding.Error("FN-013", Entry.Shown(wish.Rule), (ReportWords.Found, InspectionCodes.Of(wish.Verdict))));
        }

        if (report?.Operator == actor.AccountName)
        {
            findings.Add(Finding.Error("FN-014", report.Number, ("person", actor.AccountName)));
        }

        if (item?.Rule.Manner == RuleManner.Imported && wish.Attachment is null && wish.Verdict != RuleVerdict.NotApplicable)
        {
            findings.Add(Finding.Error("FN-015", Entry.Shown(wish.Rule)));
        }

        return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(Entry.Draft(InspectionEvents.Decided, null, new JsonMap()
            .Set("package", wish.Package).Set("rule", wish.Rule).Set("verdict", InspectionCodes.Of(wish.Verdict)).Set("person", actor.AccountName)
            .Set("note", wish.Note).Set("attachment", wish.Attachment)));
    }

    private static ManualDecision? Read(Document document) =>
        InspectionCodes.Verdict(document.Text("verdict") ?? "") is { } verdict && document.Text("person") is { } person && StoreTime.TryRead(document.Text("time") ?? "", out var at)
            ? new ManualDecision(person, verdict, document.Text("note") ?? "", at, Digest.TryParse(document.Text("attachment"), out var attachment) ? attachment : null)
            : null;
}
