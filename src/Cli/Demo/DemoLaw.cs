using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo;

/// <summary>The part of the demonstration that shows the law of records: an invented agency, its schedule, and cases that it completed lately.</summary>
internal static class DemoLaw
{
    private const string Agency = "11990100009900611P"; // region 990100 does not exist, so nobody has this code
    private const string Item = "0109900100";
    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Numbered = "YZ-0001";

    private const string Schedule = """
        事项编码,事项名称,事项类别,材料性质,材料来源,材料名称,是否归档,保管期限,行政追溯年限,诉讼追溯年限,审计追溯年限,追溯年限依据,依据
        0109900100,食品经营许可,/行政许可,证据性,形成,申请书,归档,D30,2,20,3,示例,8号令
        0109900100,食品经营许可,/行政许可,证据性,调用,营业执照,归档,D30,2,20,3,示例,8号令
        0109900100,食品经营许可,/行政许可,程序性,形成,受理通知书,归档,D30,2,20,3,示例,8号令
        0109900100,食品经营许可,/行政许可,结果性,形成,食品经营许可证,归档,D30,2,20,3,示例,8号令

        """;

    /// <summary>Writes the schedule and the list of completed cases.</summary>
    public static void Write(string folder, DateTimeOffset now)
    {
        var lines = new StringBuilder("业务流水号,机构,事项编码,办结时间\n");
        for (var i = 1; i <= 3; i++)
        {
            _ = lines.Append(CultureInfo.InvariantCulture, $"YZ-000{i},{Agency},{Item},{Completed(now):yyyy-MM-dd'T'HH:mm:sszzz}\n");
        }

        File.WriteAllText(Path.Combine(folder, "retention.csv"), Schedule);
        File.WriteAllText(Path.Combine(folder, "completed.csv"), lines.ToString());
    }

    /// <summary>The steps. <c>{d}</c> is the demonstration's folder; packages are those that an earlier step has written.</summary>
    public static IEnumerable<(string Text, string[] Arguments)> Steps(string folder, DateTimeOffset now)
    {
        var year = Completed(now).Year;
        var code = string.Create(CultureInfo.InvariantCulture, $"0061-ZY·ZW·{year}-D30-A-000001");
        yield return ("demo.packages", ["sip", "generate", "--count", "3", "--profile", "gbt42727", "--out", "{d}/packages"]);
        yield return ("demo.validate", ["sip", "validate", .. Directory.GetFiles(Path.Combine(folder, "packages")).Order(StringComparer.Ordinal).Select(p => "{d}/packages/" + Path.GetFileName(p)), "--profile", "gbt42727"]);
        yield return ("demo.region", ["region", "add", "990100", "--name", "云州市"]);
        yield return ("demo.agency", ["agency", "add", Agency, "--region", "990100", "--name", "云州市行政审批局"]);
        yield return ("demo.fonds", ["fonds", "add", "0061", "--creator", Agency, "--name", "云州市行政审批局全宗"]);
        yield return ("demo.source", ["source", "add", "yz-cases", "--agency", Agency]);
        yield return ("demo.schedule", ["schedule", "import", "{d}/retention.csv", "--agency", Agency, "--number", "2024-1"]);
        yield return ("demo.submit", ["schedule", "submit", "2024-1", "--agency", Agency]);
        yield return ("demo.approve", ["schedule", "approve", "2024-1", "--agency", Agency, "--approval", "档审〔2024〕1号", "--from", "2024-01-01", "--as", "os:reviewer"]);
        yield return ("demo.notify", ["case", "notify", "{d}/completed.csv", "--source", "yz-cases"]);
        yield return ("demo.rule", ["code", "rule", "add", "--ready", "case-item"]);
        yield return ("demo.code", ["code", "next", "case-item", "--field", "fonds=0061", string.Create(CultureInfo.InvariantCulture, $"year={year}"), "retention=D30", "unit=A"]);
        yield return ("demo.collect", ["case", "move", "yz-cases/" + Numbered, "collecting", "--reason", "收集"]);
        yield return ("demo.inspect", ["case", "move", "yz-cases/" + Numbered, "checking", "--reason", "收到信息包", "--digest", Digest]);
        yield return ("demo.pass", ["case", "move", "yz-cases/" + Numbered, "passed", "--reason", "检测合格"]);
        yield return ("demo.archive", ["case", "register", "yz-cases/" + Numbered, "--retention", "D30", "--code", code, "--reason", "归档"]);
        yield return ("demo.deadline", ["deadline", "report"]);
    }

    private static DateTimeOffset Completed(DateTimeOffset now) => now.ToOffset(TimeSpan.FromHours(8)).AddDays(-30);
}
