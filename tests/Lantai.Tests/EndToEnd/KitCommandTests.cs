using Lantai.Inspection;
using Lantai.Tests.House;
using Lantai.Tests.Inspection;

namespace Lantai.Tests.EndToEnd;

/// <summary>The kit through the real program: an archive exports it, a vendor without any store inspects by it.</summary>
public sealed class KitCommandTests
{
    private const string Signatures = """
        <FFSignatureFile Version="7" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile"><InternalSignatureCollection>
        <InternalSignature ID="1" Specificity="Specific"><ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0">
        <Sequence>5A5A5A01</Sequence></SubSequence></ByteSequence></InternalSignature></InternalSignatureCollection>
        <FileFormatCollection><FileFormat ID="1" Name="Zed" PUID="x-zed/1"><InternalSignatureID>1</InternalSignatureID><Extension>zed</Extension></FileFormat></FileFormatCollection></FFSignatureFile>
        """;

    [Fact]
    public void A_vendor_inspects_by_the_kit_what_the_archive_would_say()
    {
        using var shop = Archive();
        var exported = shop.Run("inspect", "kit", "export", "market.kit", "--source", "YZ-GOV", "--json");
        Assert.True(exported.Code == 0, exported.ToString());
        Assert.Equal(5, (long)exported.Json["documents"]!);

        var good = Validate(shop, "good/plain");
        var wrong = Validate(shop, "bad/digest-wrong");

        Assert.NotEqual(2, good.Code);
        Assert.Equal(1, wrong.Code);
        Assert.Equal("failed", (string?)wrong.Json["packages"]![0]!["outcome"]);
        Assert.Equal("YZ-GOV", (string?)good.Json["kit"]!["source"]);
        Assert.Equal("gd-case", (string?)good.Json["packages"]![0]!["scheme"]);
        Assert.Equal("YZ20230510000021", (string?)good.Json["packages"]![0]!["case"]);
        Assert.Contains("四性", shop.Run("inspect", "--help", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("{", shop.Run("sip", "validate", Sample("good/plain"), "--kit", "market.kit", "--lang", "zh").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Inspection report")]
    [InlineData("zh", "检测报告")]
    public void A_vendor_writes_the_whole_report_of_a_package_in_his_language(string language, string title)
    {
        using var shop = Archive();
        Assert.Equal(0, shop.Run("inspect", "kit", "export", "market.kit", "--source", "YZ-GOV").Code);
        string[] Command(string sample, string file) => ["sip", "validate", Sample(sample), "--kit", "market.kit", "--key", shop.Key, "--report", file, "--lang", language];

        foreach (var ending in new[] { "html", "xml", "json" })
        {
            var ended = shop.Run(Command("bad/digest-wrong", "report." + ending));
            Assert.True(ended.Code == 1 && ended.Out.Contains("report." + ending, StringComparison.Ordinal), ended.ToString());
        }

        var page = File.ReadAllText(shop.At("report.html"));
        Assert.Contains(title, page, StringComparison.OrdinalIgnoreCase);
        var findings = new List<Lantai.Words.Finding>();
        var read = ReportReader.TryRead(File.ReadAllBytes(shop.At("report.xml")), "report.xml", findings)!;
        Assert.Empty(findings);
        Assert.Equal((InspectionOutcome.Failed, "YZ20230510000021"), (read.Outcome, read.Subject.Case));
        Assert.Equal(SchemeCatalogue.Of(RunPoint.AgencyArchiving).Rules.Count, read.Results.Count);
        Assert.All(read.Results, r => Assert.Contains(language == "zh" ? r.Rule.Chinese : r.Rule.English, page.Replace("&#39;", "'", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal));
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(shop.At("report.json")))!;
        Assert.Equal("failed", (string?)json["outcome"]);
        Assert.Equal(2, shop.Run(Command("good/plain", "report.pdf")).Code);
        Assert.Equal(2, shop.Run([.. Command("good/plain", "two.html"), Sample("good/licences")]).Code);
        Assert.Equal(2, shop.Run("sip", "validate", Sample("good/plain"), "--profile", "gbt42727", "--report", "none.html").Code);
        Assert.False(File.Exists(shop.At("two.html")) || File.Exists(shop.At("none.html")) || File.Exists(shop.At("report.pdf")));
        Assert.Contains("--report", shop.Run("sip", "validate", "--help", "--lang", language).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kit_that_was_changed_or_is_none_inspects_nothing()
    {
        using var shop = Archive();
        Assert.Equal(0, shop.Run("inspect", "kit", "export", "market.kit", "--source", "YZ-GOV").Code);
        File.WriteAllText(shop.At("changed.kit"), File.ReadAllText(shop.At("market.kit")).Replace("机构甲", "机构乙", StringComparison.Ordinal));
        _ = shop.Write("none.kit", "{}");

        Assert.Equal("INS-611", (string?)Validate(shop, "good/plain", "changed.kit", 2).Json["findings"]![0]!["code"]);
        Assert.Equal("INS-610", (string?)Validate(shop, "good/plain", "none.kit", 2).Json["findings"]![0]!["code"]);
        Assert.Equal(2, shop.Run("sip", "validate", Sample("good/plain"), "--kit", "nowhere.kit").Code);
        Assert.Equal(2, shop.Run("sip", "validate", Sample("good/plain")).Code); // neither profile nor kit
        Assert.Equal(2, shop.Run("inspect", "kit", "export", "x.kit", "--source", "nobody").Code);
        Assert.False(File.Exists(shop.At("x.kit")));
    }

    [Fact]
    public void A_kit_of_an_archive_with_other_signature_files_is_told()
    {
        using var shop = Archive();
        _ = shop.Write("signatures.xml", Signatures);
        Assert.Equal(0, shop.Run("formats", "import", "signatures.xml").Code);
        Assert.Equal(0, shop.Run("inspect", "kit", "export", "market.kit", "--source", "YZ-GOV").Code);

        Assert.Contains(Validate(shop, "good/plain").Json["findings"]!.AsArray(), f => (string?)f!["code"] == "INS-615");
    }

    private static Workshop Archive()
    {
        var shop = new Workshop().WithStore();
        foreach (var command in (string[])
        [
            "region add 990100 --name 云州市", $"agency add {SampleOffice.Agency} --region 990100 --name 机构甲", $"fonds add 0061 --creator {SampleOffice.Agency} --name 全宗",
            $"source add YZ-GOV --agency {SampleOffice.Agency}", $"item add 0109900100 --version 1 --name 食品经营许可 --type 行政许可 --agency {SampleOffice.Agency} --steps 1 2 3 4",
        ])
        {
            var ended = shop.Run(command.Split(' '));
            Assert.True(ended.Code == 0, ended.ToString());
        }

        return shop;
    }

    private static Ended Validate(Workshop shop, string sample, string kit = "market.kit", int? code = null)
    {
        var ended = shop.Run("sip", "validate", Sample(sample), "--kit", kit, "--key", shop.Key, "--json");
        Assert.True(code is null || ended.Code == code, ended.ToString());
        return ended;
    }

    private static string Sample(string path) => Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727", path);
}
