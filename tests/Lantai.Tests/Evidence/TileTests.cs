using CsCheck;
using Lantai.Evidence;

namespace Lantai.Tests.Evidence;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 1067UL, 256, "tile/0/x001/067")]
    [InlineData(0, 1_234_067UL, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0UL, 5, "tile/0/000.p/5")]
    [InlineData(7, 12UL, 255, "tile/7/012.p/255")]
    [InlineData(-1, 0UL, 256, "tile/entries/000")]
    [InlineData(-1, 1000UL, 1, "tile/entries/x001/000.p/1")]
    [InlineData(63, ulong.MaxValue, 256, "tile/63/x018/x446/x744/x073/x709/x551/615")]
    public void A_tile_has_one_path(int level, ulong index, int width, string path)
    {
        var tile = new Tile(level, index, width);

        Assert.Equal(path, tile.Path);
        Assert.True(Tile.TryParse(path, out var parsed));
        Assert.Equal(tile, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/xx01/067")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/05")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/.p/1")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/x018/x446/x744/x073/x709/x551/616")]
    [InlineData("tile/entries/x1000/000")]
    [InlineData("tile/0/٠٠٠")]
    public void Another_form_of_a_path_is_refused(string? path) => Assert.False(Tile.TryParse(path, out _));

    [Fact]
    public void Any_text_that_parses_is_the_path_of_its_tile() =>
        Gen.String["tile/entris.px0123456789"].Select(Gen.Bool, (text, start) => start ? "tile/0/" + text : text)
            .Sample(path => !Tile.TryParse(path, out var tile) || tile.Path == path);

    [Fact]
    public void A_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts()
    {
        var tiles = Tile.ForSize(70_000).ToList();

        Assert.Equal(273, tiles.Count(tile => tile is { Level: 0, IsPartial: false }));
        Assert.Equal(273, tiles.Count(tile => tile is { Level: -1, IsPartial: false }));
        Assert.Equal(
            ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"],
            tiles.Where(tile => tile.Level > 0 || tile.IsPartial).Select(tile => tile.Path));
    }

    [Fact]
    public void A_tree_of_256_leaves_has_a_full_tile_and_its_hash_one_level_up() =>
        Assert.Equal(["tile/entries/000", "tile/0/000", "tile/1/000.p/1"], Tile.ForSize(256).Select(tile => tile.Path));

    [Fact]
    public void The_empty_tree_has_no_tiles() => Assert.Empty(Tile.ForSize(0));

    [Fact]
    public void Growing_step_by_step_writes_every_tile_of_the_grown_tree() =>
        (from large in Gen.Int[0, 140_000] from small in Gen.Int[0, large] select ((ulong)small, (ulong)large))
        .Sample(
            sizes =>
            {
                var (small, large) = sizes;
                var before = Tile.ForSize(small).ToHashSet();
                var added = Tile.New(small, large).ToList();

                Assert.Equal(added.Count, added.Distinct().Count());
                Assert.DoesNotContain(added, before.Contains);
                Assert.Subset(before.Concat(added).ToHashSet(), Tile.ForSize(large).ToHashSet());
                Assert.Subset(Tile.ForSize(large).ToHashSet(), added.ToHashSet());
            },
            iter: 50);

    [Fact]
    public void The_tiles_of_a_vast_tree_are_counted_without_overflow() =>
        Assert.Equal(
            ["tile/entries/x072/x057/x594/x037/x927/935.p/255", "tile/0/x072/x057/x594/x037/x927/935.p/255"],
            Tile.New(ulong.MaxValue - 1, ulong.MaxValue).Select(tile => tile.Path));

    [Fact]
    public void A_tree_does_not_shrink() => Assert.Throws<ArgumentOutOfRangeException>(() => Tile.New(2, 1));
}
