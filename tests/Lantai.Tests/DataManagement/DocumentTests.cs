using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.Tests.DataManagement;

public sealed class DocumentTests
{
    [Fact]
    public void Documents_are_equal_when_their_canonical_bytes_are()
    {
        var one = new Document(new JsonMap().Set("b", 1).Set("a", ["x"]));
        var two = new Document(new JsonMap().Set("a", ["x"]).Set("b", 1));

        Assert.Equal(one, two);
        Assert.Equal("""{"a":["x"],"b":1}""", one.ToString());
        Assert.NotEqual(one, new Document(two.ToMap().Set("b", 2)));
    }

    [Fact]
    public void A_map_changed_later_does_not_reach_the_document()
    {
        var map = new JsonMap().Set("a", 1);
        var document = new Document(map);

        _ = map.Set("a", 2);
        _ = document.ToMap().Set("a", 3);

        Assert.Equal(1, document.Number("a"));
    }

    [Fact]
    public void Names_and_values_that_some_store_cannot_hold_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("a.b", 1)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("A", 1)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("", 1)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set(new string('a', 31), 1)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("aB", 1).Set("ab", 2)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("a", new JsonMap())));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("a", [1L])));
        Assert.ThrowsAny<ArgumentException>(() => new Document(new JsonMap().Set("a", "\uD800")));
        Assert.ThrowsAny<ArgumentException>(() => new Document(new JsonMap().Set("a", long.MaxValue)));
        Assert.Throws<ArgumentException>(() => new Document(new JsonMap().Set("a", new string('x', Document.MaxSize))));
    }
}
