using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What the check of a rule answers: a verdict, and why.</summary>
/// <param name="Verdict">The verdict, before the scheme weighs it.</param>
/// <param name="Findings">What it rests on: each says file or field, expected and found; none when all is well.</param>
/// <remarks>Immutable.</remarks>
public sealed record RuleAnswer(RuleVerdict Verdict, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many things were looked at, such as files or values; null when that says nothing.</summary>
    public long? Looked { get; init; }

    /// <summary>By what it was answered, where it was not this program: name and version of an engine or tool.</summary>
    public string? Tool { get; init; }

    /// <summary>Facts that an inspector wants to see even when all is well, such as an algorithm or a declared digest.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];

    /// <summary>It is as it should be.</summary>
    public static RuleAnswer Passed(long? looked = null) => new(RuleVerdict.Passed, []) { Looked = looked };

    /// <summary>There is nothing that it could look at.</summary>
    /// <param name="why">The rest of a text key <c>why.…</c>.</param>
    public static RuleAnswer NotApplicable(string why) => new(RuleVerdict.NotApplicable, [Finding.Information("INS-001", "", ("why", why))]);

    /// <summary>It could not run.</summary>
    public static RuleAnswer CouldNotRun(Finding why) => new(RuleVerdict.CouldNotRun, [why]);

    /// <summary>A person must decide.</summary>
    public static RuleAnswer Manual(params IReadOnlyList<Finding> why) => new(RuleVerdict.Manual, why);

    /// <summary>The verdict that findings give: failed with an error among them, else a warning with a warning, else passed.</summary>
    public static RuleAnswer Of(IEnumerable<Finding> findings, long? looked = null)
    {
        List<Finding> all = [.. findings];
        var verdict = all.Any(f => f.Severity == Severity.Error) ? RuleVerdict.Failed
            : all.Any(f => f.Severity == Severity.Warning) ? RuleVerdict.Warning
            : RuleVerdict.Passed;
        return new RuleAnswer(verdict, all) { Looked = looked };
    }
}

/// <summary>The check of a rule: a pure question to what was observed. It never sees another rule's answer.</summary>
/// <param name="facts">What was observed.</param>
public delegate RuleAnswer RuleCheck(InspectionFacts facts);
