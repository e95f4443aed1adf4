using Lantai.Characterization.Policy;

namespace Lantai.Characterization.Profile;

/// <summary>Files that are alike in format, verdict, readability and year.</summary>
/// <param name="Format">Their format; null for files that were not identified.</param>
/// <param name="Verdict">What the policy said of them.</param>
/// <param name="Readability">Whether they open.</param>
/// <param name="Year">The year they are of; null when it is not known.</param>
/// <param name="Files">How many, at least one.</param>
/// <param name="Bytes">Their lengths together, in bytes.</param>
public sealed record ProfileRow(FileFormat? Format, FormatVerdict Verdict, Readability Readability, int? Year, long Files, long Bytes);
