using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class TransferPackageTests
{
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["missing-description-file"] = "PKG-130", ["missing-catalogue"] = "PKG-130", ["opinions-file-missing"] = "PKG-130",
        ["description-field-missing"] = "PKG-166", ["description-field-empty"] = "PKG-134", ["description-line-broken"] = "PKG-133", ["description-field-repeated"] = "PKG-135",
        ["item-count-differs"] = "PKG-136", ["first-code-differs"] = "PKG-137", ["last-code-differs"] = "PKG-137",
        ["item-folder-missing"] = "PKG-138", ["item-folder-orphan"] = "PKG-139", ["encoding-lies"] = "PKG-103", ["encoding-unknown"] = "PKG-161",
        ["date-not-a-day"] = "PKG-120", ["code-outside-list"] = "PKG-122", ["state-secret"] = "PKG-123", ["sequence-repeated"] = "PKG-140", ["sequence-gap"] = "PKG-140",
        ["reference-code-repeated"] = "PKG-141", ["digest-differs"] = "PKG-157", ["size-differs"] = "PKG-158", ["file-not-in-checklist"] = "PKG-155", ["checklist-file-missing"] = "PKG-156",
        ["digest-algorithm-unknown"] = "PKG-159", ["dtd-refused"] = "PKG-101", ["not-well-formed"] = "PKG-102", ["opinion-missing"] = "PKG-152", ["opinion-without-reason"] = "PKG-153",
        ["opinion-orphan"] = "PKG-154", ["item-metadata-missing"] = "PKG-145", ["item-content-missing"] = "PKG-146", ["metadata-file-missing"] = "PKG-147", ["metadata-size-differs"] = "PKG-148",
        ["metadata-code-differs"] = "PKG-149", ["metadata-catalogue-differs"] = "PKG-150", ["fonds-folder-differs"] = "PKG-144", ["code-part-differs"] = "PKG-143", ["mandatory-empty"] = "PKG-112",
        ["mandatory-missing"] = "PKG-111", ["not-a-number"] = "PKG-119", ["unknown-element"] = "PKG-113", ["element-repeated"] = "PKG-114", ["root-unknown"] = "PKG-110", ["extra-entry"] = "PKG-131",
        ["path-too-deep"] = "PKG-132", ["reference-code-form"] = "PKG-142", ["forbidden-character"] = "PKG-124",
    };

    /// <summary>What follows from the one fault of a sample, besides the fault itself.</summary>
    private static readonly Dictionary<string, string[]> Follows = new()
    {
        ["description-line-without-colon"] = ["PKG-166"],
        ["digest-wrong"] = ["PKG-157"],
        ["date-not-a-day"] = ["PKG-120"],
        ["text-control-character"] = ["PKG-124"],
    };

    public static TheoryData<string> Good => [.. PackageSample.Of("dat93").Where(s => s.IsGood).Select(s => s.Name)];

    public static TheoryData<string> Bad => [.. PackageSample.Of("dat93").Where(s => !s.IsGood).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_sample_has_no_finding_and_is_written_as_it_was_read(string name)
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == name).Open();

        var (package, verdict) = TransferPackage.Read(tree, CancellationToken.None);
        var written = package.Write();
        var again = TransferPackage.Read(PackageTree.Of(tree.Name, written), CancellationToken.None);

        Assert.Equal(name == "signed-checklist" ? ["PKG-170"] : [], verdict.Findings.Select(f => f.Code));
        Assert.True(verdict.IsAcceptable);
        Assert.Equal(PackageSample.Contents(tree.Files), PackageSample.Contents(written));
        Assert.Equal(verdict.Findings, again.Verdict.Findings);
        Assert.Equal(package.Items.Select(i => i.Title), again.Package.Items.Select(i => i.Title));
        Assert.Equal(package.Items.Count, verdict.Counts.Items);
        Assert.Equal(name == "optional-absent" ? 0 : ((tree.Files.Count - 1) * 2) + (name == "online-batch" ? 2 : 0), verdict.Counts.Digests);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_sample_gives_its_fault_and_what_follows_from_it(string name)
    {
        var sample = PackageSample.Of("dat93").Single(s => s.Name == name && !s.IsGood);
        using var tree = sample.Open();

        var verdict = PackageProfiles.Find("dat93")!.Judge(tree, CancellationToken.None);

        var told = string.Join('\n', verdict.Findings.Select(f => f.ToString()).Prepend(sample.ToString()));
        var code = Codes[sample.Fault];
        Assert.True(verdict.Findings.Any(f => f.Code == code && f.Severity == Severity.Error && sample.IsAbout(f)), told);
        Assert.True(verdict.Findings.Count(f => f.Code == code) == 1 || Follows.ContainsKey(name), told);
        Assert.True(verdict.Findings.All(f => f.Code == code || Follows.GetValueOrDefault(name, []).Contains(f.Code)), told);
    }

    [Fact]
    public void Every_sample_was_asked() => Assert.Equal((9, 51), (Good.Count, Bad.Count));

    [Fact]
    public void Every_fault_of_the_list_is_asked_by_a_sample() => Assert.Equal(Codes.Keys.Order(), PackageSample.Of("dat93").Where(s => !s.IsGood).Select(s => s.Fault).Distinct().Order());

    [Fact]
    public void A_content_that_nobody_describes_is_told() =>
        Assert.Equal(["PKG-151", "PKG-155"], CodesOf("plain-utf8", (path, bytes) => (path, bytes), PackageFile.OfBytes("J001/ZY·ZW/2023/J001-ZY·ZW·2023-D30-XZXK-000001/多.txt", "x"u8.ToArray())).Order());

    [Fact]
    public void A_digest_of_the_wrong_length_is_told() =>
        Assert.Equal(["PKG-160"], CodesOf("plain-utf8", (path, bytes) => (path, path.EndsWith("校验清单.xml", StringComparison.Ordinal) ? Replace(bytes, "\"SM3\">57", "\"SM3\">") : bytes)));

    [Fact]
    public void Two_encodings_in_one_package_are_told() =>
        Assert.Equal(
            ["PKG-162"],
            CodesOf("optional-absent", (path, bytes) => (path, path == "说明文件.TXT" ? System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(System.Text.Encoding.UTF8.GetString(bytes)) : bytes)));

    [Theory]
    [InlineData("目录文件.XML", "000001</档号>", "000001\n</档号>", "PKG-137,PKG-138,PKG-139,PKG-142,PKG-152,PKG-154")]
    [InlineData("目录文件.XML", "<保管期限>D30<", "<保管期限>D30\n<", "PKG-122")]
    [InlineData("目录文件.XML", "<保管期限>D30<", "<保管期限>定期30年<", "")]
    [InlineData("电子档案元数据.XML", "<密级>公开", "<密级>内部", "PKG-150")]
    [InlineData("电子档案元数据.XML", "<密级>公开", "<密级>GK", "")]
    [InlineData("电子档案元数据.XML", "<日期>2023", "<日期>2024", "PKG-150")]
    [InlineData("电子档案元数据.XML", "<责任者>", "<责任者>非", "PKG-150")]
    [InlineData("电子档案元数据.XML", "</电子属性>", "</电子属性><电子属性><计算机文件名>准予行政许可决定书.pdf</计算机文件名><计算机文件大小>548</计算机文件大小></电子属性>", "PKG-147")]
    [InlineData("电子档案元数据.XML", "<电子档案元数据>", "<元数据>", "PKG-102")]
    [InlineData("开放利用意见.xml", "<年度>2023", "<年度>2022", "PKG-143")]
    [InlineData("开放利用意见.xml", "</意见>", "</意见><意见><档号>J001-ZY·ZW·2023-D30-XZXK-000001</档号><题名>甲</题名><年度>2023</年度><开放利用意见>开放</开放利用意见><理由代码/><控制期限/><初审人>甲</初审人><复审人>乙</复审人><日期>2026-03-02</日期><依据>丙</依据></意见>", "PKG-154")]
    [InlineData("目录文件.XML", "<备注/>", "<备注/>散文", "PKG-116")]
    [InlineData("目录文件.XML", "<文件>", "<文件><档号>J001-ZY·ZW·2023-D30-XZXK-000001</档号>", "PKG-114,PKG-115")]
    [InlineData("说明文件.TXT", "档案数量：1件", "档案数量：一件", "PKG-136")]
    public void Each_part_is_held_against_the_others(string file, string old, string replaced, string codes) =>
        Assert.Equal(codes.Split(',', StringSplitOptions.RemoveEmptyEntries), CodesOf("optional-absent", (path, bytes) => (path, path.EndsWith(file, StringComparison.Ordinal) ? Replace(bytes, old, replaced) : bytes)).Order());

    [Fact]
    public void Metadata_in_another_encoding_are_told() =>
        Assert.Equal(
            ["PKG-162"],
            CodesOf("optional-absent", (path, bytes) => (path, path.EndsWith("电子档案元数据.XML", StringComparison.Ordinal) ? System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(System.Text.Encoding.UTF8.GetString(Replace(bytes, "UTF-8", "GB18030"))) : bytes)));

    [Fact]
    public void A_file_listed_twice_with_its_digests_is_told() =>
        Assert.Equal(["PKG-114"], CodesOf("plain-utf8", (path, bytes) => (path, path.EndsWith("校验清单.xml", StringComparison.Ordinal) ? Replace(bytes, "<生成时间>2026-03-03T10:00:00+08:00</生成时间>", "<生成时间>2026-03-03T10:00:00+08:00</生成时间><文件><路径>说明文件.TXT</路径><大小>284</大小><摘要 算法=\"SM3\">7734afd81ccbdc6c4e7056cd55c153bb5fa3018b2f90fcb7765168f2a027391b</摘要></文件>") : bytes)));

    [Fact]
    public void A_second_file_of_the_same_name_in_another_encoding_is_compared_too()
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "plain-utf8").Open();
        var file = tree.Files.First(f => f.Path.EndsWith(".pdf", StringComparison.Ordinal));
        var bytes = EepPackageTests.Content(file);
        bytes[^1] ^= 1;
        var name = EntryName.OfStored(System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(file.Path), file.Path, NameBasis.Declared);

        var verdict = PackageProfiles.Find("dat93")!.Judge(PackageTree.Of("p", [.. tree.Files, new PackageFile(name, bytes.Length, () => new MemoryStream(bytes))]), CancellationToken.None);

        Assert.Equal(2, verdict.Findings.Count(f => f.Code == "PKG-157" && f.Subject == file.Path));
    }

    [Fact]
    public void A_digest_of_what_cannot_be_read_was_not_compared()
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "online-batch").Open();
        var gone = tree.Files.First(f => f.Path.EndsWith(".pdf", StringComparison.Ordinal));
        var files = tree.Files.Select(f => f == gone ? new PackageFile(f.Name, f.Length, () => throw new Lantai.Containers.ContentException(Finding.Error("ZIP-001", f.Path))) : f);

        var (before, after) = (PackageProfiles.Find("dat93")!.Judge(tree, CancellationToken.None), PackageProfiles.Find("dat93")!.Judge(PackageTree.Of("p", files), CancellationToken.None));

        Assert.Equal(before.Counts.Digests - 3, after.Counts.Digests);
    }

    [Fact]
    public void A_second_folder_of_a_record_is_nobodys() =>
        Assert.Equal(["PKG-139"], CodesOf("optional-absent", (path, bytes) => (path, bytes), PackageFile.OfBytes("J001/又/J001-ZY·ZW·2023-D30-XZXK-000001/x.txt", default)));

    [Fact]
    public void A_zip_is_the_package_that_its_folder_is()
    {
        using var scratch = new Scratch();
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "rare-names").Open();
        var path = Path.Combine(scratch.Path, "p.zip");
        using (var zip = File.Create(path))
        {
            PackageWriting.ToZip(zip, TransferPackage.Read(tree, CancellationToken.None).Package.Write(), "rare-names");
        }

        using var packed = PackageTree.Open(new SubmissionSource(path, SubmissionForm.Zip, new Lantai.Containers.ContainerLimits()), [])!;

        Assert.Empty(PackageProfiles.Find("dat93")!.Judge(packed, CancellationToken.None).Findings);
        Assert.Equal(PackageSample.Contents(tree.Files), PackageSample.Contents(packed.Files));
    }

    [Fact]
    public void Line_ends_of_another_system_and_empty_lines_are_no_fault() =>
        Assert.Empty(CodesOf("optional-absent", (path, bytes) => (path, path == "说明文件.TXT" ? Replace(bytes, "\n", "\r\n\r\n") : bytes)));

    [Fact]
    public void Rows_and_folders_that_do_not_end_are_counted_and_not_listed()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<文件><顺序号>{i}</顺序号></文件>"));
        var files = Enumerable.Range(0, 20_000).Select(i => PackageFile.OfBytes($"J001/{i}/x.txt", default)).Append(PackageFile.OfBytes("目录文件.XML", System.Text.Encoding.UTF8.GetBytes($"<文件目录>{rows}</文件目录>")));

        var verdict = PackageProfiles.Find("dat93")!.Judge(PackageTree.Of("p", files), CancellationToken.None);

        Assert.All(verdict.Findings.GroupBy(f => f.Code), g => Assert.InRange(g.Count(), 1, 100));
        Assert.Contains(verdict.Findings, f => f.Code == "PKG-001");
    }

    [Fact]
    public void All_XML_of_a_package_keeps_within_one_limit()
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "plain-utf8").Open();
        var findings = new PackageFindings("p") { Budget = new Lantai.InformationPackages.Xml.MarkupBudget(100) };

        _ = new TransferReading(tree, findings, CancellationToken.None).Read();

        Assert.Contains(findings.Close(), f => f.Code == "PKG-106" && f.Arguments.Contains(KeyValuePair.Create("measure", "package")));
    }

    private static List<string> CodesOf(string name, Func<string, byte[], (string Path, byte[] Content)> change, params PackageFile[] more)
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == name && s.IsGood).Open();
        var files = tree.Files.Select(f => change(f.Path, EepPackageTests.Content(f))).Select(f => PackageFile.OfBytes(f.Path, f.Content)).Concat(more);
        return [.. PackageProfiles.Find("dat93")!.Judge(PackageTree.Of(name, files), CancellationToken.None).Findings.Select(f => f.Code).Distinct()];
    }

    private static byte[] Replace(byte[] bytes, string old, string replaced) => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(bytes).Replace(old, replaced, StringComparison.Ordinal));
}
