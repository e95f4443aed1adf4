using System.Text;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class CodeRuleTests
{
    private static readonly Dictionary<string, string> Document = new()
    {
        ["fonds"] = "J001", ["category"] = "WS", ["year"] = "2023", ["retention"] = "D30", ["office"] = "BGS",
    };

    private static readonly Dictionary<string, string> Record = new()
    {
        ["region"] = "350100", ["fonds"] = "0059", ["item"] = "0100190012", ["year"] = "2018", ["retention"] = "D30",
    };

    private readonly List<Finding> _findings = [];

    [Fact]
    public void The_ready_rules_make_the_codes_of_their_examples()
    {
        Assert.Equal("J001-WS·2023-D30-BGS-0001", Ready("document-item").Compose(Document, 1, "", _findings));
        Assert.Equal("350100-0059-0100190012-2018-D30-000021", Ready("record-code").Compose(Record, 21, "", _findings));
        Assert.Equal("J001-ZY·ZW·2023-D30-BGS-000001", Ready("case-item").Compose(new Dictionary<string, string>(Document) { ["unit"] = "BGS" }, 1, "", _findings));
        Assert.Equal(
            "350100-113501000036094079-0100190012-2018-D30-000021",
            Ready("record-code-by-creator").Compose(new Dictionary<string, string>(Record) { ["creator"] = KnownOffice.Agency }, 21, "", _findings));
        Assert.Empty(_findings);
    }

    [Fact]
    public void Each_ready_rule_says_what_it_rests_on_and_how_sure_that_is()
    {
        Assert.Equal(4, ReadyCodeRules.All.Count);
        Assert.All(ReadyCodeRules.All, r => Assert.NotEmpty(r.Basis));
        Assert.Equal(["medium", "low", "medium", "low"], ReadyCodeRules.All.Select(r => r.Confidence));
    }

    [Fact]
    public void The_width_of_the_running_number_is_a_setting()
    {
        var rule = Ready("document-item").With("wide", 6, null, null);

        Assert.Equal("J001-WS·2023-D30-BGS-000001", rule.Compose(Document, 1, "", _findings));
        Assert.Equal(("wide", 999_999), (rule.Name, rule.LastNumber));
        Assert.Null(rule.Parse("J001-WS·2023-D30-BGS-0001", _findings));
    }

    [Fact]
    public void A_code_is_taken_apart_into_what_it_was_made_of()
    {
        var parts = Ready("document-item").Parse("J001-WS·2023-D30-BGS-0017", _findings);

        Assert.Equal(["J001", "WS", "2023", "D30", "BGS", "0017"], parts!.Values.Select(v => v.Value));
        Assert.Equal(["fonds", "category", "year", "retention", "office", "item"], parts.Values.Select(v => v.Key));
        Assert.Equal(17, parts.Number);
    }

    [Theory]
    [InlineData("j001-WS·2023-D30-BGS-0001", "REF-003 fonds")]
    [InlineData("J001-W5·2023-D30-BGS-0001", "REF-003 category")]
    [InlineData("J001-WS·0023-D30-BGS-0001", "REF-003 year")]
    [InlineData("J001-WS·2023-D15-BGS-0001", "REF-003 retention")]
    [InlineData("J001-WS·2023-D30-办公室-0001", "REF-003 office")]
    [InlineData("J001-WS·2023-D30-BGS-001", "REF-003 item")]
    [InlineData("J001-WS·2023-D30-BGS-00001", "REF-003 item")]
    [InlineData("J001-WS·2023-D30-BGS-0001-1", "REF-003 item")]
    [InlineData("J001-WS·2023-D30-BGS-０００１", "REF-003 item")]
    [InlineData("J001-WS-2023-D30-BGS-0001", "REF-004 year")]
    [InlineData("J001-WS·2023-D30-BGS", "REF-004 item")]
    [InlineData("J001", "REF-004 category")]
    [InlineData("", "REF-004 category")]
    [InlineData("J01-WS·23-D30-BGS-1", "REF-003 fonds,REF-003 year,REF-003 item")]
    public void Each_segment_that_does_not_fit_is_named(string code, string expected)
    {
        Assert.Null(Ready("document-item").Parse(code, _findings));

        Assert.Equal(expected, string.Join(',', _findings.Select(f => f.Code + " " + f.Arguments.Single(a => a.Key == "segment").Value)));
    }

    [Fact]
    public void All_that_is_missing_or_does_not_fit_is_told_at_once()
    {
        var fields = new Dictionary<string, string> { ["fonds"] = "J1", ["category"] = "WS", ["year"] = "2023", ["office"] = "B-S" };

        Assert.Null(Ready("document-item").Compose(fields, 1, "", _findings));
        Assert.Equal(["REF-003", "REF-007", "REF-003", "REF-011"], _findings.Select(f => f.Code));
    }

    [Fact]
    public void A_short_value_is_filled_up_where_the_rule_says_so()
    {
        var rule = Read("""{"name":"volume","source":"volume","pattern":"[0-9]{3}","width":3,"pad":"0"},{"name":"item","source":"sequence","pattern":"[0-9]+","width":4,"before":"-"}""", "[\"volume\"]");

        Assert.Equal("007-0001", rule!.Compose(new Dictionary<string, string> { ["volume"] = "7" }, 1, "", _findings));
    }

    [Fact]
    public void A_segment_without_a_separator_behind_it_ends_by_its_width()
    {
        var rule = Read("""{"name":"year","source":"year","pattern":"[0-9]{4}","width":4},{"name":"item","source":"sequence","pattern":"[0-9]+","width":4}""", "[\"year\"]");

        Assert.Equal(["2023", "0001"], rule!.Parse("20230001", _findings)!.Values.Select(v => v.Value));
        Assert.Null(rule.Parse("202", _findings));
    }

    [Fact]
    public void A_pattern_that_would_take_for_ever_elsewhere_answers_at_once()
    {
        var rule = Read("""{"name":"office","source":"office","pattern":"(a+)+b","width":1},{"name":"item","source":"sequence","pattern":"[0-9]+","width":4,"before":"-"}""", "[]");

        Assert.Null(rule!.Compose(new Dictionary<string, string> { ["office"] = new('a', CodeRule.MaxLength) }, 1, "", _findings));
        Assert.Equal(["REF-003"], _findings.Select(f => f.Code));
    }

    [Fact]
    public void A_code_that_is_too_long_is_refused()
    {
        var rule = Ready("case-item");

        Assert.Null(rule.Parse("J001-ZY·ZW·2023-D30-" + new string('A', CodeRule.MaxLength) + "-000001", _findings));
        Assert.Equal(["REF-012"], _findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData("""{"name":"a","source":"a","pattern":"x"}""", "[]", "one-sequence")]
    [InlineData("""{"name":"n","source":"sequence","pattern":"[0-9]+"}""", "[]", "sequence-width")]
    [InlineData("""{"name":"n","source":"sequence","pattern":"[0-9]+","width":4,"before":"-"}""", "[]", "first-separator")]
    [InlineData("""{"name":"a","source":"a","pattern":"x"},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "no-end")]
    [InlineData("""{"name":"a","source":"a","pattern":"x"},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4,"before":"0"}""", "[]", "separator")]
    [InlineData("""{"name":"a","source":"a","pattern":"(","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "pattern")]
    [InlineData("""{"name":"a","source":"a","pattern":"x)|(y","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "pattern")]
    [InlineData("""{"name":"a","source":"a","pattern":"(x)\\1","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "pattern")]
    [InlineData("""{"name":"a","source":"a","pattern":"((x{900}){900}){900}","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "pattern")]
    [InlineData("""{"name":"a","source":"fixed","pattern":"x","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "fixed-value")]
    [InlineData("""{"name":"a","source":"a","pattern":"x","width":1,"pad":"00"},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "pad")]
    [InlineData("""{"name":"A","source":"a","pattern":"x","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "segment-name")]
    [InlineData("""{"name":"n","source":"a","pattern":"x","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "segment-name")]
    [InlineData("""{"name":"a","source":"1","pattern":"x","width":1},{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[]", "source")]
    [InlineData("""{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[\"n\"]", "scope")]
    [InlineData("""{"name":"n","source":"sequence","pattern":"[0-9]+","width":4}""", "[\"x\"]", "scope")]
    public void A_rule_that_makes_no_sense_is_refused(string segments, string scope, string fault)
    {
        Assert.Null(Read(segments, scope));
        Assert.Equal("REF-001 " + fault, string.Join(',', _findings.Select(f => f.Code + " " + f.Arguments[1].Value).Distinct()));
    }

    [Fact]
    public void Members_that_are_unknown_missing_or_of_another_kind_are_all_told()
    {
        Assert.Null(CodeRuleRegister.TryRead("""{"rule":1,"kind":"reference-code","segments":[{"name":"a","source":"a","width":"4","colour":"x"}],"scope":[1],"basis":"x"}"""u8, "r.json", _findings));

        Assert.Equal(
            ["REC-007 rule", "REC-005 segments[0].colour", "REC-006 segments[0].pattern", "REC-007 segments[0].width", "REC-007 scope", "REC-006 confidence"],
            _findings.Select(f => f.Code + " " + f.Arguments[0].Value));
    }

    private static CodeRule Ready(string name) => ReadyCodeRules.Find(name)!;

    private CodeRule? Read(string segments, string scope) => CodeRuleRegister.TryRead(
        Encoding.UTF8.GetBytes($$"""{"rule":"r","kind":"reference-code","segments":[{{segments}}],"scope":{{scope}},"basis":"x","confidence":"low"}"""), "r.json", _findings);
}
