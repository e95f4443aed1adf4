using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Evidence;

public sealed class CompactRangeTests
{
    [Fact]
    public void Its_root_is_that_of_the_definition_for_every_size()
    {
        var tree = new TestTree(300);

        Assert.All(Enumerable.Range(0, 301), size => Assert.Equal(TestTree.Definition(0, size), tree.Roots[size]));
    }

    [Fact]
    public void Every_complete_subtree_is_told_once_and_leaves_come_first()
    {
        var told = new List<(int Level, ulong Index)>();
        var range = new CompactRange((level, index, _) => told.Add((level, index)));

        for (var i = 0; i < 4; i++)
        {
            range.Append(TestTree.Leaf(i));
        }

        Assert.Equal([(0, 0UL), (0, 1UL), (1, 0UL), (0, 2UL), (0, 3UL), (1, 1UL), (2, 0UL)], told);
    }

    [Fact]
    public void A_range_taken_up_from_its_peaks_goes_on_as_if_never_left()
    {
        var tree = new TestTree(100);
        for (var cut = 0; cut <= 100; cut++)
        {
            var first = new CompactRange();
            Enumerable.Range(0, cut).ToList().ForEach(i => first.Append(TestTree.Leaf(i)));

            var second = new CompactRange(first.Size, first.Peaks);
            Enumerable.Range(cut, 100 - cut).ToList().ForEach(i => second.Append(TestTree.Leaf(i)));

            Assert.Equal(tree.Roots[100], second.Root());
            Assert.Equal(100UL, second.Size);
        }
    }

    [Fact]
    public void A_copy_grows_alone_and_in_silence()
    {
        var told = 0;
        var range = new CompactRange((_, _, _) => told++);
        range.Append(TestTree.Leaf(0));
        var peaks = range.Peaks;

        var copy = range.Copy();
        copy.Append(TestTree.Leaf(1));

        Assert.Equal(1, told);
        Assert.Equal(1UL, range.Size);
        Assert.Equal(TestTree.Leaf(0), range.Root());
        Assert.Equal([TestTree.Leaf(0)], peaks);
        Assert.Equal(2UL, copy.Size);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(8, 3)]
    public void A_wrong_number_of_peaks_is_misuse(int size, int peaks) =>
        Assert.Throws<ArgumentException>(() => new CompactRange((ulong)size, [.. Enumerable.Repeat(default(Digest), peaks)]));

    [Fact]
    public void The_number_of_leaves_never_wraps()
    {
        var full = new CompactRange(ulong.MaxValue, [.. Enumerable.Repeat(default(Digest), 64)]);

        Assert.Throws<OverflowException>(() => full.Append(default));
    }
}
