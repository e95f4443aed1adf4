using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Asks the rules of a scheme about what was observed.</summary>
/// <param name="time">The clock.</param>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class InspectionRun(TimeProvider time)
{
    /// <summary>Asks every rule of a scheme, each by itself.</summary>
    /// <param name="facts">What was observed.</param>
    /// <param name="scheme">The scheme; of the stage of the run point.</param>
    /// <param name="decisions">What persons decided, by rule id.</param>
    /// <param name="subject">What is inspected.</param>
    /// <param name="who">Who runs it.</param>
    /// <exception cref="ArgumentException">The scheme is of another stage.</exception>
    public InspectionReport Run(
        InspectionFacts facts, InspectionScheme scheme, IReadOnlyDictionary<string, ManualDecision> decisions, InspectionSubject subject, string who)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(scheme);
        if (scheme.Stage != facts.Stage)
        {
            throw new ArgumentException($"The scheme {scheme.Name} is for another stage.", nameof(scheme));
        }

        var asked = facts with { Parameters = scheme.Parameters };
        return new InspectionReport
        {
            Id = Guid.NewGuid(),
            Point = facts.Point,
            Scheme = scheme,
            Subject = subject,
            Started = facts.Now,
            Results = [.. scheme.Rules.Select(r => Ask(asked, r, decisions.GetValueOrDefault(r.Rule)))],
            Finished = time.GetUtcNow(),
            Operator = who,
        };
    }

    private static RuleResult Ask(InspectionFacts facts, SchemeRule selected, ManualDecision? decision)
    {
        var rule = RuleCatalogue.Find(selected.Rule) ?? throw new ArgumentException($"There is no rule {selected.Rule}.", nameof(selected));
        var answer = IsShut(facts, rule)
            ? RuleAnswer.CouldNotRun(Finding.Error("INS-301", facts.Package.Name))
            : RuleChecks.Find(rule.Check)?.Invoke(facts) ?? RuleAnswer.CouldNotRun(Finding.Error("INS-002", rule.Id));
        return new RuleResult(rule, selected.Weight, Weigh(answer.Verdict, decision), answer, decision);
    }

    /// <summary>Of a package that could not be opened only the checks that own what was found at it can speak; for all others an empty list of files would look like a good one.</summary>
    private static bool IsShut(InspectionFacts facts, InspectionRule rule) =>
        !facts.Package.IsOpen && rule.Asks.Contains("package") && !facts.FindingsOf(rule.Check).Any();

    /// <summary>A person answers what a program left open; nobody can decide that what failed by program has passed.</summary>
    private static RuleVerdict Weigh(RuleVerdict said, ManualDecision? decision) =>
        decision is not null && said == RuleVerdict.Manual ? decision.Verdict : said;
}
