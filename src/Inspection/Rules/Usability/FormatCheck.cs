using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>内容数据格式 (3-2): the format of each file by its content and never by its name alone, judged by the format policy.</summary>
internal static class FormatCheck
{
    private static readonly string[] Letters = ["json", "xml", "yaml", "sql", "x-bat"];

    /// <summary>Forbidden is failed, unknown or left to a person is for a person, to be converted is a warning.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask, null, "INS-311", "INS-312");

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        var character = file.Character!;
        var (verdict, format) = (character.Verdict, IsSeen(character, examination) ? character.Identification.Best?.Format : null);

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

    // A name proves nothing: a format that only the name tells counts where the content was seen to be of that kind.
    private static bool IsSeen(FileCharacter character, FileExamination examination) =>
        character.Identification.Best is not { Basis: IdentificationBasis.Extension, Format: var named } || examination.Family switch
        {
            FileFamily.Text or FileFamily.Xml => named.MediaTypes.Any(IsOfText),
            FileFamily.Mp3 or FileFamily.Wave or FileFamily.Flac or FileFamily.Ogg => named.Class == FormatClass.Audio,
            FileFamily.Avi or FileFamily.Mp4 or FileFamily.Mpeg or FileFamily.Mxf or FileFamily.Matroska => named.Class == FormatClass.Video,
            _ => false,
        };

    private static bool IsOfText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || Array.Exists(Letters, l => type.Contains(l, StringComparison.Ordinal));
}
