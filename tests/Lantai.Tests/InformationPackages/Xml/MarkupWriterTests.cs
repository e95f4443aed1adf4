using System.Text;
using Lantai.InformationPackages.Xml;
using Lantai.Tests.House;

namespace Lantai.Tests.InformationPackages.Xml;

public sealed class MarkupWriterTests
{
    [Fact]
    public void A_tree_has_one_form()
    {
        var root = new MarkupElement("a").With("x", "\"1\" < 2\t>").Add("b", "").Add("b", "甲 & 乙 < > \"\r").Add(new MarkupElement("c").Add(new MarkupText("one ")).Add("d", "").Add(new MarkupText(" two")));

        var text = Encoding.UTF8.GetString(MarkupWriter.Write(new MarkupDocument(MarkupEncoding.Utf8, root) { Before = [new MarkupComment("before")] }));

        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!--before-->\n<a x=\"&quot;1&quot; &lt; 2&#x9;>\">\n  <b/>\n  <b>甲 &amp; 乙 &lt; &gt; \"&#xD;</b>\n  <c>one <d/> two</c>\n</a>\n", text);
    }

    [Theory]
    [InlineData("GB18030", "<a>镕𠮷</a>")]
    [InlineData("GBK", "<a>镕&#x20BB7;</a>")]
    [InlineData("GB2312", "<a>&#x9555;&#x20BB7;</a>")]
    public void What_an_encoding_cannot_hold_is_written_by_number(string name, string line)
    {
        var encoding = MarkupEncoding.Find(name)!;

        var bytes = MarkupWriter.Write(new MarkupDocument(encoding, new MarkupElement("a").Add(new MarkupText("镕𠮷"))));

        Assert.Equal($"<?xml version=\"1.0\" encoding=\"{name}\"?>\n{line}\n", encoding.Codec.GetString(bytes));
        var (read, findings) = MarkupReaderTests.Read(bytes, new MarkupReading("a.xml", encoding));
        Assert.Equal("镕𠮷", read!.Root.Value);
        Assert.Equal(encoding.IsWhole ? 0 : 1, findings.Count);
    }

    [Fact]
    public void A_character_that_xml_cannot_hold_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => MarkupWriter.Write(new MarkupDocument(MarkupEncoding.Utf8, new MarkupElement("a").Add(new MarkupText("\u0001")))));
        Assert.Throws<ArgumentException>(() => MarkupWriter.Write(new MarkupDocument(MarkupEncoding.Utf8, new MarkupElement("a").Add(new MarkupText("\uD842")))));
    }

    [Fact]
    public void Every_good_sample_is_written_as_it_was_read()
    {
        string[] files = [.. Tree.Files("spec/vectors/packages", "*").Where(f => f.Contains("/good/", StringComparison.Ordinal) && f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !f.Contains("/bad/", StringComparison.Ordinal))];
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Tree.Root, file));
            var (read, findings) = MarkupReaderTests.Read(bytes, new MarkupReading(file, MarkupEncoding.Utf8, MarkupEncoding.Gb18030, MarkupEncoding.Gb2312));
            if (findings.Count > 0 || !MarkupWriter.Write(read!).AsSpan().SequenceEqual(bytes))
            {
                wrong.Add(file + " " + string.Join("; ", findings));
            }
        }

        Assert.True(files.Length > 50, $"Only {files.Length} samples were found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
