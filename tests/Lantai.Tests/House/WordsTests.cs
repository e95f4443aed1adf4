using Lantai.Words;

namespace Lantai.Tests.House;

public sealed class WordsTests
{
    [Fact]
    public void The_words_that_all_rooms_share_are_at_most_twelve()
    {
        var types = typeof(Digest).Assembly.GetExportedTypes();

        Assert.True(types.Length <= 12, "Every room knows these words; move what only some rooms need: " + string.Join(", ", types.Select(t => t.Name)));
    }
}
