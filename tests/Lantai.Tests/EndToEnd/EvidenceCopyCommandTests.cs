using Lantai.Cli.Demo.Day;
using Lantai.Tests.House;
using Lantai.Tests.Ingest.Door;

namespace Lantai.Tests.EndToEnd;

/// <summary>Evidence copies, and what the archive says of secrets, by the real program.</summary>
public sealed class EvidenceCopyCommandTests(DemoDay day) : IClassFixture<DemoDay>
{
    [Fact]
    public void A_copy_of_an_archived_case_is_proven_with_its_code_and_read_by_the_independent_reader()
    {
        var shop = day.Shop;
        string[] place = ["--store", "demo/archive", "--keys", "demo/keys"];
        var reference = ((string)day.Answers("case archive").SelectMany(a => a["packages"]!.AsArray()).First(p => (string?)p!["outcome"] == "archived")!["receipt"]!["aip"]!)!;

        var made = shop.Run(["dip", "build", reference, "--out", shop.At("copy"), "--json", .. place]);
        var verified = shop.Run("dip", "verify", shop.At("copy"), "--key", shop.At("demo/archive/log.vkey"), "--json");
        var (good, _) = LantaiRead("proof", shop.At("copy"));
        File.AppendAllText(shop.At("copy/proof/certificate.zh.html"), " ");
        var changed = shop.Run("dip", "verify", shop.At("copy"), "--key", shop.At("demo/archive/log.vkey"));
        var (bad, said) = LantaiRead("proof", shop.At("copy"));

        Assert.True(made.Code == 0 && verified.Code == 0, made + "\n" + verified);
        Assert.Equal((string)made.Json["certificate"]!, (string)verified.Json["certificate"]!);
        Assert.Equal(("云州市行政审批局", "0061-ZY·ZW·"), ((string)verified.Json["archive"]!, ((string)verified.Json["referenceCode"]!)[..11]));
        Assert.Equal(1, changed.Code);
        Assert.Contains("proof/certificate.zh.html", changed.Out + changed.Err, StringComparison.Ordinal);
        Assert.Equal((0, 1), (good, bad));
        Assert.Contains("proof/certificate.zh.html", said, StringComparison.Ordinal);

        (int, string) LantaiRead(params string[] arguments)
        {
            var ended = shop.RunProgram("python3", [Path.Combine(Tree.Root, "tools/lantai-read.py"), .. arguments]);
            return (ended.Code, ended.Out + ended.Err);
        }
    }

    [Fact]
    public void Internal_matters_are_archived_and_leave_for_a_stated_reason_alone()
    {
        var shop = day.Shop;
        string[] place = ["--store", "demo/archive", "--keys", "demo/keys"];
        var c = DoorPlace.Case(77);
        c.Draft.Configuration["security_classification"] = "NB";
        _ = DoorPlace.Write(c, shop.At("internal"), "内部.zip");
        using var engine = new Adapters.Clamd();
        string[] scan = engine.Program is null ? [] : ["--clamd", engine.Socket];

        var kept = shop.RunProgram("/usr/bin/env", ["LANTAI_CLAMD_DEFINITIONS=" + DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Workshop.Program, "case", "archive", DayAgency.Approval.Source, shop.At("internal/内部.zip"), .. scan, "--json", .. place]);
        Assert.True(kept.Code == 0, kept.ToString());
        var aip = (string)kept.Json["packages"]![0]!["receipt"]!["aip"]!;
        var silent = shop.Run(["dip", "build", aip, "--out", shop.At("silent"), "--lang", "en", .. place]);
        var stated = shop.Run(["dip", "build", aip, "--out", shop.At("stated"), "--reason", "诉讼举证", "--json", .. place]);

        Assert.Equal(2, silent.Code);
        Assert.Contains("--reason", silent.Err, StringComparison.Ordinal);
        Assert.False(Path.Exists(shop.At("silent")));
        Assert.True(stated.Code == 0, stated.ToString());
        Assert.Contains("\"reason\":\"诉讼举证\"", File.ReadAllText(shop.At("stated/proof/certificate.json")), StringComparison.Ordinal);
        Assert.Contains("内部", File.ReadAllText(shop.At("stated/proof/certificate.zh.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_says_that_it_is_a_non_secret_system_and_on_what_ground()
    {
        string[] place = ["--store", "demo/archive", "--keys", "demo/keys"];

        var stats = day.Shop.Run(["stats", "--lang", "zh", .. place]).Out;
        var values = day.Shop.Run(["policy", "show", "--json", .. place]).Json["values"]!.AsArray().ToDictionary(v => (string)v!["key"]!);

        Assert.Contains("非涉密系统（国办发〔2023〕26号第15条）", stats, StringComparison.Ordinal);
        Assert.Equal(("non-secret", "15"), ((string)values["system.classification"]!["values"]![0]!, (string)values["system.classification"]!["basis"]!["article"]!));
        Assert.Equal(["XZ", "NB"], values["access.controlled"]!["values"]!.AsArray().Select(v => (string)v!));
        Assert.Contains("64", (string)values["access.controlled"]!["basis"]!["article"]!, StringComparison.Ordinal);
        Assert.Contains(day.Answers("inspect kit export"), a => (string?)a["classification"] == "non-secret");
        Assert.DoesNotContain("非涉密系统", day.Shop.Run(["stats", "--lang", "zh", "--store", "demo/store", "--keys", "demo/keys"]).Out, StringComparison.Ordinal); // a plain store states nothing
    }
}
