using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Tests.House;
using Lantai.Tests.Inspection;

namespace Lantai.Tests.EndToEnd;

/// <summary>A scheme that was adopted for an archival category holds wherever packages are inspected, through the real program.</summary>
public sealed class CategorySchemeTests : IDisposable
{
    private static readonly string Packages = Path.Combine(Tree.Root, "spec/vectors/packages");

    private readonly Workshop _shop = new Workshop().WithStore();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void It_holds_in_storage_at_handing_over_and_in_the_kit_and_for_no_other_category()
    {
        Adopt(RunPoint.Storage, "ZY");
        Adopt(RunPoint.HallReceipt, "ZY·ZW");
        Adopt(RunPoint.AgencyArchiving, "ZY");
        Adopt(RunPoint.AgencyTransfer, "WS");
        foreach (var command in (string[])
        [
            "region add 990100 --name 云州市", $"agency add {SampleOffice.Agency} --region 990100 --name 机构甲", $"fonds add 0061 --creator {SampleOffice.Agency} --name 全宗",
            $"source add YZ-GOV --agency {SampleOffice.Agency}", "inspect kit export market.kit --source YZ-GOV",
        ])
        {
            Run(0, command.Split(' '));
        }

        Run(0, "ingest", Path.Combine(Packages, "gbt42727/good/plain"), "--retention", "D30", "--completed", "2025-05-08");
        Run(0, "ingest", Path.Combine(Packages, "eep/good/external-content"), "--retention", "D30", "--completed", "2025-05-08");
        foreach (var (aip, scheme) in Run(0, "list").Json["aips"]!.AsArray().Select(a => (string)a!["aip"]!).Zip(["专业-storage", "bc-storage"]))
        {
            Run(null, "inspect", "run", aip);
            Assert.Equal(scheme, SchemeOf(aip));
        }

        Assert.Equal("专业-hall-receipt", SchemeOf(Handed("hall-receipt")));
        Assert.Equal("yj-agency", SchemeOf(Handed("agency-transfer")));
        var kit = Run(null, "sip", "validate", Path.Combine(Packages, "gbt42727/good/plain"), "--kit", "market.kit", "--key", _shop.Key);
        Assert.Equal("专业-agency-archiving", (string?)kit.Json["packages"]![0]!["scheme"]);
        Assert.Equal(8, Run(0, "inspect", "scheme", "list").Json["schemes"]!.AsArray().Count(s => (bool)s!["inForce"]!)); // four for all, four for a category
    }

    private void Adopt(RunPoint point, string category)
    {
        var scheme = SchemeCatalogue.Of(point) with { Name = "专业-" + InspectionCodes.Of(point), Category = category };
        _ = _shop.Write("scheme.json", CanonicalJson.Write(SchemeFile.Write(scheme)));
        Run(0, "inspect", "scheme", "adopt", "scheme.json", "--as", "os:chen");
    }

    private string Handed(string point) =>
        (string)Run(null, "inspect", "run", Path.Combine(Packages, "dat93/good/plain-utf8"), "--point", point).Json["packages"]![0]!["number"]!;

    private string? SchemeOf(string reference) => (string?)Run(0, "inspect", "report", reference).Json["report"]!["scheme"]!["name"];

    private Ended Run(int? code, params string[] words)
    {
        var ended = _shop.Run([.. words, "--json"]);
        Assert.True(code is null || ended.Code == code, $"{string.Join(' ', words)}: {ended}");
        return ended;
    }
}
