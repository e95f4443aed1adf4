using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class ConsistencyCheckTests
{
    [Theory]
    [InlineData("sm3:0a", "sm3:0a", RuleVerdict.Passed, null)]
    [InlineData("SM3:0A", "sm3:0a", RuleVerdict.Passed, null)]
    [InlineData("sm3:0a", "sm3:0b", RuleVerdict.Failed, "INS-160")]
    [InlineData("crc32:0a", null, RuleVerdict.CouldNotRun, "INS-161")]
    [InlineData(null, null, RuleVerdict.NotApplicable, "INS-001")]
    public void What_is_received_is_what_was_declared(string? declared, string? received, RuleVerdict verdict, string? code)
    {
        var facts = RedReading.Observe(CleanCases.Of("gbt42727"));

        var answer = ConsistencyCheck.Check(facts with { Channel = facts.Channel with { DeclaredDigest = declared, ReceivedDigest = received } });

        Assert.Equal((verdict, code), (answer.Verdict, answer.Findings.SingleOrDefault()?.Code));
    }
}
