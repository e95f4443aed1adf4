using Lantai.Characterization;
using Lantai.Characterization.Pdf;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfSourceTests
{
    [Fact]
    public void Every_place_is_read_in_any_order()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        using var source = new PdfSource(FileContent.Of(new MemoryStream(bytes)), TestContext.Current.CancellationToken);
        var random = new Random(2);
        for (var i = 0; i < 2000; i++)
        {
            var at = random.Next(bytes.Length + 10);
            source.Position = at;

            Assert.Equal(at < bytes.Length ? bytes[at] : -1, source.ReadByte());
            var some = new byte[random.Next(100)];
            var count = source.Read(some);
            Assert.Equal(bytes.Skip(at + 1).Take(some.Length), some[..count]);
        }
    }

    [Fact]
    public void A_sealed_source_touches_the_content_no_more()
    {
        using var source = new PdfSource(FileContent.Of(new MemoryStream(new byte[200_000])), TestContext.Current.CancellationToken);
        source.Seal();

        _ = Assert.Throws<ObjectDisposedException>(() => source.ReadByte());
    }

    [Fact]
    public void A_source_stops_when_asked()
    {
        using var time = new CancellationTokenSource();
        using var source = new PdfSource(FileContent.Of(new byte[10]), time.Token);
        Assert.Equal(0, source.ReadByte());

        time.Cancel();

        _ = Assert.ThrowsAny<OperationCanceledException>(() => source.ReadByte());
    }
}
