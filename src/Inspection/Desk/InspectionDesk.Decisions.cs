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
    private const string WholeStore = "store"; // in place of a package's digest

    /// <summary>
    /// Decides an open item. There must be an inspection of the package (FN-011) in which the rule left it to a person (FN-012); the
    /// verdict is one that a person can give (FN-013); nobody decides it who ran an inspection of the package, the newest or an earlier
    /// one (FN-014); an item that takes the report of an instrument needs its digest (FN-015).
    /// </summary>
    /// <param name="wish">What is to be decided.</param>
    /// <param name="actor">Who decides: the reviewer on the report.</param>
    public DecisionOutcome Decide(ItemDecision wish, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(actor);
        var runs = Runs("package", wish.Package);
        var report = runs is [.., var run] ? ReportReader.TryRead(Load(run).Xml, run.Number, new List<Finding>()) : null;
        return _journal.Decide(_ => Judge(wish, report, runs.Any(r => r.Operator == actor.AccountName), actor), actor);
    }

    /// <summary>
    /// A report with what persons decided of its package: only the digest, known after the reading, says of which package. In storage
    /// what was decided of the store holds too, and nothing for longer than the scheme's <c>manual.days</c>. What its own operator decided
    /// stays open, and says so (FN-014): whoever runs an inspection is not its reviewer.
    /// </summary>
    /// <param name="report">What the checks said.</param>
    public InspectionReport Decided(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var decisions = report.Results.Any(r => r.Verdict == RuleVerdict.Manual) ? DecisionsOn(report) : null;
        return decisions is not { Count: > 0 } ? report : report with
        {
            Results = [.. report.Results.Select(r => r.Verdict == RuleVerdict.Manual && decisions.TryGetValue(r.Rule.Id, out var decision) ? Apply(report, r, decision) : r)],
        };
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

    private IReadOnlyDictionary<string, ManualDecision> DecisionsOn(InspectionReport report)
    {
        var own = DecisionsFor(report.Subject.Digest);
        if (InspectionCodes.StageOf(report.Point) != InspectionStage.Preservation)
        {
            return own; // of the bytes as they came: they stay as they were
        }

        // What lies in storage grows older with what it lies on: a decision is one of its time.
        var days = int.Parse(SchemeCatalogue.Value("manual.days", report.Scheme.Parameters.GetValueOrDefault("manual.days")), System.Globalization.CultureInfo.InvariantCulture);
        return own.Concat(DecisionsFor(WholeStore)).Where(d => report.Started - d.Value.At <= TimeSpan.FromDays(days))
            .GroupBy(d => d.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(d => d.Value.At).Value, StringComparer.Ordinal);
    }

    private static RuleResult Apply(InspectionReport report, RuleResult result, ManualDecision decision) => decision.Person != report.Operator
        ? result with { Verdict = decision.Verdict, Manual = decision }
        : result with { Answer = result.Answer with { Findings = [.. result.Answer.Findings, OwnCase(report, decision.Person)] } };

    private static Finding OwnCase(InspectionReport report, string person) => Finding.Error("FN-014", report.Number, ("person", person));

    private static Decision Judge(ItemDecision wish, InspectionReport? report, bool hasRun, Actor actor)
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

        if (report is not null && hasRun)
        {
            findings.Add(OwnCase(report, actor.AccountName));
        }

        if (item?.Rule.Manner == RuleManner.Imported && wish.Attachment is null && wish.Verdict != RuleVerdict.NotApplicable)
        {
            findings.Add(Finding.Error("FN-015", Entry.Shown(wish.Rule)));
        }

        return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(Entry.Draft(InspectionEvents.Decided, null, new JsonMap()
            .Set("package", item!.Rule.IsOfStore ? WholeStore : wish.Package).Set("rule", wish.Rule).Set("verdict", InspectionCodes.Of(wish.Verdict)).Set("person", actor.AccountName)
            .Set("note", wish.Note).Set("attachment", wish.Attachment)));
    }

    private static ManualDecision? Read(Document document) =>
        InspectionCodes.Verdict(document.Text("verdict") ?? "") is { } verdict && document.Text("person") is { } person && StoreTime.TryRead(document.Text("time") ?? "", out var at)
            ? new ManualDecision(person, verdict, document.Text("note") ?? "", at, Digest.TryParse(document.Text("attachment"), out var attachment) ? attachment : null)
            : null;
}
