using System.Buffers.Binary;
using Lantai.Containers;

namespace Lantai.Tests.Containers;

public sealed class CompoundFileTests
{
    private static readonly Guid WordDocument = new("00020906-0000-0000-C000-000000000046");

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void Every_stream_is_read_back_whether_it_is_short_or_long(int sectorSize)
    {
        byte[] small = Fill(100), edge = Fill(4096), large = Fill(70_000), empty = [];
        var file = Open(new HandMadeCompound(sectorSize).Add("WordDocument", large).Add("\x01CompObj", small).Add("ObjectPool/_1/edge", edge).Add("empty", empty).Make());

        Assert.True(file.IsWhole);
        Assert.Equal(["\x01CompObj", "ObjectPool", "ObjectPool/_1", "ObjectPool/_1/edge", "WordDocument", "empty"], file.Entries.Select(e => e.Path).Order(StringComparer.Ordinal));
        Assert.Equal(large, file.ReadStart(file.Find("worddocument")!, int.MaxValue));
        Assert.Equal(small, file.ReadStart(file.Find("\x01CompObj")!, int.MaxValue));
        Assert.Equal(edge, file.ReadStart(file.Find("edge")!, int.MaxValue));
        Assert.Empty(file.ReadStart(file.Find("empty")!, 10));
        Assert.Empty(file.ReadStart(file.Find("ObjectPool")!, 10));
    }

    [Fact]
    public void A_stream_is_read_at_any_place()
    {
        var large = Fill(70_000);
        var file = Open(new HandMadeCompound().Add("Workbook", large).Make());
        using var stream = file.Open(file.Find("Workbook")!);
        var part = new byte[1000];

        stream.Position = 65_000;
        stream.ReadExactly(part);

        Assert.Equal(large[65_000..66_000], part);
        Assert.Equal(70_000, stream.Length);
        Assert.Equal(large[..600], file.ReadStart(file.Find("Workbook")!, 600));
    }

    [Fact]
    public void Storages_carry_their_class_and_streams_their_length()
    {
        var file = Open(new HandMadeCompound().AddStorage("", WordDocument).AddStorage("Sub", WordDocument).Add("Sub/a", Fill(10)).Make());

        Assert.Equal(WordDocument, file.Root.ClassId);
        Assert.Equal(WordDocument, file.Find("Sub")!.ClassId);
        Assert.True(file.Find("Sub")!.IsStorage);
        Assert.Equal(10, file.Find("a")!.Length);
    }

    [Fact]
    public void A_path_goes_before_a_name_that_is_met_earlier()
    {
        var file = Open(new HandMadeCompound().Add("Inner/Contents", Fill(1)).Add("Contents", Fill(2)).Make());

        Assert.Equal(2, file.Find("contents")!.Length);
        Assert.Equal(1, file.Find("inner/contents")!.Length);
        Assert.Null(file.Find("other"));
    }

    [Fact]
    public void More_tables_than_the_header_names_are_found_through_their_list()
    {
        var large = Fill(8 << 20);
        var bytes = new HandMadeCompound().Add("Workbook", large).Make();

        Assert.NotEqual(0u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(72)));
        var file = Open(bytes);
        Assert.Equal(large, file.ReadStart(file.Find("Workbook")!, int.MaxValue));
    }

    [Fact]
    public void A_list_of_tables_that_names_itself_comes_to_an_end()
    {
        var bytes = new HandMadeCompound().Add("Workbook", Fill(8 << 20)).Make();
        var list = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(68));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)((list + 1) * 512) + 508), list);

        Assert.Equal(8 << 20, Open(bytes).Find("Workbook")!.Length);
    }

    [Fact]
    public void A_chain_that_goes_in_a_circle_gives_no_more_than_the_file_holds()
    {
        var bytes = new HandMadeCompound().Add("a", Fill(5000)).Make();
        var file = Open(Redirect(bytes, sector: 3, to: 0, declared: 1u << 30));

        using var stream = file.Open(file.Find("a")!);

        Assert.InRange(stream.Length, 1, bytes.Length);
        stream.CopyTo(Stream.Null);
    }

    [Fact]
    public void A_length_that_lies_is_declared_but_not_given()
    {
        var bytes = new HandMadeCompound(4096).Add("a", Fill(5000)).Make();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(RecordAt(bytes, 1, 4096) + 120), long.MaxValue);
        var file = Open(bytes);

        using var stream = file.Open(file.Find("a")!);

        Assert.Equal(long.MaxValue, file.Find("a")!.Length);
        Assert.InRange(stream.Length, 5000, bytes.Length);
    }

    [Theory]
    [InlineData(68)]
    [InlineData(72)]
    [InlineData(76)]
    public void A_directory_that_goes_in_a_circle_is_read_once_and_called_damaged(int field)
    {
        var bytes = new HandMadeCompound().Add("S/a", Fill(10)).Add("S/b", Fill(10)).Make();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(RecordAt(bytes, 1, 512) + field), 1);

        var file = Open(bytes);

        Assert.False(file.IsWhole);
        Assert.Single(file.Entries, e => e.Name == "S");
    }

    [Fact]
    public void Storages_deeper_than_anybody_nests_are_left_out()
    {
        var file = Open(new HandMadeCompound().Add(string.Join('/', Enumerable.Repeat("s", 200)) + "/a", Fill(10)).Make());

        Assert.False(file.IsWhole);
        Assert.Equal(64, file.Entries.Count);
    }

    [Fact]
    public void A_file_that_is_cut_off_gives_what_it_holds()
    {
        var bytes = new HandMadeCompound().Add("a", Fill(50_000)).Make();

        for (var length = 0; length < bytes.Length; length += 333)
        {
            var file = CompoundFile.TryOpen(new MemoryStream(bytes[..length]));
            Assert.Equal(length >= 512, file is not null);
            foreach (var entry in file?.Entries ?? [])
            {
                Assert.InRange(file!.ReadStart(entry, int.MaxValue).Length, 0, length);
            }
        }
    }

    [Fact]
    public void Any_byte_may_be_wrong_and_nothing_is_thrown()
    {
        var sound = new HandMadeCompound().Add("a", Fill(5000)).Add("S/b", Fill(300)).Add("S/c", Fill(70)).Make();
        var random = new Random(7);

        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])sound.Clone();
            for (var i = 0; i < 8; i++)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }

            foreach (var entry in CompoundFile.TryOpen(new MemoryStream(bytes)) is { } file ? file.Entries.Select(e => (file, e)) : [])
            {
                Assert.InRange(entry.file.ReadStart(entry.e, int.MaxValue).Length, 0, bytes.Length * 8);
            }
        }
    }

    [Fact]
    public void What_does_not_begin_as_a_compound_file_is_none()
    {
        var bytes = new HandMadeCompound().Add("a", Fill(10)).Make();
        bytes[30] = 20;

        Assert.Null(CompoundFile.TryOpen(new MemoryStream(bytes)));
        Assert.Null(CompoundFile.TryOpen(new MemoryStream()));
        Assert.Null(CompoundFile.TryOpen(new MemoryStream(new byte[1000])));
    }

    private static CompoundFile Open(byte[] bytes) => CompoundFile.TryOpen(new MemoryStream(bytes))!;

    private static byte[] Fill(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static int RecordAt(byte[] bytes, int number, int size) =>
        (int)((BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) + 1) * size) + (number * 128);

    private static byte[] Redirect(byte[] bytes, int sector, uint to, uint declared)
    {
        var table = (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(76)) + 1) * 512;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(table + (sector * 4)), to);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(RecordAt(bytes, 1, 512) + 120), declared);
        return bytes;
    }
}
