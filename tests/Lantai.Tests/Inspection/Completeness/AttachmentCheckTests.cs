using Lantai.InformationPackages;
using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>What a list calls an attachment is there; a number left out is for a person.</summary>
public sealed class AttachmentCheckTests
{
    [Fact]
    public void Without_attachments_there_is_nothing_to_look_at() => Assert.Equal(RuleVerdict.NotApplicable, Ask("attachments", Of()).Verdict);

    [Fact]
    public void A_listed_attachment_that_is_not_there_fails()
    {
        var facts = Listed("附件1：场地平面图");
        var gone = facts.Package.Case!;
        var folder = gone.Folders[0];
        gone = gone with { Folders = [folder with { Files = [folder.Files[0] with { Content = null }] }, .. gone.Folders.Skip(1)] };

        Assert.Equal(
            (RuleVerdict.Failed, "INS-222", "附件1：场地平面图", "材料/申请材料/A1-食品经营许可申请书.txt"),
            Told(Ask("attachments", facts with { Package = facts.Package with { Case = gone } })));
    }

    [Theory]
    [InlineData("附件1 场地平面图", RuleVerdict.Passed)]
    [InlineData("附件：场地平面图", RuleVerdict.Passed)]
    [InlineData("关于附件的说明", RuleVerdict.NotApplicable)]
    [InlineData("附件2 场地平面图", RuleVerdict.Manual)]
    [InlineData("（附件3）场地平面图", RuleVerdict.Manual)]
    public void A_gap_in_the_numbers_of_attachments_is_for_a_person(string name, RuleVerdict expected) => Assert.Equal(expected, Ask("attachments", Listed(name)).Verdict);

    [Fact]
    public void The_number_that_is_missing_is_named()
    {
        var answer = Ask("attachments", Listed("附件3 场地平面图"));

        Assert.Equal(["附件1", "附件2"], answer.Findings.Select(f => Argument(f, "expected")));
        Assert.All(answer.Findings, f => Assert.Equal("INS-223", f.Code));
    }

    private static InspectionFacts Listed(string name) => Of("plain", ("<file_standard_name>食品经营许可申请书<", $"<file_standard_name>{name}<"));
}
