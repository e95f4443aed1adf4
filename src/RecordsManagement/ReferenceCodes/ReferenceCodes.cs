using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// Codes of archives (档号) and of electronic records (电子文件号). A code that was ever used is never assigned again: not when it
/// was replaced, not when its thing was withdrawn, not by hand, not after all views were made anew.
/// </summary>
/// <remarks>Safe for concurrent use: each of several at once gets a code of its own. spec/formats/records-codes.md.</remarks>
public sealed class ReferenceCodes
{
    private const int MostAtOnce = 10_000;

    private readonly RecordsJournal _journal;

    internal ReferenceCodes(RecordsJournal journal) => (_journal, Rules) = (journal, new CodeRuleRegister(journal));

    /// <summary>The rules by which codes are made.</summary>
    public CodeRuleRegister Rules { get; }

    /// <summary>Assigns the next codes of a rule: one for each request, or none when one is refused.</summary>
    /// <param name="rule">Name of the rule; its newest version counts (REF-008).</param>
    /// <param name="requests">What is to get a code; at most 10,000. Each event becomes durable by itself.</param>
    /// <param name="actor">Who assigns.</param>
    /// <exception cref="ArgumentException">There are too many requests.</exception>
    public CodeOutcome Next(string rule, IReadOnlyList<CodeRequest> requests, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Count, MostAtOnce, nameof(requests));
        return Outcome(_journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                if (RuleIn(views, rule, findings) is not { } found)
                {
                    return Decision.Only(findings);
                }

                var numbering = new CodeNumbering(views, _journal);
                return new Decision(findings, [.. requests.Select(r => numbering.Next(found, r, null, null, findings)).OfType<EventDraft>()]);
            },
            actor));
    }

    /// <summary>Assigns a code that somebody chose.</summary>
    /// <param name="rule">Name of the rule that it follows (REF-008, REF-003, REF-004).</param>
    /// <param name="code">The code: one that was ever used is refused (REF-002); numbers that it passes over are told (REF-010).</param>
    /// <param name="thing">The random id of the thing; null when it has none yet.</param>
    /// <param name="actor">Who assigns.</param>
    public CodeOutcome Assign(string rule, string code, Guid? thing, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Outcome(_journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                var draft = RuleIn(views, rule, findings) is { } found ? new CodeNumbering(views, _journal).Chosen(found, code, thing, null, null, findings) : null;
                return new Decision(findings, draft is null ? [] : [draft]);
            },
            actor));
    }

    /// <summary>What would be wrong with assigning a code that somebody chose, and its parts when it follows the rule. Nothing is assigned.</summary>
    internal (CodeParts? Parts, IReadOnlyList<Finding> Findings) MayAssign(string rule, string code, Guid? thing)
    {
        var (views, findings) = (_journal.Views, new List<Finding>());
        if (RuleIn(views, rule, findings) is not { } found)
        {
            return (null, findings);
        }

        _ = new CodeNumbering(views, _journal).Chosen(found, code, thing, null, null, findings);
        return (found.Parse(code, []), [.. findings.Where(f => f.Severity == Severity.Error)]);
    }

    /// <summary>Gives a thing a new code in the place of its old one, which stays in its history and is never used again.</summary>
    /// <param name="old">The code that it has (REF-009).</param>
    /// <param name="rule">Name of the rule of the new code, which is of the kind of the old one (REF-014).</param>
    /// <param name="code">The new code when somebody chose it; null for the next of the rule.</param>
    /// <param name="fields">Values for the next code; empty when it was chosen.</param>
    /// <param name="reason">Why (REC-002).</param>
    /// <param name="actor">Who changes it.</param>
    public CodeOutcome Change(string old, string rule, string? code, IReadOnlyDictionary<string, string> fields, string reason, Actor actor) => Outcome(_journal.Decide(
        views =>
        {
            List<Finding> findings = [.. Entry.Check(Entry.Shown(old), "reason", reason, Entry.ReasonLength)];
            var known = Current(views, old, findings);
            var found = RuleIn(views, rule, findings);
            if (known is not null && found is not null && known.Kind != found.Kind)
            {
                findings.Add(Finding.Error("REF-014", Entry.Shown(old), ("rule", found.Name), ("found", found.Kind), ("expected", known.Kind)));
            }

            var draft = found is null || findings.Count > 0 ? null
                : code is null ? new CodeNumbering(views, _journal).Next(found, new CodeRequest(fields), known, reason, findings)
                : new CodeNumbering(views, _journal).Chosen(found, code, null, known, reason, findings);
            return new Decision(findings, draft is null ? [] : [draft]);
        },
        actor));

    /// <summary>Writes down that the thing of a code was withdrawn. The code stays used.</summary>
    public DecisionOutcome Withdraw(string code, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            List<Finding> findings = [.. Entry.Check(Entry.Shown(code), "reason", reason, Entry.ReasonLength)];
            return Current(views, code, findings) is { } known && findings.Count == 0
                ? Decision.Of(new EventDraft(RecordsEvents.CodeWithdrawn, known.Thing) { Body = new JsonMap().Set("code", code).Set("reason", reason) })
                : Decision.Only(findings);
        },
        actor);

    /// <summary>A code; null when it was never assigned.</summary>
    public CodeEntry? Find(string code) => Find(_journal.Views, code);

    /// <summary>The codes that a thing has or had, in the order in which they were assigned.</summary>
    public IReadOnlyList<CodeEntry> Of(Guid thing) =>
        [.. _journal.Views.Find(CodeView.Codes, "thing", thing.ToString("D")).Select(d => CodeEntry.Read(d.Document)).OrderBy(c => c.Sequence)];

    /// <summary>The reference code (档号) that a thing has; null when it has none.</summary>
    public string? CurrentOf(Guid thing) => Of(thing).LastOrDefault(c => c is { State: CodeState.Current, Kind: CodeRule.ReferenceCode })?.Code;

    /// <summary>A code, those whose place it took and those that took its, the oldest first; empty when it was never assigned.</summary>
    public IReadOnlyList<CodeEntry> History(string code)
    {
        var views = _journal.Views;
        var history = new List<CodeEntry>();
        for (var entry = Find(views, code); entry is not null && history.All(h => h.Code != entry.Code); entry = entry.Replaces is { } older ? Find(views, older) : null)
        {
            history.Insert(0, entry);
        }

        while (history.Count > 0 && history[^1].ReplacedBy is { } newer && Find(views, newer) is { } entry && history.All(h => h.Code != entry.Code))
        {
            history.Add(entry);
        }

        return history;
    }

    /// <summary>Takes a code apart by the rule and version that it was made by, or by the newest of a rule.</summary>
    /// <param name="code">The code.</param>
    /// <param name="rule">Name of the rule; null for the one that it was assigned by (REF-009 when it never was).</param>
    /// <param name="findings">Receives what is wrong.</param>
    public CodeParts? Parse(string code, string? rule, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var (views, entry) = (_journal.Views, rule is null ? Find(code) : null);
        if (rule is null && entry is null)
        {
            findings.Add(Finding.Error("REF-009", Entry.Shown(code), ("code-state", "unknown")));
            return null;
        }

        var found = entry is null ? RuleIn(views, rule!, findings) : Rules.Find(views, entry.Rule, entry.RuleVersion);
        return found?.Parse(code, findings);
    }

    private static CodeEntry? Find(IDocumentReader views, string code) => CodeView.Find(views, code) is { Document: var document } ? CodeEntry.Read(document) : null;

    private static CodeEntry? Current(IDocumentReader views, string code, List<Finding> findings)
    {
        var known = Find(views, code);
        if (known?.State == CodeState.Current)
        {
            return known;
        }

        findings.Add(Finding.Error("REF-009", Entry.Shown(code), ("code-state", known is null ? "unknown" : Word(known.State))));
        return null;
    }

    /// <summary>A state as answers hold it.</summary>
    public static string Word(CodeState state) => state switch
    {
        CodeState.Current => "current",
        CodeState.Replaced => "replaced",
        CodeState.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private CodeRule? RuleIn(IDocumentReader views, string rule, ICollection<Finding> findings)
    {
        var found = Rules.Find(views, rule, null);
        if (found is null)
        {
            findings.Add(Finding.Error("REF-008", Entry.Shown(rule), ("rule", Entry.Shown(rule))));
        }

        return found;
    }

    private static CodeOutcome Outcome(DecisionOutcome outcome) => new(outcome.Findings, [.. outcome.Events.Select(e => e.Event.Record!.ReferenceCode!)]);
}
