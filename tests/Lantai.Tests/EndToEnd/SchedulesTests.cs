using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.EndToEnd;

/// <summary>Schedules through the real program: from a file to a version in force, and out again.</summary>
public sealed class SchedulesTests
{
    private const string Agency = KnownOffice.Agency;

    [Fact]
    public void A_schedule_goes_from_a_file_to_being_in_force_and_out_again()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("s.csv", SampleSchedule.Heading + SampleSchedule.Item("0100190012") + SampleSchedule.Item("0100190013"));
        Run(shop, 0, "region add 350100 --name 福州市");
        Run(shop, 0, $"agency add {Agency} --region 350100 --name 市场监督管理局");

        Assert.Equal(6, (int)Run(shop, 0, "schedule check s.csv").Json["rows"]!);
        Run(shop, 0, $"schedule import s.csv --agency {Agency} --number 2026-1 --basis 国办发〔2023〕26号");
        Run(shop, 0, $"schedule submit 2026-1 --agency {Agency}");
        Assert.Equal("SCH-023", (string)Run(shop, 1, $"schedule approve 2026-1 --agency {Agency} --approval 1 --from 2024-01-01").Json["findings"]![0]!["code"]!);
        Run(shop, 0, $"schedule approve 2026-1 --agency {Agency} --approval 档审1号 --from 2024-01-01 --as os:reviewer");
        Run(shop, 0, "rebuild");

        var shown = Run(shop, 0, $"schedule show 2026-1 --agency {Agency}").Json;
        Assert.Equal(("in-force", 6), ((string)shown["schedule"]!["state"]!, shown["rows"]!.AsArray().Count));
        Assert.Equal("in-force", (string)Run(shop, 0, "schedule list").Json["schedules"]![0]!["state"]!);
        foreach (var ending in new[] { "xlsx", "csv", "html", "json", "xml" })
        {
            Run(shop, 0, $"schedule show 2026-1 --agency {Agency} --export out.{ending} --lang zh");
            Assert.True(new FileInfo(shop.At("out." + ending)).Length > 500);
        }

        Run(shop, 0, $"schedule import out.xlsx --agency {Agency} --number 2026-2");
        Assert.Equal(0, (int)Run(shop, 0, $"schedule diff 2026-1 2026-2 --agency {Agency}").Json["count"]!);
        Run(shop, 0, $"schedule submit 2026-2 --agency {Agency}");
        Run(shop, 0, $"schedule return 2026-2 --agency {Agency} --opinion 补充 --as os:reviewer");
        shop.Write("s2.csv", SampleSchedule.Heading + SampleSchedule.Item("0100190012", "D30"));
        Run(shop, 0, $"schedule import s2.csv --agency {Agency} --number 2026-2");
        Assert.Equal(6, (int)Run(shop, 0, $"schedule diff 2026-1 2026-2 --agency {Agency} --export d.csv").Json["count"]!);
        Run(shop, 0, $"schedule repeal 2026-1 --agency {Agency} --until 2024-06-30 --reason 机构改革");
        Assert.Equal(["repealed", "returned", "draft"], Run(shop, 0, "schedule list").Json["schedules"]!.AsArray().Select(s => (string)s!["state"]!));
        Assert.Equal(0, shop.RunProgram("python3", "store/lantai-read.py", "verify", "store").Code);
        foreach (var command in new[] { "schedule list", $"schedule show 2026-1 --agency {Agency} --item 0100190012", $"schedule diff 2026-1 2026-2 --agency {Agency}" })
        {
            Assert.DoesNotMatch(@"column\.|schedule-|schedule\.", shop.Run(command.Split(' ')).Out);
        }
    }

    [Fact]
    public void A_file_with_an_error_keeps_nothing_and_tells_all_of_it_in_both_languages()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("s.csv", SampleSchedule.Heading + SampleSchedule.Item("0100190012").Replace(",2,5,3,", ",2,15,3,", StringComparison.Ordinal));
        Run(shop, 0, "region add 350100 --name 福州市");
        Run(shop, 0, $"agency add {Agency} --region 350100 --name 市场监督管理局");
        var before = (long)Run(shop, 0, "stats").Json["events"]!;

        var refused = Run(shop, 1, $"schedule import s.csv --agency {Agency} --number 2026-1");

        Assert.Equal(["SCH-005", "SCH-005", "SCH-005"], refused.Json["findings"]!.AsArray().Select(f => (string)f!["code"]!));
        Assert.Contains("s.csv I2: the retention D10 is shorter than the floor of 15 years", (string)refused.Json["findings"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.Contains("保管期限D10短于下限15年", shop.Run("schedule", "check", "s.csv", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.Equal(before, (long)Run(shop, 0, "stats").Json["events"]!);
        Run(shop, 2, "schedule check nowhere.csv");
        Run(shop, 2, $"schedule show 2026-1 --agency {Agency}");
        Run(shop, 2, $"schedule show 2026-1 --agency {Agency} --export x.doc");
    }

    private static Ended Run(Workshop shop, int code, string command)
    {
        var ended = shop.Run([.. command.Split(' '), "--json"]);

        Assert.True(ended.Code == code, command + "\n" + ended);
        return ended;
    }
}
