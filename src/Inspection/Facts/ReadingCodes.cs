using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Which check each finding of the reading of a package belongs to: each to exactly one, so that no rule speaks for another.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class ReadingCodes
{
    /// <summary>The name of the check that owns a finding; null for what no check owns.</summary>
    public static string? CheckOf(Finding finding) => finding.Code is "INS-300" or "INS-301" ? "metadata-readable" : null;
}
