using Lantai.Cli.Demo.Day;
using Lantai.StoreFormat;
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
    public void An_approved_case_is_archived_from_where_its_package_was_held()
    {
        Enter();
        Assert.Equal(0, _shop.Run("inspect", "scheme", "adopt", "--without-av", "--reason", "未装引擎", "--as", "os:archivist").Code);
        var c = WaitingPlace.Doubtful(1);
        var name = $"{DayAgency.Approval.Source}/{c.Number}";
        var path = DoorPlace.Write(c, _shop.At("packages"), "一.zip");

        var told = _shop.Run("case", "archive", DayAgency.Approval.Source, path, "--wait-days", "7", "--json");
        var shown = _shop.Run("case", "show", name, "--json").Json["case"]!;
        var listed = _shop.Run("case", "list", "--state", "waiting", "--json").Json["cases"]!.AsArray();
        File.Delete(path);
        var health = _shop.Run("health", "--json").Json;
        var stats = _shop.Run("stats", "--json").Json;
        var undecided = _shop.Run("case", "archive", "--waiting", "--json");
        var approved = _shop.Run("case", "approve", name, "--rule", "ZW.SECRETS", "--note", "已核对", "--as", "os:reviewer", "--json");

        Assert.Equal((1, "waiting"), (told.Code, (string?)told.Json["packages"]![0]!["outcome"]));
        var until = (string?)told.Json["packages"]![0]!["heldUntil"];
        Assert.True(StoreTime.TryRead((string?)shown["heldSince"] ?? "", out var since) && StoreTime.TryRead(until ?? "", out var end) && end - since == TimeSpan.FromDays(7));
        Assert.Equal((until, until), ((string?)shown["heldUntil"], (string?)Assert.Single(listed)!["heldUntil"]));
        Assert.Equal((1, 1), ((int?)health["waiting"], (int?)stats["waiting"]));
        Assert.Equal((long?)health["waitingBytes"], (long?)stats["waitingBytes"]);
        Assert.Equal((0, 1), (undecided.Code, (int?)undecided.Json["undecided"]));
        Assert.True(approved.Code == 0, approved.ToString());
        Assert.Equal("archived", (string?)Assert.Single(approved.Json["packages"]!.AsArray())!["outcome"]);
        var after = _shop.Run("case", "show", name, "--json").Json["case"]!;
        Assert.Equal(("registered", null), ((string?)after["state"], (string?)after["heldUntil"]));
        Assert.Empty(_shop.Run("case", "list", "--state", "waiting", "--json").Json["cases"]!.AsArray());
        Assert.Equal(0, (int?)_shop.Run("stats", "--json").Json["waiting"]);
        Assert.Equal(0, _shop.Run("verify").Code);
    }

    [Fact]
    public void A_package_that_is_sent_back_or_not_held_leaves_nothing_and_that_is_said()
    {
        Enter();
        Assert.Equal(0, _shop.Run("inspect", "scheme", "adopt", "--without-av", "--reason", "未装引擎", "--as", "os:archivist").Code);
        var (one, two) = (WaitingPlace.Doubtful(1), WaitingPlace.Doubtful(2));
        _ = _shop.Run("case", "archive", DayAgency.Approval.Source, DoorPlace.Write(one, _shop.At("packages"), "一.zip"));
        var small = _shop.Run("case", "archive", DayAgency.Approval.Source, DoorPlace.Write(two, _shop.At("packages"), "二.zip"), "--hold-most", "1KiB", "--lang", "zh");

        Assert.Contains("未予暂存", small.Out + small.Err, StringComparison.Ordinal);
        Assert.Contains("ING-030", small.Out + small.Err, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_shop.Store, "waiting")));
        Assert.Equal(0, _shop.Run("case", "return", $"{DayAgency.Approval.Source}/{one.Number}", "--reason", "材料不清").Code);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_shop.Store, "waiting")));
        var approved = _shop.Run("case", "approve", $"{DayAgency.Approval.Source}/{two.Number}", "--rule", "ZW.SECRETS", "--note", "已核对", "--as", "os:reviewer", "--lang", "zh");
        Assert.Contains("请重新提交同一信息包", approved.Out, StringComparison.Ordinal);
        Assert.Equal(2, _shop.Run("case", "archive", DayAgency.Approval.Source, "--waiting").Code);
        Assert.Equal(2, _shop.Run("case", "archive", "--waiting", "--dry-run").Code);
        Assert.Equal(2, _shop.Run("case", "archive").Code);
        Assert.Equal(0, _shop.Run("case", "archive", "--waiting").Code);
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
