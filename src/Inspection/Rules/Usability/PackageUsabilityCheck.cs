using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>信息包可用性 (3-4): what the package holds can be taken out by anybody: no compression that is nobody's to read, no archives in it.</summary>
internal static class PackageUsabilityCheck
{
    /// <summary>Archives that need one maker's program, that are parts of others or that bring programs are failed; others in the package are warned of.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask, facts.FindingsOf("package-usability"));

    /// <summary>Whether a file is a container of other files.</summary>
    internal static bool IsArchive(FileExamination examination) => examination.Family is FileFamily.Zip or FileFamily.Tar or FileFamily.Gzip or FileFamily.SevenZip or FileFamily.Rar;

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        if (!IsArchive(examination))
        {
            yield break;
        }

        var why = examination.Findings.Where(f => f.Code == "FMT-041").SelectMany(f => f.Arguments).FirstOrDefault(a => a.Key == "why").Value;
        var format = file.Character!.Identification.Best?.Format.NameWithVersion ?? FileAnswers.ExtensionOf(file.Path);
        yield return examination.Family == FileFamily.Rar || why is "packed-otherwise" ? Finding.Error("INS-330", file.Path, ("found", format))
            : why is "one-of-several" ? Finding.Error("INS-331", file.Path, ("found", format))
            : examination.Active.FirstOrDefault(a => a.Kind == "embedded-executable") is { } program ? Finding.Error("INS-332", file.Path, ("found", format), ("at", program.Place))
            : Finding.Warning("INS-333", file.Path, ("found", format));
    }
}
