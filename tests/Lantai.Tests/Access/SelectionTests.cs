using Lantai.Access;

namespace Lantai.Tests.Access;

public sealed class SelectionTests
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "b/a.txt", false)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "b/a.txt", false)]
    [InlineData("**/*.txt", "a.txt", true)]
    [InlineData("**/*.txt", "b/c/a.txt", true)]
    [InlineData("b/**", "b/c/a.txt", true)]
    [InlineData("b/", "b/c/a.txt", true)]
    [InlineData("b/", "bc/a.txt", false)]
    [InlineData("b/**/a", "b/a", true)]
    [InlineData("b**a", "b/x/a", true)]
    [InlineData("?.txt", "档.txt", true)]
    [InlineData("?.txt", "𠮷.txt", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("a+(b).txt", "a+(b).txt", true)]
    [InlineData("A.txt", "a.txt", false)]
    [InlineData("*", "line\nbreak", true)]
    public void Patterns_choose_by_segments(string pattern, string path, bool chosen) => Assert.Equal(chosen, new Selection([pattern]).Chooses(path));

    [Fact]
    public void No_pattern_means_all() => Assert.True(new Selection([]).Chooses("any/thing"));

    [Fact]
    public void Several_patterns_add_up_and_each_says_whether_it_chose()
    {
        var selection = new Selection(["a", "*", "c"]);

        Assert.True(selection.Chooses("a"));
        Assert.Equal(["c"], selection.Unmatched);
    }

    [Fact]
    public void A_wild_pattern_over_a_long_path_takes_no_time()
    {
        var selection = new Selection([string.Concat(Enumerable.Repeat("*a", 40)) + "b"]);

        Assert.False(selection.Chooses(new string('a', 20_000)));
    }
}
