using System.Text.Json.Nodes;

namespace Lantai.Tests.EndToEnd;

/// <summary>Formats through the real program: identify, import, ingest, show, profile.</summary>
public sealed class FormatsTests
{
    private const string Signatures = """
        <FFSignatureFile Version="7" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile"><InternalSignatureCollection>
        <InternalSignature ID="1" Specificity="Specific"><ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0">
        <Sequence>5A5A5A01</Sequence></SubSequence></ByteSequence></InternalSignature></InternalSignatureCollection>
        <FileFormatCollection><FileFormat ID="1" Name="Zed" PUID="x-zed/1"><InternalSignatureID>1</InternalSignatureID><Extension>zed</Extension></FileFormat></FileFormatCollection></FFSignatureFile>
        """;

    [Fact]
    public void A_folder_is_identified_with_names_in_chinese_and_what_is_odd_is_told()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("案卷/元数据.xml", "<?xml version=\"1.0\"?>\n<案卷/>\n");
        _ = shop.Write("案卷/照片.png", "%PDF-1.4\n%%EOF\n");

        var told = shop.Run("formats", "identify", "案卷", "--json");
        var clean = shop.Run("formats", "identify", "案卷/元数据.xml");

        Assert.Equal((1, 0), (told.Code, clean.Code));
        var files = told.Json["files"]!.AsArray();
        Assert.Equal(["元数据.xml", "照片.png"], files.Select(f => (string)f!["path"]!));
        Assert.Equal(["fmt/101", "fmt/18"], files.Select(f => (string)f!["format"]!));
        Assert.Equal([false, true], files.Select(f => (bool)f!["mismatch"]!));
        Assert.Contains("fmt/101", clean.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_cannot_be_identified()
    {
        using var shop = new Workshop().WithStore();

        Assert.Equal(2, shop.Run("formats", "identify", "nowhere").Code);
        Assert.Equal(2, shop.Run("formats", "identify").Code);
        Assert.Equal(2, shop.Run("formats", "identify", ".", "--signatures", "nowhere.xml").Code);
        Assert.Equal(2, shop.Run("formats", "show", "fmt/none").Code);
    }

    [Fact]
    public void Imported_signatures_are_a_package_and_tell_formats_from_then_on()
    {
        using var shop = new Workshop().WithStore();
        var signatures = shop.Write("signatures.xml", Signatures);
        _ = shop.Write("case/a.zed", [0x5A, 0x5A, 0x5A, 0x01, 0xFF, 0x00, 0x17]);
        var before = shop.Run("formats", "identify", "case", "--json").Json["files"]![0]!["format"];

        var imported = shop.Run("formats", "import", signatures, "--json");
        var again = shop.Run("formats", "import", signatures, "--json");

        Assert.Null(before);
        Assert.Equal((0, 0), (imported.Code, again.Code));
        Assert.Equal((string?)imported.Json["aip"], (string?)again.Json["aip"]);
        Assert.Equal("x-zed/1", (string?)shop.Run("formats", "identify", "case", "--json").Json["files"]![0]!["format"]);
        Assert.Equal(0, shop.Run("ingest", "case").Code);
        Assert.Equal("x-zed/1", (string?)Files(shop, "local/case")[0]!["format"]);
        Assert.Equal(0, shop.Run("formats", "show", "x-zed/1").Code);
        Assert.Equal(0, shop.Run("verify").Code);
        Assert.Equal(0, shop.Run("show", "lantai/formats").Code);
    }

    [Fact]
    public void A_spoilt_cache_of_signatures_and_a_strange_package_in_their_place_stop_nothing()
    {
        using var shop = new Workshop().WithStore();
        Assert.Equal(0, shop.Run("formats", "import", shop.Write("signatures.xml", Signatures)).Code);
        _ = shop.Write("case/a.zed", [0x5A, 0x5A, 0x5A, 0x01, 0xFF, 0x00, 0x17]);
        var cache = Assert.Single(Directory.GetFiles(shop.At("store/index"), "formats-*.compiled"));
        var bytes = File.ReadAllBytes(cache);
        for (var at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 7))
        {
            var spoilt = (byte[])bytes.Clone();
            spoilt[at] ^= 0x40;
            File.WriteAllBytes(cache, spoilt);
            Assert.Equal("x-zed/1", (string?)shop.Run("formats", "identify", "case", "--json").Json["files"]![0]!["format"]);
        }

        _ = shop.Write("strange/a.xml", "<FFSignatureFile xmlns=\"http://www.nationalarchives.gov.uk/pronom/SignatureFile\"><FileFormatCollection><FileFormat PUID=\"x/1\"/><FileFormat ID=\"1\" PUID=\"x/2\"/><FileFormat ID=\"1\" PUID=\"x/2\"/></FileFormatCollection></FFSignatureFile>");
        Assert.Equal(0, shop.Run("ingest", "strange", "--source", "lantai", "--id", "formats").Code);
        Assert.Equal(0, shop.Run("ingest", "case").Code);
        _ = shop.Write("strange/a.xml", "no signature file at all");
        Assert.Equal(0, shop.Run("ingest", "strange", "--source", "lantai", "--id", "formats").Code);
        _ = shop.Write("case/b.txt", "b\n");
        var told = shop.Run("ingest", "case", "--json");
        Assert.Equal(0, told.Code);
        Assert.Contains(told.Json["findings"]!.AsArray(), f => (string?)f!["code"] == "FMT-005"); // that PRONOM's signatures are gone is said
    }

