using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Words;
using static Lantai.Tests.Characterization.Policy.PolicyText;

namespace Lantai.Tests.Characterization.Policy;

public sealed class PolicyFileTests
{
    private const string ById = """{"ids":["fmt/1"]}""";

    [Fact]
    public void The_nearest_rule_counts_id_before_beginning_before_class_before_family()
    {
        var policy = Read(Json(string.Join(',',
            Rule("family", """{"family":"pdf"}""", "forbidden"), Rule("class", """{"class":"audio"}""", "forbidden"),
            Rule("short", """{"idPrefixes":["fmt/"]}""", "forbidden"), Rule("long", """{"idPrefixes":["fmt/1"]}""", "accepted"), Rule("id", ById, "archival"))));
        var pdf = Found(FileFamily.Pdf);

        Assert.Equal("id", policy.Judge("fmt/1", FormatClass.Audio, pdf).Rule);
        Assert.Equal("long", policy.Judge("fmt/12", FormatClass.Audio, pdf).Rule);
        Assert.Equal("short", policy.Judge("fmt/2", FormatClass.Audio, pdf).Rule);
        Assert.Equal("class", policy.Judge("site/a", FormatClass.Audio, pdf).Rule);
        Assert.Equal("family", policy.Judge("site/a", FormatClass.Image, pdf).Rule);
        Assert.Equal("unlisted", policy.Judge("site/a", FormatClass.Image, Found()).Rule);
        Assert.Equal("unknown", policy.Judge(null, FormatClass.Other, Found()).Rule);
    }

    [Fact]
    public void A_policy_that_leaves_it_unsaid_still_sends_the_unknown_to_a_person()
    {
        var policy = Read(Json(""));

        Assert.Equal(FormatVerdict.Review, policy.Judge(null, FormatClass.Other, null).Verdict);
        Assert.Equal(FormatVerdict.Review, policy.Judge("fmt/1", FormatClass.Audio, null).Verdict);
    }

    [Fact]
    public void Of_two_rules_about_the_same_the_stricter_counts()
    {
        Assert.Equal("b", Read(Json(Rule("a", ById, "archival") + "," + Rule("b", ById, "forbidden"))).Judge("fmt/1", FormatClass.Audio, null).Rule);
        Assert.Equal("b", Read(Json(Rule("b", ById, "forbidden") + "," + Rule("a", ById, "archival"))).Judge("fmt/1", FormatClass.Audio, null).Rule);
    }

    [Fact]
    public void A_limit_holds_when_all_that_it_names_was_found()
    {
        var policy = Read(Json(Rule("a", ById, "archival"), Limit("both", """{"encrypted":false,"active":["x","macro"],"readability":"notcheckable","family":"zip"}""", "forbidden")));

        Assert.Equal("both", Judge(Found(FileFamily.Zip, Readability.NotCheckable, active: ["macro"])));
        Assert.Equal("a", Judge(Found(FileFamily.Zip, Readability.NotCheckable, active: ["other"])));
        Assert.Equal("a", Judge(Found(FileFamily.Zip, Readability.NotCheckable)));
        Assert.Equal("a", Judge(Found(FileFamily.Zip, Readability.Readable, active: ["macro"])));
        Assert.Equal("a", Judge(Found(FileFamily.Pdf, Readability.NotCheckable, active: ["macro"])));
        Assert.Equal("a", Judge(Found(FileFamily.Zip, Readability.NotCheckable, ["zip-aes"], ["macro"])));
        Assert.Equal("a", Judge(null));

        string Judge(FileExamination? found) => policy.Judge("fmt/1", FormatClass.Audio, found).Rule;
    }

    [Fact]
    public void Reasons_and_sources_are_those_of_all_that_decided()
    {
        var policy = Read(Json(Rule("a", ById, "forbidden"), Limit("b", """{"encrypted":true}""", "forbidden")));

        var verdict = policy.Judge("fmt/1", FormatClass.Audio, Found(encryption: ["7z"]));

        Assert.Equal(["convertible", "broken"], verdict.Reasons);
        Assert.Equal([new PolicyBasis("law", "Law 1", "high")], verdict.Basis);
    }

    [Theory]
    [InlineData("[]", "no-object")]
    [InlineData("{}", "member-missing")]
    [InlineData("""{"name":"a","version":"1","unknown":"accepted"}""", "unknown-accepted")]
    [InlineData("""{"name":"a","version":"1","unknown":"archival"}""", "unknown-accepted")]
    [InlineData("""{"name":"a","version":"1","rule":[]}""", "unknown-member")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"ids":["fmt/1"]},"verdict":"fine","reasons":["a"]}]}""", "unknown-value")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"ids":["fmt/1"],"class":"text"},"verdict":"review","reasons":["a"]}]}""", "not-one-member")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{},"verdict":"review","reasons":["a"]}]}""", "not-one-member")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"ids":[]},"verdict":"review","reasons":["a"]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","when":{"encrypted":true},"verdict":"review","reasons":["a"]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"class":"text"},"verdict":"review","reasons":[]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"class":"text"},"reasons":["a"]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","rules":[{"name":"r","match":{"class":"text"},"verdict":"review","reasons":["a"],"basis":["none"]}]}""", "unknown-value")]
    [InlineData("""{"name":"a","version":"1","limits":[{"name":"r","when":{},"verdict":"review","reasons":["a"]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","limits":[{"name":"r","match":{"class":"text"},"verdict":"review","reasons":["a"]}]}""", "member-missing")]
    [InlineData("""{"name":"a","version":"1","limits":[{"name":"r","when":{"encrypted":1},"verdict":"review","reasons":["a"]}]}""", "no-truth")]
    [InlineData("""{"name":"a","version":"1","basis":[{"key":"k","citation":"c","confidence":"sure"}]}""", "unknown-value")]
    [InlineData("""{"name":"a","version":"1"} {}""", "no-json")]
    public void A_slip_is_told_and_nothing_is_read(string json, string fault)
    {
        List<Finding> findings = [];

        Assert.Null(FormatPolicy.TryRead(Encoding.UTF8.GetBytes(json), "site.json", findings));

        var finding = Assert.Single(findings);
        Assert.Equal("FMT-060", finding.Code);
        Assert.Equal(fault, finding.Arguments.Single(a => a.Key == "fault").Value);
    }

    [Fact]
    public void Every_fault_has_a_text()
    {
        var phrases = new Phrases(typeof(FormatPolicy).Assembly);
        foreach (var fault in new[] { "no-json", "no-object", "no-array", "no-text", "no-number", "no-truth", "no-id", "no-range", "id-twice", "member-twice", "member-missing", "unknown-member", "unknown-value", "unknown-accepted", "not-one-member", "too-many", "too-long" })
        {
            Assert.NotEqual(fault, phrases.Say(Language.English, "fault." + fault).Replace("fault.", "", StringComparison.Ordinal));
        }
    }
}
