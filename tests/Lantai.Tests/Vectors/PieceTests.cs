using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>Single structures read as what stands beside them, and the pages show just these bytes.</summary>
public sealed class PieceTests
{
    public static TheoryData<string> Names => [.. Piece.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_piece_reads_as_what_stands_beside_it(string name) => Assert.Equal(Piece.Read(name).Values, Pieces.Describe(name, Piece.Bytes(name)));

    [Fact]
    public void The_examples_on_the_pages_are_the_pieces()
    {
        var found = Examples.All().ToList();

        Assert.All(found, e =>
        {
            var shown = Examples.Parse(e.Shown);
            var bytes = Piece.Bytes(e.Piece);
            Assert.True(shown.AsSpan().SequenceEqual(bytes) || (shown[^1] == '\n' && shown.AsSpan(0, shown.Length - 1).SequenceEqual(bytes)), $"{e.Page} shows another '{e.Piece}' than the vector.");
            Assert.Equal(e.Page, Piece.Read(e.Piece).Page);
        });
        Assert.Empty(Piece.Names.Except(found.Select(e => e.Piece)));
    }

    [Fact]
    public void Every_page_has_an_example()
    {
        var pages = Tree.Files("spec/formats", "*.md").Where(p => !Tree.Read(p).Contains("\n```\n", StringComparison.Ordinal)).ToList();

        Assert.Empty(pages);
    }
}
