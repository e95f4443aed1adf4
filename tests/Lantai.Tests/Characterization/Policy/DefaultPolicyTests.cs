using System.Text.Json;
using System.Xml.Linq;
using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Registry;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Policy;

/// <summary>What the policy says that applies when a site sets none.</summary>
public sealed class DefaultPolicyTests
{
    private static readonly IReadOnlyDictionary<string, FormatClass> Classes = FormatFile.ReadBuiltIn().ToDictionary(f => f.Format.Id, f => f.Format.Class, StringComparer.Ordinal);

    [Theory]
    [InlineData("lantai/ofd", FormatVerdict.Archival)]
    [InlineData("fmt/354", FormatVerdict.Archival)]
    [InlineData("fmt/481", FormatVerdict.Archival)]
    [InlineData("fmt/353", FormatVerdict.Archival)]
    [InlineData("fmt/43", FormatVerdict.Archival)]
    [InlineData("x-fmt/392", FormatVerdict.Archival)]
    [InlineData("fmt/13", FormatVerdict.Archival)]
    [InlineData("fmt/101", FormatVerdict.Archival)]
    [InlineData("x-fmt/18", FormatVerdict.Archival)]
    [InlineData("x-fmt/111", FormatVerdict.Archival)]
    [InlineData("fmt/141", FormatVerdict.Archival)]
    [InlineData("fmt/134", FormatVerdict.Archival)]
    [InlineData("fmt/279", FormatVerdict.Archival)]
    [InlineData("fmt/199", FormatVerdict.Archival)]
    [InlineData("fmt/200", FormatVerdict.Archival)]
    [InlineData("lantai/eep", FormatVerdict.Archival)]
    [InlineData("fmt/18", FormatVerdict.Accepted)]
    [InlineData("fmt/1910", FormatVerdict.Accepted)]
    [InlineData("lantai/et", FormatVerdict.Accepted)]
    [InlineData("lantai/uof-2-text", FormatVerdict.Accepted)]
    [InlineData("fmt/412", FormatVerdict.Accepted)]
    [InlineData("fmt/523", FormatVerdict.Accepted)]
    [InlineData("fmt/40", FormatVerdict.Accepted)]
    [InlineData("x-fmt/92", FormatVerdict.Accepted)]
    [InlineData("x-fmt/263", FormatVerdict.Accepted)]
    [InlineData("fmt/111", FormatVerdict.Review)]
    [InlineData("fmt/494", FormatVerdict.Forbidden)]
    [InlineData("fmt/754", FormatVerdict.Forbidden)]
    [InlineData("lantai/openpgp-message", FormatVerdict.Forbidden)]
    [InlineData("fmt/900", FormatVerdict.Forbidden)]
    [InlineData("lantai/script", FormatVerdict.Forbidden)]
    public void A_format_has_its_verdict(string id, FormatVerdict verdict) =>
        Assert.Equal(verdict, FormatPolicy.Default.Judge(id, Classes[id], PolicyText.Found()).Verdict);

    [Fact]
    public void A_verdict_says_why_and_by_which_rule()
    {
        var verdict = FormatPolicy.Default.Judge("lantai/ofd", FormatClass.Layout, null);

        Assert.Equal(("ofd", "lantai-default", "1"), (verdict.Rule, verdict.Policy, verdict.Version));
        Assert.Contains("national-standard", verdict.Reasons);
        Assert.Contains(verdict.Basis, b => b is { Citation: "GB/T 33190-2016", Confidence: "high" });
    }

    [Fact]
    public void What_is_not_identified_goes_to_a_person()
    {
        var verdict = FormatPolicy.Default.Judge(null, FormatClass.Other, PolicyText.Found());

        Assert.Equal((FormatVerdict.Review, "unknown"), (verdict.Verdict, verdict.Rule));
        Assert.Equal("FMT-050", verdict.ToFinding("a.bin")!.Code);
    }

    [Fact]
    public void A_program_is_refused_even_when_no_registry_knows_it() =>
        Assert.Equal("program-bytes", FormatPolicy.Default.Judge(null, FormatClass.Other, PolicyText.Found(FileFamily.Executable)).Rule);

    [Fact]
    public void What_the_bytes_look_like_does_not_overrule_what_the_format_is() =>
        Assert.Equal(FormatVerdict.Accepted, FormatPolicy.Default.Judge("fmt/356", FormatClass.Audio, PolicyText.Found(FileFamily.Executable)).Verdict);

