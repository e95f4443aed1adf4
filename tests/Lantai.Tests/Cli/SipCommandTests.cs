using System.Text.Json.Nodes;
using Lantai.Tests.House;
using Lantai.Tests.InformationPackages;

namespace Lantai.Tests.Cli;

public sealed class SipCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Many_packages_are_judged_at_once_and_each_has_its_answer()
    {
        var (code, output, _) = TestWorld.Run(["sip", "validate", Sample("good/plain"), Sample("bad/secret-word"), Sample("good/joint-nested"), "--profile", "gbt42727", "--json"]);

        var answer = JsonNode.Parse(output)!;
        Assert.Equal(1, code);
        Assert.Equal([true, false, true], answer["packages"]!.AsArray().Select(p => (bool)p!["acceptable"]!));
        Assert.Equal([1, 0, 3], answer["packages"]!.AsArray().Select(p => (int)p!["items"]!));
        Assert.Equal("SEC-001", (string?)answer["packages"]![1]!["findings"]![0]!["code"]);
        Assert.Equal("low", (string?)answer["confidence"]);
    }

    [Theory]
    [InlineData("zh", "值域")]
    [InlineData("en", "the list")]
    public void Findings_are_said_in_the_language_of_the_user_with_place_clause_and_cure(string language, string word)
    {
        var (code, output, _) = TestWorld.Run(["sip", "validate", Sample("bad/classification-outside-list"), "--profile", "gbt42727", "--lang", language]);

        Assert.Equal(1, code);
        Assert.Contains("/record/description[1]/security_classification", output, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "第1-2组" : "group 1-2", output, StringComparison.Ordinal);
        Assert.Contains(word, output, StringComparison.Ordinal);
        Assert.DoesNotContain("{", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--lang", "zh")]
    public void Of_a_state_secret_nothing_is_told_but_rule_and_place(params string[] form)
    {
        foreach (var file in Directory.GetFiles(Sample("bad/secret-word"), "*", SearchOption.AllDirectories))
        {
            _ = _scratch.Write(Path.Combine("夜莺", Path.GetRelativePath(Sample("bad/secret-word"), file)), File.ReadAllBytes(file));
        }

        var (code, output, error) = TestWorld.Run(["sip", "validate", Path.Combine(_scratch.Path, "夜莺"), "--profile", "gbt42727", .. form]);

        Assert.Equal(1, code);
        Assert.Contains("SEC-001", output, StringComparison.Ordinal);
        Assert.DoesNotContain("夜莺", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("YZ2023", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_packages_alone_end_with_0()
    {
        var (code, output, error) = TestWorld.Run(["sip", "validate", Sample("good/plain"), "--profile", "gbt42727"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("no statement of conformance", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_for_a_person_has_not_passed()
    {
        var package = Ingest.Door.DoorPlace.Write(
            Ingest.Door.DoorPlace.Case(1).Add(Lantai.InformationPackages.MaterialKind.Process, "说明.txt", "随附涉密资料"u8.ToArray()), _scratch.Path, "一.zip");

        var (code, output, _) = TestWorld.Run(["sip", "validate", package, "--profile", "gbt42727", "--json"]);

        Assert.Equal(1, code);
        Assert.Equal("waiting", (string?)JsonNode.Parse(output)!["packages"]![0]!["inspection"]!["outcome"]);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    public void A_profile_that_is_none_is_wrong_use(string profile) =>
        Assert.Equal(2, TestWorld.Run(["sip", "validate", Sample("good/plain"), "--profile", profile]).Code);

    [Fact]
    public void A_package_that_is_not_there_was_not_judged()
    {
        var (code, output, _) = TestWorld.Run(["sip", "validate", Sample("good/plain"), Path.Combine(_scratch.Path, "none.zip"), "--profile", "gbt42727"]);

        Assert.Equal(2, code);
        Assert.Contains("SIP-007", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gbt42727", "--folders")]
    [InlineData("dat85", null)]
    public void Generated_packages_are_the_same_for_a_seed_and_are_acceptable(string profile, string? form)
    {
        string[] Arguments(string folder) => ["sip", "generate", "--count", "5", "--seed", "9", "--profile", profile, "--out", Path.Combine(_scratch.Path, folder), .. form is null ? [] : new[] { form }];
        Assert.Equal(0, TestWorld.Run(Arguments("a")).Code);
        Assert.Equal(0, TestWorld.Run(Arguments("b")).Code);

        var packages = Directory.GetFileSystemEntries(Path.Combine(_scratch.Path, "a"));

        Assert.Equal(5, packages.Length);
        Assert.Equal(Digests("a"), Digests("b"));
        Assert.Equal(0, TestWorld.Run(["sip", "validate", .. packages, "--profile", profile]).Code);
        Assert.Equal(2, TestWorld.Run(Arguments("a")).Code); // nothing is overwritten
    }

    [Fact]
    public void A_folder_and_a_table_become_packages_and_what_cannot_be_made_right_is_refused()
    {
        const string Columns = "行政区划代码,全宗号,立档单位名称,统一社会信用代码,保管期限,密级,信息系统描述,门类编码,业务流水号,事项编码,事项名称,事项类型,办件名称,办件类型,行政相对人名称,行政相对人类型,相对人证件类型,相对人证件号码,是否项目类,受理单位,受理时间,办结时间,办理结果,流水号,共享类型";
        const string Row = "990100,0061,云州市行政审批局,11990100009900611P,D30,公开,系统,ZY,NUMBER,0109900100,食品经营许可证核发,行政许可,申请,承诺件,小吃店,其他组织,001,92990100MA9900B28J,否,审批局,2023-05-11 10:00:00,2023-05-13 10:00:00,准予,NUMBER,无条件共享";
        var steps = string.Concat(new[] { "收件", "受理", "审核", "办结" }.Select(s => $",{s}.办理人,{s}.办理部门,{s}.开始时间,{s}.结束时间,{s}.结果"));
        var done = string.Concat(Enumerable.Range(0, 4).Select(i => $",赵,科,2023-05-1{i} 09:00:00,2023-05-1{i} 10:00:00,通过"));
        _ = _scratch.Write("办件.csv", $"{Columns}{steps}\n{Row.Replace("NUMBER", "1", StringComparison.Ordinal)}{done}\n{Row.Replace("NUMBER", "2", StringComparison.Ordinal).Replace("公开", "机密", StringComparison.Ordinal)}{done}\n");
        foreach (var path in new[] { "1/申请材料/a.txt", "1/过程材料/b.txt", "1/结果材料/c.txt", "2/申请材料/a.txt", "2/过程材料/b.txt", "2/结果材料/c.txt" })
        {
            _ = _scratch.Write("材料/" + path, path);
        }

        var (code, output, _) = TestWorld.Run(["sip", "new", Path.Combine(_scratch.Path, "材料"), "--csv", Path.Combine(_scratch.Path, "办件.csv"), "--profile", "gbt42727", "--out", Path.Combine(_scratch.Path, "out"), "--zip", "--lang", "zh"]);

        Assert.Equal(1, code);
        Assert.Contains("办件.csv 的 3: 密级", output, StringComparison.Ordinal);
        var package = Assert.Single(Directory.GetFiles(Path.Combine(_scratch.Path, "out")));
        Assert.EndsWith("990100-0061-0109900100-2023-D30-000001.zip", package, StringComparison.Ordinal);
        Assert.Equal(0, TestWorld.Run(["sip", "validate", package, "--profile", "gbt42727"]).Code);
        Assert.Equal(2, TestWorld.Run(["sip", "new", Path.Combine(_scratch.Path, "材料"), "--csv", Path.Combine(_scratch.Path, "办件.csv"), "--profile", "gbt42727", "--out", Path.Combine(_scratch.Path, "one.zip")]).Code);
    }

    [Fact]
    public void Two_lines_that_come_to_one_code_are_told_and_the_others_are_made()
    {
        const string Columns = "行政区划代码,全宗号,立档单位名称,统一社会信用代码,保管期限,密级,信息系统描述,门类编码,业务流水号,事项编码,事项名称,事项类型,办件名称,办件类型,行政相对人名称,行政相对人类型,相对人证件类型,相对人证件号码,是否项目类,受理单位,受理时间,办结时间,办理结果,流水号,共享类型";
        const string Row = "990100,0061,云州市行政审批局,11990100009900611P,D30,公开,系统,ZY,NUMBER,0109900100,食品经营许可证核发,行政许可,申请,承诺件,小吃店,其他组织,001,92990100MA9900B28J,否,审批局,2023-05-11 10:00:00,2023-05-13 10:00:00,准予,SERIAL,无条件共享";
        var steps = string.Concat(new[] { "收件", "受理", "审核", "办结" }.Select(s => $",{s}.办理人,{s}.办理部门,{s}.开始时间,{s}.结束时间,{s}.结果"));
        var done = string.Concat(Enumerable.Range(0, 4).Select(i => $",赵,科,2023-05-1{i} 09:00:00,2023-05-1{i} 10:00:00,通过"));
        (string Number, string Serial)[] cases = [("1", "7"), ("2", "07"), ("3", "8")];
        _ = _scratch.Write("办件.csv", $"{Columns}{steps}\n{string.Concat(cases.Select(c => $"{Row.Replace("NUMBER", c.Number, StringComparison.Ordinal).Replace("SERIAL", c.Serial, StringComparison.Ordinal)}{done}\n"))}");
        foreach (var path in cases.SelectMany(c => new[] { $"{c.Number}/申请材料/a.txt", $"{c.Number}/过程材料/b.txt", $"{c.Number}/结果材料/c.txt" }))
        {
            _ = _scratch.Write("材料/" + path, path);
        }

        var (code, output, _) = TestWorld.Run(["sip", "new", Path.Combine(_scratch.Path, "材料"), "--csv", Path.Combine(_scratch.Path, "办件.csv"), "--profile", "dat85", "--out", Path.Combine(_scratch.Path, "out"), "--zip"]);

        Assert.Equal(1, code);
        Assert.Contains("PKG-063", output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_scratch.Path, "out")).Length);
    }

    [Fact]
    public void More_cases_than_the_rule_has_numbers_are_wrong_use_before_one_is_made()
    {
        var (code, _, _) = TestWorld.Run(["sip", "generate", "--count", "10", "--profile", "dat85", "--out", Path.Combine(_scratch.Path, "a"), "--code-rule", "{region}-{serial:1}"]);

        Assert.Equal(2, code);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Path, "a")));
    }

    [Fact]
    public void A_package_that_is_there_already_leaves_no_half_one_beside_it()
    {
        string[] arguments = ["sip", "generate", "--count", "1", "--profile", "dat85", "--out", Path.Combine(_scratch.Path, "a")];
        Assert.Equal((0, 2), (TestWorld.Run(arguments).Code, TestWorld.Run(arguments).Code));

        Assert.Single(Directory.GetFiles(Path.Combine(_scratch.Path, "a")));
    }

    private static string Sample(string path) => Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727", path);

    private List<(string, string)> Digests(string folder)
    {
        var root = Path.Combine(_scratch.Path, folder);
        return [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (Path.GetRelativePath(root, f), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))))];
    }
}
