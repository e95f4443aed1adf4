using System.IO.Compression;
using System.Text;

namespace Lantai.Tests.Characterization.Registry;

/// <summary>Smallest files of a format are that format by the built-in patterns, and by none that should give way.</summary>
public sealed class BuiltInRecognitionTests
{
    private const string XmlStart = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private const string PdfAStart = "%PDF-1.4\n1 0 obj\n<</Type/Metadata>>\nstream\n<x:xmpmeta>";

    [Theory]
    [InlineData("fmt/18", "%PDF-1.4\n%%EOF\n")]
    [InlineData("fmt/276", "junk before\n%PDF-1.7\n%%EOF\n")]
    [InlineData("fmt/354", PdfAStart + "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n%%EOF")]
    [InlineData("fmt/95", PdfAStart + "<r pdfaid:conformance=\"A\" pdfaid:part=\"1\"/>\n%%EOF")]
    [InlineData("fmt/481", PdfAStart + "<r pdfaid:part='3' pdfaid:conformance='U'/>\n%%EOF")]
    [InlineData("fmt/1910", "%PDF-2.0\n<pdfaid:part>4</pdfaid:part>\n%%EOF")]
    [InlineData("fmt/1912", "%PDF-2.0\n<pdfaid:part>4</pdfaid:part><pdfaid:conformance>F</pdfaid:conformance>")]
    [InlineData("fmt/101", XmlStart + "<a/>")]
    [InlineData("fmt/101", "<?xml version='1.0'?><a/>")]
    [InlineData("fmt/1776", "<?xml version=\"1.1\"?><a/>")]
    [InlineData("lantai/mets", XmlStart + "<mets:mets xmlns:mets=\"http://www.loc.gov/METS/\" />")]
    [InlineData("lantai/premis-3", XmlStart + "<premis xmlns=\"http://www.loc.gov/premis/v3\" version=\"3.0\"/>")]
    [InlineData("lantai/uof-text", XmlStart + "<uof:UOF xmlns:uof=\"http://schemas.uof.org/cn/2003/uof\" uof:version=\"1.0\" uof:mimetype=\"vnd.uof.text\"/>")]
    [InlineData("lantai/uof", XmlStart + "<uof:UOF xmlns:uof=\"http://schemas.uof.org/cn/2003/uof\"/>")]
    [InlineData("fmt/92", "<svg width=\"1\" version=\"1.1\" xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("fmt/471", "<!DOCTYPE html>\n<html><body></body></html>")]
    [InlineData("fmt/96", "<html><body>a</body></html>")]
    [InlineData("fmt/102", XmlStart + "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"a\"><html xmlns=\"b\"/>")]
    [InlineData("fmt/278", "Received: by a\r\nFrom: a@b\r\nSubject: c\r\n\r\n<html><body></body></html>")]
    [InlineData("fmt/720", "From a@b Mon Jan  1 00:00:00 2024\nReceived: by c\nFrom: a@b\nSubject: c\n\nText\n")]
    [InlineData("fmt/45", "{\\rtf1\\ansi a}")]
    [InlineData("fmt/50", "{\\rtf1\\ansi\\ansicpg936 a}")]
    [InlineData("fmt/353", "II*\0\u0008\0\0\0")]
    [InlineData("fmt/353", "MM\0*\0\0\0\u0008")]
    [InlineData("fmt/730", "II*\0\u0008\0\0\0\u0001\0\u0012\u00C6\u0001\0\u0004\0\0\0\u0001\u0004\0\0")]
    [InlineData("fmt/43", "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF\0\u0001\u0001\0")]
    [InlineData("x-fmt/391", "\u00FF\u00D8\u00FF\u00E1\0\u0040Exif\0\0II*\0\u0008\0\0\0\0\u0090\u0007\0\u0004\0\0\00220")]
    [InlineData("x-fmt/392", "\0\0\0\u000CjP  \u000D\u000A\u0087\u000A\0\0\0\u0014ftypjp2 ")]
    [InlineData("fmt/11", "\u0089PNG\u000D\u000A\u001A\u000A\0\0\0\u000DIHDR\0\0\0\u0001")]
    [InlineData("fmt/4", "GIF89a")]
    [InlineData("fmt/141", "RIFF\0\0\0\0WAVEfmt \u0010\0\0\0\u0001\0\u0002\0data")]
    [InlineData("fmt/134", "ID3\u0003\0\0\0\0\0\0")]
    [InlineData("fmt/279", "fLaC\0\0\0\"")]
    [InlineData("fmt/199", "\0\0\0\u0020ftypisom\0\0\u0002\0isomiso2avc1mp41")]
    [InlineData("x-fmt/384", "\0\0\0\u0014ftypqt  ")]
    [InlineData("fmt/5", "RIFF\0\0\0\0AVI LIST")]
    [InlineData("x-fmt/266", "\u001F\u008B\u0008\0")]
    [InlineData("fmt/613", "Rar!\u001A\u0007\u0001\0")]
    [InlineData("fmt/484", "7z\u00BC\u00AF\u0027\u001C\0\u0004")]
    [InlineData("lantai/zstd", "\u0028\u00B5\u002F\u00FD\0")]
    [InlineData("fmt/729", "SQLite format 3\0\u0010\0")]
    [InlineData("fmt/699", "ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC2X3'));\nENDSEC;")]
    [InlineData("fmt/1395", "AC1032\0\0")]
    [InlineData("fmt/690", "\u007FELF\u0002\u0001\u0001\0")]
    [InlineData("fmt/670", "0\u0082\u0001\0\u0006\u0009\u002A\u0086\u0048\u0086\u00F7\u000D\u0001\u0007\u0002")]
    [InlineData("lantai/sm2-message", "0\u0082\u0001\0\u0006\u000A\u002A\u0081\u001C\u00CF\u0055\u0006\u0001\u0004\u0002\u0002")]
    [InlineData("lantai/pack", "LANTAI PACK 1\r\n\u001A")]
    [InlineData("lantai/large-object", "LANTAI FILE 1\r\n\u001A")]
    [InlineData("lantai/receipt", "lantai receipt v1\nlantai/70c493e8-9e4f-4060-97fb-c341a68ebfe7\n{}\n")]
    [InlineData("lantai/checkpoint", "lantai/70c493e8-9e4f-4060-97fb-c341a68ebfe7\n11\nT8z=\n\n")]
    [InlineData("lantai/manifest", "{\"aip\":\"02573c29\",\"counts\":{},\"format\":\"lantai-manifest/1\"}")]
    [InlineData("lantai/text-gb18030", "\u0084\u0031\u0095\u0033\u00B9\u00FA")]
    public void The_smallest_file_of_a_format_is_recognised(string id, string latin) => Assert.Equal([id], BuiltInRecognition.Identify(latin));

    [Fact]
    public void An_encapsulated_record_is_recognised_by_its_Chinese_root() =>
        Assert.Equal(["lantai/eep"], BuiltInRecognition.Identify(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(XmlStart + "<电子文件封装包 xmlns=\"http://www.saac.gov.cn/standards/ERM/encapsulation\"/>"))));

    [Theory]
    [InlineData("lantai/ofd", "OFD.xml", XmlStart + "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\" Version=\"1.1\" DocType=\"OFD\"/>")]
    [InlineData("fmt/412", "[Content_Types].xml", "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>")]
    [InlineData("fmt/189", "[Content_Types].xml", "<Types/>")]
    [InlineData("lantai/odt", "mimetype", "application/vnd.oasis.opendocument.text")]
    [InlineData("fmt/483", "mimetype", "application/epub+zip")]
    [InlineData("fmt/1777", "header/siardversion/2.2/", "")]
    [InlineData("lantai/case-package", "基本信息元数据.xml", XmlStart + "<base_info/>")]
    [InlineData("x-fmt/263", "a.txt", "a")]
    public void A_package_is_recognised_by_what_lies_in_it(string id, string path, string content) => Assert.Equal([id], IdentifyZip((path, content)));

    [Fact]
    public void A_version_that_stands_in_another_part_is_found() =>
        Assert.Equal(["fmt/291"], IdentifyZip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office:document-content office:version=\"1.2\"/>")));

    [Theory]
    [InlineData("")]
    [InlineData("Plain words, and %PDF-1.4 among them.")]
    [InlineData("<a>no declaration</a>")]
    [InlineData("From here to there\nnothing is a header: here.\n")]
    public void Other_text_is_none_of_them(string text) => Assert.Empty(BuiltInRecognition.Identify(text));

    private static string[] IdentifyZip(params (string Path, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return BuiltInRecognition.IdentifyZip(stream.ToArray());
    }
}
