namespace Lantai.Characterization.Policy;

/// <summary>What a rule speaks of: exactly one of the four.</summary>
/// <param name="Ids">Ids of formats; empty when the rule speaks of something else.</param>
/// <param name="Prefixes">Beginnings of ids.</param>
/// <param name="Class">A class.</param>
/// <param name="Family">Files that are looked into one way.</param>
internal sealed record PolicyMatch(IReadOnlyList<string> Ids, IReadOnlyList<string> Prefixes, FormatClass? Class, FileFamily? Family);

/// <summary>What a rule says.</summary>
/// <param name="Name">Its name, one of its kind in the policy.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reasons">Why, one at least.</param>
/// <param name="Basis">What it stands on.</param>
internal sealed record PolicySaying(string Name, FormatVerdict Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<PolicyBasis> Basis);

/// <summary>A rule about formats.</summary>
/// <param name="Match">What it speaks of.</param>
/// <param name="Says">What it says.</param>
internal sealed record PolicyRule(PolicyMatch Match, PolicySaying Says);

/// <summary>What looking into a file must have found: all that is named.</summary>
/// <param name="IsEncrypted">Whether an encryption was found; null when that plays no part.</param>
/// <param name="Active">Kinds of active content of which one was found; empty when that plays no part.</param>
/// <param name="Readability">Whether it opens; null when that plays no part.</param>
/// <param name="Family">How it was looked into; null when that plays no part.</param>
internal sealed record PolicyCondition(bool? IsEncrypted, IReadOnlyList<string> Active, Readability? Readability, FileFamily? Family)
{
    /// <summary>Whether all of it was found.</summary>
    public bool Holds(FileExamination found) =>
        (IsEncrypted is not { } encrypted || encrypted == found.Encryption.Count > 0)
        && (Active.Count == 0 || found.Active.Any(a => Active.Contains(a.Kind)))
        && (Readability is not { } readability || readability == found.Readability)
        && (Family is not { } family || family == found.Family);

    /// <summary>Whether it demands the same.</summary>
    public bool IsSame(PolicyCondition other) =>
        IsEncrypted == other.IsEncrypted && Readability == other.Readability && Family == other.Family && Active.ToHashSet().SetEquals(other.Active);
}

/// <summary>A limit: whatever the rules say, a file of which this holds gets no better verdict.</summary>
/// <param name="When">When it holds.</param>
/// <param name="Says">What it says.</param>
internal sealed record PolicyLimit(PolicyCondition When, PolicySaying Says);
