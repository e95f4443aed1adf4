using System.Collections.Frozen;

namespace Lantai.Inspection;

/// <summary>What it means for a package that something in it was not searched for marks of state secrets, by why.</summary>
/// <remarks>
/// Immutable, safe for concurrent use. A search that did not reach its end proves nothing and could not run; what only a person can read
/// goes to one; pictures and sounds hold no text and are listed. R10-3, R15-1; spec/formats/inspection.md.
/// </remarks>
internal static class UnsearchedReasons
{
    private static readonly FrozenDictionary<string, RuleVerdict> Verdicts = new Dictionary<string, RuleVerdict>(StringComparer.Ordinal)
    {
        ["image"] = RuleVerdict.Passed,
        ["sound"] = RuleVerdict.Passed,
        ["film"] = RuleVerdict.Passed,
        ["no-text"] = RuleVerdict.Passed,
        ["no-letters"] = RuleVerdict.Manual,
        ["unknown-encoding"] = RuleVerdict.Manual,
        ["envelope"] = RuleVerdict.Manual,
        ["old-office"] = RuleVerdict.Manual,
        ["old-revision"] = RuleVerdict.Manual,
        ["unknown"] = RuleVerdict.Manual,
        ["program"] = RuleVerdict.Manual,
        ["broken"] = RuleVerdict.Manual,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The verdict that a reason allows at best; a reason that nobody weighed, and those of a search that was broken off, could not run.</summary>
    /// <param name="why">The rest of a text key <c>unsearched.…</c>.</param>
    public static RuleVerdict VerdictOf(string why) => Verdicts.GetValueOrDefault(why, RuleVerdict.CouldNotRun);
}
