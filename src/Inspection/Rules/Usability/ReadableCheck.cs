using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>内容数据的可读性 (3-2): each file was opened by a reader of its kind and read to its end.</summary>
internal static class ReadableCheck
{
    /// <summary>Broken is failed; what no reader here can read is for a person, and never passed.</summary>
    public static RuleAnswer Check(InspectionFacts facts) =>
        FileAnswers.Of(facts, Ask, facts.Package.Files.Where(f => f.Content is null).Select(f => Finding.Error("INS-322", f.Path)), "INS-321");

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination)
    {
        switch (examination.Readability)
        {
            case Readability.Broken:
                var fault = examination.Findings.FirstOrDefault(f => f.Code == "FMT-040");
                yield return Finding.Error("INS-320", file.Path, ("at", Argument(fault, "part")), ("fault", Argument(fault, "fault")));
                break;
            case Readability.NotCheckable or Readability.NotExamined when file.Length > 0:
                yield return Finding.Warning("INS-321", file.Path, ("unchecked", Argument(examination.Findings.FirstOrDefault(f => f.Code == "FMT-041"), "why")));
                break;
        }
    }

    private static string Argument(Finding? finding, string name) => finding?.Arguments.FirstOrDefault(a => a.Key == name).Value ?? "";
}
