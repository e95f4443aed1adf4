using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Pdf;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfScanTests
{
    [Fact]
    public void Nothing_is_odd_about_a_sound_file()
    {
        var scan = Scan(HandMadePdf.OnePage().ToBytes());

        Assert.Empty(scan.Oddities);
        Assert.Equal((0L, "1.7", 1, null, false), (scan.HeaderPlace, scan.HeaderVersion, scan.Revisions, scan.Encrypted, scan.IsCutOff));
    }

    [Fact]
    public void A_cross_reference_stream_is_followed()
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Trailer = "/Encrypt 7 0 R";
        var scan = Scan(pdf.WithObjectStream(6, (7, "<<>>")));

        Assert.Empty(scan.Oddities);
        Assert.Equal("/Encrypt 7 0 R", scan.Encrypted);
    }

    [Fact]
    public void An_encryption_of_an_older_revision_counts_too()
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Trailer = "/Encrypt 9 0 R";
        var scan = Scan(Updated(pdf.ToBytes(), ""));

        Assert.Equal("/Encrypt 9 0 R", scan.Encrypted);
        Assert.Equal(2, scan.Revisions);
    }

    [Fact]
    public void An_encryption_of_a_newer_revision_counts()
    {
        var scan = Scan(Updated(HandMadePdf.OnePage().ToBytes(), "/Encrypt 3 0 R"));

        Assert.Equal("/Encrypt 3 0 R", scan.Encrypted);
        Assert.Empty(scan.Oddities);
    }

    [Fact]
    public void A_circle_of_revisions_ends()
    {
        var bytes = HandMadePdf.OnePage().ToBytes();
        var own = bytes.Length + 1;
        var scan = Scan(Updated(bytes, "", own));

        Assert.Equal(1, scan.Revisions);
    }

    [Fact]
    public void Where_the_chain_is_broken_every_trailer_is_looked_for()
    {
        var pdf = HandMadePdf.OnePage();
        (pdf.Trailer, pdf.Shift) = ("/Encrypt 9 0 R", 3);

        Assert.Equal("/Encrypt 9 0 R", Scan(pdf.ToBytes()).Encrypted);

        var packed = HandMadePdf.OnePage();
        packed.Trailer = "/Encrypt 7 0 R";
        var bytes = packed.WithObjectStream(6, (7, "<<>>"));
        var at = bytes.AsSpan().LastIndexOf("startxref"u8);

        Assert.Equal("/Encrypt 7 0 R", Scan([.. bytes[..at], .. "startxref\n1\n%%EOF"u8]).Encrypted);
    }

    [Theory]
    [InlineData("<</Length 3>>\nstream\nabcdef\nendstream", "pdf-stream-length")]
    [InlineData("<</Length 9>>\nstream\nabcdef\nendstream", "pdf-stream-length")]
    [InlineData("<</Length 999999>>\nstream\nabcdef\nendstream", "pdf-stream-length")]
    [InlineData("<</Length 6>>\nstream\r\nabcdef\r\nendstream", null)]
    [InlineData("<</Length 6>>\nstream\nabcdefendstream", null)]
    [InlineData("<</Length 5 0 R>>\nstream\nabcdef\nendstream", null)]
    [InlineData("<</Length 6>>\nstream\nabcdef\nendstream xyz", "pdf-object-end")]
    public void A_stream_that_is_not_as_long_as_it_says_is_told(string text, string? oddity) =>
        Assert.Equal(oddity is null ? [] : [oddity], Scan(HandMadePdf.OnePage().Set(6, text).ToBytes()).Oddities);

    [Theory]
    [InlineData("/Size 6", "/Size 5", "pdf-trailer")]
    [InlineData("/Size 6", "/Siza 6", "pdf-trailer")]
    [InlineData("/Root 1 0 R", "/Rood 1 0 R", "pdf-trailer")]
    [InlineData("/Root 1 0 R", "/Root 1 0  ", "pdf-trailer")]
    [InlineData("R>>\nstartxref", "R  \nstartxref", "pdf-trailer")]
    [InlineData("trailer\n", "tralier\n", "pdf-xref")]
    [InlineData("xref\n0 6", "xrfe\n0 6", "pdf-xref")]
    [InlineData("xref\n0 6", "xref\n0 9", "pdf-xref")]
    [InlineData("xref\n0 6", "xref\n1 6", "pdf-xref-entry")]
    [InlineData("3 0 obj", "8 0 obj", "pdf-xref-entry")]
    [InlineData("%%EOF", "%%EO", "pdf-no-end")]
    [InlineData("%%EOF", "%%EOF and more", "pdf-after-end")]
    public void Each_departure_is_named(string was, string becomes, string oddity)
    {
        var text = Encoding.Latin1.GetString(HandMadePdf.OnePage().ToBytes());
        Assert.Contains(was, text, StringComparison.Ordinal);

        Assert.Contains(oddity, Scan(Encoding.Latin1.GetBytes(text.Replace(was, becomes, StringComparison.Ordinal))).Oddities);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.4")]
    [InlineData("%PDF-1.4\nstartxref\n99999999999999999999\n%%EOF")]
    [InlineData("%PDF-1.4\nstartxref\n-5\n%%EOF")]
    [InlineData("%PDF-1.4\nxref\n0 2147483647\nstartxref\n9\n%%EOF")]
    [InlineData("%PDF-1.4\nxref\n9223372036854775807 2147483647\n0000000000 00000 n\n0000000000 00000 n\ntrailer<<>>startxref\n9\n%%EOF")]
    [InlineData("%PDF-1.4\nxref\n0 1\n9223372036854775807 00000 n \ntrailer<</Prev 9>>startxref\n9\n%%EOF")]
    [InlineData("\n\n%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Prev 9223372036854775807/XRefStm 9223372036854775807>>startxref\n9\n%%EOF")]
    [InlineData("\n\n%PDF-1.4\nxref\n0 1\n-999999999999 00000 n \ntrailer<</Prev -1>>startxref\n9\n%%EOF")]
    public void Nonsense_ends_without_an_exception(string text) => Assert.NotEmpty(Scan(Encoding.Latin1.GetBytes(text)).Oddities);

    [Fact]
    public void A_linearized_file_that_was_appended_to_is_linearized_no_more()
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Header = "%PDF-1.7\n9 0 obj\n<</Linearized 1/L 00000>>\nendobj\n";
        var length = pdf.ToBytes().Length;
        pdf.Header = pdf.Header.Replace("00000", length.ToString("D5", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var bytes = pdf.ToBytes();

        Assert.True(Scan(bytes).IsLinearized);
        Assert.False(Scan([.. bytes, (byte)'\n']).IsLinearized);
    }

    [Fact]
    public void A_mark_across_two_windows_is_found_once()
    {
        var bytes = new byte[(3 << 20) + 100];
        foreach (var at in new[] { 10, (1 << 20) - 3, (2 << 20) - 7, 3 << 20 })
        {
            "trailer"u8.CopyTo(bytes.AsSpan(at));
        }

        var found = new PdfBytes(FileContent.Of(new MemoryStream(bytes)), 0).Find("trailer"u8.ToArray(), 100, TestContext.Current.CancellationToken);

        Assert.Equal([10, (1 << 20) - 3, (2 << 20) - 7, 3 << 20], found);
    }

    private static PdfScan Scan(byte[] bytes) => PdfScan.Of(FileContent.Of(bytes), ExaminationLimits.Default, TestContext.Current.CancellationToken);

    private static byte[] Updated(byte[] bytes, string trailer, int? previous = null)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var before = previous ?? int.Parse(text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);
        return Encoding.Latin1.GetBytes($"{text}\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 6/Root 1 0 R/Prev {before}{trailer}>>\nstartxref\n{bytes.Length + 1}\n%%EOF\n");
    }
}
