using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages.Xml;

public sealed class MarkupReaderTests
{
    private static readonly MarkupReading Any = new("a.xml", MarkupEncoding.Utf8, MarkupEncoding.Gb18030, MarkupEncoding.Gb2312);

    [Fact]
    public void A_tree_holds_all_that_stands_in_the_file()
    {
        var (read, findings) = Read("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<!--before-->\n<a xmlns=\"urn:a\" x='1 &lt; 2'>\n  <b/>\n  <!--in-->\n  <?do it?>\n  <b>甲 &amp; <![CDATA[<乙>]]></b>\n  <c>one <d/> two</c>\n</a>\n<!--after-->\n");

        Assert.Empty(findings);
        Assert.Equal(("yes", "before", "after"), (read!.Standalone, ((MarkupComment)read.Before.Single()).Value, ((MarkupComment)read.After.Single()).Value));
        Assert.Equal(("urn:a", "1 < 2"), (read.Root.Namespace, read.Root.Attribute("x")));
        Assert.Equal(["MarkupElement", "MarkupComment", "MarkupInstruction", "MarkupElement", "MarkupElement"], read.Root.Nodes.Select(n => n.GetType().Name));
        Assert.Equal("甲 & <乙>", read.Root.All("b").Last().Value);
        Assert.Equal(["one ", "MarkupElement", " two"], read.Root.First("c")!.Nodes.Select(n => (n as MarkupText)?.Value ?? n.GetType().Name));
        Assert.Equal(["/a", "/a/b[1]", "/a/b[2]", "/a/c", "/a/c/d"], read.Everything().Select(e => e.Path));
        Assert.Equal((7, 4), (read.Root.All("b").Last().Line, read.Root.All("b").Last().Column));
    }

