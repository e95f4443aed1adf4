using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

/// <summary>Checks whose findings the reading of the metadata made.</summary>
public sealed class MetadataCheckTests
{
    [Theory]
    [InlineData("length")]
    [InlineData("type")]
    [InlineData("domain")]
    [InlineData("plausibility")]
    [InlineData("characters")]
    [InlineData("reference-code")]
    [InlineData("duplicates")]
    [InlineData("attributes")]
    [InlineData("linkage")]
    public void Metadata_that_could_not_be_read_have_passed_nothing(string check)
    {
        var sample = CleanCases.Of("gbt42727");
        var answer = RedReading.Answer(sample.With("元数据.xml", "<record>"u8.ToArray()).With("说明文件.xml", "<说明文件>"u8.ToArray()).Sealed(), check);

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-201"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Theory]
    [InlineData("reference-code")]
    [InlineData("duplicates")]
    public void Without_registers_their_rules_could_not_run(string check)
    {
        var answer = RedReading.Answer(CleanCases.Of("gbt42727") with { Terms = null }, check);

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-200"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    /// <summary>What is wrong in the package itself is wrong whoever asked the registers.</summary>
    [Fact]
    public void Without_registers_a_fault_of_the_package_is_told_all_the_same() =>
        Assert.Equal(RuleVerdict.Failed, RedReading.Answer(RedMutations.ByName["file-code-twice"].Make() with { Terms = null }, "duplicates").Verdict);

    [Theory]
    [InlineData("gbt42727", RuleVerdict.Passed)]
    [InlineData("dat85", RuleVerdict.NotApplicable)]
    [InlineData("dat93", RuleVerdict.Passed)]
    [InlineData("eep", RuleVerdict.NotApplicable)]
    public void Only_profiles_with_a_description_are_asked_for_it(string profile, RuleVerdict verdict) =>
        Assert.Equal(verdict, RedReading.Answer(CleanCases.Of(profile), "description").Verdict);

    [Fact]
    public void An_encapsulated_record_in_storage_is_asked_whether_it_is_one()
    {
        var eep = CleanCases.Of("eep") with { Point = RunPoint.Storage };

        Assert.Equal(RuleVerdict.Passed, RedReading.Answer(eep, "eep").Verdict);
        Assert.Equal(RuleVerdict.Failed, RedReading.Answer(eep.Set("封装包.xml", "版本", "2019"), "eep").Verdict);
        Assert.Equal(RuleVerdict.NotApplicable, RedReading.Answer(CleanCases.Of("gbt42727") with { Point = RunPoint.Storage }, "eep").Verdict);
    }
}
