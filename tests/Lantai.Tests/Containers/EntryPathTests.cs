using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Tests.Containers;

public sealed class EntryPathTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("\\\\server\\share", "absolute")]
    [InlineData("C:\\Windows", "drive")]
    [InlineData("c:file", "drive")]
    [InlineData("a/../../b", "parent")]
    [InlineData("..", "parent")]
    [InlineData("..\\..\\evil.txt", "parent")]
    [InlineData("a\\..\\b", "parent")]
    [InlineData("./a", "dot")]
    [InlineData("a//b", "empty-segment")]
    [InlineData("a/", "empty-segment")]
    [InlineData("a\0b", "nul")]
    public void A_path_that_could_leave_its_folder_is_refused_with_the_reason(string path, string reason) =>
        Assert.Equal(reason, EntryPath.FindReason(EntryName.OfText(path).Bytes.Span));

    [Theory]
    [InlineData("a")]
    [InlineData("a/b c/..d")]
    [InlineData("db\\file2")]
    [InlineData("a/...")]
    [InlineData("材料/c:d")]
    public void An_ordinary_path_is_safe(string path) => Assert.Null(EntryPath.Check(EntryName.OfText(path)));
}
