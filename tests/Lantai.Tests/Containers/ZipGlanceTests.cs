using System.Buffers.Binary;
using Lantai.Containers;

namespace Lantai.Tests.Containers;

public sealed class ZipGlanceTests
{
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public void A_directory_that_begins_where_no_file_reaches_is_none(long start)
    {
        var bytes = HandMadeZip.Make([new HandMadeEntry("a"u8.ToArray(), [1])], null, wide: true);
        var record = bytes.AsSpan().IndexOf("PK\x06\x06"u8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(record + 40), 1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(record + 48), start);

        Assert.Null(ZipGlance.TryRead(new MemoryStream(bytes)));
    }

    [Fact]
    public void An_entry_that_begins_where_no_file_reaches_has_no_content()
    {
        byte[] far = [1, 0, 8, 0, .. BitConverter.GetBytes(long.MaxValue)];
        var bytes = HandMadeZip.Make([new HandMadeEntry("a"u8.ToArray(), [1]) { Offset = uint.MaxValue, Extra = far }], null, front: [.. "PK\x03\x04"u8, .. new byte[100]]);

        var glance = ZipGlance.TryRead(new MemoryStream(bytes))!;

        Assert.Null(glance.Open(Assert.Single(glance.Entries)));
    }
}
