using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>内容数据格式 (3-2): the format of each file by its content, judged by the format policy.</summary>
internal static class FormatCheck
{
    /// <summary>Forbidden is failed, unknown or left to a person is for a person, to be converted is a warning.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask, null, "INS-311", "INS-312");

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        var character = file.Character!;
        var (verdict, format) = (character.Verdict, character.Identification.Best?.Format);

        // That a file is encrypted or broken says nothing of its format, and has rules of its own.
        if (verdict.Reasons.Contains("encrypted") || verdict.Reasons.Contains("broken") || file.Length == 0)
        {
            yield break;
        }

        if (format is null && verdict.Verdict != FormatVerdict.Forbidden)
        {
            yield return Finding.Warning("INS-311", file.Path, ("found", string.Join(", ", character.Identification.Candidates.Take(4).Select(c => c.Format.NameWithVersion))));
            yield break;
        }

        (string, object)[] arguments = [("found", format?.NameWithVersion ?? ""), ("reason", verdict.Reasons[0]), ("policy", verdict.Policy), ("version", verdict.Version), ("rule", verdict.Rule)];
        if (verdict.Verdict != FormatVerdict.Archival)
        {
            yield return verdict.Verdict switch
            {
                FormatVerdict.Forbidden => Finding.Error("INS-310", file.Path, arguments),
                FormatVerdict.Review => Finding.Warning("INS-312", file.Path, arguments),
                _ => Finding.Warning("INS-313", file.Path, arguments),
            };
        }
    }
}
