using Lantai.Characterization.Pdf;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfDateTests
{
    [Theory]
    [InlineData("D:2024", "2024")]
    [InlineData("D:202401", "2024-01")]
    [InlineData("D:20240131", "2024-01-31")]
    [InlineData("D:202401312359", "2024-01-31T23:59")]
    [InlineData("D:20240131235959Z", "2024-01-31T23:59:59Z")]
    [InlineData("D:20240131235959Z00'00'", "2024-01-31T23:59:59Z")]
    [InlineData("D:20240131235959-05'30", "2024-01-31T23:59:59-05:30")]
    [InlineData("20240131235959+08", "2024-01-31T23:59:59+08:00")]
    [InlineData("D:20240230", "D:20240230")]
    [InlineData("yesterday", "yesterday")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void A_date_becomes_iso_8601_and_what_is_none_stays(string? text, string? iso) => Assert.Equal(iso, PdfDate.Read(text));
}
