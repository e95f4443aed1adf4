using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class EepPackageTests
{
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["namespace-wrong"] = "PKG-118", ["root-unknown"] = "PKG-110", ["version-unknown"] = "PKG-171", ["attribute-missing"] = "PKG-117", ["mandatory-missing"] = "PKG-111",
        ["mandatory-empty"] = "PKG-112", ["element-out-of-order"] = "PKG-115", ["unknown-element"] = "PKG-113", ["element-repeated"] = "PKG-114", ["base64-broken"] = "PKG-172",
        ["size-differs"] = "PKG-173", ["not-a-number"] = "PKG-119", ["id-repeated"] = "PKG-174", ["idref-dangling"] = "PKG-175", ["entity-dangling"] = "PKG-176", ["code-outside-list"] = "PKG-122",
        ["type-differs-from-content"] = "PKG-177", ["state-secret"] = "PKG-123", ["date-not-a-day"] = "PKG-120", ["time-broken"] = "PKG-121", ["decoding-keyword-unknown"] = "PKG-178",
        ["digest-differs"] = "PKG-181", ["external-file-missing"] = "PKG-179", ["external-name-unsafe"] = "PKG-180", ["signature-algorithm-unsupported"] = "PKG-182", ["dtd-refused"] = "PKG-101",
        ["encoding-lies"] = "PKG-103", ["encoding-not-allowed"] = "PKG-105", ["not-well-formed"] = "PKG-102",
    };

    /// <summary>What follows from the one fault of a sample, besides the fault itself. PKG-170 says of a signature that it is not judged here.</summary>
    private static readonly Dictionary<string, string[]> Follows = new()
    {
        ["external-name-escapes"] = ["PKG-183"],
    };

    public static TheoryData<string> Good => [.. PackageSample.Of("eep").Where(s => s.IsGood).Select(s => s.Name)];

    public static TheoryData<string> Bad => [.. PackageSample.Of("eep").Where(s => !s.IsGood).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_sample_has_no_finding_and_is_written_as_it_was_read(string name)
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == name && s.IsGood).Open();

        var (package, verdict) = EepPackage.Read(tree, CancellationToken.None);
        var written = Write(package!);

        Assert.All(verdict.Findings, f => Assert.Equal("PKG-170", f.Code));
        Assert.True(verdict.IsAcceptable);
        Assert.Equal(package!.Signatures.Count, verdict.Findings.Count);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(Content(package.File)), System.Text.Encoding.UTF8.GetString(written));
        var (again, _) = EepPackage.Read(PackageTree.Of(tree.Name, [PackageFile.OfBytes(package.File.Path, written), .. tree.Files.Where(f => f.Path != package.File.Path)]), CancellationToken.None);
        Assert.Equal(package.Contents.Select(c => (c.FileName, c.Length)), again!.Contents.Select(c => (c.FileName, c.Length)));
        Assert.Equal(written, Write(again));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_sample_gives_its_fault_and_what_follows_from_it(string name)
    {
        var sample = PackageSample.Of("eep").Single(s => s.Name == name && !s.IsGood);
        using var tree = sample.Open();

        var verdict = PackageProfiles.Find("eep")!.Judge(tree, CancellationToken.None);

        var told = string.Join('\n', verdict.Findings.Select(f => f.ToString()).Prepend(sample.ToString()));
        var code = Codes[sample.Fault];
        var file = tree.Files.Count == 1 ? tree.Files[0].Path : "封装包.xml";
        var place = sample.Fault.StartsWith("encoding", StringComparison.Ordinal) ? sample with { Place = file } : sample;
        Assert.True(verdict.Findings.Any(f => f.Code == code && f.Severity == Severity.Error && place.IsAbout(f, file)), told);
        Assert.True(verdict.Findings.Count(f => f.Code == code) == 1, told);
        Assert.True(verdict.Findings.All(f => f.Code == code || f.Code == "PKG-170" || Follows.GetValueOrDefault(name, []).Contains(f.Code)), told);
    }

    [Fact]
    public void Every_sample_was_asked() => Assert.Equal((7, 49), (Good.Count, Bad.Count));

    [Fact]
    public void Every_fault_of_the_list_is_asked_by_a_sample() => Assert.Equal(Codes.Keys.Order(), PackageSample.Of("eep").Where(s => !s.IsGood).Select(s => s.Fault).Distinct().Order());

    [Fact]
    public void A_file_beside_that_nobody_names_is_told() =>
        Assert.Equal(["PKG-183"], Judge("original-minimal", PackageFile.OfBytes("多.txt", default)).Select(f => f.Code));

    [Fact]
    public void A_file_beside_is_not_named_by_one_that_is_embedded() =>
        Assert.Equal(["PKG-183"], Judge("original-minimal", PackageFile.OfBytes("决定书.txt", "另"u8.ToArray())).Select(f => f.Code));

    [Fact]
    public void Content_that_stands_where_another_is_referred_to_is_told()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "original-whole" && s.IsGood).Open();
        var text = System.Text.Encoding.UTF8.GetString(Content(tree.Files[0]));
        var changed = System.Text.RegularExpressions.Regex.Replace(text, "(<编码数据 [^>]*引用编码数据ID=[^>]*?)/>", "$1>QUJD</编码数据>");

        Assert.NotEqual(text, changed);
        Assert.Equal(["PKG-185"], CodesOf(changed).Where(c => c != "PKG-170"));
    }

    [Fact]
    public void A_folder_of_two_candidates_is_told()
    {
        Assert.Equal(["PKG-184"], Judge("original-minimal", PackageFile.OfBytes("b.xml", default)).Select(f => f.Code));
        Assert.Equal(["PKG-184"], PackageProfiles.Find("eep")!.Judge(PackageTree.Of("p", []), CancellationToken.None).Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData("signed", "eep版本=\"2009\"", "eep版本=\"2019\"", "PKG-171")]
    [InlineData("signed", "<封装包类型>原始型</封装包类型>", "<封装包类型>原始型</封装包类型><封装包类型>原始型</封装包类型>", "PKG-114")]
    [InlineData("modified", "<修改标识符>修改1<", "<修改标识符>修改0-文档1<", "PKG-174")]
    [InlineData("modified", "<封装包类型>原始型<", "<封装包类型>修改型<", "PKG-177")]
    [InlineData("several-documents", "57uf5LiA", "57uf 5L\niA", "")]
    [InlineData("original-minimal", "5YeG", "5Y=G", "PKG-172")]
    [InlineData("several-documents", "57uf5LiA", "57uf<![CDATA[5LiA]]>", "")]
    [InlineData("several-documents", "<反编码关键字>base64-txt", "<反编码关键字>base64-", "PKG-178")]
    [InlineData("original-whole", "<业务标识符>业务1</业务标识符>\n          <被", "<业务标识符>业务9</业务标识符>\n          <被", "PKG-176")]
    [InlineData("original-whole", "<扫描分辨率>300dpi</扫描分辨率>", "", "PKG-111")]
    public void Each_part_is_held_against_the_others(string name, string old, string replaced, string codes)
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == name && s.IsGood).Open();
        var text = System.Text.Encoding.UTF8.GetString(Content(tree.Files[0]));

        var changed = text.Replace(old, replaced, StringComparison.Ordinal);

        Assert.NotEqual(text, changed);
        Assert.Equal(codes, string.Join(',', CodesOf(changed).Where(c => c != "PKG-170")));
    }

    [Fact]
    public void Neither_content_nor_both_is_told()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "original-minimal" && s.IsGood).Open();
        var text = System.Text.Encoding.UTF8.GetString(Content(tree.Files[0]));
        var start = text.IndexOf("    <封装内容>", StringComparison.Ordinal);
        var end = text.IndexOf("  </被签名对象>", StringComparison.Ordinal);

        Assert.Equal(["PKG-111"], CodesOf(text[..start] + text[end..]));
        Assert.Contains("PKG-113", CodesOf(text[..end] + "<修改封装内容/>" + text[end..]));
    }

    [Fact]
    public void Many_signatures_and_many_names_of_one_file_cost_no_square()
    {
        const string Space = "<电子文件封装包 xmlns=\"http://www.saac.gov.cn/standards/ERM/encapsulation\"><封装包格式描述>a</封装包格式描述><版本>2009</版本><被签名对象 eep版本=\"2009\"/>";
        var signatures = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<电子签名><签名标识符>S{i}</签名标识符></电子签名>"));
        var locks = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<锁定签名><被锁定签名标识符>S{i}</被锁定签名标识符></锁定签名>"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var codes = CodesOf($"{Space}<电子签名块>{signatures}</电子签名块>{locks}</电子文件封装包>");

        Assert.Contains("PKG-001", codes);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Many_references_that_meet_nobody_cost_no_square()
    {
        const string Space = "<电子文件封装包 xmlns=\"http://www.saac.gov.cn/standards/ERM/encapsulation\"><封装包格式描述>a</封装包格式描述><版本>2009</版本><被签名对象 eep版本=\"2009\"><封装内容>";
        var agents = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<机构人员实体><机构人员标识符>A{i}</机构人员标识符></机构人员实体>"));
        var references = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<机构人员标识符>B{i}</机构人员标识符>"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var codes = CodesOf($"{Space}<业务实体块><业务实体>{references}</业务实体></业务实体块><机构人员实体块>{agents}</机构人员实体块></封装内容></被签名对象></电子文件封装包>");

        Assert.Contains("PKG-176", codes);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_name_as_long_as_a_book_is_not_repeated_for_each_fault()
    {
        var name = new string('长', 300_000);
        var xml = $"<电子文件封装包 xmlns=\"http://www.saac.gov.cn/standards/ERM/encapsulation\"><{name}>{string.Concat(Enumerable.Repeat("<版本>1</版本>", 50_000))}</{name}></电子文件封装包>";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var findings = PackageProfiles.Find("eep")!.Judge(PackageTree.Of("p", [PackageFile.OfBytes("a.xml", System.Text.Encoding.UTF8.GetBytes(xml))]), CancellationToken.None).Findings;

        Assert.All(findings, f => Assert.InRange(f.ToString().Length, 1, 2000));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void An_instruction_inside_content_cuts_nothing_off()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "several-documents").Open();
        var text = System.Text.Encoding.UTF8.GetString(Content(tree.Files[0])).Replace("57uf5LiA", "57uf<?a b?>5LiA", StringComparison.Ordinal);
        var package = EepPackage.Read(PackageTree.Of("p", [PackageFile.OfBytes("a.xml", System.Text.Encoding.UTF8.GetBytes(text))]), CancellationToken.None).Package!;

        Assert.Equal("统一社会信用代码（样例）\n"u8.ToArray(), EepDraftTests.Content(package.Contents[2]));
        Assert.Contains("57uf5LiA", System.Text.Encoding.UTF8.GetString(Write(package)), StringComparison.Ordinal);
    }

    private static List<string> CodesOf(string xml) =>
        [.. PackageProfiles.Find("eep")!.Judge(PackageTree.Of("p", [PackageFile.OfBytes("a.xml", System.Text.Encoding.UTF8.GetBytes(xml))]), CancellationToken.None).Findings.Select(f => f.Code).Distinct()];

    [Fact]
    public void Contents_are_decoded_in_any_order()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "several-documents").Open();
        var contents = EepPackage.Read(tree, CancellationToken.None).Package!.Contents;

        Assert.Equal(["决定书.ofd", "申请表.pdf", "营业执照.txt", "空.txt"], contents.Select(c => c.FileName));
        Assert.Equal("统一社会信用代码（样例）\n"u8.ToArray(), EepDraftTests.Content(contents[2]));
        Assert.StartsWith("PK", System.Text.Encoding.Latin1.GetString(EepDraftTests.Content(contents[0])), StringComparison.Ordinal);
        Assert.Empty(EepDraftTests.Content(contents[3]));
        Assert.All(contents, c => Assert.Equal(c.Length, EepDraftTests.Content(c).Length));
    }

    [Fact]
    public void A_content_that_refers_to_another_is_that_content()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "original-whole").Open();
        var contents = EepPackage.Read(tree, CancellationToken.None).Package!.Contents;

        Assert.Equal(EepDraftTests.Content(contents[1]), EepDraftTests.Content(contents[2]));
        Assert.Equal(546, contents[2].Length);
    }

    private static IReadOnlyList<Finding> Judge(string name, params PackageFile[] more)
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == name && s.IsGood).Open();
        return PackageProfiles.Find("eep")!.Judge(PackageTree.Of(name, [.. tree.Files, .. more]), CancellationToken.None).Findings;
    }

    internal static byte[] Write(EepPackage package)
    {
        using var bytes = new MemoryStream();
        package.WriteTo(bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    internal static byte[] Content(PackageFile file)
    {
        using var stream = file.OpenRead();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
