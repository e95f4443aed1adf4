using System.Text;
using System.Text.Json.Nodes;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Schemes;

public sealed class SchemeTests
{
    private static readonly Phrases Texts = new(typeof(SchemeFile).Assembly);

    [Fact]
    public void Every_built_in_scheme_asks_all_rules_of_its_stage()
    {
        Assert.Equal(["gd-case", "yj-agency", "yj-hall", "bc-storage"], SchemeCatalogue.All.Select(s => s.Name));
        foreach (var scheme in SchemeCatalogue.All)
        {
            Assert.Empty(SchemeTest.LeftOut(scheme));
            Assert.Empty(SchemeTest.Check(scheme, null));
            Assert.Equal(InspectionCodes.StageOf(scheme.Point!.Value), scheme.Stage);
            Assert.All(scheme.Rules, r => Assert.Equal(RuleCatalogue.Find(r.Rule)!.Weight, r.Weight));
        }
    }

    [Fact]
    public void A_scheme_without_a_rule_for_a_nature_is_refused()
    {
        var whole = SchemeCatalogue.Of(RunPoint.AgencyArchiving);
        var lame = whole with { Rules = [.. whole.Rules.Where(r => RuleCatalogue.Find(r.Rule)!.Nature != RuleNature.Security)] };

        var found = Assert.Single(SchemeTest.Check(lame, "没有人手"));

        Assert.Equal("FN-001", found.Code);
        Assert.Contains("安全性", Texts.Say(Language.Chinese, found), StringComparison.Ordinal);
        Assert.Contains("security", Texts.Say(Language.English, found), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_left_out_only_with_a_reason()
    {
        var without = SchemeCatalogue.WithoutAntivirus(SchemeCatalogue.Of(RunPoint.AgencyArchiving));

        Assert.Equal(["FN.GD.SEC.ANTIVIRUS", "FN.GD.SEC.MALWARE"], SchemeTest.LeftOut(without));
        Assert.Equal("FN-005", Assert.Single(SchemeTest.Check(without, " ")).Code);
        Assert.Empty(SchemeTest.Check(without, "机房尚未配备杀毒软件"));
        Assert.Null(SchemeCatalogue.Find("without-av"));
    }

    [Fact]
    public void A_scheme_file_gives_back_the_scheme_that_was_written()
    {
        var whole = SchemeCatalogue.Of(RunPoint.HallReceipt);
        var findings = new List<Finding>();

        var read = SchemeFile.TryRead(Lantai.StoreFormat.CanonicalJson.Write(SchemeFile.Write(whole)), "方案.json", findings);

        Assert.Empty(findings);
        Assert.Equal(whole.Rules, read!.Rules);
        Assert.Equal((whole.Name, whole.Version, whole.Stage, whole.Category, whole.Point), (read.Name, read.Version, read.Stage, read.Category, read.Point));
        Assert.Equal(whole.Parameters, read.Parameters);
    }

    [Theory]
    [InlineData("""{"point":"nowhere"}""", "FN-002")]
    [InlineData("""{"version":"第 一 版"}""", "FN-002")]
    [InlineData("""{"rules":[{"rule":"FN.GD.AUTH.FIXITY","weight":"heavy"}]}""", "FN-002")]
    [InlineData("""{"rules":[{"rule":"FN.YJ.AUTH.FIXITY","weight":"blocking"}]}""", "FN-002")]
    [InlineData("""{"rules":[{"rule":"FN.GD.AUTH.RESERVED.1.9","weight":"blocking"}]}""", "FN-002")]
    [InlineData("""{"rules":[{"rule":"ZW.SECRETS","weight":"blocking"},{"rule":"ZW.SECRETS","weight":"blocking"}]}""", "FN-003")]
    [InlineData("""{"parameters":[{"name":"antivirus.days","value":"3"},{"name":"antivirus.days","value":"4"}]}""", "FN-003")]
    [InlineData("""{"rules":[{"rule":"ZW.SECRETS","weight":"major"}]}""", "FN-004")]
    [InlineData("""{"parameters":[{"name":"antivirus.days","value":"8"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"medium.speed","value":"10"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"病毒库","value":"1"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"continuity.start","value":"-1"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"scope.extra","value":"pass"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"process-security.hours","value":"25"}]}""", "FN-006")]
    [InlineData("""{"parameters":[{"name":"environment.unfit","value":"Windows XP"}]}""", "FN-006")]
    [InlineData("""{"extra":"1"}""", "REC-005")]
    public void Each_fault_of_a_scheme_file_is_told(string change, string code)
    {
        var file = JsonNode.Parse(Lantai.StoreFormat.CanonicalJson.Write(SchemeFile.Write(SchemeCatalogue.Of(RunPoint.AgencyArchiving))))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject().ToList())
        {
            file[name] = value!.DeepClone();
        }

        var findings = new List<Finding>();
        if (SchemeFile.TryRead(Encoding.UTF8.GetBytes(file.ToJsonString()), "方案.json", findings) is { } read)
        {
            findings.AddRange(SchemeTest.Check(read, "试用"));
        }

        Assert.Contains(code, findings.Select(f => f.Code));
    }

    [Fact]
    public void A_weight_may_be_raised_and_a_parameter_made_stricter()
    {
        var whole = SchemeCatalogue.Of(RunPoint.AgencyArchiving);
        var strict = whole with
        {
            Rules = [.. whole.Rules.Select(r => r with { Weight = RuleWeight.Blocking })],
            Parameters = new Dictionary<string, string>
            {
                ["antivirus.days"] = "1",
                ["medium.speed"] = "4096",
                ["continuity.start"] = "0",
                ["scope.extra"] = "fail",
                ["scope.missing"] = "warn",
                ["process-security.skew"] = "0",
                ["environment.unfit"] = SchemeCatalogue.Value("environment.unfit", null) + "; 麒麟 V3",
            },
        };

        Assert.Empty(SchemeTest.Check(strict, null));
    }
}
