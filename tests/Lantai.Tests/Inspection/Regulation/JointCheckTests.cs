using Lantai.Inspection;
using Lantai.RecordsManagement;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Regulation;

/// <summary>A part of a joint case says so as the notices do, and a joint case has one lead.</summary>
public sealed class JointCheckTests
{
    private const string Id = "LB20230510000003";

    private static readonly (string, string) AsLead = ("<remarks/>", $"<joint_case_id>{Id}</joint_case_id><joint_role>主办</joint_role><remarks/>");
    private static readonly (string, string) AsPart = ("<remarks/>", $"<joint_case_id>{Id}</joint_case_id><joint_role>协办</joint_role><remarks/>");

    [Fact]
    public void A_case_of_one_agency_has_no_links()
    {
        Assert.Equal(RuleVerdict.NotApplicable, Ask("joint", Of()).Verdict);
        Assert.Equal(RuleVerdict.CouldNotRun, Ask("joint", Of() with { Terms = null }).Verdict);
    }

    [Fact]
    public void A_lead_with_its_participants_passes() =>
        Assert.Equal(RuleVerdict.Passed, Ask("joint", With(Of("plain", AsLead), Lead(), Other("11990100009900621N", JointRole.Participant))).Verdict);

    [Theory]
    [InlineData("<joint_case_id>LB20230510000003</joint_case_id>", "主协办角色")]
    [InlineData("<joint_role>协办</joint_role>", "联办标识")]
    public void A_joint_case_without_a_role_and_a_role_without_a_joint_case_fail(string half, string missing) =>
        Assert.Equal((RuleVerdict.Failed, "INS-246", missing, ""), Told(Ask("joint", Of("plain", ("<remarks/>", half + "<remarks/>")))));

    [Fact]
    public void What_the_notice_says_of_the_joint_case_must_be_what_the_package_says()
    {
        var another = Lead() with { Joint = "LB20230510000004" };

        Assert.Equal((RuleVerdict.Failed, "INS-247", "LB20230510000004", Id), Told(Ask("joint", With(Of("plain", AsLead), another))));
        Assert.Equal((RuleVerdict.Failed, "INS-247", "主办", "协办"), Told(Ask("joint", With(Of("plain", AsPart), Lead()))));
        Assert.Equal(2, Ask("joint", With(Of(), Lead())).Findings.Count(f => f.Code == "INS-247"));
    }

    [Fact]
    public void A_second_lead_fails() =>
        Assert.Equal((RuleVerdict.Failed, "INS-248", "yz-cases/YZ-9", "主办"), Told(Ask("joint", With(Of("plain", AsLead), Lead(), Other("11990100009900621N", JointRole.Lead)))));

    [Fact]
    public void An_agency_that_the_lead_did_not_declare_fails()
    {
        var lead = Other("11990100009900621N", JointRole.Lead);

        Assert.Equal((RuleVerdict.Failed, "INS-249", "yz-cases/YZ-9", Agency), Told(Ask("joint", With(Of("plain", AsPart), null, lead))));
        Assert.Equal(RuleVerdict.Passed, Ask("joint", With(Of("plain", AsPart), null, lead, Other(Agency, JointRole.Participant) with { Number = null })).Verdict);
    }

    [Fact]
    public void The_parts_inside_a_package_may_be_what_the_registers_know() =>
        Assert.Equal(RuleVerdict.Passed, Ask("joint", Of("joint-nested")).Verdict);

    private static ServiceCase Lead() => Notice() with { Joint = Id, Role = JointRole.Lead };

    private static ServiceCase Other(string agency, JointRole role) =>
        Notice() with { Place = 9, Case = Guid.Parse("00000000-0000-4000-8000-000000000009"), Number = "YZ-9", Agency = agency, Joint = Id, Role = role };

    private static InspectionFacts With(InspectionFacts facts, ServiceCase? notice, params ServiceCase[] others) =>
        facts with { Terms = facts.Terms! with { Notice = notice, Joint = notice is null ? others : [notice, .. others] } };
}
