using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>过程信息完整性: the steps that the item demands were taken, each by somebody, somewhere, from when to when, with what result.</summary>
/// <remarks>Pure. Group 2-2. Packages of transfer carry no steps in the profile that is read here.</remarks>
internal static class ProcessCheck
{
    // 收件, 受理, 审核, 办结: what every case has at least. That one of them is missing is told by the reading.
    private static readonly string[] Always = ["1", "2", "3", "4"];

    private static readonly string[] Demanded = ["step_person", "step_department", "step_result"];
    private static readonly string[] Times = ["step_start", "step_end"];

    /// <summary>Judges the steps of the case and of the cases inside it.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => facts.Package.Transfer is not null
        ? RuleAnswer.NotApplicable("no-steps-here")
        : Asking.OfCase(facts, read =>
        {
            var cases = Asking.Cases(read).Select(c => c.Case).ToList();
            return Asking.AlsoAsksRegisters(facts, RuleAnswer.Of(
                [
                    .. facts.FindingsOf("process"),
                    .. cases.Where(c => c.Steps.Count == 0).Select(c => Finding.Error("INS-214", Asking.FileOf(facts, c.Basic), ("expected", Say(Always)))),
                    .. MissingOfItem(facts, read),
                    .. cases.SelectMany(c => c.Steps).SelectMany(s => Lacking(facts, s)),
                ],
                cases.Sum(c => c.Steps.Count)));
        });

    /// <summary>Steps that the catalogue demands of the item beyond those of every case.</summary>
    private static IEnumerable<Finding> MissingOfItem(InspectionFacts facts, CasePackage read) =>
        from code in facts.Terms?.Item?.Steps ?? []
        where !Always.Contains(code) && read.Steps.All(s => s.Code("step_code") != code)
        select Finding.Error("INS-212", Asking.FileOf(facts, read.Basic), ("expected", Say([code])), ("item", facts.Terms!.Item!.Code));

    private static IEnumerable<Finding> Lacking(InspectionFacts facts, CaseFields step) =>
        from name in Demanded.Where(n => string.IsNullOrWhiteSpace(step[n])).Concat(Times.Where(n => step.Time(n) is null))
        select Finding.Error(
            "INS-213", Asking.FileOf(facts, step), ("at", step.PlaceOf(name)), ("expected", ElementOf(name)), ("found", step[name] ?? ""),
            ("step", step.Code("step_code") is { Length: > 0 } code ? Say([code]) : step["step_name"] ?? ""));

    private static string ElementOf(string name) => CaseElements.Of("step").First(e => e.English == name).Chinese;

    private static string Say(IEnumerable<string> codes) =>
        string.Join(", ", codes.Select(c => ValueLists.Of("process-step").Find(c)?.Chinese is { } name ? $"{c} {name}" : c));
}
