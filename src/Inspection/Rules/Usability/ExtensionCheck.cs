using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>扩展名与真实格式: the extension of a name is one of the format that the content shows.</summary>
internal static class ExtensionCheck
{
    /// <summary>Files whose format only their name tells cannot disagree with it; <c>format</c> asks about them.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask);

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        if (file.Character!.Identification is { IsMismatch: true, Best.Format: var format })
        {
            yield return Finding.Error(
                "INS-345", file.Path, ("format", format.NameWithVersion), ("expected", string.Join(", ", format.Extensions)), ("found", FileAnswers.ExtensionOf(file.Path)));
        }
    }
}
