using System.Globalization;
using System.Text;

namespace Lantai.InformationPackages;

/// <summary>Draws a paper: its title, its lines, and whether it bears a seal.</summary>
public delegate byte[] PaperMaker(string title, IReadOnlyList<string> lines, bool isSealed);

/// <summary>
/// Invents government service cases of a city that does not exist (region 990100), as real ones are: several agencies and items, persons and
/// companies, refusals, supplements, licences called, projects. The same seed and number give the same case, bytes and all.
/// </summary>
/// <remarks>Nobody in it exists: identity numbers have a wrong last figure, social codes belong to the unassigned region. Safe for concurrent use.</remarks>
/// <param name="profile">How packages are written.</param>
/// <param name="paper">Draws the papers.</param>
/// <param name="seed">What the invention depends on.</param>
/// <param name="first">The first day on which something is handed in; 2023-01-03 unless said. All that happens lies in the 920 days from then on.</param>
public sealed class CaseInvention(CaseProfile profile, PaperMaker paper, ulong seed, DateOnly? first = null)
{
    private readonly DateTimeOffset _first = new((first ?? new DateOnly(2023, 1, 3)).ToDateTime(new TimeOnly(9, 0)), CaseTime.Offset);

    /// <summary>Invents the case of a number, from 0.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public CasePackage Make(int number, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var dice = new Dice(seed, (ulong)number);
        var item = InventedWorld.Items[dice.Next(InventedWorld.Items.Count)];
        var accepted = _first.AddDays(dice.Next(900)).AddMinutes(dice.Next(420));
        var party = InventedParty.Of(item.ForCompanies && dice.Next(5) > 0, dice);
        var draft = new CaseDraft();
        var isGranted = dice.Next(12) > 0;
        var story = new CaseStory(item, party, accepted, accepted.AddDays(1 + dice.Next(15)).AddMinutes(dice.Next(300)), isGranted, dice.Next(6) == 0, number + 1);
        Configure(draft, story);
        Describe(draft, story);
        AddSteps(draft, story);
        AddPapers(draft, story, dice);
        if (dice.Next(4) == 0)
        {
            draft.Extensions.Add(new CaseExtension("window_number", string.Create(CultureInfo.InvariantCulture, $"窗口{1 + dice.Next(30):D2}")));
        }

