using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class FixityCheckTests
{
    [Fact]
    public void A_clean_case_passes_with_the_number_of_digests_as_evidence()
    {
        var answer = RedReading.Answer(CleanCases.Of("gbt42727"), "fixity");

        Assert.Equal(RuleVerdict.Passed, answer.Verdict);
        Assert.Equal("22", answer.Evidence.Single(e => e.Key == "digests").Value); // six files in the metadata by SM3, eight in the list by SM3 and SHA-256
    }

    [Fact]
    public void A_case_without_digest_or_signature_fails()
    {
        var facts = RedReading.Observe(CleanCases.Of("dat85"));

        var answer = FixityCheck.Check(facts with { Package = facts.Package with { DigestsCompared = 0 } });

        Assert.Equal((RuleVerdict.Failed, "INS-101"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_transfer_package_without_a_list_of_digests_is_worth_a_look()
    {
        var answer = RedReading.Answer(CleanCases.Of("dat93").Without("其他/校验清单.xml"), "fixity");

        Assert.Equal((RuleVerdict.Warning, "INS-101"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_signature_that_is_wrong_fails_and_one_that_nobody_here_trusts_is_for_a_person()
    {
        var facts = RedReading.Observe(CleanCases.Of("gbt42727"));
        InspectionFacts With(Finding finding) => facts with { Package = facts.Package with { Findings = [finding] } };

        Assert.Equal(RuleVerdict.Failed, FixityCheck.Check(With(Finding.Error("PKG-190", "签名"))).Verdict);
        Assert.Equal(RuleVerdict.Manual, FixityCheck.Check(With(Finding.Warning("PKG-191", "签名"))).Verdict);
        Assert.Equal(RuleVerdict.Passed, FixityCheck.Check(With(Finding.Information("PKG-192", "签名"))).Verdict);
        Assert.Equal(RuleVerdict.Warning, FixityCheck.Check(With(Finding.Warning("PKG-059", "元数据.xml"))).Verdict);
    }

    [Fact]
    public void Metadata_that_cannot_be_read_record_no_digest_and_that_is_told()
    {
        var sample = CleanCases.Of("dat85");
        var answer = RedReading.Answer(sample.With("基本信息元数据.xml", "<base_info>"u8.ToArray()), "fixity");

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-201"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }
}
