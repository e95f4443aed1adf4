using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>Items and bytes are those of the archiving register that came with the package.</summary>
public sealed class CountCheckTests
{
    [Fact]
    public void Without_a_register_there_is_nothing_to_compare()
    {
        Assert.Equal(RuleVerdict.NotApplicable, Ask("item-count", Of()).Verdict);
        Assert.Equal(RuleVerdict.NotApplicable, Ask("byte-count", Of()).Verdict);
    }

    [Theory]
    [InlineData(1, RuleVerdict.Passed)]
    [InlineData(0, RuleVerdict.Failed)]
    [InlineData(2, RuleVerdict.Failed)]
    public void One_item_more_or_less_than_the_register_says_fails(long declared, RuleVerdict expected)
    {
        var facts = Of();

        var answer = Ask("item-count", facts with { Channel = facts.Channel with { DeclaredItems = declared } });

        Assert.Equal(expected, answer.Verdict);
        Assert.Contains(KeyValuePair.Create("counted", "1"), answer.Evidence);
        Assert.All(answer.Findings, f => Assert.Equal(("INS-210", declared.ToString(), "1"), (f.Code, Argument(f, "expected"), Argument(f, "found"))));
    }

    [Fact]
    public void The_cases_inside_a_package_are_items_too()
    {
        var facts = Of("joint-nested");

        Assert.Equal(RuleVerdict.Passed, Ask("item-count", facts with { Channel = facts.Channel with { DeclaredItems = 3 } }).Verdict);
    }

    [Theory]
    [InlineData(0, RuleVerdict.Passed)]
    [InlineData(1, RuleVerdict.Failed)]
    [InlineData(-1, RuleVerdict.Failed)]
    public void One_byte_more_or_less_than_the_register_says_fails(long off, RuleVerdict expected)
    {
        var facts = Of();

        var answer = Ask("byte-count", facts with { Channel = facts.Channel with { DeclaredBytes = facts.Package.Bytes + off } });

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal("INS-211", f.Code));
    }

    [Fact]
    public void A_case_that_cannot_be_read_cannot_be_counted()
    {
        var facts = Of();
        var unread = facts with { Package = facts.Package with { Case = null }, Channel = facts.Channel with { DeclaredItems = 1 } };

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-201"), (Ask("item-count", unread).Verdict, Ask("item-count", unread).Findings[0].Code));
    }
}
