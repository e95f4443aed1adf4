using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>字体嵌入: pages of a fixed layout bring their fonts, so that they show the same anywhere.</summary>
internal static class FontsCheck
{
    // ISO 32000-1, 9.6.2.2: every reader has these.
    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal)
    {
        "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
        "Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique", "Symbol", "ZapfDingbats",
    };

    /// <summary>The 14 standard fonts of PDF are exempt. Not applicable where nothing has a fixed layout.</summary>
    public static RuleAnswer Check(InspectionFacts facts) =>
        facts.Package.Looked.Any(f => f.Character?.Examination is null || IsLayout(f.Character.Examination))
            ? FileAnswers.Of(facts, Ask)
            : RuleAnswer.NotApplicable("no-fixed-layout");

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        List<string> missing = IsLayout(examination) && examination.Technical.GetValueOrDefault("fonts-not-embedded") is IReadOnlyList<string> fonts
            ? [.. fonts.Where(f => examination.Family != FileFamily.Pdf || !Standard.Contains(f))]
            : [];
        return missing.Count == 0 ? [] : [Finding.Error("INS-360", file.Path, ("found", string.Join(", ", missing.Take(8))), ("count", missing.Count))];
    }

    private static bool IsLayout(FileExamination examination) => examination.Family is FileFamily.Pdf or FileFamily.Ofd;
}
