using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Tests.House;

namespace Lantai.Tests.EndToEnd;

/// <summary>Inspection in storage, at handing over and at receipt, through the real program.</summary>
public sealed class InspectingTests
{
    private const string Appearance = "FN.YJ.SEC.MEDIUM-APPEARANCE";

    private static readonly string Packages = Path.Combine(Tree.Root, "spec/vectors/packages");

    [Fact]
    public void A_flipped_bit_in_storage_ends_with_1_and_names_package_and_file()
    {
        using var shop = new Workshop().WithStore();
        Assert.Equal(0, shop.Run("ingest", Path.Combine(Packages, "eep/good/external-content"), "--retention", "D30", "--completed", "2025-05-08").Code);
        Assert.Equal(0, shop.Run("seal").Code);

        var clean = shop.Run("inspect", "run", "--sample", "100%", "--seed", "2026-11", "--json");
        Assert.True(clean.Code == 2, clean.ToString()); // nothing failed, and nobody asked an antivirus engine
        Assert.Equal((1L, "2026-11", 0L), ((long)clean.Json["chosen"]!, (string)clean.Json["seed"]!, (long)clean.Json["overdue"]!));
        Assert.Equal(0, (long)shop.Run("inspect", "run", "--due", "--json").Json["chosen"]!);

        Flip(shop);
        var bad = shop.Run("inspect", "run", "--json");

        Assert.True(bad.Code == 1, bad.ToString());
        var failed = Assert.Single(bad.Json["failed"]!.AsArray());
        var rule = Assert.Single(failed!["rules"]!.AsArray(), r => (string)r!["rule"]! == "FN.BC.AUTH.AIP-UNCHANGED");
        Assert.Equal("INS-510", (string)Assert.Single(rule!["findings"]!.AsArray())!["code"]!);
        Assert.Contains("已被改动", shop.Run("inspect", "run", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.Equal("failed", (string)shop.Run("inspect", "compare", (string)failed["number"]!, (string)failed["number"]!, "--json").Json["one"]!["outcome"]!);
    }

    [Fact]
    public void The_reports_of_agency_and_hall_are_both_kept_and_compared()
    {
        using var shop = new Workshop().WithStore();
        var path = Path.Combine(Packages, "dat93/good/plain-utf8");

        var agency = shop.Run("inspect", "run", path, "--point", "agency-transfer", "--json");
        var digest = (string)agency.Json["packages"]![0]!["digest"]!;
        var hall = shop.Run("inspect", "run", path, "--point", "hall-receipt", "--declared", digest, "--json");
        var other = shop.Run("inspect", "run", Path.Combine(Packages, "dat93/good/multi-content"), "--point", "hall-receipt", "--json");

        var numbers = new[] { agency, hall, other }.Select(r => (string)r.Json["packages"]![0]!["number"]!).ToArray();
        var same = shop.Run("inspect", "compare", numbers[0], numbers[1], "--json");
        Assert.True((bool)same.Json["samePackage"]!, same.ToString());
        Assert.Equal(1, shop.Run("inspect", "compare", numbers[0], numbers[2]).Code);
        Assert.Equal(2, shop.Run("inspect", "compare", numbers[0]).Code);
        Assert.Equal(2, shop.Run("inspect", "compare", numbers[0], "没有").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "没有", "--point", "hall-receipt").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "--point", "hall-receipt").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "--sample", "0").Code);
        Assert.Equal(0, shop.Run("inspect", "run", "--resume").Code);
    }

    [Fact]
    public void What_waits_for_persons_alone_ends_with_1_until_they_decided_once_for_the_store()
    {
        using var shop = new Workshop().WithStore();
        foreach (var name in new[] { "eep/good/external-content", "eep/good/several-documents.xml" })
        {
            Assert.Equal(0, shop.Run("ingest", Path.Combine(Packages, name), "--retention", "D30", "--completed", "2025-05-08").Code);
        }

        Assert.Equal(0, shop.Run("inspect", "scheme", "adopt", "--without-av", "--point", "storage", "--reason", "未配备", "--as", "os:chen").Code);
        var waiting = shop.Run("inspect", "run", "--json");
        Assert.True(waiting.Code == 1, waiting.ToString());
        Assert.Equal((2L, 0L), ((long)waiting.Json["outcomes"]!["waiting"]!, (long)waiting.Json["outcomes"]!["failed"]!));

        var aip = (string)shop.Run("list", "--json").Json["aips"]![0]!["aip"]!;
        Assert.Equal(1, shop.Run("inspect", "run", aip).Code);
        var report = shop.Write("检测记录.pdf", "检测记录");
        foreach (var rule in new[] { "USE.BACKUPS", "SEC.STORAGE-MEDIUM", "SEC.VULNERABILITIES", "SEC.STORAGE-ENVIRONMENT" })
        {
            var decided = shop.Run("inspect", "decide", aip, "--rule", "FN.BC." + rule, "--verdict", "passed", "--note", "合格", "--attachment", report, "--as", "os:li");
            Assert.True(decided.Code == 0, decided.ToString());
        }

        Assert.Equal(0, shop.Run("inspect", "run").Code);
        Assert.Equal(1, shop.Run("inspect", "run", "--as", "os:li").Code); // his own decisions leave the items open
        Assert.Equal(0, shop.Run("rebuild", "--compare").Code);
    }

    [Theory]
    [InlineData("agency-transfer")]
    [InlineData("hall-receipt")]
    public void What_a_person_decided_of_a_package_that_was_handed_over_is_applied_when_it_is_inspected_again(string point)
    {
        using var shop = new Workshop().WithStore();
        _ = Directory.CreateDirectory(shop.At("盘"));
        Assert.Equal(0, shop.RunProgram("cp", "-r", Path.Combine(Packages, "dat93/good/plain-utf8"), shop.At("盘")).Code);
        string[] line = ["inspect", "run", "盘/plain-utf8", "--point", point, "--medium", "YP-1", "--medium-kind", "flash", "--json"];
        var first = shop.Run(line);
        Assert.Equal("manual", Verdict(first));
        string[] decision = ["inspect", "decide", (string)first.Json["packages"]![0]!["number"]!, "--rule", Appearance, "--verdict", "passed", "--note", "完好", "--as"];

        Assert.Equal(0, shop.Run([.. decision, "os:li"]).Code);

        Assert.Equal("passed", Verdict(shop.Run(line)));
        Assert.Equal("manual", Verdict(shop.Run([.. line, "--as", "os:li"])));
        Assert.Equal(1, shop.Run([.. decision, "os:li"]).Code); // now he has run one himself
    }

    [Fact]
    public void It_is_said_whether_the_signature_of_a_report_that_is_taken_was_checked()
    {
        using var shop = new Workshop().WithStore();
        var path = Path.Combine(Packages, "dat93/good/plain-utf8");
        var number = (string)shop.Run("inspect", "run", path, "--point", "agency-transfer", "--json").Json["packages"]![0]!["number"]!;
        Assert.Equal(0, shop.Run("inspect", "report", number, "--format", "xml", "--out", "机关.xml").Code);
        shop.Write("假.xml", File.ReadAllText(shop.At("机关.xml")).Replace("sha256:", "sha256:0", StringComparison.Ordinal));
        File.Copy(shop.At("机关.xml.sig"), shop.At("假.xml.sig"));

        string?[] Trust(Ended ended) => [(string?)ended.Json["one"]!["signature"], (string?)ended.Json["other"]!["signature"]];
        Assert.Equal(["not-checked", "valid"], Trust(shop.Run("inspect", "compare", "机关.xml", number, "--json")));
        Assert.Equal(["valid", "valid"], Trust(shop.Run("inspect", "compare", "机关.xml", number, "--key", shop.Key, "--json")));
        var forged = shop.Run("inspect", "compare", "假.xml", number, "--key", shop.Key, "--json");
        Assert.Equal((1, "invalid"), (forged.Code, Trust(forged)[0]));
        Assert.Contains("签名未核验", shop.Run("inspect", "run", path, "--point", "hall-receipt", "--declared", "机关.xml", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.Equal("valid", (string?)shop.Run("inspect", "run", path, "--point", "hall-receipt", "--declared", "机关.xml", "--key", shop.Key, "--json").Json["declaredSignature"]);
        Assert.Equal(2, shop.Run("inspect", "run", path, "--point", "hall-receipt", "--declared", "假.xml", "--key", shop.Key).Code);
    }

    private static string? Verdict(Ended ended) => (string?)ended.Json["packages"]![0]!["rules"]!.AsArray().Single(r => (string)r!["rule"]! == Appearance)!["verdict"];

    /// <summary>Flips a bit behind the header of the frame of the longest content.</summary>
    private static void Flip(Workshop shop)
    {
        StoredPlace place;
        using (var vault = Vault.OpenReadOnly(new LocalDisk(shop.Store), TimeProvider.System))
        {
            var root = vault.ReadEvents(0).Select(e => e.Record?.Manifest).OfType<Lantai.Words.Digest>().Last();
            place = vault.PlaceFor(VersionEntries.Of(vault, root, default).MaxBy(e => e.Length)!.Content!.Value, FrameKind.Blob);
        }

        var pack = Path.Combine(shop.Store, place.Path!);
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.Open(pack, FileMode.Open, FileAccess.ReadWrite);
        file.Position = place.Offset + FrameHeader.Size + 5;
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 1));
    }
}
