using Lantai.Words;

namespace Lantai.Tests.Words;

public sealed class RememberedTests
{
    [Fact]
    public void What_is_asked_for_again_stays_and_the_rest_is_forgotten()
    {
        var remembered = new Remembered<int, string>(4);
        Assert.Null(remembered.Find(0));
        Assert.Equal("零", remembered.Keep(0, "零"));

        for (var i = 1; i <= 100; i++)
        {
            _ = remembered.Keep(i, "多");
            Assert.Equal("零", remembered.Find(0));
        }

        Assert.Null(remembered.Find(1));
        Assert.Equal("多", remembered.Find(100));
        Assert.InRange(Enumerable.Range(0, 101).Count(i => remembered.Find(i) is not null), 1, 8);
    }
}
