using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo.Day;

/// <summary>A step of the demonstration's day: what it shows, its command line, and how it ends when all is well.</summary>
/// <param name="Text">Key of what it shows.</param>
/// <param name="Arguments">The command line; <c>{d}</c> is the demonstration's folder.</param>
/// <param name="Exit">The exit code that belongs to it: a day with returns ends with findings.</param>
internal sealed record DayStep(string Text, string[] Arguments, int Exit = 0);

/// <summary>What an archive decides before its first case comes: agencies, fonds, items, schedules, rules.</summary>
internal static class DayRegisters
{
    private const string Schedule = """
        事项编码,事项名称,事项类别,材料性质,材料来源,材料名称,是否归档,保管期限,行政追溯年限,诉讼追溯年限,审计追溯年限,追溯年限依据,依据
        {0},{1},/{2},证据性,形成,申请书,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},证据性,调用,营业执照,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},程序性,形成,受理通知书,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},程序性,形成,现场核查记录,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},程序性,形成,情况说明,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},程序性,形成,会商纪要,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},程序性,形成,补充说明,归档,D30,2,20,3,示例,8号令
        {0},{1},/{2},结果性,形成,{1}证,归档,D30,2,20,3,示例,8号令

        """;

    private static readonly CompositeFormat ScheduleForm = CompositeFormat.Parse(Schedule);

    /// <summary>Writes the files that the steps read.</summary>
    /// <param name="folder">The demonstration's folder.</param>
    /// <param name="packages">The packages of the day.</param>
    public static void Write(string folder, IReadOnlyDictionary<string, DayPackage> packages)
    {
        var completed = packages.Values.Where(p => p.Number.StartsWith("SP", StringComparison.Ordinal)).DistinctBy(p => p.Number)
            .Select(p => $"{p.Number},{DayAgency.Approval.Code},{DayAgency.Approval.Item},{p.Completed}");
        File.WriteAllLines(Path.Combine(folder, "completed-0061.csv"), completed.Prepend("业务流水号,机构,事项编码,办结时间"));
        foreach (var agency in new[] { DayAgency.Approval, DayAgency.Market })
        {
            File.WriteAllText(
                Path.Combine(folder, $"schedule-{agency.Fonds}.csv"), string.Format(CultureInfo.InvariantCulture, ScheduleForm, agency.Item, agency.ItemName, agency.ItemType));
        }
    }

    /// <summary>The steps.</summary>
    public static IEnumerable<DayStep> Steps()
    {
        yield return new("demo.day.init", ["init", "{d}/archive", "--records", "cn", "--digests", "sm3"]);
        yield return new("demo.day.region", ["region", "add", "990100", "--name", "云州市"]);
        yield return new("demo.day.hall", ["agency", "add", DayAgency.HallCode, "--type", "hall", "--region", "990100", "--name", DayAgency.Hall]);
        foreach (var agency in new[] { DayAgency.Approval, DayAgency.Market })
        {
            yield return new(agency == DayAgency.Approval ? "demo.day.agency" : "demo.day.other", ["agency", "add", agency.Code, "--region", "990100", "--name", agency.Name]);
            yield return new("demo.fonds", ["fonds", "add", agency.Fonds, "--creator", agency.Code, "--name", agency.Name + "全宗"]);
            yield return new("demo.source", ["source", "add", agency.Source, "--agency", agency.Code]);
            yield return new("demo.day.item", ["item", "add", agency.Item, "--name", agency.ItemName, "--type", agency.ItemType, "--agency", agency.Code, "--steps", "1", "2", "3", "4"]);
            yield return new("demo.schedule", ["schedule", "import", $"{{d}}/schedule-{agency.Fonds}.csv", "--agency", agency.Code, "--number", "2024-1"]);
            yield return new("demo.submit", ["schedule", "submit", "2024-1", "--agency", agency.Code]);
            yield return new("demo.approve", ["schedule", "approve", "2024-1", "--agency", agency.Code, "--approval", "档审〔2024〕1号", "--from", "2024-01-01", "--as", "os:reviewer"]);
        }

        yield return new("demo.rule", ["code", "rule", "add", "--ready", "case-item"]);
    }
}
