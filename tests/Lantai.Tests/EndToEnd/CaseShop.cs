using Lantai.Cli.Demo.Day;

namespace Lantai.Tests.EndToEnd;

/// <summary>Stores of the real program in which cases can be archived.</summary>
internal static class CaseShop
{
    /// <summary>The registers of the invented agency whose cases <see cref="Lantai.Tests.Ingest.Door.DoorPlace"/> makes, entered by the real program.</summary>
    public static Workshop WithRegisters(this Workshop shop)
    {
        var agency = DayAgency.Approval;
        _ = shop.Write("schedule.csv", string.Join(',', "事项编码", "事项名称", "事项类别", "材料性质", "材料来源", "材料名称", "是否归档", "保管期限", "行政追溯年限", "诉讼追溯年限", "审计追溯年限", "追溯年限依据", "依据") + "\n"
            + string.Concat(new[] { ("证据性", "形成", "申请书"), ("证据性", "调用", "营业执照"), ("程序性", "形成", "受理通知书"), ("结果性", "形成", "食品经营许可证") }
                .Select(m => $"{agency.Item},{agency.ItemName},/行政许可,{m.Item1},{m.Item2},{m.Item3},归档,D30,2,20,3,示例,8号令\n")));
        foreach (var line in new[]
        {
            "region add 990100 --name 云州市", $"agency add {agency.Code} --region 990100 --name {agency.Name}", $"fonds add {agency.Fonds} --creator {agency.Code} --name 全宗",
            $"source add {agency.Source} --agency {agency.Code}", $"schedule import {shop.At("schedule.csv")} --agency {agency.Code} --number 2024-1", $"schedule submit 2024-1 --agency {agency.Code}",
            $"schedule approve 2024-1 --agency {agency.Code} --approval 档审〔2024〕1号 --from 2024-01-01 --as os:reviewer", "code rule add --ready case-item",
            $"item add {agency.Item} --name {agency.ItemName} --type {agency.ItemType} --agency {agency.Code} --version 1 --steps 1 2 3 4",
        })
        {
            var ended = shop.Run(line.Split(' '));
            Assert.True(ended.Code == 0, line + "\n" + ended);
        }

        return shop;
    }
}
