using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.EndToEnd;

/// <summary>Jurisdictions, organisations, fonds, source systems and service items through the real program.</summary>
public sealed class RegistersTests
{
    [Fact]
    public void What_is_entered_is_listed_shown_and_still_there_when_views_are_made_anew()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("key.pem", System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem());

        Run(shop, 0, "region add 350100 --name 福州市");
        Run(shop, 0, $"agency add {KnownOffice.Agency} --region 350100 --name 市场监督管理局");
        Run(shop, 0, $"agency add {KnownOffice.Hall} --type hall --region 350100 --name 档案馆");
        Run(shop, 0, $"fonds add J001 --creator {KnownOffice.Agency} --hall {KnownOffice.Hall} --name 全宗");
        Run(shop, 0, $"source add fz-market --agency {KnownOffice.Agency} --key key.pem --items 0100190012");
        Run(shop, 0, $"item add 0100190012 --version 2 --name 食品经营许可 --type 行政许可 --agency {KnownOffice.Agency} --steps 1 2 4 --from 2023-07-30");
        Run(shop, 0, "rebuild");

        Assert.Equal("福州市", (string)Run(shop, 0, "region list").Json["regions"]![0]!["name"]!);
        Assert.Equal(2, Run(shop, 0, "agency list --within 350000").Json["organisations"]!.AsArray().Count);
        Assert.Equal("hall", (string)Run(shop, 0, $"agency show {KnownOffice.Hall}").Json["organisation"]!["type"]!);
        Assert.Equal(KnownOffice.Hall, (string)Run(shop, 0, "fonds show J001").Json["fonds"]!["hall"]!);
        Assert.Equal("J001", (string)Run(shop, 0, "fonds list").Json["fonds"]![0]!["code"]!);
        Assert.Equal("public-key", (string)Run(shop, 0, "source show fz-market").Json["source"]!["keyForm"]!);
        Assert.Equal("2", (string)Run(shop, 0, "item show 0100190012").Json["item"]!["version"]!);
        Assert.Equal(1, (long)Run(shop, 0, "item list").Json["items"]![0]!["place"]!);
        Assert.Contains("档案馆", shop.Run("agency", "list", "--lang", "zh").Out, StringComparison.Ordinal);
        foreach (var command in new[] { "region list", "agency list", "fonds list", "source list", "item list", $"agency show {KnownOffice.Hall}", "fonds show J001", "source show fz-market", "item show 0100190012" })
        {
            Assert.DoesNotMatch(@"column\.|-type\.|-state\.", shop.Run(command.Split(' ')).Out);
        }
    }

    [Fact]
    public void A_refusal_exits_with_1_and_wrong_use_with_2()
    {
        using var shop = new Workshop().WithStore();

        Assert.Equal("FON-001", (string)Run(shop, 1, "region add 350001 --name x").Json["findings"]![0]!["code"]!);
        Assert.Equal("SRC-001", (string)Run(shop, 1, "source check nobody --agency 1 --item 2").Json["findings"]![0]!["code"]!);
        Run(shop, 1, "source disable nobody --reason x");
        Run(shop, 2, "fonds show J001");
        Run(shop, 2, "agency show 1");
        Run(shop, 2, "source show 1");
        Run(shop, 2, "item show 1");
        Run(shop, 2, "region list --within 35");
        Run(shop, 2, "agency add 1 --type office --region 350100 --name x");
        Run(shop, 2, "item add 1 --name x --type y --agency z --from 2023-7-30");
        Run(shop, 2, "source add 1 --agency x --key nowhere.pem");
    }

    private static Ended Run(Workshop shop, int code, string command)
    {
        var ended = shop.Run([.. command.Split(' '), "--json"]);

        Assert.True(ended.Code == code, ended.ToString());
        return ended;
    }
}
