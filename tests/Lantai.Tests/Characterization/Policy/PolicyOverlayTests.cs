using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Words;
using static Lantai.Tests.Characterization.Policy.PolicyText;

namespace Lantai.Tests.Characterization.Policy;

public sealed class PolicyOverlayTests
{
    [Fact]
    public void A_stricter_rule_is_laid_on_and_named_as_the_one_that_decides()
    {
        var policy = FormatPolicy.Default.With(Read(Json(Rule("no-mp3", """{"ids":["fmt/134"]}""", "accepted"))), NoFindings());

        var verdict = policy.Judge("fmt/134", FormatClass.Audio, null);

        Assert.Equal((FormatVerdict.Accepted, "no-mp3", "site", "7"), (verdict.Verdict, verdict.Rule, verdict.Policy, verdict.Version));
        Assert.Equal("flac", policy.Judge("fmt/279", FormatClass.Audio, null).Rule);
        Assert.Equal(["site 7"], policy.Overlays);
        Assert.Equal("lantai-default", policy.Name);
    }

    [Theory]
    [InlineData("""{"ids":["fmt/900"]}""", "accepted", "programs", "forbidden")]
    [InlineData("""{"ids":["lantai/ofd","fmt/494"]}""", "archival", "encrypted-office", "forbidden")]
    [InlineData("""{"idPrefixes":["lantai/uof-2"]}""", "archival", "uof", "accepted")]
    [InlineData("""{"class":"program"}""", "review", "programs", "forbidden")]
    [InlineData("""{"class":"other"}""", "archival", "unlisted", "review")]
    [InlineData("""{"ids":["fmt/111"]}""", "accepted", "unlisted", "review")]
    [InlineData("""{"family":"executable"}""", "accepted", "program-bytes", "forbidden")]
    public void A_weaker_rule_is_refused_and_both_rules_are_named(string match, string verdict, string other, string stricter)
    {
        List<Finding> findings = [];

        var policy = FormatPolicy.Default.With(Read(Json(Rule("weak", match, verdict))), findings);

        var finding = Assert.Single(findings);
        Assert.Equal(("FMT-061", Severity.Error, "site"), (finding.Code, finding.Severity, finding.Subject));
        Assert.Equal([new("rule", "weak"), new("verdict", verdict), new("other", other), new("stricter", stricter)], finding.Arguments);
        Assert.Equal(FormatVerdict.Forbidden, policy.Judge("fmt/900", FormatClass.Program, null).Verdict);
    }

    [Fact]
    public void A_weaker_limit_and_a_weaker_word_on_what_is_not_listed_are_refused()
    {
        List<Finding> findings = [];
        var overlay = Read(Json("", Limit("weak", """{"encrypted":true}""", "review"), "\"unlisted\":\"accepted\","));

        var policy = FormatPolicy.Default.With(overlay, findings);

        Assert.Equal(["unlisted", "weak"], findings.Select(f => f.Arguments[0].Value));
        Assert.Equal(FormatVerdict.Forbidden, policy.Judge("lantai/ofd", FormatClass.Layout, Found(encryption: ["ofd"])).Verdict);
        Assert.Equal(FormatVerdict.Review, policy.Judge("fmt/111", FormatClass.Other, null).Verdict);
    }

    [Fact]
    public void No_overlay_can_weaken_any_verdict_however_it_is_written()
    {
        string[] classes = [.. Enum.GetNames<FormatClass>().Select(n => n.ToLowerInvariant())];
        string[] ids = ["lantai/ofd", "fmt/18", "fmt/494", "fmt/900", "fmt/111", "x-fmt/263", "x-site/1"];
        List<string> matches = [.. classes.Select(c => $$"""{"class":"{{c}}"}"""), .. ids.Select(i => $$"""{"ids":["{{i}}"]}"""), """{"idPrefixes":["fmt/"]}""", """{"idPrefixes":["l","x"]}""", """{"family":"executable"}"""];

        foreach (var match in matches)
        {
            foreach (var verdict in new[] { "archival", "accepted", "review", "forbidden" })
            {
                var policy = FormatPolicy.Default.With(Read(Json(Rule("r", match, verdict), Limit("l", """{"encrypted":true}""", verdict))), []);
                foreach (var (id, kind, found) in from id in ids.Append(null) from kind in Enum.GetValues<FormatClass>() from found in new[] { null, Found(), Found(FileFamily.Executable), Found(encryption: ["pdf"]), Found(readability: Readability.Broken) } select (id, kind, found))
                {
                    Assert.True(policy.Judge(id, kind, found).Verdict >= FormatPolicy.Default.Judge(id, kind, found).Verdict, $"{match} {verdict} weakens {id} {kind}");
                }
            }
        }
    }

    [Fact]
    public void Overlays_lie_one_on_the_other_and_the_later_may_not_weaken_the_earlier()
    {
        List<Finding> findings = [];
        var first = FormatPolicy.Default.With(Read(Json(Rule("no-mp3", """{"ids":["fmt/134"]}""", "forbidden"))), findings);

        var second = first.With(Read(Json(Rule("mp3-again", """{"ids":["fmt/134"]}""", "accepted"))), findings);

        Assert.Equal("no-mp3", Assert.Single(findings).Arguments.Single(a => a.Key == "other").Value);
        Assert.Equal("no-mp3", second.Judge("fmt/134", FormatClass.Audio, null).Rule);
        Assert.Throws<ArgumentException>(() => first.With(second, findings));
    }

    [Fact]
    public void A_refusal_is_said_in_both_languages()
    {
        List<Finding> findings = [];
        _ = FormatPolicy.Default.With(Read(Json(Rule("weak", """{"class":"program"}""", "accepted"))), findings);
        var phrases = new Phrases(typeof(FormatPolicy).Assembly);

        Assert.Contains("可接收需转换", phrases.Say(Language.Chinese, findings[0]), StringComparison.Ordinal);
        Assert.Contains("accepted, to be converted, which is weaker than forbidden of rule programs", phrases.Say(Language.English, findings[0]), StringComparison.Ordinal);
    }

    private static List<Finding> NoFindings() => [];
}
