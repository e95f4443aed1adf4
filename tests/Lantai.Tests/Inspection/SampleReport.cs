using System.Reflection;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>A report with one of everything: passed, failed with several facts, warning, left to a person, could not run, not applicable.</summary>
internal static class SampleReport
{
    public const string Package = "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

    public static readonly DateTimeOffset Started = new(2026, 11, 27, 9, 15, 0, TimeSpan.FromHours(8));

    public static Phrases Texts { get; } = new([.. new[]
    {
        "Lantai.Characterization", "Lantai.Containers", "Lantai.Evidence", "Lantai.Forms", "Lantai.StoreFormat", "Lantai.InformationPackages", "Lantai.ArchivalStorage",
        "Lantai.DataManagement", "Lantai.RecordsManagement", "Lantai.Inspection",
    }.Select(Assembly.Load)]);

    /// <summary>The report.</summary>
    /// <param name="failing">Whether something blocking failed.</param>
    /// <param name="without">The decision to leave rules out; null for none.</param>
    public static InspectionReport Make(bool failing = true, SchemeDecision? without = null)
    {
        var scheme = SchemeCatalogue.Of(RunPoint.AgencyArchiving);
        scheme = without is null ? scheme : SchemeCatalogue.WithoutAntivirus(scheme) with { Decision = without };
        return new InspectionReport
        {
            Id = Guid.Parse("0f0e0d0c-0b0a-4908-8706-050403020100"),
            Point = RunPoint.AgencyArchiving,
            Scheme = scheme,
            Subject = new InspectionSubject("350100-0059-0100190012-2023-D30-000021.zip", "gbt42727", Package, 8, 1_843_200, "榕政通", "2023-350100-000021", "350100-0059-0100190012-2023-D30-000021", "福州榕树餐饮有限公司<食品经营许可>"),
            Started = Started,
            Finished = Started.AddMilliseconds(412),
            Operator = "os:李档案",
            Results = [.. scheme.Rules.Select(r => Answer(r, failing))],
        };
    }

    private static RuleResult Answer(SchemeRule selected, bool failing)
    {
        var rule = RuleCatalogue.Find(selected.Rule)!;
        var answer = rule.Check switch
        {
            "fixity" when failing => RuleAnswer.Of(
                [
                    Finding.Error("PKG-110", "结果材料/食品经营许可证.ofd", ("expected", "sm3:9f1c…"), ("found", "sm3:0b77…")),
                    Finding.Error("PKG-110", "过程材料/审核意见\u200B.pdf", ("expected", "8"), ("found", "7\n2"), ("note", "第 2 页")),
                ],
                8) with { Evidence = [KeyValuePair.Create("algorithm", "SM3")] },
            "malware" => RuleAnswer.Passed(8) with { Tool = "ClamAV 1.4.3/27500" },
            "active-content" => RuleAnswer.Of([Finding.Warning("PKG-111", "申请材料/营业执照.pdf", ("expected", "–"), ("found", "JavaScript"))], 8),
            "extra-files" or "read-speed" => RuleAnswer.NotApplicable("online"),
            "medium-appearance" => RuleAnswer.Manual(Finding.Information("PKG-112", "载体 0001")),
            _ => RuleAnswer.Passed(8),
        };
        var manual = rule.Check == "medium-appearance" && !failing ? new ManualDecision("os:王复核", RuleVerdict.Passed, "外观完好，无划痕", Started.AddMinutes(30)) : null;
        return new RuleResult(rule, selected.Weight, manual?.Verdict ?? answer.Verdict, answer, manual);
    }
}
