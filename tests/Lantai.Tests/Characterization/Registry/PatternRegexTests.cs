namespace Lantai.Tests.Characterization.Registry;

public sealed class PatternRegexTests
{
    [Theory]
    [InlineData("'ab' 63", "abc", true)]
    [InlineData("'ab' 63", "abd", false)]
    [InlineData("61 {1} 63", "axc", true)]
    [InlineData("61 {2-3} 63", "axc", false)]
    [InlineData("('<'|3D 22) '1'", "=\"1", true)]
    [InlineData("['a'-'c' 78]", "x", true)]
    [InlineData("[!61:63]", "b", false)]
    [InlineData("[&01]", "a", true)]
    [InlineData("[&01]", "b", false)]
    public void An_expression_means_what_it_says(string pattern, string text, bool matches) =>
        Assert.Equal(matches, PatternRegex.Compile(pattern, @"\A", @"\z").IsMatch(text));

    [Theory]
    [InlineData("")]
    [InlineData("6")]
    [InlineData("zz")]
    [InlineData("'open")]
    [InlineData("(61|62")]
    [InlineData("(61|(62|63))")]
    [InlineData("(61|)")]
    [InlineData("{4} 61")]
    [InlineData("[63:61]")]
    [InlineData("[61")]
    [InlineData("{4-2")]
    public void What_is_no_expression_is_refused(string pattern) => Assert.ThrowsAny<FormatException>(() => PatternRegex.Compile(pattern));
}
