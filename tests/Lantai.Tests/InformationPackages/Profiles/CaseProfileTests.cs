using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

/// <summary>What no sample shows: made by changing a good sample in memory.</summary>
public sealed class CaseProfileTests
{
    [Fact]
    public void What_nobody_recognised_is_written_again()
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x
            .Replace("  <address>", "  <窗口 号=\"7\"><a/></窗口>\n  <address>", StringComparison.Ordinal)
            .Replace("<remarks/>", "<remarks lang=\"zh\">无</remarks>", StringComparison.Ordinal)
            .Replace("</base_info>", "  <fileset/>\n</base_info>", StringComparison.Ordinal))
            .Append(PackageFile.OfBytes("草稿.txt", new byte[3]));
        var profile = CasePackageSampleTests.Profile("dat85");

        var (read, verdict) = profile.Read(PackageTree.Of("x", changed), CancellationToken.None);
        var written = profile.Write(read!, CancellationToken.None);

        Assert.Equal(["PKG-010", "PKG-010", "PKG-013", "PKG-036"], verdict.Findings.Select(f => f.Code).Order());
        var text = Text(written, "基本信息元数据.xml");
        Assert.Contains("<窗口 号=\"7\">", text, StringComparison.Ordinal);
        Assert.Contains("<remarks lang=\"zh\">无</remarks>", text, StringComparison.Ordinal);
        Assert.Contains("  <fileset/>\n</base_info>", text, StringComparison.Ordinal);
        Assert.Contains(written, f => f.Path == "草稿.txt");
    }

    [Fact]
    public void A_misspelling_that_one_program_writes_is_read_and_told()
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace("information_system_description", "information_system_dcscription", StringComparison.Ordinal));
        var profile = CasePackageSampleTests.Profile("dat85");

        var (read, verdict) = profile.Read(PackageTree.Of("x", changed), CancellationToken.None);

        Assert.Equal(("PKG-057", Severity.Warning), (Assert.Single(verdict.Findings).Code, verdict.Findings[0].Severity));
        Assert.Equal("云州市政务服务办理系统 3.2", read!.Configuration["information_system_description"]);
        Assert.Contains("information_system_dcscription", Text(profile.Write(read, CancellationToken.None), "基本信息元数据.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<service_type>承诺件", "<service_type>加急件", "PKG-016", Severity.Warning)]
    [InlineData("<address>", "<address>\uE000", "PKG-058", Severity.Warning)]
    [InlineData("<address>", "<address>\u0085", "PKG-018", Severity.Error)]
    [InlineData("<security_classification>GK", "<security_classification>机密★10年", "PKG-017", Severity.Error)]
    [InlineData("<file_code>A1<", "<file_code>A-1<", "PKG-014", Severity.Error)]
    [InlineData("<computer_file_size>65<", "<computer_file_size>065<", "PKG-014", Severity.Error)]
    [InlineData("<computer_file_size>65<", "<computer_file_size>65\n<", "PKG-014", Severity.Error)]
    [InlineData("<total_number>3<", "<total_number>9\n<", "PKG-014", Severity.Error)]
    [InlineData("000021</electronic_record_code>", "000021\n</electronic_record_code>", "PKG-025", Severity.Error)]
    [InlineData("<category_code>ZY<", "<category_code>ZY·1\n<", "PKG-015", Severity.Error)]
    [InlineData("<contacted_card>92990100MA9900B28J", "<contacted_card>92990100MA9900B28K", "PKG-024", Severity.Error)]
    [InlineData("<task_code>0109900100", "<task_code>0109900101", "PKG-026", Severity.Error)]
    [InlineData("<archive_time>2023-06-02", "<archive_time>2023-05-18", "PKG-020", Severity.Error)]
    public void A_value_that_is_wrong_is_told(string good, string bad, string code, Severity severity)
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace(good, bad, StringComparison.Ordinal));

        var finding = Assert.Single(Judge("dat85", changed).Findings);

        Assert.Equal((code, severity), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData("<base_info>", "<base_info xmlns=\"urn:other\">")]
    [InlineData("<remarks/>", "<x:remarks xmlns:x=\"urn:x\"/>")]
    public void An_element_of_another_namespace_is_told(string good, string bad) =>
        Assert.Single(Judge("dat85", Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace(good, bad, StringComparison.Ordinal))).Findings, f => f.Code == "PKG-118");

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", "PKG-014")]
    [InlineData("9999-12-31T23:59:59+08:00", "PKG-020,PKG-026")]
    public void The_last_hours_that_a_calendar_has_break_nothing(string time, string told)
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => System.Text.RegularExpressions.Regex.Replace(x, "<transact_time>[^<]*", "<transact_time>" + time));

        Assert.Equal(told, string.Join(',', Judge("dat85", changed).Findings.Select(f => f.Code)));
    }

    [Theory]
    [InlineData("<base_info>", "<base_info>散文")]
    [InlineData("</环节>", "散文</环节>")]
    [InlineData("<fileset>", "<fileset>散文")]
    public void Text_beside_elements_is_told_and_not_lost_in_silence(string good, string bad) =>
        Assert.Equal("PKG-116", Assert.Single(Judge("dat85", Change("dat85", "plain", "基本信息元数据.xml", x => ReplaceFirst(x, good, bad))).Findings).Code);

    [Fact]
    public void A_value_as_long_as_a_book_is_shown_by_its_beginning_wherever_it_is_told()
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace("<region_code>", "<region_code>" + new string('9', 100_000), StringComparison.Ordinal));

        Assert.All(Judge("dat85", changed).Findings, f => Assert.InRange(f.ToString().Length, 1, 3000));
    }

    [Theory]
    [InlineData("<card_type>001", "<card_type>统一社会信用代码", "<contacted_card>92990100MA9900B28J", "<contacted_card>92990100MA9900B28K", "PKG-024")]
    [InlineData("<环节代码>1<", "<环节代码>收件<", "<retention_period>D30<", "<retention_period>定期30年<", "")]
    public void A_name_that_stands_for_a_code_is_judged_as_the_code(string code, string name, string good, string bad, string told)
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace(code, name, StringComparison.Ordinal).Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(told, string.Join(',', Judge("dat85", changed).Findings.Select(f => f.Code)));
    }

    [Fact]
    public void The_case_that_holds_others_is_the_lead()
    {
        var changed = Files("gbt42727", "joint-nested").Select(f => f.Path == "元数据.xml" ? PackageFile.OfBytes(f.Path, Encoding.UTF8.GetBytes(Text([f], f.Path).Replace("<joint_role>主办", "<joint_role>协办", StringComparison.Ordinal))) : f);

        Assert.Contains(Judge("gbt42727", changed).Findings, f => f.Code == "PKG-046" && f.Subject == "元数据.xml" && f.Arguments.Contains(KeyValuePair.Create("found", "协办")));
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_is_told()
    {
        var files = Files("gbt42727", "plain").Select(f => f.Path.EndsWith(".ofd", StringComparison.Ordinal) ? new PackageFile(f.Name, f.Length, () => new MemoryStream([.. Bytes(f), 0])) : f);

        Assert.Equal("SIP-010", Assert.Single(Judge("gbt42727", files).Findings).Code);
    }

    [Fact]
    public void A_second_file_of_the_same_name_in_another_encoding_is_compared_too()
    {
        var file = Files("gbt42727", "plain").First(f => f.Path.EndsWith(".txt", StringComparison.Ordinal));
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var second = new PackageFile(EntryName.OfStored(gb.GetBytes(file.Path), file.Path, NameBasis.Declared), 1, () => new MemoryStream([0x41]));

        Assert.Contains(Judge("gbt42727", Files("gbt42727", "plain").Append(second)).Findings, f => f.Severity == Severity.Error);
    }

    [Fact]
    public void A_value_as_long_as_a_book_is_refused()
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace("<address>", "<address>" + new string('路', 4000), StringComparison.Ordinal));

        Assert.Equal("PKG-019", Assert.Single(Judge("dat85", changed).Findings).Code);
    }

    [Fact]
    public void A_digest_by_a_broken_algorithm_is_compared_and_told()
    {
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Bytes(Files("dat85", "plain").Single(f => f.Path.StartsWith("申报文件", StringComparison.Ordinal)))));
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => ReplaceFirst(ReplaceFirst(x, "<digest_algorithm>SM3<", "<digest_algorithm>MD5<"), "<digest>660ddc09cf82a1072c0cbecc6ec6a785bf966e85b9a0ccc9be356071e4eae754<", $"<digest>{digest}<"));

        Assert.Equal(("PKG-059", Severity.Warning), (Assert.Single(Judge("dat85", changed).Findings).Code, Judge("dat85", changed).Findings[0].Severity));
    }

    [Fact]
    public void A_signature_of_the_check_list_is_kept_while_the_list_holds_and_not_judged()
    {
        var changed = Change("gbt42727", "plain", "校验信息.xml", x => x.Replace("</校验信息>", "  <签名>\n    <签名结果>AAAA</签名结果>\n  </签名>\n</校验信息>", StringComparison.Ordinal)).ToList();
        var profile = CasePackageSampleTests.Profile("gbt42727");

        var (read, verdict) = profile.Read(PackageTree.Of("x", changed), CancellationToken.None);

        Assert.Equal(("PKG-055", Severity.Information), (Assert.Single(verdict.Findings).Code, verdict.Findings[0].Severity));
        Assert.Equal(Text(changed, "校验信息.xml"), Text(profile.Write(read!, CancellationToken.None), "校验信息.xml"));
        var other = read! with { Relations = [CaseFields.Of("relation", [new("relation_type", "关联"), new("related_record_code", "X")])] };
        Assert.DoesNotContain("签名", Text(profile.Write(other, CancellationToken.None), "校验信息.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_that_lie_ever_deeper_are_not_followed()
    {
        var files = Files("gbt42727", "joint-nested").Where(f => !f.Path.StartsWith("子包", StringComparison.Ordinal)).ToList();
        List<PackageFile> all = [.. files];
        for (var depth = 1; depth <= 100; depth++)
        {
            var folder = string.Concat(Enumerable.Repeat("子包/990100-0061-0109900300-2023-D30-000030/", depth));
            all.AddRange(files.Select(f => f.At(EntryName.OfText(folder + f.Path))));
        }

        var verdict = Judge("gbt42727", all);

        var told = Assert.Single(verdict.Findings, f => f.Code == "PKG-051");
        Assert.Equal(3, told.Subject.Split('/').Count(s => s == "子包"));
        Assert.Equal(3, verdict.Counts.Items);
    }

    [Fact]
    public void The_folder_of_a_package_inside_is_called_by_its_code()
    {
        var changed = Files("gbt42727", "joint-nested").Select(f => f.At(EntryName.OfText(f.Path.Replace("-000031/", "-000039/", StringComparison.Ordinal))));

        Assert.Equal("子包/990100-0062-0109900301-2023-D30-000039", Assert.Single(Judge("gbt42727", changed).Findings, f => f.Code == "PKG-052").Subject);
    }

    [Fact]
    public void What_the_description_repeats_is_compared()
    {
        var changed = Change("gbt42727", "plain", "说明文件.xml", x => x.Replace("云州市行政审批局", "云州市审批局", StringComparison.Ordinal));

        var finding = Assert.Single(Judge("gbt42727", changed).Findings, f => f.Code == "PKG-054");

        Assert.Equal(["/说明文件/立档单位名称", "云州市行政审批局", "云州市审批局"], finding.Arguments.Take(3).Select(a => a.Value));
    }

    [Fact]
    public void A_content_that_cannot_be_read_is_a_finding()
    {
        var broken = new PackageFile(EntryName.OfText("申报文件/A1-食品经营许可申请书.txt"), 65, () => throw new Lantai.Containers.ContentException(Finding.Error("ZIP-001", "x")));
        var changed = Files("dat85", "plain").Where(f => f.Path != broken.Path).Append(broken);

        Assert.Equal("ZIP-001", Assert.Single(Judge("dat85", changed).Findings).Code);
    }

    [Fact]
    public void Codes_of_another_area_are_judged_by_its_rule()
    {
        var changed = Change("dat85", "plain", "基本信息元数据.xml", x => x.Replace("<electronic_record_code>990100-0061-", "<electronic_record_code>990100-11990100009900611P-", StringComparison.Ordinal)).ToList();

        Assert.Equal("PKG-025", Assert.Single(Judge("dat85", changed).Findings).Code);
        var rule = new RecordCodeRule("{region}-{social}-{item}-{year}-{retention}-{serial:6}");
        Assert.Empty(new Dat85Profile(rule).Judge(PackageTree.Of("x", changed), CancellationToken.None).Findings);
    }

    /// <summary>Every one of them lacks everything: what is told is bounded, and finding it must not take the square of their number.</summary>
    [Theory]
    [InlineData("<ArchiveFileInformation/>", "<ArchiveFileInformation>")]
    [InlineData("<Process/>", "<Process>")]
    [InlineData("<project_id/>", "<project_id>")]
    [InlineData("<x/>", "<address>")]
    [InlineData("<kzx/>", "<description title=\"办理流程信息\">")]
    public void A_hundred_thousand_elements_cost_a_bounded_list_and_little_time(string element, string before)
    {
        var many = string.Concat(Enumerable.Repeat(element, 100_000));
        var changed = Change("gbt42727", "plain", "元数据.xml", x => ReplaceFirst(x, before, many + before));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var verdict = CasePackageSampleTests.Profile("gbt42727").Judge(PackageTree.Of("x", changed), limit.Token);

        Assert.InRange(verdict.Findings.Count, 100, 2000);
        Assert.False(limit.IsCancellationRequested);
    }

    [Fact]
    public void Judging_stops_when_it_is_asked_to() =>
        Assert.Throws<OperationCanceledException>(() => CasePackageSampleTests.Profile("gbt42727").Judge(PackageTree.Of("x", Files("gbt42727", "plain")), new CancellationToken(canceled: true)));

    [Fact]
    public void The_XML_of_packages_that_lie_in_one_another_keeps_within_one_limit()
    {
        var findings = new PackageFindings("p") { Budget = new Lantai.InformationPackages.Xml.MarkupBudget(600) };

        _ = new Gbt42727Reader(RecordCodeRule.Default, findings, new RecordedDigests(findings), CancellationToken.None).Read(PackageTree.Of("x", Files("gbt42727", "joint-nested")), "", 1);

        Assert.Contains(findings.Close(), f => f.Code == "PKG-106" && f.Subject.StartsWith("子包/", StringComparison.Ordinal));
    }

    private static PackageVerdict Judge(string profile, IEnumerable<PackageFile> files) =>
        CasePackageSampleTests.Profile(profile).Judge(PackageTree.Of("x", files), CancellationToken.None);

    private static IEnumerable<PackageFile> Change(string profile, string sample, string path, Func<string, string> change) =>
        Files(profile, sample).Select(f =>
        {
            if (f.Path != path)
            {
                return f;
            }

            var (before, after) = (Encoding.UTF8.GetString(Bytes(f)), change(Encoding.UTF8.GetString(Bytes(f))));
            Assert.NotEqual(before, after);
            return PackageFile.OfBytes(path, Encoding.UTF8.GetBytes(after));
        });

    private static List<PackageFile> Files(string profile, string sample)
    {
        using var package = CasePackageSampleTests.Open(profile, "good", sample);
        return [.. package.Files.Select(f => PackageFile.OfBytes(f.Path, Bytes(f)))];
    }

    private static byte[] Bytes(PackageFile file)
    {
        using var content = file.OpenRead();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Text(IEnumerable<PackageFile> files, string path) => Encoding.UTF8.GetString(Bytes(files.Single(f => f.Path == path)));

    private static string ReplaceFirst(string text, string old, string now)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), now, text.AsSpan(at + old.Length));
    }
}
