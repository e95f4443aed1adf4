using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization.Text;

public sealed class TextTests
{
    private const string Chinese = "兰台令史，掌图籍秘书。本件为电子公文归档说明：文件齐全，签章有效。\r\n第二行。\r\n";

    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void The_encoding_of_a_text_is_read_from_all_its_bytes()
    {
        Assert.Equal(("ASCII", Readability.Readable), Read("plain\ntext\n"u8.ToArray()));
        Assert.Equal(("UTF-8", Readability.Readable), Read(Encoding.UTF8.GetBytes(Chinese)));
        Assert.Equal(("UTF-8", Readability.Readable), Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Chinese)]));
        Assert.Equal(("UTF-16LE", Readability.Readable), Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Chinese + "𠀀")]));
        Assert.Equal(("UTF-16BE", Readability.Readable), Read([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Chinese)]));
        Assert.Equal(("GB18030", Readability.Readable), Read(Gb.GetBytes(Chinese + "𠀀㐀")));
        Assert.Equal(("unknown", Readability.NotCheckable), Read(Encoding.Latin1.GetBytes("Größe, naïve café, Ærø: été à Zürich für Señor Ñandú\n")));
    }

    [Fact]
    public void A_long_text_is_judged_over_the_borders_of_its_blocks()
    {
        var text = string.Concat(Enumerable.Repeat("a" + Chinese, 4000));
        foreach (var shift in new[] { "", "b", "bc", "bcd" })
        {
            Assert.Equal(("UTF-8", Readability.Readable), Read(Encoding.UTF8.GetBytes(shift + text)));
            Assert.Equal(("GB18030", Readability.Readable), Read(Gb.GetBytes(shift + text)));
            Assert.Equal(8000L, Look.Into(Encoding.UTF8.GetBytes(shift + text)).Technical["lines"]);
            Assert.Equal("crlf", Look.Into(Gb.GetBytes(shift + text)).Technical["line-endings"]);
        }
    }

    [Fact]
    public void Line_endings_and_lines_are_counted()
    {
        foreach (var (text, endings, lines) in new[] { ("a\nb\n", "lf", 2L), ("a\r\nb", "crlf", 2), ("a\rb\r", "cr", 2), ("a\r\nb\nc", "mixed", 3), ("abc", "none", 1) })
        {
            var found = Look.Into(Encoding.ASCII.GetBytes(text));

            Assert.Equal((endings, lines), ((string)found.Technical["line-endings"], (long)found.Technical["lines"]));
        }
    }

    [Fact]
    public void Bytes_that_break_a_certain_encoding_are_told_with_their_place()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("好好"), 0xFF, 0x41];
        byte[] cut = Encoding.UTF8.GetBytes(Chinese.TrimEnd())[..^1];
        byte[] half = [0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0x00];
        byte[] odd = [0xFF, 0xFE, 0x41, 0x00, 0x41];

        Assert.Equal(("@9", "encoding"), Fault(marked));
        Assert.Equal(($"@{cut.Length - 2}", "cut-off"), Fault(cut));
        Assert.Equal(("@4", "encoding"), Fault(half));
        Assert.Equal("cut-off", Fault(odd).Fault);
        Assert.Equal("cut-off", Fault(Gb.GetBytes(Chinese.TrimEnd())[..^1]).Fault);
    }

    [Fact]
    public void Zeros_in_a_text_are_told()
    {
        var found = Look.Into([.. new byte[5000].Select(_ => (byte)'a'), 0, 0, (byte)'b']);

        Assert.Equal("FMT-161", Assert.Single(found.Findings).Code);
        Assert.Equal(2L, found.Technical["nul-bytes"]);
    }

    [Fact]
    public void A_table_and_json_are_recognised()
    {
        var table = Look.Into("name,\"a,b\",3\nx,y,z\n"u8.ToArray());

        Assert.Equal(("table", "comma", 3L), ((string)table.Technical["text-kind"], (string)table.Technical["delimiter"], (long)table.Technical["columns"]));
        Assert.Equal("json", Look.Into("{\n \"a\": 1 }"u8.ToArray()).Technical["text-kind"]);
        Assert.False(Look.Into("One line, and more.\nAnother line.\n"u8.ToArray()).Technical.ContainsKey("text-kind"));
    }

    [Fact]
    public void What_is_embedded_in_rtf_is_told()
    {
        var program = new byte[200];
        "MZ"u8.CopyTo(program);
        program[60] = 100;
        "PE\0\0"u8.CopyTo(program.AsSpan(100));
        string Rtf(string digits) => @"{\rtf1\ansi Hello {\object\objemb{\*\objdata " + digits + @"}{\result x}}}";

        Assert.Equal("embedded-executable", Assert.Single(Look.Into(Encoding.ASCII.GetBytes(Rtf("0105" + Convert.ToHexString(program)))).Active).Kind);
        Assert.Equal("embedded-file", Assert.Single(Look.Into(Encoding.ASCII.GetBytes(Rtf("01050000 4D5A0000"))).Active).Kind);
        Assert.Equal("dde", Assert.Single(Look.Into(@"{\rtf1{\field{\*\fldinst DDEAUTO c:\\windows\\cmd.exe}{\fldrslt x}}}"u8.ToArray()).Active).Kind);
        Assert.Equal("external-reference", Assert.Single(Look.Into(@"{\rtf1{\*\template http://x.example/t.dotm}text}"u8.ToArray()).Active).Kind);
        Assert.Empty(Look.Into(@"{\rtf1\ansi DDEAUTO and \{ \} \'4d\'5a only text}"u8.ToArray()).Active);
    }

    [Fact]
    public void An_rtf_after_blanks_is_read_to_its_end()
    {
        foreach (var blanks in new[] { " ", "\n", "\r\n\t ", "\u00EF\u00BB\u00BF" })
        {
            var found = Look.Into(Encoding.Latin1.GetBytes(blanks + @"{\rtf1{\field{\*\fldinst DDEAUTO c:\\windows\\cmd.exe}{\fldrslt x}}}"));

            Assert.Equal(("dde", Readability.Readable), (Assert.Single(found.Active).Kind, found.Readability));
            Assert.Equal("cut-off", Look.Fault(Look.Into(Encoding.Latin1.GetBytes(blanks + @"{\rtf1 cut"))));
        }
    }

    [Fact]
    public void An_rtf_that_is_cut_off_is_never_readable()
    {
        var bytes = Encoding.ASCII.GetBytes(@"{\rtf1\ansi{\fonttbl{\f0 Song;}}\f0 " + new string('x', 300) + @"{\bin4 }}}}}{\b bold}\par}");
        Assert.Equal(Readability.Readable, Look.Into(bytes).Readability);
        for (var length = 6; length < bytes.Length; length++)
        {
            Assert.Equal("cut-off", Look.Fault(Look.Into(bytes[..length])));
        }
    }

    [Fact]
    public void Scripts_and_outside_resources_of_html_are_told()
    {
        var found = Look.Into("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><script src='https://a.example/x.js'></script></head><body><!-- <script> --><a href='http://b.example/'>b</a><img src=http://c.example/p.png><p onclick=\"go()\">x</p></body></html>"u8.ToArray());

        Assert.Equal((FileFamily.Text, Readability.Readable, "html"), (found.Family, found.Readability, (string)found.Technical["text-kind"]));
        Assert.Equal(["script", "external-reference", "external-reference", "script"], found.Active.Select(a => a.Kind));
        Assert.Equal(["https://a.example/x.js", "http://c.example/p.png"], found.Active.Where(a => a.Kind == "external-reference").Select(a => a.Place));
    }

    [Fact]
    public void The_encoding_that_html_declares_is_compared()
    {
        static string Html(string charset) => $"<html><head><meta http-equiv=Content-Type content=\"text/html; charset={charset}\"></head><body>归档文件目录说明，兰台</body></html>";
        var wrong = Look.Into(Encoding.UTF8.GetBytes(Html("gb2312")));
        var latin = Look.Into(Encoding.Latin1.GetBytes("<html><meta charset=iso-8859-1><p>Größe é ü</p></html>"));

        Assert.Empty(Look.Into(Gb.GetBytes(Html("gb2312"))).Findings);
        Assert.Equal("FMT-162", Assert.Single(wrong.Findings).Code);
        Assert.Equal(Readability.Readable, wrong.Readability);
        Assert.Equal(("iso-8859-1", Readability.Readable), ((string)latin.Technical["encoding"], latin.Readability));
    }

    [Fact]
    public void Attachments_and_programs_of_a_mail_are_told()
    {
        const string Mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-8?B?5YW8?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"xyz\"\r\n\r\n--xyz\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
            + "--xyz\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename=\"setup.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAEAAAA\r\n--xyz--\r\n";

        var found = Look.Into(Encoding.ASCII.GetBytes(Mail));

        Assert.Equal((Readability.Readable, "mail", 1L), (found.Readability, (string)found.Technical["text-kind"], (long)found.Technical["attachments"]));
        Assert.Equal(["setup.exe", "base64"], found.Active.Where(a => a.Kind == "embedded-executable").Select(a => a.Place));
        Assert.Equal("cut-off", Look.Fault(Look.Into(Encoding.ASCII.GetBytes(Mail)[..^10])));
    }

    private static (string Encoding, Readability Readability) Read(byte[] bytes)
    {
        var found = Look.Into(bytes);
        return ((string)found.Technical["encoding"], found.Readability);
    }

    private static (string Part, string Fault) Fault(byte[] bytes)
    {
        var found = Look.Into(bytes);
        Assert.Equal(Readability.Broken, found.Readability);
        return (found.Findings[0].Arguments.Single(a => a.Key == "part").Value, Look.Fault(found));
    }
}
