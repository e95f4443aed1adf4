using System.Globalization;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>连续性元数据项: numbers in a case begin where they should and have no gap.</summary>
/// <remarks>
/// Pure. Group 2-2. The number of a material in its case (件内顺序号) is that of its file code, such as 2 in A2. Codes of process materials bear
/// the number of the step that made them, so they are no sequence. 顺序号 of a transfer package is judged by its reading.
/// Parameter <c>continuity.start</c>: the first number, 1.
/// </remarks>
internal static class ContinuityCheck
{
    private const int MostTold = 20;

    /// <summary>Judges the file codes of each folder.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfFindings(facts,
    [
        .. facts.FindingsOf("continuity"),
        .. facts.Package.Case is { } lead
            ? Asking.Cases(lead).SelectMany(c => c.Case.Folders).Where(f => f.Kind != MaterialKind.Process).SelectMany(f => Gaps(facts, f))
            : [],
    ]);

    private static IEnumerable<Finding> Gaps(InspectionFacts facts, CaseFolder folder)
    {
        foreach (var series in folder.Files.Select(f => f.Fields).Where(f => NumberOf(f) is not null).GroupBy(f => f["file_code"]![0]))
        {
            var numbers = series.Select(f => NumberOf(f)!.Value).Distinct().Order().ToList();
            var first = facts.Number("continuity.start");
            var where = (File: Asking.FileOf(facts, series.First()), At: series.First().PlaceOf("file_code"));
            if (numbers[0] != first)
            {
                yield return Finding.Error("INS-215", where.File, ("at", where.At), ("expected", Say(series.Key, first)), ("found", Say(series.Key, numbers[0])));
            }

            foreach (var (before, after) in numbers.Zip(numbers.Skip(1)).Where(p => p.Second != p.First + 1).Take(MostTold))
            {
                yield return Finding.Error("INS-216", where.File, ("at", where.At), ("expected", Say(series.Key, before + 1)), ("found", Say(series.Key, after)));
            }
        }
    }

    private static long? NumberOf(CaseFields file) =>
        file["file_code"] is [>= 'A' and <= 'Z', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Say(char letter, long number) => string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
}
