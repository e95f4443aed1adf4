using Lantai.Cli.Demo.Day;
using Lantai.InformationPackages;
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
        _ = _shop.WithRegisters();
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
        _ = _shop.WithRegisters();
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
        _ = _shop.WithRegisters();
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
    public void A_reviewer_sees_what_waits_which_file_why_and_since_when_until_it_is_decided()
    {
        _ = _shop.WithRegisters();
        Assert.Equal(0, _shop.Run("inspect", "scheme", "adopt", "--without-av", "--reason", "没有引擎", "--as", "os:archivist").Code);
        var unknown = DoorPlace.Case(1).Add(MaterialKind.Process, "测量数据.dat", [0x9D, 0x01, 0x88, 0xFE, 0x00, 0xC3, 0x17, 0x99, 0x00, 0xFF]);
        _ = DoorPlace.Write(unknown, _shop.At("packages"), "一.zip");
        _ = DoorPlace.Write(DoorPlace.Case(2), _shop.At("packages"), "二.zip");
        var archived = _shop.Run("case", "archive", DayAgency.Approval.Source, "--each", _shop.At("packages"), "--json");
        Assert.True(archived.Code == 1, archived.ToString());
        var name = $"{DayAgency.Approval.Source}/{unknown.Number}";

        var waiting = Assert.Single(_shop.Run("inspect", "waiting", "--json").Json["cases"]!.AsArray())!;
        Assert.Equal((name, (string?)archived.Json["packages"]![0]!["report"]), ((string?)waiting["case"], (string?)waiting["report"]));
        Assert.True(StoreTime.TryRead((string)waiting["since"]!, out var since) && DateTimeOffset.UtcNow - since < TimeSpan.FromMinutes(10));
        var open = waiting["open"]!.AsArray();
        var items = open.SelectMany(o => o!["items"]!.AsArray()).ToList();
        Assert.All(items, i => Assert.False(string.IsNullOrEmpty((string?)i!["file"]) || string.IsNullOrEmpty((string?)i["why"])));
        Assert.Contains(("材料/过程材料/测量数据.dat", "INS-311"), items.Select(i => ((string?)i!["file"], (string?)i["code"])));
        var text = _shop.Run("inspect", "waiting", "--lang", "zh").Out;
        Assert.All(new[] { name, "测量数据.dat", (string)open[0]!["rule"]! }, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal([name], _shop.Run("case", "list", "--state", "manual", "--json").Json["cases"]!.AsArray().Select(c => $"{c!["source"]}/{c["number"]}"));
        Assert.Empty(_shop.Run("inspect", "waiting", "--source", "another", "--json").Json["cases"]!.AsArray());
        Assert.Empty(_shop.Run("inspect", "waiting", "--rule", "FN.GD.AUTH.FIXITY", "--json").Json["cases"]!.AsArray());
        Assert.Equal(2, _shop.Run("inspect", "waiting", "--rule", "none").Code);

        foreach (var rule in open.Select(o => (string)o!["rule"]!))
        {
            var decided = _shop.Run("case", "approve", name, "--rule", rule, "--note", "测绘仪器的原始数据", "--as", "os:reviewer");
            Assert.True(decided.Code == 0, decided.ToString());
        }

        var again = _shop.Run("case", "archive", DayAgency.Approval.Source, _shop.At("packages/一.zip"), "--json");
        Assert.True(again.Code == 0, again.ToString());
        Assert.Empty(_shop.Run("inspect", "waiting", "--json").Json["cases"]!.AsArray());
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
}
