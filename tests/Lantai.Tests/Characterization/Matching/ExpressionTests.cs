using System.Text;
using Lantai.Characterization.Matching;
using Lantai.Characterization.Registry;

namespace Lantai.Tests.Characterization.Matching;

/// <summary>The language of byte sequences, each of its forms against bytes that match and bytes that do not.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("4142", "AB", "AC")]
    [InlineData("ab CD", "\u00ab\u00cd", "\u00ab\u00ce")]
    [InlineData("'A' 42", "AB", "BA")]
    [InlineData("'version:4'", "version:4", "version:5")]
    [InlineData("[41:43]", "C", "D")]
    [InlineData("['A'-'C']", "B", "a")]
    [InlineData("[43:41]", "B", "D")]
    [InlineData("[!41:43]", "D", "B")]
    [InlineData("[41 43 45]", "E", "B")]
    [InlineData("[!41 43]", "B", "C")]
    [InlineData("['aeiou' 30-39]", "7", "x")]
    [InlineData("[&01]", "A", "B")]
    [InlineData("[!&01]", "B", "A")]
    [InlineData("[&88]", "\u0088", "\u0080")]
    [InlineData("(41|4243)44", "BCD", "BD")]
    [InlineData("(41|42)", "B", "C")]
    [InlineData("('start'|'end') 21", "end!", "stop!")]
    [InlineData("41??43", "AxC", "AC")]
    [InlineData("41{2}42", "AxxB", "AxB")]
    [InlineData("41{1-3}42", "AxxB", "AxxxxB")]
    [InlineData("41{2-*}42", "AxxxxxB", "AxB")]
    [InlineData("41*42", "AxxxxxxxB", "AxxxxxxxC")]
    [InlineData("41*42*43", "AxBxC", "AxCxB")]
    [InlineData("41{0-2}(42|{1-2}43)44", "AxxxCD", "AxxxxxCD")]
    [InlineData("41{0-4}4242{0-4}43", "AxBBxC", "AxBxBC")]
    public void Each_form_matches_what_it_says_and_nothing_else(string expression, string yes, string no)
    {
        Assert.True(Matches(expression, yes, SequencePlace.Start, 0, 0), $"{expression} matches {yes} from the start");
        Assert.False(Matches(expression, no, SequencePlace.Start, 0, 0), $"{expression} does not match {no} from the start");
        Assert.True(Matches(expression, yes, SequencePlace.End, 0, 0), $"{expression} matches {yes} back from the end");
        Assert.False(Matches(expression, no, SequencePlace.End, 0, 0), $"{expression} does not match {no} back from the end");
        Assert.True(Matches(expression, "??" + yes + "??", SequencePlace.Anywhere, 0, -1), $"{expression} matches {yes} anywhere");
    }

    [Theory]
    [InlineData(0, 0, "ABxx", true)]
    [InlineData(0, 0, "xABx", false)]
    [InlineData(2, 2, "xxAB", true)]
    [InlineData(1, 3, "xxAB", true)]
    [InlineData(1, 3, "AB", false)]
    [InlineData(1, 1, "xxAB", false)]
    [InlineData(1, -1, "xxxxxxAB", true)]
    [InlineData(3, -1, "xxAB", false)]
    public void A_sequence_stands_within_its_range_from_the_start(int least, int most, string text, bool matches) =>
        Assert.Equal(matches, Matches("4142", text, SequencePlace.Start, least, most));

    [Theory]
    [InlineData(0, 0, "xxAB", true)]
    [InlineData(0, 0, "ABx", false)]
    [InlineData(2, 2, "ABxx", true)]
    [InlineData(0, 3, "xABxx", true)]
    [InlineData(1, 3, "xxAB", false)]
    [InlineData(0, 3, "ABxxxx", false)]
    public void A_sequence_stands_within_its_range_from_the_end(int least, int most, string text, bool matches) =>
        Assert.Equal(matches, Matches("4142", text, SequencePlace.End, least, most));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("4G")]
    [InlineData("[41")]
    [InlineData("[]")]
    [InlineData("[41:]")]
    [InlineData("(41")]
    [InlineData("41)")]
    [InlineData("{5-2}41")]
    [InlineData("{-2}41")]
    [InlineData("{9999999999999}41")]
    [InlineData("'open")]
    [InlineData("?41")]
    [InlineData("'中'")]
    [InlineData("((((((((((41))))))))))")]
    public void What_is_no_expression_is_refused(string expression) => Assert.Throws<FormatException>(() => ExpressionParser.Parse(expression));

    [Fact]
    public void An_expression_that_would_take_for_ever_costs_its_share_and_no_more()
    {
        // Each gap may end anywhere and nothing tells where: without a limit this tries 40,000 to the fourth power places.
        var budget = 1_000_000L;
        var sequence = CompiledSequence.Compile(new RegistrySequence(SequencePlace.Start, 0, 40_000, "[41:5A]{0-40000}[41:5A]{0-40000}[41:5A]{0-40000}[41:5A]{0-40000}00"));
        var bytes = Encoding.Latin1.GetBytes(new string('A', 40_000));

        Assert.False(sequence.Matches(new FileWindows(bytes, bytes), ref budget));
        Assert.True(budget < 0);
    }

    [Fact]
    public void Searches_without_an_end_that_fail_are_not_begun_again_at_each_place()
    {
        var budget = 10_000L;
        var sequence = CompiledSequence.Compile(new RegistrySequence(SequencePlace.Anywhere, 0, -1, "41*41*41*42"));
        var bytes = Encoding.Latin1.GetBytes(new string('A', 60_000));

        Assert.False(sequence.Matches(new FileWindows(bytes, bytes), ref budget));
        Assert.True(budget > 9_000, $"{10_000 - budget} steps");
    }

    private static bool Matches(string expression, string text, SequencePlace place, long least, long most)
    {
        var budget = 100_000L;
        var bytes = Encoding.Latin1.GetBytes(text);
        return CompiledSequence.Compile(new RegistrySequence(place, least, most, expression)).Matches(new FileWindows(bytes, bytes), ref budget);
    }
}
