using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>Materials are numbered from the first number on, without a gap.</summary>
public sealed class ContinuityCheckTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("licences")]
    [InlineData("supplement")]
    [InlineData("joint-nested")]
    public void Numbers_in_order_pass_and_process_codes_are_no_sequence(string sample) => Assert.Equal(RuleVerdict.Passed, Ask("continuity", Of(sample)).Verdict);

    [Fact]
    public void A_numbering_that_begins_late_is_told() =>
        Assert.Equal((RuleVerdict.Failed, "INS-215", "A1", "A2"), Told(Ask("continuity", Of("plain", ("<file_code>A1<", "<file_code>A2<")))));

    [Fact]
    public void A_gap_is_told_by_the_number_that_is_missing() =>
        Assert.Equal((RuleVerdict.Failed, "INS-216", "D2", "D3"), Told(Ask("continuity", Of("licences", ("<file_code>D2<", "<file_code>D4<")))));

    [Fact]
    public void A_scheme_may_begin_at_another_number()
    {
        var facts = Of("plain", ("<file_code>A1<", "<file_code>A0<"), ("<file_code>C1<", "<file_code>C0<"));

        Assert.Equal(RuleVerdict.Passed, Ask("continuity", facts with { Parameters = new Dictionary<string, string> { ["continuity.start"] = "0" } }).Verdict);
        Assert.Equal(RuleVerdict.Failed, Ask("continuity", facts).Verdict);
    }
}
