using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo;

/// <summary>Draws up the papers of a case: forms, opinions, decisions, licences and scans.</summary>
internal static class DemoPapers
{
    public static IReadOnlyList<DemoFile> Of(DemoCase item)
    {
        var files = new List<DemoFile>
        {
            new($"申报材料/01-{item.Item}申请表.pdf", $"{item.Item}申请表", Form(item)),
            new("申报材料/02-身份证扫描件.png", "身份证扫描件", DemoPng.Write(Card(item.Applicant))),
        };
        for (var i = 0; i < item.Sheets.Count; i++)
        {
            files.Add(new DemoFile(string.Create(CultureInfo.InvariantCulture, $"申报材料/{i + 3:D2}-{item.Sheets[i]}.png"), item.Sheets[i], DemoPng.Write(Sheet(item, i))));
        }

        if (item.HasParcelMap)
        {
            files.Add(new DemoFile("申报材料/宗地图.tif", "宗地图", DemoTiff.Write(ParcelMap())));
        }

        files.Add(new DemoFile("过程文件/01-受理通知书.txt", "受理通知书", Notice(item)));
        files.Add(new DemoFile("过程文件/02-审查意见.pdf", "审查意见", Opinion(item)));
        files.Add(new DemoFile($"结果文件/01-{item.Decision}.pdf", item.Decision, Decision(item)));
        if (item is { IssuesLicence: true, Company: { } founded })
        {
            files.Add(new DemoFile("结果文件/02-营业执照.pdf", "营业执照", Licence(founded)));
        }

        files.Add(item is { IssuesLicence: false, Company: { } company }
            ? new DemoFile("共享证照/营业执照.pdf", "营业执照", Licence(company))
            : new DemoFile("共享证照/居民身份电子凭证.pdf", "居民身份电子凭证", Credential(item.Applicant)));
        return files;
    }

    private static byte[] Form(DemoCase item) =>
        DemoPdf.Write($"{item.Item}申请表", [.. Heading(item), .. item.Facts, "申请人声明：所提交材料真实、完整，复印件与原件一致。", $"申请人签名：{item.Applicant.Name}    {Day(item.Accepted)}"], $"Application form {item.Number}, {item.Applicant.Latin} (fictitious)");

    private static byte[] Opinion(DemoCase item) =>
        DemoPdf.Write("审查意见", [.. Heading(item), "审查内容：", .. item.Facts, "初审意见：材料齐全，符合法定形式，拟予同意。", "复审意见：同意。", $"审查日期：{Day(item.Completed)}"], $"Review opinion {item.Number} (fictitious)");

    private static byte[] Decision(DemoCase item) =>
        DemoPdf.Write(item.Decision, [.. Heading(item), "经审查，你（单位）提出的申请符合规定条件，决定如下：", .. item.Facts, $"以上事项自{Day(item.Completed)}起生效。", $"{item.Agency}    {Day(item.Completed)}"], $"Decision {item.Number} (fictitious)", ring: true);

    /// <summary>Depends on the company alone, so that it is the same bytes in every case of that company.</summary>
    private static byte[] Licence(DemoParty company) =>
        DemoPdf.Write("营业执照", [$"统一社会信用代码：{company.Code}", $"名称：{company.Name}", "类型：有限责任公司", "法定代表人：见登记簿", "成立日期：2025年03月13日", "登记机关：云示例市市场监督管理局"], $"Business licence of {company.Latin.Replace("(", "- ", StringComparison.Ordinal).Replace(")", " -", StringComparison.Ordinal)}", ring: true);

    private static byte[] Credential(DemoParty person) =>
        DemoPdf.Write("居民身份电子凭证", [$"姓名：{person.Name}", $"公民身份号码：{person.Code}（样例，校验位无效）", "签发机关：云示例市公安局"], $"Identity credential of {person.Latin} (fictitious)", ring: true);

