using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfExaminerTests
{
    [Fact]
    public void A_sound_file_is_readable_and_without_findings()
    {
        var found = HandMadePdf.OnePage().Examine();

        Assert.Equal(FileFamily.Pdf, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Findings);
        Assert.Empty(found.Active);
        Assert.Empty(found.Encryption);
        Assert.Equal(1L, found.Technical["pages"]);
        Assert.Equal(595L, found.Technical["page-width"]);
        Assert.Equal(842L, found.Technical["page-height"]);
        Assert.Equal("1.7", found.Technical["pdf-version"]);
        Assert.Equal(["Helvetica"], (IEnumerable<string>)found.Technical["fonts-not-embedded"]);
    }

    [Fact]
    public void An_object_stream_is_read_like_any_other_object()
    {
        var pdf = HandMadePdf.OnePage("/OpenAction 7 0 R");

        var found = HandMadePdf.Examine(pdf.WithObjectStream(6, (7, "<</S/JavaScript/JS(app.alert\\(1\\))>>"), (8, "<</S/Launch/F(a.exe)>>")));

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Findings);
        Assert.Contains(new ActiveMark("pdf-javascript", "7 0 obj"), found.Active);
        Assert.Contains(new ActiveMark("pdf-launch", "8 0 obj"), found.Active);
    }

    [Theory]
    [InlineData("/OpenAction<</S/JavaScript/JS(1)>>", "", "pdf-javascript")]
    [InlineData("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>", "", "pdf-javascript")]
    [InlineData("", "/AA<</O<</S/JavaScript/JS(1)>>>>", "pdf-javascript")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/Link/A<</S/JavaScript/JS(1)>>>>]", "pdf-javascript")]
    [InlineData("/OpenAction<</S/Launch/F(cmd.exe)>>", "", "pdf-launch")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/Link/A<</S/URI/URI(http://example.org)>>>>]", "external-reference")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/Link/A<</S/GoToR/F(b.pdf)>>>>]", "external-reference")]
    [InlineData("", "/AA<</O<</S/SubmitForm/F(x)>>>>", "external-reference")]
    [InlineData("", "/AA<</O<</S/ImportData/F(x)>>>>", "external-reference")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/RichMedia>>]", "multimedia")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/Movie>>]", "multimedia")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/3D>>]", "multimedia")]
    [InlineData("/AcroForm<</XFA 5 0 R>>", "", "pdf-xfa")]
    public void What_acts_or_reaches_outside_is_found(string catalogue, string page, string kind)
    {
        var found = HandMadePdf.OnePage(catalogue, page).Examine();

        Assert.Contains(found.Active, a => a.Kind == kind);
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Fact]
    public void A_link_says_where_it_leads() =>
        Assert.Contains(
            new ActiveMark("external-reference", "3 0 obj http://example.org/a"),
            HandMadePdf.OnePage("", "/Annots[<</Type/Annot/Subtype/Link/A<</S/URI/URI(http://example.org/a)>>>>]").Examine().Active);

    [Fact]
    public void An_embedded_file_is_found_and_a_program_among_them_told_apart()
    {
        var pdf = HandMadePdf.OnePage("/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>");
        pdf.Set(6, "<</Type/Filespec/F(table.csv)/EF<</F 8 0 R>>>>").SetPacked(8, "/Type/EmbeddedFile", "a,b\n1,2\n"u8.ToArray());
        pdf.Set(7, "<</Type/Filespec/F(tool)/EF<</F 9 0 R>>>>").SetPacked(9, "", [0x7F, .. "ELF"u8, .. new byte[60]]);

        var found = pdf.Examine();

        Assert.Contains(new ActiveMark("embedded-file", "8 0 obj table.csv"), found.Active);
        Assert.Equal([new ActiveMark("embedded-executable", "9 0 obj tool")], found.Active.Where(a => a.Kind == "embedded-executable"));
        Assert.Equal(2L, found.Technical["embedded-files"]);
    }

    [Fact]
    public void A_signature_is_no_encryption()
    {
        var pdf = HandMadePdf.OnePage("/AcroForm<</SigFlags 3/Fields[<</FT/Sig/V 6 0 R>>]>>");
        pdf.Set(6, "<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 10 20 30]/Contents<00>>>");

        var found = pdf.Examine();

        Assert.Empty(found.Encryption);
        Assert.Equal(1L, found.Technical["signatures"]);
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Theory]
    [InlineData("/Encrypt 9 0 R", "/Encrypt 9 0 R")]
    [InlineData("/Encrypt<</Filter/Standard/V 9>>", "/Encrypt")]
    public void An_encryption_is_found_even_where_nothing_else_can_be_read(string trailer, string place)
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Trailer = trailer;

        var found = pdf.Examine();

        Assert.Equal([new EncryptionMark("pdf", place)], found.Encryption);
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Fact]
    public void The_word_encrypt_in_a_text_is_no_encryption()
    {
        var pdf = HandMadePdf.OnePage("/Note(/Encrypt 9 0 R)", text: "BT /F0 1 Tf (trailer <</Encrypt 9 0 R>>) Tj ET");
        pdf.Trailer = "/Info<</Title(/Encrypt 9 0 R)>>";

        Assert.Empty(pdf.Examine().Encryption);
    }

    [Theory]
    [InlineData("%PDF-1.9\n", "pdf-header")]
    [InlineData("%PDF-x\n", "pdf-header")]
    [InlineData("\n\n%PDF-1.4\n", "pdf-header-late")]
    public void An_odd_header_is_told(string header, string fault)
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Header = header;

        Assert.Contains(pdf.Examine().Findings, f => f.Code == "FMT-120" && f.Arguments.Any(a => a.Value == fault));
    }

    [Theory]
    [InlineData("/Version/2.0", "2.0")]
    [InlineData("/Version/1.2", "1.7")]
    public void The_later_of_two_versions_counts(string catalogue, string version) =>
        Assert.Equal(version, HandMadePdf.OnePage(catalogue).Examine().Technical["pdf-version"]);

    [Fact]
    public void Wrong_cross_references_are_told_and_the_file_is_read_all_the_same()
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Shift = 7;

        var found = pdf.Examine();

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal("FMT-120 a.pdf part=xref fault=pdf-xref", Assert.Single(found.Findings).ToString());
    }

    [Fact]
    public void A_file_that_is_cut_off_is_broken()
    {
        var bytes = HandMadePdf.OnePage().ToBytes();

        Assert.All([bytes.Length / 4, bytes.Length / 2, bytes.Length - 200], length => Assert.Equal(Readability.Broken, HandMadePdf.Examine(bytes[..length]).Readability));
    }

    [Theory]
    [InlineData(2, "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", "pdf-page-missing")]
    [InlineData(2, "<</Type/Pages/Count 1>>", "pdf-no-pages")]
    [InlineData(4, "(no stream)", "pdf-content-missing")]
    public void A_part_that_is_missing_makes_it_broken(int number, string text, string fault)
    {
        var found = HandMadePdf.OnePage().Set(number, text).Examine();

        Assert.Equal(Readability.Broken, found.Readability);
        Assert.Contains(found.Findings, f => f.Code == "FMT-040" && f.Arguments.Any(a => a.Value == fault));
    }

    [Fact]
    public void A_damaged_stream_makes_it_broken_and_a_wrong_check_value_does_not()
    {
        var packed = HandMadePdf.Deflate(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("q Q\n", 500)) + HandMadePdf.Text));
        byte[] damaged = [.. packed[..^12]];
        byte[] wrong = [.. packed[..^1], (byte)(packed[^1] ^ 1)];

        var broken = HandMadePdf.OnePage().SetStream(4, "/Filter/FlateDecode", damaged).Examine();
        var odd = HandMadePdf.OnePage().SetStream(4, "/Filter/FlateDecode", wrong).Examine();

        Assert.Equal(Readability.Broken, broken.Readability);
        Assert.Equal(Readability.Readable, odd.Readability);
        Assert.Contains(odd.Findings, f => f.Arguments.Any(a => a.Value == "pdf-check-value"));
    }

    [Fact]
    public void A_damaged_stream_that_no_page_uses_is_found_too()
    {
        var found = HandMadePdf.OnePage().SetStream(6, "/Filter/FlateDecode", [0x78, 0x9C, 1, 2, 3, 4, 5, 6]).Examine();

        Assert.Contains(found.Findings, f => f.ToString() == "FMT-040 a.pdf part=6 0 obj fault=pdf-stream");
    }

    [Fact]
    public void A_stream_that_unpacks_to_more_than_allowed_stops_the_reading()
    {
        var bomb = HandMadePdf.OnePage().SetPacked(6, "", new byte[64 << 20]).ToBytes();

        var found = HandMadePdf.Examine(bomb, new ExaminationLimits { MaxUnpacked = 1 << 20 });

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.ToString() == "FMT-041 a.pdf why=too-much");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("<</A")]
    [InlineData("(")]
    [InlineData("<</Kids[1 0 R]/Type/Pages")]
    public void Endless_nesting_ends(string text)
    {
        var pdf = HandMadePdf.OnePage("/A 6 0 R").Set(6, string.Concat(Enumerable.Repeat(text, 200_000)));

        Assert.NotEqual(Readability.NotExamined, pdf.Examine().Readability);
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("-1")]
    public void Numbers_beyond_measure_are_no_matter(string number)
    {
        var pdf = HandMadePdf.OnePage().Set(2, $"<</Type/Pages/Kids[3 0 R]/Count {number}/MediaBox[0 0 {number} {number}]>>");
        pdf.Set(3, $"<</Type/Page/Parent 2 0 R/UserUnit {number}/Resources<</Font<</F0 5 0 R>>>>/Contents 4 0 R>>");
        pdf.SetPacked(6, $"/Subtype/Image/Width {number}/Height {number}/BitsPerComponent {number}/ColorSpace[/ICCBased 7 0 R]", new byte[10]).SetStream(7, $"/N {number}", []);

        var found = pdf.Examine();

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Contains(found.Findings, f => f.Arguments.Any(a => a.Value == "pdf-page-count"));
    }

    // Each of these ends the whole program when it reaches the library: no test after it would run.
    [Theory]
    [InlineData("<</Length 6 0 R>>\nstream\nabc\nendstream", "null")]
    [InlineData("<</Length 7 0 R>>\nstream\nabc\nendstream", "<</Length 6 0 R>>\nstream\nabc\nendstream")]
    [InlineData("<</Length 3/Filter 7 0 R>>\nstream\nabc\nendstream", "7 0 R")]
    [InlineData("<</Length 3/Filter 7 0 R>>\nstream\nabc\nendstream", "[7 0 R 7 0 R]")]
    [InlineData("<</Type/ObjStm/N 1/First 4/Length 8/Filter 7 0 R>>\nstream\n9 0 null\nendstream", "7 0 R")]
    public void References_in_a_circle_do_not_run_out_of_stack(string six, string seven) =>
        Assert.NotEqual(Readability.NotExamined, HandMadePdf.OnePage("/A 6 0 R").Set(6, six).Set(7, seven).Examine().Readability);

    [Fact]
    public void A_circle_inside_an_object_stream_does_not_run_out_of_stack()
    {
        var pdf = HandMadePdf.OnePage("/A 9 0 R").Set(8, "<</Type/ObjStm/N 1/First 4/Length 8/Filter 7 0 R>>\nstream\n9 0 null\nendstream");

        var found = HandMadePdf.Examine(pdf.WithObjectStream(6, (7, "7 0 R")));

        Assert.NotEqual(Readability.NotExamined, found.Readability);
        Assert.NotEqual(Readability.Readable, found.Readability);
    }

    [Theory]
    [InlineData("/Kids")]
    [InlineData("/#4Bids")]
    public void A_tree_of_pages_that_is_deeper_than_any_stack_is_not_followed(string key)
    {
        var pdf = HandMadePdf.OnePage();
        for (var i = 2; i < 150_000; i++)
        {
            _ = pdf.Set(i, $"<</Type/Pages{key}[{i + 1} 0 R]/Count 1>>");
        }

        Assert.Contains(pdf.Examine().Findings, f => f.ToString() == "FMT-041 a.pdf why=too-deep");
    }

    [Fact]
    public void A_time_that_is_over_is_told_and_leaves_what_was_found()
    {
        var found = HandMadePdf.Examine(HandMadePdf.OnePage().ToBytes(), new ExaminationLimits { MaxTime = TimeSpan.Zero });

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.ToString() == "FMT-041 a.pdf why=too-slow");
    }

    [Fact]
    public void Circles_end()
    {
        var pdf = HandMadePdf.OnePage("/A 6 0 R").Set(2, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1/Parent 2 0 R>>").Set(6, "6 0 R");
        pdf.Trailer = "/Prev 15";

        Assert.NotEqual(Readability.NotExamined, pdf.Examine().Readability);
    }

    [Fact]
    public void Every_cut_and_many_flipped_bytes_end_with_an_answer()
    {
        var bytes = HandMadePdf.OnePage("/OpenAction 7 0 R").WithObjectStream(6, (7, "<</S/JavaScript/JS(1)>>"));
        for (var at = 0; at < bytes.Length; at++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= 0x15;

            Assert.NotEqual(Readability.NotExamined, HandMadePdf.Examine(flipped).Readability);
            Assert.NotNull(HandMadePdf.Examine(bytes[..at]));
        }
    }

    [Theory]
    [InlineData("ICCBased", "ICCBased", 30, true)]
    [InlineData("/DeviceRGB", "DeviceRGB", 30, false)]
    [InlineData("/DeviceRGB", "DeviceRGB", 29, true)]
    [InlineData("/DeviceGray", "DeviceGray", 10, false)]
    public void An_image_that_is_smaller_than_it_says_is_told(string space, string name, int length, bool isOdd)
    {
        var given = space == "ICCBased" ? "[/ICCBased 7 0 R]" : space;
        var pdf = HandMadePdf.OnePage().SetStream(7, "/N 4", []).SetPacked(6, $"/Type/XObject/Subtype/Image/Width 5/Height 2/BitsPerComponent 8/ColorSpace{given}", new byte[length]);

        var found = pdf.Examine();

        Assert.Equal(isOdd, found.Findings.Any(f => f.Arguments.Any(a => a.Value == "pdf-image-size")));
        Assert.Equal(1L, found.Technical["images"]);
        Assert.Contains(name, (IEnumerable<string>)found.Technical["colour-spaces"]);
    }

    [Fact]
    public void An_embedded_font_is_told_from_one_that_is_not()
    {
        var pdf = HandMadePdf.OnePage()
            .Set(5, "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+SimSun/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/FontFile2 6 0 R>>>>").SetPacked(6, "", [1])
            .Set(7, "<</Type/Font/Subtype/Type0/BaseFont/KaiTi/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/KaiTi/FontDescriptor<</Type/FontDescriptor>>>>]>>");

        var found = pdf.Examine();

        Assert.Equal(["KaiTi", "SimSun"], (IEnumerable<string>)found.Technical["fonts"]);
        Assert.Equal(["KaiTi"], (IEnumerable<string>)found.Technical["fonts-not-embedded"]);
    }

    [Fact]
    public void Claims_and_dates_are_read()
    {
        const string xmp = """
            <?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
            <rdf:Description xmlns:p='http://www.aiim.org/pdfa/ns/id/' p:part='2'><p:conformance>U</p:conformance></rdf:Description>
            <rdf:Description xmlns:u='http://www.aiim.org/pdfua/ns/id/' u:part='1' xmlns:pdfaid='http://example.org/' pdfaid:rev='2020'/></rdf:RDF></x:xmpmeta>
            """;
        var pdf = HandMadePdf.OnePage("/Metadata 6 0 R/MarkInfo<</Marked true>>/Lang(zh-CN)").SetStream(6, "/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes(xmp));
        pdf.Trailer = "/Info<</Title<FEFF515C53F0>/Producer(P)/CreationDate(D:20240131235959+08'00')>>";

        var technical = pdf.Examine().Technical;

        Assert.Equal(("2", "U", "1"), (technical["pdfa-part"], technical["pdfa-level"], technical["pdfua-part"]));
        Assert.Equal(("兜台", "P", "2024-01-31T23:59:59+08:00"), (technical["title"], technical["producer"], technical["created"]));
        Assert.Equal((true, "zh-CN"), (technical["tagged"], technical["language"]));
        Assert.False(technical.ContainsKey("pdfa-revision"));
    }

    [Fact]
    public void A_packet_with_a_document_type_is_refused_and_nothing_is_fetched()
    {
        var pdf = HandMadePdf.OnePage("/Metadata 6 0 R").SetStream(6, "", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"u8.ToArray());

        Assert.Contains(pdf.Examine().Findings, f => f.Arguments.Any(a => a.Value == "pdf-metadata"));
    }

    [Fact]
    public void A_source_that_fails_is_not_the_files_fault()
    {
        var stream = new FailingStream(HandMadePdf.OnePage().SetPacked(6, "", new byte[100]).ToBytes());

        _ = Assert.Throws<IOException>(() => FileExaminers.Examine(FileContent.Of(stream), "a.pdf", new ExaminationLimits { MaxWhole = 100 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_on_disk_is_read_by_windows()
    {
        var bytes = HandMadePdf.OnePage("/OpenAction<</S/JavaScript/JS(1)>>").SetStream(6, "", new byte[300_000]).ToBytes();

        var found = FileExaminers.Examine(FileContent.Of(new MemoryStream(bytes)), "a.pdf", new ExaminationLimits { MaxWhole = 30_000 }, TestContext.Current.CancellationToken);

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Findings);
        Assert.Contains(found.Active, a => a.Kind == "pdf-javascript");
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read_but_its_encryption_is_found()
    {
        var pdf = HandMadePdf.OnePage().SetStream(6, "", new byte[300_000]);
        pdf.Trailer = "/Encrypt 9 0 R";

        var found = FileExaminers.Examine(FileContent.Of(new MemoryStream(pdf.ToBytes())), "a.pdf", new ExaminationLimits { MaxWhole = 1000 }, TestContext.Current.CancellationToken);

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Single(found.Encryption);
        Assert.Contains(found.Findings, f => f.ToString() == "FMT-041 a.pdf why=too-long");
    }

    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => buffer.Length is 4096 or 1024 or 2048 ? base.Read(buffer) : throw new IOException("gone");
    }
}