        return draft.Complete(profile, stop);
    }

    private void Configure(CaseDraft draft, CaseStory story)
    {
        var (item, agency) = (story.Item, story.Item.Agency);
        var code = profile.Rule.Join(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["region"] = InventedWorld.Region, ["fonds"] = agency.Fonds, ["social"] = agency.SocialCode, ["item"] = item.Code,
            ["year"] = story.Completed.Year.ToString(CultureInfo.InvariantCulture), ["retention"] = item.Retention,
            ["serial"] = story.Number.ToString(CultureInfo.InvariantCulture).PadLeft(profile.Rule.SerialWidth, '0'),
        });
        Set(draft.Configuration, ("electronic_record_code", code), ("archives_name", "云示例市档案馆"), ("archives_identifier", InventedWorld.Region),
            ("fonds_constituting_unit_name", agency.Name), ("fonds_identifier", agency.Fonds), ("social_code", agency.SocialCode),
            ("region_code", InventedWorld.Region), ("lead_department", agency.Department), ("retention_period", item.Retention), ("security_classification", "GK"),
            ("information_system_description", "云示例市一体化政务服务平台 4.1"), ("archive_time", profile.Write(story.Completed.AddDays(14))), ("category_code", "ZY"));
    }

    private void Describe(CaseDraft draft, CaseStory story)
    {
        var (item, party) = (story.Item, story.Party);
        Set(draft.Basic, ("project_id", story.CaseNumber), ("accept_num", string.Create(CultureInfo.InvariantCulture, $"云示受〔{story.Accepted.Year}〕{story.Number}号")),
            ("task_code", item.Code), ("task_name", item.Name), ("task_version", "2"), ("task_type", item.Type), ("project_name", $"{party.Name}{item.Name}"),
            ("service_type", "承诺件"), ("apply_name", party.Name), ("apply_type", party.IsCompany ? "法人" : "自然人"), ("card_type", party.IsCompany ? "001" : "111"),
            ("contacted_card", party.Code), ("address", party.Address), ("legal_man", party.Person), ("legal_man_id_type", party.IsCompany ? "111" : null),
            ("legal_man_id_number", party.IsCompany ? party.PersonCode : null), ("is_project", item.IsProject && party.IsCompany ? "是" : "否"),
            ("receive_department", item.Agency.Name), ("receive_time", profile.Write(story.Accepted)), ("transact_time", profile.Write(story.Completed)),
            ("result", story.IsGranted ? "准予" : "不予"), ("result_code", story.IsGranted ? story.Licence : null));
        if (item.IsProject && party.IsCompany)
        {
            Set(draft.Basic, ("project_code", string.Create(CultureInfo.InvariantCulture, $"{story.Accepted:yyMM}-{InventedWorld.Region}-04-01-{story.Number:D6}")),
                ("project_title", "样本车间改造项目"), ("project_address", "云示例市样本工业园区"));
        }
    }

    private void AddSteps(CaseDraft draft, CaseStory story)
    {
        var office = story.Item.Agency.Department;
        Step("1", "收件", "甄收件", "综合窗口", story.Accepted.AddMinutes(-25), story.Accepted.AddMinutes(-10), null, "通过");
        if (story.IsSupplemented)
        {
            Step("11", "补齐补正", "甄受理", office, story.Accepted.AddMinutes(-9), story.Accepted.AddMinutes(-8), "缺少场所使用证明，一次性告知补正", "补正后受理");
        }

        Step("2", "受理", "甄受理", office, story.Accepted.AddMinutes(-7), story.Accepted, "材料齐全，予以受理", "通过");
        Step("3", "审核", "甄审核", office, story.Accepted.AddHours(1), story.Completed.AddHours(-2), story.IsGranted ? "符合条件，建议准予" : "不符合条件，建议不予", "通过");
        Step("4", "办结", "甄办结", office, story.Completed.AddHours(-1), story.Completed, null, story.IsGranted ? "准予" : "不予");

        void Step(string code, string name, string person, string department, DateTimeOffset start, DateTimeOffset end, string? opinion, string result) =>
            draft.Steps.Add(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["step_code"] = code, ["step_name"] = name, ["step_person"] = person, ["step_department"] = department,
                ["step_start"] = profile.Write(start), ["step_end"] = profile.Write(end), ["step_opinion"] = opinion, ["step_result"] = result,
            });
    }

    private void AddPapers(CaseDraft draft, CaseStory story, Dice dice)
    {
        var (item, party) = (story.Item, story.Party);
        string[] heading = [$"办件编号：{story.CaseNumber}", $"事项名称：{item.Name}", $"申请人：{party.Name}", $"证件号码：{party.Code}", $"受理机构：{item.Agency.Name}"];
        Add(MaterialKind.Application, $"{item.Name}申请表.pdf", paper($"{item.Name}申请表", [.. heading, "申请人声明：所提交材料真实、完整。"], false), story.Accepted.AddMinutes(-30));
        if (story.IsSupplemented)
        {
            Add(MaterialKind.Application, "场所使用证明（补正）.txt", Text(["场所使用证明", party.Address]), story.Accepted.AddMinutes(-9));
        }

        if (party.IsCompany)
        {
            // It depends on the company alone: cases of one company share these bytes.
            draft.Files.Add(new DraftFile(
                MaterialKind.Called, "营业执照.pdf", PackageFile.OfBytes("x", paper("营业执照", [$"统一社会信用代码：{party.Code}", $"名称：{party.Name}", $"法定代表人：{party.Person}"], true)),
                story.Accepted.AddMinutes(-20), Sharing("有条件共享"), LicenceOf(party, story.Accepted.AddMinutes(-20))));
        }

        Add(MaterialKind.Process, "受理通知书.txt", Text(["受理通知书", .. heading, "材料齐全，符合法定形式，现予受理。"]), story.Accepted);
        if (dice.Next(2) == 0)
        {
            Add(MaterialKind.Process, "审查意见.pdf", paper("审查意见", [.. heading, story.IsGranted ? "初审、复审均同意。" : "不符合规定条件。"], false), story.Completed.AddHours(-2));
        }

        var decision = story.IsGranted ? $"准予{item.Name}决定书" : $"不予{item.Name}决定书";
        Add(MaterialKind.Outcome, decision + ".pdf", paper(decision, [.. heading, story.IsGranted ? $"证照编号：{story.Licence}" : "理由：不符合规定条件。"], true), story.Completed, "无条件共享");

        void Add(MaterialKind kind, string name, byte[] content, DateTimeOffset created, string share = "有条件共享") =>
            draft.Files.Add(new DraftFile(kind, name, PackageFile.OfBytes("x", content), created, Sharing(share)));
    }

    private Dictionary<string, string?> LicenceOf(InventedParty party, DateTimeOffset called) => new(StringComparer.Ordinal)
    {
        ["licence_type_code"] = "11100000000099009A001", ["licence_identifier"] = $"1.2.156.3005.2.11100000000099009A001.{party.Code}.001.X",
        ["licence_number"] = party.Code, ["licence_name"] = "营业执照", ["licence_issuer"] = InventedWorld.Market.Name,
        ["licence_issuer_code"] = InventedWorld.Market.SocialCode, ["licence_issue_date"] = "2021-03-01", ["licence_valid_from"] = "2021-03-01",
        ["licence_holder"] = party.Name, ["licence_call_time"] = profile.Write(called), ["licence_call_method"] = "接口调用",
        ["licence_call_system"] = "云示例市电子证照共享服务系统", ["licence_call_mandate"] = "申请人授权", ["licence_seal_state"] = "已签章",
    };

    private static Dictionary<string, string?> Sharing(string share) =>
        new(StringComparer.Ordinal) { ["file_share"] = share, ["file_share_conditions"] = share == "有条件共享" ? "经归档机构同意" : null };

    private static byte[] Text(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private static void Set(Dictionary<string, string?> block, params (string Name, string? Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            block[name] = value;
        }
    }

    /// <summary>What is known of a case before its papers are drawn up.</summary>
    private sealed record CaseStory(
        InventedItem Item, InventedParty Party, DateTimeOffset Accepted, DateTimeOffset Completed, bool IsGranted, bool IsSupplemented, int Number)
    {
        public string CaseNumber => string.Create(CultureInfo.InvariantCulture, $"YS{Accepted:yyyyMMdd}{Number:D8}");

        public string Licence => string.Create(CultureInfo.InvariantCulture, $"YS{Item.Code[^4..]}{Number:D8}");
    }
}
