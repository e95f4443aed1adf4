using System.Text;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class StrictFileTests
{
    [Fact]
    public void A_file_of_texts_numbers_lists_and_objects_is_read_in_any_order_and_spacing()
    {
        var findings = new List<Finding>();

        var map = StrictFile.TryRead("\uFEFF{ \"b\": 2,\n \"a\": [\"x\", {\"c\": \"全宗\"}] }\n"u8, "f.json", findings);

        Assert.Empty(findings);
        Assert.Equal("""{"a":["x",{"c":"全宗"}],"b":2}""", Encoding.UTF8.GetString(CanonicalJson.Write(map!)));
    }

    [Theory]
    [InlineData("", 1, "no-json")]
    [InlineData("[]", 1, "no-object")]
    [InlineData("{} {}", 1, "no-json")]
    [InlineData("{\n\"a\":1,\n\"a\":2}", 3, "member-twice")]
    [InlineData("{\"a\":{\"b\":1,\"b\":1}}", 1, "member-twice")]
    [InlineData("{\"a\":1.5}", 1, "value-kind")]
    [InlineData("{\"a\":true}", 1, "value-kind")]
    [InlineData("{\"a\":null}", 1, "value-kind")]
    [InlineData("{\"a\":9007199254740992}", 1, "value-kind")]
    [InlineData("{\"a\":-9223372036854775808}", 1, "value-kind")]
    [InlineData("{\"a\":1,}", 1, "no-json")]
    [InlineData("{/* */}", 1, "no-json")]
    [InlineData("{\"a\":\"\\ud800\"}", 1, "no-json")]
    [InlineData("{\"a\":[[[[[[[[[1]]]]]]]]]}", 1, "no-json")]
    public void What_is_no_such_file_is_told_with_its_line(string text, int line, string fault)
    {
        var findings = new List<Finding>();

        Assert.Null(StrictFile.TryRead(Encoding.UTF8.GetBytes(text), "f.json", findings));
        Assert.Equal($"REC-004 f.json line={line} file-fault={fault}", Assert.Single(findings).ToString());
    }

    [Fact]
    public void Bytes_that_are_not_utf_8_and_a_file_too_large_are_told()
    {
        var findings = new List<Finding>();

        Assert.Null(StrictFile.TryRead([(byte)'{', (byte)'"', 0xD7, 0xDA, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "gbk.json", findings));
        Assert.Null(StrictFile.TryRead(new byte[StrictFile.MaxSize + 1], "large.json", findings));
        Assert.Equal(["no-json", "too-large"], findings.Select(f => f.Arguments[1].Value));
    }
}