    private static byte[] Notice(DemoCase item)
    {
        var text = new StringBuilder();
        text.Append("受理通知书\n\n");
        foreach (var line in Heading(item))
        {
            text.Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{item.Applicant.Name}：\n你（单位）于{Day(item.Accepted)}提出的“{item.Item}”申请，材料齐全，\n符合法定形式，现予受理。承诺办结时限：{item.WorkingDays}个工作日。\n\n{item.Agency}\n{Day(item.Accepted)}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string[] Heading(DemoCase item) =>
    [
        $"办件编号：{item.Number}",
        $"事项名称：{item.Item}",
        $"申请人：{(item.Company ?? item.Applicant).Name}",
        $"证件号码：{(item.Company ?? item.Applicant).Code}",
        $"经办人：{item.Applicant.Name}",
        $"受理机构：{item.Agency}",
    ];

    private static string Day(DateTimeOffset time) => time.ToString("yyyy年MM月dd日", CultureInfo.InvariantCulture);

    private static DemoPicture Card(DemoParty person)
    {
        var card = new DemoPicture(800, 500, DemoColour.Paper);
        for (var i = 0; i < 24; i++)
        {
            card.Line(0, i * 42, 799, (i * 42) - 380, 1, new DemoColour(206, 216, 214));
        }

        card.Box(0, 0, 800, 8, DemoColour.Blueprint);
        card.Box(0, 492, 800, 8, DemoColour.Blueprint);
        card.Text(40, 40, 5, "SPECIMEN CARD", DemoColour.Seal);
        card.Text(40, 130, 4, person.Latin, DemoColour.Ink);
        for (var i = 0; i < 4; i++)
        {
            card.Box(40, 200 + (i * 42), 380 - (i * 50), 14, new DemoColour(120, 120, 126));
        }

        card.Box(540, 90, 210, 270, new DemoColour(198, 214, 232));
        card.Disc(645, 182, 62, 0, DemoColour.Ink);
        card.Disc(645, 202, 52, 0, DemoColour.Skin);
        card.Disc(645, 360, 88, 0, new DemoColour(70, 84, 120));
        card.Box(540, 360, 210, 100, DemoColour.Paper);
        card.Text(40, 420, 6, person.Code, DemoColour.Ink);
        card.Grain(Seed(person.Code), 1);
        return card;
    }

    private static DemoPicture Sheet(DemoCase item, int number)
    {
        var sheet = new DemoPicture(600, 660, DemoColour.Paper);
        sheet.Text(40, 30, 4, "SPECIMEN " + item.Number[^4..], DemoColour.Ink);
        for (var line = 0; line < 22; line++)
        {
            sheet.Box(40, 90 + (line * 24), 180 + (((line * 131) + (number * 57)) % 330), 9, new DemoColour(96, 96, 104));
        }

        sheet.Disc(470, 560, 62, 57, DemoColour.Seal);
        sheet.Grain(Seed(item.Sheets[number]), 1);
        return sheet;
    }

    private static DemoPicture ParcelMap()
    {
        var map = new DemoPicture(1600, 1312, new DemoColour(232, 230, 220));
        (int X, int Y)[] corners = [(300, 260), (1180, 210), (1320, 760), (900, 1080), (360, 940)];
        for (var i = 0; i < corners.Length; i++)
        {
            var (x, y) = corners[i];
            var (nextX, nextY) = corners[(i + 1) % corners.Length];
            map.Line(x, y, nextX, nextY, 5, DemoColour.Seal);
            map.Disc(x + 2, y + 2, 12, 7, DemoColour.Ink);
            map.Text(x + 18, y - 30, 4, string.Create(CultureInfo.InvariantCulture, $"P{i + 1}"), DemoColour.Ink);
        }

        for (var i = 0; i < 7; i++)
        {
            map.Line(80, 150 + (i * 170), 1520, 120 + (i * 170), 1, DemoColour.Blueprint);
            map.Line(120 + (i * 220), 80, 150 + (i * 220), 1240, 1, DemoColour.Blueprint);
        }

        map.Box(620, 480, 330, 220, new DemoColour(206, 190, 170));
        map.Text(640, 560, 6, "F0001", DemoColour.Ink);
        map.Text(90, 30, 6, "SPECIMEN PARCEL 9999", DemoColour.Ink);
        map.Grain(0x4C414E44, 9);
        return map;
    }

    /// <summary>FNV-1a of the characters: a fixed seed for each paper.</summary>
    private static uint Seed(string text)
    {
        var seed = 2166136261u;
        foreach (var letter in text)
        {
            seed = unchecked((seed ^ letter) * 16777619u);
        }

        return seed;
    }
}
