using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>压缩包安全: the container and the archives in it can be unpacked without harm: no path out of the folder, no links, no bombs, no names that others mix up.</summary>
internal static class ArchiveSafetyCheck
{
    // What keeps an archive from being read to its end because it grows without measure.
    private static readonly string[] Bombs = ["too-large", "too-much", "too-much-unpacked", "too-deep"];

    /// <summary>What opening the container found; archives in it that unpack beyond the limits are failed like the container itself.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask, facts.FindingsOf("archive-safety"));

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination) =>
        PackageUsabilityCheck.IsArchive(examination) || examination.Family is FileFamily.OpenXml or FileFamily.OpenDocument or FileFamily.Ofd or FileFamily.Epub
            ? examination.Findings.Where(f => f.Code == "FMT-041").SelectMany(f => f.Arguments).Where(a => a.Key == "why" && Bombs.Contains(a.Value)).Take(1)
                .Select(a => Finding.Error("INS-355", file.Path, ("unchecked", a.Value)))
            : [];
}
