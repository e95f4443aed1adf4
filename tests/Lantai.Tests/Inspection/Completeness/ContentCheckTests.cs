using Lantai.Characterization;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.InformationPackages;
using Lantai.Words;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>Every content is there, whole.</summary>
public sealed class ContentCheckTests
{
    private const string Application = "材料/申请材料/A1-食品经营许可申请书.txt";

    [Fact]
    public void A_whole_package_passes() => Assert.Equal((RuleVerdict.Passed, 6), (Ask("content", Of()).Verdict, Ask("content", Of()).Looked));

    [Fact]
    public void A_file_that_cannot_be_read_to_its_end_fails()
    {
        var facts = Of();
        var broken = facts.Package with { Files = [.. facts.Package.Files.Select(f => f.Path == Application ? f with { Content = null } : f)] };

        Assert.Equal((RuleVerdict.Failed, "INS-217", "65", ""), Told(Ask("content", facts with { Package = broken })));
    }

    [Fact]
    public void A_listed_file_that_is_not_there_fails()
    {
        var answer = Ask("content", OfFiles([.. Files("plain").Where(f => f.Path != Application)]));

        Assert.Equal(RuleVerdict.Failed, answer.Verdict);
        Assert.Equal(Application, Assert.Single(answer.Findings, f => f.Code == "INS-219").Subject);
    }

    [Fact]
    public void A_file_of_no_bytes_beside_the_materials_fails()
    {
        var answer = Ask("content", OfFiles([.. Files("plain"), PackageFile.OfBytes("材料/申请材料/空.txt", Array.Empty<byte>())]));

        Assert.Contains(answer.Findings, f => f is { Code: "INS-218", Subject: "材料/申请材料/空.txt" });
    }

    [Fact]
    public void A_file_that_was_cut_off_is_incomplete_and_one_whose_length_alone_is_wrong_is_not()
    {
        var cut = OfFiles([.. Files("plain").Select(f => f.Path == Application ? PackageFile.OfBytes(f.Path, Bytes(f).AsMemory(0, 60)) : f)]);
        var misrecorded = Of("plain", ("<computer_file_size>65<", "<computer_file_size>66<"));

        Assert.Contains(Ask("content", cut).Findings, f => f is { Code: "INS-220", Subject: Application } && Argument(f, "expected") == "65" && Argument(f, "found") == "60");
        Assert.Equal(RuleVerdict.Passed, Ask("content", misrecorded).Verdict);
    }

    [Theory]
    [InlineData(1, RuleVerdict.Passed)]
    [InlineData(3, RuleVerdict.Failed)]
    public void Pages_of_a_record_are_compared_where_all_its_contents_have_some(long pages, RuleVerdict expected)
    {
        using var tree = PackageSample.Of("dat93").First(s => s.Name == "gb2312").Open();
        var (transfer, verdict) = TransferPackage.Read(tree, CancellationToken.None);
        var pdf = new FileExamination(FileFamily.Pdf, Readability.Readable, [], [], new Dictionary<string, object> { ["pages"] = pages }, []);
        var facts = Of() with { Point = RunPoint.HallReceipt };
        var package = facts.Package with
        {
            Profile = "dat93", Case = null, Transfer = transfer, Findings = verdict.Findings,
            Files = [.. tree.Files.Select(f => new InspectedFile(f.Path, f.Length, Digest.Of([]), f.Path.EndsWith(".pdf", StringComparison.Ordinal) ? new FileCharacter(null!, pdf, null!) : null))],
        };

        var answer = Ask("content", facts with { Package = package });

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal(("INS-221", "1", "3"), (f.Code, Argument(f, "expected"), Argument(f, "found"))));
    }
}