    [Theory]
    [InlineData("<!DOCTYPE a>\n<a/>", 1)]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE no> -->\n<!DOCTYPE a [\n<!ENTITY x SYSTEM \"file:///etc/hostname\">\n]>\n<a>&x;</a>", 3)]
    [InlineData("<!DOCTYPE a [<!ENTITY a0 \"xx\"><!ENTITY a1 \"&a0;&a0;\">]><a>&a1;</a>", 1)]
    [InlineData("<!DOCTYPE a SYSTEM \"http://localhost:1/a.dtd\"><a/>", 1)]
    public void A_document_type_is_refused_with_its_line(string text, int line)
    {
        var (read, findings) = Read(text);

        Assert.Null(read);
        Assert.Equal($"PKG-101 a.xml line={line}", Assert.Single(findings).ToString());
    }

    [Theory]
    [InlineData("<a>\n<b></a>", 2, 6, "/a/b")]
    [InlineData("<a>\n<b>&x;</b></a>", 2, 5, "/a/b")]
    [InlineData("<a>\n<b>\u0001</b></a>", 2, 4, "/a/b")]
    [InlineData("<a b='1' b='2'/>", 1, 10, "")]
    [InlineData("<a/><b/>", 1, 6, "")]
    [InlineData("<a>\n", 2, 1, "/a")]
    [InlineData("", 1, 1, "")]
    [InlineData("plain text", 1, 1, "")]
    [InlineData("<!-x><a/>", 1, 4, "")]
    [InlineData("<?xml version=\"1.1\"?><a/>", 1, 16, "")]
    public void What_is_not_well_formed_is_told_with_its_place(string text, int line, int column, string path)
    {
        var (read, findings) = Read(text);

        Assert.Null(read);
        Assert.Equal($"PKG-102 a.xml line={line} column={column} path={path}", Assert.Single(findings).ToString());
    }

    [Fact]
    public void A_lying_encoding_is_found_where_it_begins_to_lie()
    {
        const string Utf8 = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b>甲</b>\n</a>\n";
        const string National = "<?xml version=\"1.0\" encoding=\"GB18030\"?>\n<a>\n<b>中中中中中中中中中中</b>\n</a>\n";

        Assert.Equal("PKG-103 a.xml declared=UTF-8 line=3 offset=46", Assert.Single(Read(MarkupEncoding.Gb18030.Codec.GetBytes(Utf8)).Findings).ToString());
        Assert.Equal("PKG-103 a.xml declared=GB18030 line=1 offset=0", Assert.Single(Read(Encoding.UTF8.GetBytes(National)).Findings).ToString());
        Assert.Equal("PKG-103 a.xml declared=UTF-8 line=1 offset=0", Assert.Single(Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Utf8)]).Findings).ToString());
        Assert.Equal("PKG-103 a.xml declared=GB18030 line=1 offset=0", Assert.Single(Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(National)]).Findings).ToString());
        Assert.Equal("PKG-103 a.xml declared=GB18030 line=3 offset=49", Assert.Single(Read([.. Encoding.ASCII.GetBytes(National[..49]), 0xFF, 0xFF, .. "</b></a>"u8]).Findings).ToString());
        Assert.Equal("中中中中中中中中中中", Read(MarkupEncoding.Gb18030.Codec.GetBytes(National)).Document!.Root.First("b")!.Value);
    }

    [Fact]
    public void A_lie_far_into_the_file_is_found_too()
    {
        var text = new StringBuilder("<a>\n");
        for (var i = 0; i < 5_000; i++)
        {
            text.Append("<b>乙</b>\n");
        }

        byte[] bytes = [.. Encoding.UTF8.GetBytes(text.ToString()), 0xC0, .. "</a>"u8];

        Assert.Equal($"PKG-103 a.xml declared=UTF-8 line=5002 offset={bytes.Length - 5}", Assert.Single(Read(bytes).Findings).ToString());
    }

    [Fact]
    public void An_encoding_nobody_knows_is_refused() =>
        Assert.Equal("PKG-104 a.xml declared=X-YUNZHOU allowed=UTF-8, GB18030, GB2312", Assert.Single(Read("<?xml version=\"1.0\" encoding=\"X-YUNZHOU\"?>\n<a/>").Findings).ToString());

    [Fact]
    public void An_encoding_that_the_profile_forbids_is_told_and_read()
    {
        var (read, findings) = Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<a>甲</a>")]);

        Assert.Equal("PKG-105 a.xml declared=UTF-16 allowed=UTF-8, GB18030, GB2312", Assert.Single(findings).ToString());
        Assert.Equal("甲", read!.Root.Value);
    }

    [Fact]
    public void A_character_outside_gb2312_is_told_with_its_path()
    {
        var (read, findings) = Read(MarkupEncoding.Gb18030.Codec.GetBytes("<?xml version=\"1.0\" encoding=\"GB2312\"?>\n<a><b>中文—·</b><b>朱镕基</b><b c=\"𠮷\"/></a>"));

        Assert.Equal(["PKG-107 a.xml declared=GB2312 character=镕 line=2 path=/a/b[2]", "PKG-107 a.xml declared=GB2312 character=𠮷 line=2 path=/a/b[3]"], findings.Select(f => f.ToString()));
        Assert.All(findings, f => Assert.Equal(Severity.Warning, f.Severity));
        Assert.Equal("𠮷", read!.Root.Elements.Last().Attribute("c"));
    }

    [Fact]
    public void Each_limit_ends_the_reading_and_is_told()
    {
        var small = Any with { Limits = new MarkupLimits(MostDepth: 3, MostNodes: 50, MostText: 200) };
        var long201 = new string('x', 201);

        Assert.Equal(["PKG-106 a.xml measure=depth limit=3 line=1 path=/a/b[1]/c", "PKG-106 a.xml measure=depth limit=3 line=1 path=/a/b[2]/c"], Told("<a><b><c><d><e/></d><f/></c></b><b><c><d/></c></b></a>"));
        Assert.Equal(["PKG-106 a.xml measure=text limit=200 line=2 path=/a/b"], Told($"<a>\n<b>{long201}</b></a>"));
        Assert.Equal(["PKG-106 a.xml measure=text limit=200 line=1 path=/a"], Told($"<a><b c='{long201}'/></a>"));
        Assert.Equal(["PKG-106 a.xml measure=text limit=200 line=1 path=/a"], Told($"<a><!--{string.Join('>', Enumerable.Repeat("xxxxxxxxxx", 30))}--></a>"));
        Assert.Equal(["PKG-106 a.xml measure=text limit=200 line=1 path=/a"], Told($"<a>{new string(' ', 300)}<b/></a>"));
        Assert.Equal(["PKG-106 a.xml measure=text limit=200 line=1 path=/a"], Told($"<a><![CDATA[{long201}]]></a>"));
        Assert.Equal(["PKG-106 a.xml measure=nodes limit=50 line=1 path=/a"], Told($"<a>{string.Concat(Enumerable.Repeat("<b/>", 60))}</a>"));
        Assert.Equal("PKG-106 a.xml measure=bytes limit=100 line=1 path=", Assert.Single(Read(Encoding.UTF8.GetBytes($"<a>{long201}</a>"), Any with { Limits = new MarkupLimits(MostBytes: 100) }).Findings).ToString());
        Assert.Empty(Told($"<a><b><c d='{new string('>', 190)}'>{new string('x', 200)}</c></b></a>"));

        List<string> Told(string text) => [.. Read(Encoding.UTF8.GetBytes(text), small).Findings.Select(f => f.ToString())];
    }

    [Fact]
    public void The_files_of_a_package_share_one_limit()
    {
        var reading = Any with { Budget = new MarkupBudget(10) };
        var bytes = Encoding.UTF8.GetBytes("<a>\n<b/>\n<c/>\n</a>");

        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => Read(bytes, reading).Document is not null));
        Assert.Equal("PKG-106 a.xml measure=package limit=10 line=1 path=/a", Assert.Single(Read(bytes, reading).Findings).ToString());
        Assert.Equal("PKG-106 a.xml measure=package limit=10 line=1 path=/a", Assert.Single(Read(Encoding.UTF8.GetBytes($"<a>{new string('x', 640)}</a>"), Any with { Budget = new MarkupBudget(10) }).Findings).ToString());
    }

    [Fact]
    public void A_million_levels_cost_no_more_than_the_limit()
    {
        var text = string.Concat(Enumerable.Repeat("<a>", 1_000_000));

        var (read, findings) = Read(text);

        Assert.Null(read);
        Assert.Equal(["PKG-106"], findings.Select(f => f.Code));
    }

    [Fact]
    public void The_paths_of_many_siblings_cost_no_square_of_their_number()
    {
        var (read, _) = Read($"<a>{string.Concat(Enumerable.Repeat("<b/>", 200_000))}</a>");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var last = read!.Root.Elements.Select(e => e.Path).Last();

        Assert.Equal("/a/b[200000]", last);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal("/a/b[200001]", read.Root.Add("b", "").Elements.Last().Path);
    }

    [Fact]
    public void A_sink_takes_the_text_and_the_tree_does_not()
    {
        var sink = new Counted();
        var reading = Any with { SinkOf = e => e.LocalName == "long" ? sink : null, Limits = new MarkupLimits(MostText: 100) };
        var text = $"<a><long>{new string('x', 100_000)}</long><b>short</b></a>";

        var (read, findings) = Read(Encoding.UTF8.GetBytes(text), reading);

        Assert.Empty(findings);
        Assert.Equal(100_000, sink.Count);
        Assert.Equal(("", "short"), (read!.Root.First("long")!.Value, read.Root.First("b")!.Value));
        Assert.Same(sink, read.Root.First("long")!.Sink);
    }

    [Fact]
    public void A_stream_that_finds_itself_bad_is_told()
    {
        var findings = new List<Finding>();

        var read = MarkupReader.Read(() => throw new ContentException(Finding.Error("ZIP-001", "a.zip")), Any, findings.Add, CancellationToken.None);

        Assert.Null(read);
        Assert.Equal("ZIP-001", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_cancelled_reading_ends() =>
        Assert.Throws<OperationCanceledException>(() => MarkupReader.Read(() => new MemoryStream("<a/>"u8.ToArray()), Any, _ => { }, new CancellationToken(canceled: true)));

    internal static (MarkupDocument? Document, List<Finding> Findings) Read(byte[] bytes, MarkupReading? reading = null)
    {
        var findings = new List<Finding>();
        var read = MarkupReader.Read(() => new MemoryStream(bytes), reading ?? Any, findings.Add, CancellationToken.None);
        return (read, findings);
    }

    private static (MarkupDocument? Document, List<Finding> Findings) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private sealed class Counted : ITextSink
    {
        public long Count { get; private set; }

        public void Append(ReadOnlySpan<char> text) => Count += text.Length;
    }
}
