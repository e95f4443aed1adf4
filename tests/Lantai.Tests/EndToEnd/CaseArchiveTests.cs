using Lantai.Cli.Demo.Day;
using Lantai.Tests.Ingest.Door;

namespace Lantai.Tests.EndToEnd;

/// <summary>Cases at the door of the real program.</summary>
public sealed class CaseArchiveTests : IDisposable
{
    private readonly Workshop _shop = new Workshop().WithStore("--records", "cn");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_package_waits_while_no_antivirus_engine_looked_at_it_and_a_dry_run_tells_it_before()
    {
        Enter();
        var c = DoorPlace.Case(1);
        _ = DoorPlace.Write(c, _shop.At("packages"), "一.zip");

        var dry = _shop.Run("case", "archive", DayAgency.Approval.Source, _shop.At("packages/一.zip"), "--dry-run", "--json");
        Assert.Empty(_shop.Run("case", "list", "--json").Json["cases"]!.AsArray());
        var told = _shop.Run("case", "archive", DayAgency.Approval.Source, "--each", _shop.At("packages"), "--json");
        var shown = _shop.Run("case", "show", $"{DayAgency.Approval.Source}/{c.Number}", "--json").Json["case"]!;

        foreach (var ended in new[] { dry, told })
        {
            Assert.Equal(1, ended.Code);
            var package = Assert.Single(ended.Json["packages"]!.AsArray())!;
            Assert.Equal("waiting", (string?)package["outcome"]);
            Assert.Contains("FN.GD.SEC.ANTIVIRUS", package["open"]!.AsArray().Select(o => (string?)o));
        }

        Assert.Equal("manual", (string?)shown["state"]);
        Assert.Equal((string?)told.Json["packages"]![0]!["report"], (string?)Assert.Single(shown["reports"]!.AsArray()));
        Assert.Contains("FN.GD.SEC.ANTIVIRUS", shown["open"]!.AsArray().Select(o => (string?)o));
        Assert.Equal(0, _shop.Run("case", "return", $"{DayAgency.Approval.Source}/{c.Number}", "--reason", "材料不清").Code);
        Assert.Equal(0, _shop.Run("verify").Code);
    }

    [Fact]
    public void A_package_of_a_source_that_nobody_registered_is_sent_back_with_the_reason_in_both_languages()
    {
        _ = DoorPlace.Write(DoorPlace.Case(1), _shop.At("packages"), "一.zip");

        var english = _shop.Run("case", "archive", "nobody", _shop.At("packages/一.zip"), "--lang", "en");
        var chinese = _shop.Run("case", "archive", "nobody", _shop.At("packages/一.zip"), "--lang", "zh");

        Assert.Equal((1, 1), (english.Code, chinese.Code));
        Assert.Contains("SRC-001", english.Out + english.Err, StringComparison.Ordinal);
        Assert.Contains("退回", chinese.Out, StringComparison.Ordinal);
        Assert.Equal(2, _shop.Run("case", "archive", "nobody").Code);
        Assert.Equal(2, _shop.Run("case", "archive", "nobody", _shop.At("packages/一.zip"), "--supplement", "x", "--change", "y").Code);
    }

    private void Enter()
    {
        var agency = DayAgency.Approval;
        _ = _shop.Write("schedule.csv", string.Join(',', "事项编码", "事项名称", "事项类别", "材料性质", "材料来源", "材料名称", "是否归档", "保管期限", "行政追溯年限", "诉讼追溯年限", "审计追溯年限", "追溯年限依据", "依据") + "\n"
            + string.Concat(new[] { ("证据性", "形成", "申请书"), ("证据性", "调用", "营业执照"), ("程序性", "形成", "受理通知书"), ("结果性", "形成", "食品经营许可证") }
                .Select(m => $"{agency.Item},{agency.ItemName},/行政许可,{m.Item1},{m.Item2},{m.Item3},归档,D30,2,20,3,示例,8号令\n")));
        foreach (var line in new[]
        {
            "region add 990100 --name 云州市", $"agency add {agency.Code} --region 990100 --name {agency.Name}", $"fonds add {agency.Fonds} --creator {agency.Code} --name 全宗",
            $"source add {agency.Source} --agency {agency.Code}", $"schedule import {_shop.At("schedule.csv")} --agency {agency.Code} --number 2024-1", $"schedule submit 2024-1 --agency {agency.Code}",
            $"schedule approve 2024-1 --agency {agency.Code} --approval 档审〔2024〕1号 --from 2024-01-01 --as os:reviewer", "code rule add --ready case-item",
            $"item add {agency.Item} --name {agency.ItemName} --type {agency.ItemType} --agency {agency.Code} --version 1 --steps 1 2 3 4",
        })
        {
            var ended = _shop.Run(line.Split(' '));
            Assert.True(ended.Code == 0, line + "\n" + ended);
        }
    }
}
