using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Text;

namespace Lantai.Tests.Characterization.Text;

public sealed class XmlTests
{
    private const string Body = "<文件 xmlns=\"urn:lantai:test\"><题名>归档说明，兰台令史掌图籍秘书</题名></文件>";

    private static readonly TextExaminer Examiner = new();

    [Fact]
    public void Well_formed_xml_is_readable_in_every_encoding_it_declares()
    {
        foreach (var name in new[] { "UTF-8", "GB18030", "GB2312", "GBK", "gb2312", "Big5" })
        {
            var encoding = TextEncodings.Find(name)!;
            var body = name == "Big5" ? Body.Replace("归档说明，兰台令史掌图籍秘书", "檔案", StringComparison.Ordinal).Replace("题名", "a", StringComparison.Ordinal) : Body;

            var found = Look.Into(encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?>\n{body}"));

            Assert.Equal((FileFamily.Xml, Readability.Readable, ""), (found.Family, found.Readability, Look.Fault(found)));
            Assert.Equal((name, "文件", "urn:lantai:test"), ((string)found.Technical["encoding-declared"], (string)found.Technical["xml-root"], (string)found.Technical["xml-namespace"]));
        }
    }

    [Fact]
    public void Utf_16_and_a_byte_order_mark_are_read()
    {
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Body)];
        byte[] big = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Body)];
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Body)];

        Assert.All(new[] { wide, big, marked, Encoding.UTF8.GetBytes(Body) }, bytes => Assert.Equal((FileFamily.Xml, Readability.Readable), (Look.Into(bytes).Family, Look.Into(bytes).Readability)));
    }

    [Fact]
    public void Another_encoding_than_declared_is_told()
    {
        var swapped = Look.Into(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + "<a>归档说明，兰台令史</a>"));
        var broken = Look.Into(TextEncodings.Find("GBK")!.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Body));
        var narrow = Look.Into("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"u8.ToArray());

        Assert.Contains(swapped.Findings, f => f.Code == "FMT-162");
        Assert.Equal((Readability.Broken, "encoding"), (broken.Readability, broken.Findings.SelectMany(f => f.Arguments).Single(a => a.Key == "fault").Value));
        Assert.Equal((Readability.Broken, "encoding-mismatch"), (narrow.Readability, Look.Fault(narrow)));
    }

    [Fact]
    public void The_place_of_a_fault_is_line_and_column()
    {
        var found = Look.Into("<?xml version=\"1.0\"?>\n<a>\n  <b></c>\n</a>"u8.ToArray());

        Assert.Equal(("3:8", "not-well-formed"), (found.Findings[0].Arguments.Single(a => a.Key == "part").Value, Look.Fault(found)));
    }

    [Fact]
    public void Xml_that_is_cut_off_is_never_readable()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n" + Body);

        Look.NeverReadableWhenCut(Examiner, FileFamily.Xml, bytes);
        Look.NeverCrashesWhenChanged(Examiner, FileFamily.Xml, bytes);
    }

    [Fact]
    public void Entities_from_outside_are_told_and_never_fetched()
    {
        var secret = Path.GetTempFileName();
        File.WriteAllText(secret, "<what is fetched would break the file");
        var entity = Look.Into(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file://{secret}\"><!ENTITY % p PUBLIC \"q\" \"http://127.0.0.1:9/p\">]><a>&x;</a>"));
        var type = Look.Into("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a>&nbsp;</a>"u8.ToArray());
        File.Delete(secret);

        Assert.Equal(["external-entity", "external-entity"], entity.Active.Select(a => a.Kind));
        Assert.Equal(Readability.Readable, entity.Readability);
        Assert.Equal(("external-entity", Readability.NotCheckable), (Assert.Single(type.Active).Kind, type.Readability));
    }

    [Fact]
    public void A_document_type_of_the_file_itself_is_read()
    {
        var found = Look.Into("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"u8.ToArray());

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Active);
    }

    [Fact]
    public void Entities_that_grow_without_measure_are_stopped()
    {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"0123456789\">");
        for (var i = 1; i < 12; i++)
        {
            _ = bomb.Append($"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">");
        }

        var found = Look.Into(Encoding.ASCII.GetBytes(bomb + "]><a>&e11;</a>"));

        Assert.Equal((Readability.NotCheckable, "too-much-unpacked"), (found.Readability, Look.Fault(found)));
        Assert.Equal("entity-bomb", Assert.Single(found.Active).Kind);
    }

    [Fact]
    public void Elements_in_elements_without_end_stop_the_walk()
    {
        var found = Look.Into(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000))));

        Assert.Equal((Readability.NotCheckable, "too-deep"), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void One_node_longer_than_is_taken_into_memory_stops_the_walk()
    {
        var found = Look.Into(Encoding.ASCII.GetBytes("<a b=\"" + new string('x', 3 << 20) + "\"/>"), new ExaminationLimits { MaxWhole = 1 << 20 });

        Assert.Equal((Readability.NotCheckable, "too-long"), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void A_tag_of_attributes_without_end_is_not_read()
    {
        var attributes = string.Concat(Enumerable.Range(0, 150_000).Select(i => $" a{i}=\"\""));
        foreach (var before in new[] { "", "<!--> <b ' -->", "<!DOCTYPE a [<!ENTITY x \"><b '\">]>", "<!DOCTYPE a [<!-- ' --><?x ' ?>]>", "<!DOCTYPE a [<!ENTITY x \"><!-- \">]>" })
        {
            var found = Look.Into(Encoding.ASCII.GetBytes($"<?xml version=\"1.0\"?>{before}<a{attributes}/>"));

            Assert.Equal((Readability.NotCheckable, "tag-too-long"), (found.Readability, Look.Fault(found)));
        }

        var wide = Look.Into([0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"<?xml version=\"1.0\"?><!-- \u2722\u3C3C --><a{attributes}/>")]);
        Assert.Equal((Readability.NotCheckable, "tag-too-long"), (wide.Readability, Look.Fault(wide)));
    }

    [Fact]
    public void A_picture_in_an_attribute_of_a_drawing_is_read()
    {
        var found = Look.Into(Encoding.ASCII.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/png;base64," + new string('A', 3 << 20) + "\"/></svg>"));

        Assert.Equal((Readability.Readable, ""), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void A_content_model_nested_without_end_never_meets_the_reader()
    {
        // A hundred thousand levels end the process where they are parsed; two hundred do not, so that this can fail.
        string Model(int levels) => string.Concat(Enumerable.Repeat("(b,", levels)) + "b" + new string(')', levels);
        string Typed(string subset) => $"<?xml version=\"1.0\"?><!DOCTYPE a [{subset}]><a/>";

        var sound = Look.Into(Encoding.ASCII.GetBytes(Typed($"<!ELEMENT a {Model(50)}><!-- ((( --><!ELEMENT c {Model(90)}><!ENTITY n \"&#160;(\">")));
        Assert.Equal((Readability.Readable, ""), (sound.Readability, Look.Fault(sound)));
        foreach (var subset in new[]
        {
            $"<!ELEMENT a {Model(200)}>", $"<!ENTITY % p \"<!ELEMENT a {Model(200)}>\">%p;",
            "<!ENTITY % p \"<!ELEMENT a &#40;b)>\">%p;", "<!ENTITY % q \"b\"><!ENTITY % p \"&#37;q;\">",
        })
        {
            var found = Look.Into(Encoding.ASCII.GetBytes(Typed(subset)));

            Assert.Equal((Readability.NotCheckable, "too-deep"), (found.Readability, Look.Fault(found)));
        }

        foreach (var subset in new[] { $"<!ELEMENT a (b{string.Concat(Enumerable.Repeat(",b?", 3000))})>", string.Concat(Enumerable.Range(0, 3000).Select(i => $"<!ELEMENT b{i} (c,d,e,f,g)>")) })
        {
            var found = Look.Into(Encoding.ASCII.GetBytes(Typed(subset)));

            Assert.Equal((Readability.NotCheckable, "too-long"), (found.Readability, Look.Fault(found)));
        }
    }

    [Fact]
    public void Scripts_in_drawings_and_style_sheets_are_told()
    {
        var drawing = Look.Into("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray());
        var sheet = Look.Into("<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns:msxsl=\"urn:schemas-microsoft-com:xslt\"><msxsl:script/></xsl:stylesheet>"u8.ToArray());
        var other = Look.Into("<play xmlns=\"urn:x\"><script>Hamlet</script></play>"u8.ToArray());

        Assert.Equal("script", Assert.Single(drawing.Active).Kind);
        Assert.Equal("script", Assert.Single(sheet.Active).Kind);
        Assert.Empty(other.Active);
    }

    [Fact]
    public void Html_that_begins_with_any_tag_is_no_broken_xml()
    {
        var found = Look.Into("<p>One<br>Two<p>Three"u8.ToArray());

        Assert.Equal((Readability.Readable, "html"), (found.Readability, (string)found.Technical["text-kind"]));
    }

    [Fact]
    public void Text_that_only_begins_as_xml_does_is_no_broken_xml()
    {
        Assert.Equal(Readability.Readable, Look.Into("<!-- a remark -->\n# Heading\n\nText.\n"u8.ToArray()).Readability);
        Assert.Equal(Readability.Readable, Look.Into("<someone@example.org> wrote:\n"u8.ToArray()).Readability);
        Assert.Equal(Readability.Broken, Look.Into("<catalogue><item>"u8.ToArray()).Readability);
    }

    [Fact]
    public void A_document_type_or_a_chinese_name_begins_xml_too()
    {
        Assert.Equal(FileFamily.Xml, Look.Into("<!DOCTYPE a><a/>"u8.ToArray()).Family);
        Assert.Equal(FileFamily.Xml, Look.Into(Encoding.UTF8.GetBytes("<文件/>")).Family);
        Assert.Equal(FileFamily.Text, Look.Into("<!doctype HTML><p>x"u8.ToArray()).Family);
    }
}