    [Theory]
    [InlineData("lantai/ofd", FormatClass.Layout)]
    [InlineData("fmt/354", FormatClass.Layout)]
    [InlineData("x-fmt/263", FormatClass.Package)]
    public void An_encrypted_file_is_forbidden_whatever_its_format(string id, FormatClass kind)
    {
        var verdict = FormatPolicy.Default.Judge(id, kind, PolicyText.Found(encryption: ["ofd"]));

        Assert.Equal((FormatVerdict.Forbidden, "encrypted"), (verdict.Verdict, verdict.Rule));
        Assert.Equal(("FMT-051", Severity.Warning), (verdict.ToFinding("a")!.Code, verdict.ToFinding("a")!.Severity));
    }

    [Fact]
    public void A_signed_file_that_is_not_encrypted_passes() =>
        Assert.Null(FormatPolicy.Default.Judge("lantai/ofd", FormatClass.Layout, PolicyText.Found(FileFamily.Ofd)).ToFinding("signed.ofd"));

    [Theory]
    [InlineData("embedded-executable")]
    [InlineData("pdf-javascript")]
    [InlineData("pdf-launch")]
    [InlineData("macro")]
    [InlineData("script")]
    [InlineData("external-reference")]
    public void What_acts_is_received_but_not_archived(string kind)
    {
        var verdict = FormatPolicy.Default.Judge("fmt/479", FormatClass.Layout, PolicyText.Found(FileFamily.Pdf, active: [kind]));

        Assert.Equal(FormatVerdict.Accepted, verdict.Verdict);
        Assert.DoesNotContain("self-contained", verdict.Reasons);
    }

    [Fact]
    public void A_broken_file_goes_to_a_person() =>
        Assert.Equal("broken", FormatPolicy.Default.Judge("fmt/354", FormatClass.Layout, PolicyText.Found(readability: Readability.Broken)).Rule);

    [Fact]
    public void A_forbidden_format_is_told_as_that() => Assert.Equal("FMT-051", FormatPolicy.Default.Judge("fmt/900", FormatClass.Program, null).ToFinding("a.exe")!.Code);

    [Fact]
    public void Every_reason_source_and_verdict_has_a_text()
    {
        var phrases = new Phrases(typeof(FormatPolicy).Assembly);
        using var json = JsonDocument.Parse(Tree.Read("src/Characterization/Policy/policy.json"));
        var sayings = json.RootElement.GetProperty("rules").EnumerateArray().Concat(json.RootElement.GetProperty("limits").EnumerateArray()).ToList();
        string[] keys =
        [
            .. sayings.SelectMany(s => s.GetProperty("reasons").EnumerateArray()).Select(r => "reason." + r.GetString()), "reason.unidentified", "reason.no-rule",
            .. json.RootElement.GetProperty("basis").EnumerateArray().Select(b => "policy.basis." + b.GetProperty("key").GetString()),
            .. Enum.GetValues<FormatVerdict>().SelectMany(v => new[] { "verdict.", "policy.verdict." }.Select(p => p + PolicyWords.Write(v))),
            .. Enum.GetValues<FormatVerdict>().Where(v => v != FormatVerdict.Archival).Select(v => "stricter." + PolicyWords.Write(v)),
            .. Enum.GetValues<Readability>().Select(r => "readability." + PolicyWords.Write(r)),
        ];

        Assert.All(keys, key => Assert.Contains(key, phrases.Keys(Language.Chinese)));
        Assert.All(keys, key => Assert.Contains(key, phrases.Keys(Language.English)));
    }

    [Fact]
    public void Every_id_that_a_rule_names_exists()
    {
        using var json = JsonDocument.Parse(Tree.Read("src/Characterization/Policy/policy.json"));
        var named = json.RootElement.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("match")).Where(m => m.TryGetProperty("ids", out _)).SelectMany(m => m.GetProperty("ids").EnumerateArray()).Select(i => i.GetString()!).ToList();
        var strangers = named.Where(id => !Classes.ContainsKey(id)).ToList();
        Assert.Equal(named.Count, named.Distinct().Count());
        Assert.DoesNotContain(strangers, id => id.StartsWith("lantai/", StringComparison.Ordinal));

        if (Tree.Shared is null)
        {
            Assert.Skip("The PRONOM file is not at hand (set LANTAI_SHARED to the folder that holds corpora/pronom).");
        }

        var known = XDocument.Load(Path.Combine(Tree.Shared, "corpora", "pronom", "DROID_SignatureFile_V122.xml")).Descendants().Select(e => e.Attribute("PUID")?.Value).ToHashSet();
        Assert.All(strangers, id => Assert.Contains(id, known));
    }
}
