using Lantai.Words;

namespace Lantai.Characterization.Policy;

/// <summary>What a policy says of a format; a later value is stricter than an earlier one.</summary>
public enum FormatVerdict
{
    /// <summary>A format to archive in (归档格式).</summary>
    Archival,

    /// <summary>It may be received, and is to be converted (可接收需转换).</summary>
    Accepted,

    /// <summary>A person decides; until then it is not accepted (待人工判定).</summary>
    Review,

    /// <summary>It may not be archived (禁止).</summary>
    Forbidden,
}

/// <summary>A source that a rule stands on.</summary>
/// <param name="Key">Its name in the policy; the text <c>policy.basis.KEY</c> says it at length, where there is one.</param>
/// <param name="Citation">Document and article, as it is cited.</param>
/// <param name="Confidence">How sure the reading is: <c>high</c>, <c>medium</c> or <c>low</c>; a text key without its prefix <c>policy.confidence.</c>.</param>
public sealed record PolicyBasis(string Key, string Citation, string Confidence);

/// <summary>What a policy says of one file.</summary>
/// <param name="Verdict">The strictest of all that applies.</param>
/// <param name="Reasons">Why: text keys without their prefix <c>reason.</c>.</param>
/// <param name="Basis">What the rules stand on.</param>
/// <param name="Policy">Name of the policy that decided.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rule">Name of its rule that decided; <c>unknown</c> when the format is not known, <c>unlisted</c> when no rule speaks of it.</param>
public sealed record PolicyVerdict(
    FormatVerdict Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<PolicyBasis> Basis, string Policy, string Version, string Rule)
{
    /// <summary>
    /// What should be told about the file besides what was found in it: that a person must look (FMT-050) or that the policy
    /// forbids it (FMT-051); null for a format that may be received.
    /// </summary>
    /// <param name="displayName">How findings call the file.</param>
    public Finding? ToFinding(string displayName) => Verdict switch
    {
        FormatVerdict.Review => Finding.Warning("FMT-050", displayName, ("reason", Reasons[0]), ("policy", Policy), ("version", Version), ("rule", Rule)),
        FormatVerdict.Forbidden => Finding.Warning("FMT-051", displayName, ("reason", Reasons[0]), ("policy", Policy), ("version", Version), ("rule", Rule)),
        _ => null,
    };
}
