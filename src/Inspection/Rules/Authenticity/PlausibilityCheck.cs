using System.Globalization;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>元数据项数据值合理性 (1-2): times in their order and in no time to come, pages that can be.</summary>
internal static class PlausibilityCheck
{
    private static readonly DateOnly Earliest = new(1949, 10, 1);
    private static readonly TimeSpan Clocks = TimeSpan.FromMinutes(5); // two clocks that both are right

    /// <summary>The order of times was compared when the package was read; what today says of them is compared here.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfFindings(facts, [.. facts.FindingsOf("plausibility"), .. OfCases(facts), .. OfItems(facts)]);

    private static IEnumerable<Finding> OfCases(InspectionFacts facts) =>
        from read in facts.Package.Case is { } lead ? Asking.Cases(lead) : []
        from block in Blocks(read.Case)
        from field in block.All
        where field.Element is { Type: ElementType.Time }
        let time = CaseTime.Parse(field.Value)
        where time is not null
        from finding in OfTime(facts, (block.File, block.PlaceOf(field.Name)), field.Element!.Chinese, field.Value, time.Value)
        select finding;

    private static IEnumerable<CaseFields> Blocks(CasePackage read) =>
        [read.Configuration, read.Basic, .. read.Steps, .. read.Files.Select(f => f.Fields), .. read.Files.Select(f => f.Licence).OfType<CaseFields>(), .. read.Description is { } said ? [said] : Array.Empty<CaseFields>()];

    private static IEnumerable<Finding> OfTime(InspectionFacts facts, (string File, string At) place, string name, string value, DateTimeOffset time)
    {
        if (time > facts.Now + Clocks)
        {
            yield return Told("INS-110", place, name, CaseTime.Zone(facts.Now), value);
        }
        else if (DateOnly.FromDateTime(time.ToOffset(CaseTime.Offset).DateTime) < Earliest)
        {
            yield return Told("INS-111", place, name, Earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), value);
        }
    }

    private static IEnumerable<Finding> OfItems(InspectionFacts facts)
    {
        var today = DateOnly.FromDateTime(facts.Now.ToOffset(CaseTime.Offset).DateTime);
        foreach (var item in facts.Package.Transfer?.Items ?? [])
        {
            var place = (File: "目录文件.XML", At: item.ReferenceCode);
            if (item.Date > today)
            {
                yield return Told("INS-110", place, "日期", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), item.Date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }

            if (item.Pages == 0)
            {
                yield return Told("INS-112", place, "页数", "1", "0");
            }
        }
    }

    private static Finding Told(string code, (string File, string At) place, string name, string expected, string found) =>
        Finding.Error(code, place.File, ("at", place.At), ("name", name), ("expected", expected), ("found", found));
}