    [Fact]
    public void Without_room_for_its_copy_an_outside_program_has_failed_and_the_file_is_read()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qpdf"), "qpdf is not installed: nobody asks an outside program.");
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.pdf", Characterization.Pdf.HandMadePdf.OnePage().ToBytes());

        var kept = shop.RunProgram("env", "TMPDIR=/nowhere", Workshop.Program, "ingest", "case");

        Assert.True(kept.Code == 0, kept.ToString());
        var found = Files(shop, "local/case")[0]!["characterization"]!;
        Assert.Equal("readable", (string?)found["readability"]);
        Assert.Contains(found["findings"]!.AsArray(), f => (string?)f!["code"] == "FMT-131" && (string?)f["arguments"]!["why"] == "no-room");
    }

    [Fact]
    public void What_is_no_signature_file_is_refused_and_nothing_is_kept()
    {
        using var shop = new Workshop().WithStore();
        var other = shop.Write("other.xml", "<other/>");

        var refused = shop.Run("formats", "import", other, "--json");

        Assert.Equal(1, refused.Code);
        Assert.Equal("FMT-003", (string?)refused.Json["findings"]![0]!["code"]);
        Assert.Equal(0, (long)shop.Run("stats", "--json").Json["aips"]!);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("zip")]
    [InlineData("tar")]
    public void Every_file_of_a_submission_has_format_readability_and_verdict(string form)
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/元数据.xml", "<?xml version=\"1.0\"?>\n<案卷/>\n");
        _ = shop.Write("case/说明.txt", "一、收文\n");
        _ = shop.Write("case/large.txt", new string('x', 3 << 20));
        var submission = form switch
        {
            "zip" => Pack(shop, "python3", "-c", "import shutil; shutil.make_archive('packed', 'zip', 'case')", "packed.zip"),
            "tar" => Pack(shop, "tar", "-cf", "packed.tar", "-C", "case", ".", "packed.tar"),
            _ => "case",
        };

        var kept = shop.Run("ingest", submission, "--id", "x");

        Assert.True(kept.Code == 0, kept.ToString());
        var files = Files(shop, "local/x");
        Assert.Equal(3, files.Count);
        Assert.All(files, f => Assert.Equal(
            ("readable", "archival"), ((string?)f!["characterization"]!["readability"], (string?)f["characterization"]!["verdict"])));
        Assert.Equal(["fmt/101", "x-fmt/111", "x-fmt/111"], files.Select(f => (string)f!["format"]!).Order(StringComparer.Ordinal));
        Assert.Equal(0, shop.Run("verify").Code);
    }

    [Fact]
    public void A_large_object_is_looked_at_in_staging()
    {
        using var shop = new Workshop().WithStore("--large-from", "1MiB");
        _ = shop.Write("case/long.txt", new string('x', 2 << 20));

        Assert.Equal(0, shop.Run("ingest", "case").Code);

        Assert.Equal(("x-fmt/111", "readable"), ((string?)Files(shop, "local/case")[0]!["format"], (string?)Files(shop, "local/case")[0]!["characterization"]!["readability"]));
    }

    [Fact]
    public void A_policy_of_the_site_tightens_and_never_weakens()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.xml", "<?xml version=\"1.0\"?>\n<a/>\n");
        _ = shop.Write("case/b.exe.txt", "b\n");
        const string Form = "{{\"name\":\"site\",\"version\":\"1\",\"basis\":[{{\"key\":\"own\",\"citation\":\"site rule 1\",\"confidence\":\"high\"}}],\"rules\":[{{\"name\":\"own\",\"match\":{{\"ids\":[\"{0}\"]}},\"verdict\":\"{1}\",\"reasons\":[\"not-on-the-list\"],\"basis\":[\"own\"]}}]}}";
        var strict = shop.Write("strict.json", string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, "fmt/101", "forbidden"));
        var weak = shop.Write("weak.json", string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, "x-fmt/263", "archival"));

        var tightened = shop.Run("formats", "identify", "case", "--policy", strict, "--json");
        var weakened = shop.Run("formats", "identify", "case", "--policy", weak, "--json");

        Assert.Equal(["forbidden", "archival"], tightened.Json["files"]!.AsArray().Select(f => (string)f!["verdict"]!));
        Assert.Contains(weakened.Json["findings"]!.AsArray(), f => (string?)f!["code"] == "FMT-061");
        Assert.Equal(2, shop.Run("formats", "identify", "case", "--policy", shop.Write("none.json", "{}")).Code);
        Assert.Equal(0, shop.Run("ingest", "case", "--policy", strict).Code);
        Assert.Equal(["forbidden", "archival"], Files(shop, "local/case").Select(f => (string)f!["characterization"]!["verdict"]!));
    }

    [Fact]
    public void Nobody_looks_when_told_not_to()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.xml", "<?xml version=\"1.0\"?>\n<a/>\n");

        Assert.Equal(0, shop.Run("ingest", "case", "--characterize", "none").Code);
        Assert.Equal(2, shop.Run("ingest", "case", "--characterize", "half").Code);

        Assert.Null(Files(shop, "local/case")[0]!["characterization"]);
        Assert.Equal(1, (long)shop.Run("formats", "profile", "--json").Json["unseen"]!);
    }

    [Fact]
    public void A_thousand_faults_are_told_by_ten_and_all_are_kept()
    {
        using var shop = new Workshop().WithStore();
        for (var i = 0; i < 1000; i++)
        {
            _ = shop.Write($"case/{i}.xml", $"<?xml version=\"1.0\"?>\n<a><b{i}></a>\n");
        }

        var kept = shop.Run("ingest", "case", "--json");

        Assert.Equal(0, kept.Code);
        var findings = kept.Json["findings"]!.AsArray();
        Assert.Equal(10, findings.Count(f => (string?)f!["code"] == "FMT-040"));
        Assert.Contains("990", (string?)findings.Single(f => (string?)f!["code"] == "ING-010" && ((string)f["text"]!).Contains("FMT-040", StringComparison.Ordinal))!["text"], StringComparison.Ordinal);
        Assert.Equal(1000, Files(shop, "local/case").Count(f => (string?)f!["characterization"]!["readability"] == "broken"));
    }

    [Fact]
    public void The_profile_counts_newest_versions_and_is_written_as_page_and_table()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.xml", "<?xml version=\"1.0\"?>\n<a/>\n");
        _ = shop.Write("case/b.txt", "b\n");
        Assert.Equal(0, shop.Run("ingest", "case", "--retention", "Y", "--completed", "2021-03-04").Code);
        File.Delete(shop.At("case/b.txt"));
        Assert.Equal(0, shop.Run("ingest", "case", "--retention", "Y", "--completed", "2021-03-04").Code);

        var profile = shop.Run("formats", "profile", "--json", "--html", "p.html", "--csv", "p.csv");

        Assert.Equal(0, profile.Code);
        var row = Assert.Single(profile.Json["profile"]!["rows"]!.AsArray())!;
        Assert.Equal(("fmt/101", "archival", "readable", 2021, 1L), ((string?)row["id"], (string?)row["verdict"], (string?)row["readability"], (int)row["year"]!, (long)row["files"]!));
        Assert.Contains("fmt/101", File.ReadAllText(shop.At("p.csv")), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html", File.ReadAllText(shop.At("p.html")), StringComparison.Ordinal);
        var shown = shop.Run("formats", "profile");
        Assert.Contains("█", shown.Out, StringComparison.Ordinal);
        Assert.Equal(0, shop.Run("rebuild", "--compare").Code);
    }

    [Fact]
    public void Every_file_of_the_demonstration_has_format_readability_and_verdict()
    {
        using var shop = new Workshop();
        Assert.Equal(0, shop.Run("demo", "--dir", "demo").Code);

        var submissions = shop.Run("list", "--store", "demo/store", "--keys", "demo/keys", "--json").Json["aips"]!.AsArray();

        Assert.Equal(10, submissions.Count);
        foreach (var one in submissions)
        {
            var files = shop.Run("show", (string)one!["aip"]!, "--files", "--json", "--store", "demo/store", "--keys", "demo/keys").Json["files"]!.AsArray();
            Assert.NotEmpty(files);
            Assert.All(files.Where(f => (string?)f!["kind"] == "file"), f =>
            {
                Assert.NotNull((string?)f!["format"]);
                Assert.Equal("readable", (string?)f["characterization"]!["readability"]);
                Assert.Contains((string?)f["characterization"]!["verdict"], new[] { "archival", "accepted" });
            });
        }
    }

    private static JsonArray Files(Workshop shop, string package)
    {
        var shown = shop.Run("show", package, "--files", "--json");
        Assert.True(shown.Code == 0, shown.ToString());
        return shown.Json["files"]!.AsArray();
    }

    private static string Pack(Workshop shop, string program, params string[] arguments)
    {
        Assert.Equal(0, shop.RunProgram(program, arguments[..^1]).Code);
        return arguments[^1];
    }
}
