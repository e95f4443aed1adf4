using Lantai.InformationPackages;
using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Regulation;

/// <summary>One case, completed, with its licences.</summary>
public sealed class CaseRuleTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("joint-nested")]
    public void A_package_of_one_case_passes_and_so_does_one_that_holds_its_parts(string sample) => Assert.Equal(RuleVerdict.Passed, Ask("one-case", Of(sample)).Verdict);

    [Fact]
    public void A_case_without_its_number_fails() =>
        Assert.Equal("INS-240", Assert.Single(Ask("one-case", Of("plain", ("<project_id>YZ20230510000021<", "<project_id> <"))).Findings, f => f.Code.StartsWith("INS", StringComparison.Ordinal)).Code);

    [Theory]
    [InlineData("<transact_time>2023-05-19T16:20:00+08:00<", "<transact_time>2023-02-30T16:20:00+08:00<", "INS-241", "2023-02-30T16:20:00+08:00")]
    [InlineData("<transact_time>2023-05-19T16:20:00+08:00<", "<transact_time><", "INS-241", "")]
    [InlineData("<transact_time>2023-05-19T16:20:00+08:00<", "<transact_time>2023-06-02T09:00:01+08:00<", "INS-242", "2023-06-02T09:00:01+08:00")]
    [InlineData("<result>准予</result>", "<result>办理中</result>", "INS-243", "办理中")]
    public void A_case_that_is_not_completed_or_has_no_result_fails(string good, string bad, string code, string found)
    {
        var answer = Ask("completed", Of("plain", (good, bad)));

        Assert.Equal((RuleVerdict.Failed, code, found), (answer.Verdict, Assert.Single(answer.Findings).Code, Argument(answer.Findings[0], "found")));
    }

    [Fact]
    public void A_completed_case_passes_to_the_second() =>
        Assert.Equal(RuleVerdict.Passed, Ask("completed", Of("plain", ("<transact_time>2023-05-19T16:20:00+08:00<", "<transact_time>2023-06-02T01:00:00Z<"))).Verdict);

    [Fact]
    public void A_case_that_called_no_licence_has_none_to_look_at() => Assert.Equal(RuleVerdict.NotApplicable, Ask("licences", Of()).Verdict);

    [Fact]
    public void Licences_with_content_metadata_and_digest_pass() => Assert.Equal((RuleVerdict.Passed, 3), (Ask("licences", Of("licences")).Verdict, Ask("licences", Of("licences")).Looked));

    [Fact]
    public void A_licence_without_its_content_fails()
    {
        var answer = Ask("licences", OfFiles([.. Files("licences").Where(f => !f.Path.Contains("D2-", StringComparison.Ordinal))]));

        var finding = Assert.Single(answer.Findings, f => f.Code == "INS-244");
        Assert.Equal((RuleVerdict.Failed, "材料/调用材料/D2-健康证明.pdf"), (answer.Verdict, Argument(finding, "expected")));
    }

    [Fact]
    public void A_licence_without_its_digest_fails()
    {
        var facts = Of("licences");
        var read = facts.Package.Case!;
        var folder = read.Folders.First(f => f.Kind == MaterialKind.Called);
        var bare = folder.Files[0] with { Fields = CaseFields.Of("file", folder.Files[0].Fields.All.Where(f => f.Name is not "digest").Select(f => KeyValuePair.Create(f.Name, (string?)f.Value))) };
        read = read with { Folders = [.. read.Folders.Select(f => f == folder ? folder with { Files = [bare, .. folder.Files.Skip(1)] } : f)] };

        var answer = Ask("licences", facts with { Package = facts.Package with { Case = read } });

        Assert.Equal((RuleVerdict.Failed, "INS-245"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void Proof_that_was_called_is_proof()
    {
        var files = Files("licences").Where(f => !f.Path.StartsWith("材料/申请材料/", StringComparison.Ordinal)).ToList();
        var metadata = System.Text.Encoding.UTF8.GetString(Bytes(files.First(f => f.Path == MetadataName)));
        var start = metadata.IndexOf("      <FileDirectory>", StringComparison.Ordinal);
        var end = metadata.IndexOf("</FileDirectory>", StringComparison.Ordinal) + "</FileDirectory>\n".Length;
        files = [.. files.Select(f => f.Path == MetadataName ? PackageFile.OfBytes(f.Path, System.Text.Encoding.UTF8.GetBytes(metadata.Remove(start, end - start))) : f)];

        Assert.DoesNotContain(OfFiles(files).Package.Findings, f => f.Code == "PKG-042");
    }
}
