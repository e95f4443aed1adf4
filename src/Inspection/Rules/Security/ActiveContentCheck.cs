using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>活动内容: files do nothing when they are opened, and need nothing from outside.</summary>
internal static class ActiveContentCheck
{
    /// <summary>What acts is failed; what reaches outside or is embedded is warned of; links that a reader may follow are neither.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask);

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination) =>
        from mark in examination.Active.GroupBy(a => a.Kind)
        where mark.Key != "hyperlink"
        let arguments = new (string, object)[] { ("active", mark.Key), ("at", mark.First().Place), ("count", mark.Count()) }
        select mark.Key is "embedded-file" or "external-reference" or "multimedia"
            ? Finding.Warning("INS-351", file.Path, arguments)
            : Finding.Error("INS-350", file.Path, arguments);
}
