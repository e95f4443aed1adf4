using System.Globalization;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Tests.Inspection.Red;

/// <summary>A clean package of each profile, made by the profile's own writer: nothing about it is red.</summary>
internal static class CleanCases
{
    public const string Source = "ystyzw01";
    public const string CaseNumber = "YS2026051200000001";

    public static readonly DateTimeOffset Now = At(2026, 6, 3, 9, 0);
    public static readonly DateTimeOffset Accepted = At(2026, 5, 12, 9, 30);
    public static readonly DateTimeOffset Completed = At(2026, 5, 19, 15, 20);
    public static readonly InventedAgency Agency = InventedWorld.Market;

    /// <summary>The names of the clean cases: those of the profiles, and further ones that more rules concern.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "gbt42727", "dat85", "dat93", "eep", "on-a-medium", "with-seal-and-attachment", "joint", "transfer-on-a-medium", "handed-over", "handed-over-eep", "stored", "stored-eep", "stored-transfer",
    ];

    /// <summary>The clean case of a name, with all that comes with it.</summary>
    public static RedSample Of(string name) => name switch
    {
        "dat93" => Transfer(),
        "eep" => Encapsulated(),
        "on-a-medium" => OnMedium(Of("gbt42727")),
        "with-seal-and-attachment" => Attached(),
        "joint" => Joint(),
        "transfer-on-a-medium" => OnMedium(Of("dat93")),
        "handed-over" => Attached() with { Point = RunPoint.AgencyTransfer },
        "handed-over-eep" => Encapsulated() with { Point = RunPoint.HallReceipt },
        "stored" => Attached() with { Point = RunPoint.Storage },
        "stored-eep" => Encapsulated() with { Point = RunPoint.Storage },
        "stored-transfer" => Transfer() with { Point = RunPoint.Storage },
        _ => Case(Draft(Profile(name)), name),
    };

    /// <summary>The package of a draft, that may have been changed before it was completed.</summary>
    public static RedSample Case(CaseDraft draft, string profile)
    {
        var package = draft.Complete(Profile(profile), CancellationToken.None);
        return Sample(profile, package.RecordCode, Profile(profile).Write(package, CancellationToken.None), RunPoint.AgencyArchiving) with { Terms = CleanTerms.Of() };
    }

    public static CaseProfile Profile(string name) => (CaseProfile)PackageProfiles.Find(name)!;

    /// <summary>A food permit of a company: form, picture, licence called, notice, opinion and decision.</summary>
    public static CaseDraft Draft(CaseProfile profile)
    {
        var draft = new CaseDraft();
        Set(draft.Configuration, ("electronic_record_code", "990100-X101-0131045-2026-D30-000001"), ("archives_name", "云示例市档案馆"), ("archives_identifier", "990100"),
            ("fonds_constituting_unit_name", Agency.Name), ("fonds_identifier", Agency.Fonds), ("social_code", Agency.SocialCode), ("region_code", InventedWorld.Region),
            ("lead_department", Agency.Department), ("retention_period", "D30"), ("security_classification", "GK"), ("information_system_description", "云示例市一体化政务服务平台 4.1"),
            ("archive_time", profile.Write(At(2026, 6, 2, 10, 0))), ("category_code", "ZY"));
        Set(draft.Basic, ("project_id", CaseNumber), ("accept_num", "云示受〔2026〕1号"), ("task_code", "0131045"), ("task_name", "食品经营许可证核发"), ("task_version", "2"),
            ("task_type", "行政许可"), ("project_name", "云示例市清风餐饮有限公司食品经营许可证核发"), ("service_type", "承诺件"), ("apply_name", "云示例市清风餐饮有限公司"), ("apply_type", "法人"),
            ("card_type", "001"), ("contacted_card", InventedWorld.SocialCodeOf("91", 7)), ("address", "云示例市样本区虚构路7号"), ("legal_man", "𠮷示例"), ("legal_man_id_type", "111"),
            ("legal_man_id_number", "990100198001010010"), ("is_project", "否"), ("receive_department", Agency.Name), ("receive_time", profile.Write(Accepted)),
            ("transact_time", profile.Write(Completed)), ("result", "准予"), ("result_code", "YS104500000001"));
        Step(draft, profile, "1", "收件", Accepted.AddMinutes(-25), Accepted.AddMinutes(-10), "通过");
        Step(draft, profile, "2", "受理", Accepted.AddMinutes(-9), Accepted, "通过");
        Step(draft, profile, "3", "审核", Accepted.AddHours(1), Completed.AddHours(-2), "通过");
        Step(draft, profile, "4", "办结", Completed.AddHours(-1), Completed, "准予");
        Add(draft, MaterialKind.Application, "食品经营许可申请书.pdf", CleanPapers.Pdf("食品经营许可申请书", "Application form 1"), Accepted.AddMinutes(-30));
        Add(draft, MaterialKind.Application, "经营场所照片.png", CleanPapers.Png(), Accepted.AddMinutes(-30));
        Add(draft, MaterialKind.Called, "营业执照.ofd", CleanPapers.OfdPage("营业执照"), Accepted.AddMinutes(-20), Licence(profile));
        Add(draft, MaterialKind.Process, "受理通知书.pdf", CleanPapers.Pdf("受理通知书", "Notice of acceptance 1"), Accepted);
        Add(draft, MaterialKind.Process, "审查意见.xml", CleanPapers.Utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<意见><初审>符合规定条件</初审><复审>同意</复审></意见>\n"), Completed.AddHours(-2));
        Add(draft, MaterialKind.Outcome, "准予食品经营许可决定书.pdf", CleanPapers.Pdf("准予食品经营许可决定书", "Decision 1"), Completed);
        draft.Extensions.Add(new CaseExtension("window_number", "窗口03"));
        return draft;
    }

    /// <summary>Puts a material into a draft.</summary>
    public static void Add(CaseDraft draft, MaterialKind kind, string name, byte[] content, DateTimeOffset created, Dictionary<string, string?>? licence = null) =>
        draft.Files.Add(new DraftFile(kind, name, PackageFile.OfBytes("x", content), created, new Dictionary<string, string?> { ["file_share"] = "无条件共享" }, licence));

    public static void Set(Dictionary<string, string?> block, params IReadOnlyList<(string Name, string? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            block[name] = value;
        }
    }

    public static DateTimeOffset At(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    private static void Step(CaseDraft draft, CaseProfile profile, string code, string name, DateTimeOffset start, DateTimeOffset end, string result) =>
        draft.Steps.Add(new Dictionary<string, string?>
        {
            ["step_code"] = code, ["step_name"] = name, ["step_person"] = "甄" + name, ["step_department"] = Agency.Department,
            ["step_start"] = profile.Write(start), ["step_end"] = profile.Write(end), ["step_result"] = result,
        });

    private static Dictionary<string, string?> Licence(CaseProfile profile) => new()
    {
        ["licence_type_code"] = "11100000000099009A001", ["licence_identifier"] = "1.2.156.3005.2.11100000000099009A001.1.001.X",
        ["licence_number"] = InventedWorld.SocialCodeOf("91", 7), ["licence_name"] = "营业执照", ["licence_issuer"] = Agency.Name, ["licence_issuer_code"] = Agency.SocialCode,
        ["licence_issue_date"] = "2021-03-01", ["licence_valid_from"] = "2021-03-01", ["licence_holder"] = "云示例市清风餐饮有限公司",
        ["licence_call_time"] = profile.Write(Accepted.AddMinutes(-20)), ["licence_call_method"] = "接口调用", ["licence_call_system"] = "云示例市电子证照共享服务系统",
        ["licence_call_mandate"] = "申请人授权", ["licence_seal_state"] = "已签章",
    };

    private static RedSample Transfer()
    {
        var item = new TransferDraftItem
        {
            ReferenceCode = "X101-ZY·ZW·2026-D30-XZXK-000001", Author = Agency.Name, Title = "关于准予云示例市清风餐饮有限公司食品经营许可的决定", Date = new DateOnly(2026, 5, 19), Retention = "D30",
            Secrecy = "公开", Pages = 1, RecordCode = "990100-X101-0131045-2026-D30-000001", FondsName = Agency.Name, FondsCreator = Agency.Name,
            Contents = [(PackageFile.OfBytes("准予食品经营许可决定书.pdf", CleanPapers.Pdf("准予食品经营许可决定书", "Decision 1")), "PDF")],
            Opinion = new OpeningOpinion("开放", "", null, "甄初审", "甄复审", new DateOnly(2026, 6, 1), "云示例市档案开放规定"),
        };
        var draft = new TransferDraft
        {
            Fields = [new("移交单位", Agency.Name), new("内容描述", "行政许可办件档案"), new("软硬件环境", "云示例市一体化政务服务平台 4.1")],
            Items =
            [
                item,
                item with
                {
                    ReferenceCode = "X101-ZY·ZW·2026-D30-XZXK-000002", Title = "关于准予云示例市明远餐饮有限公司食品经营许可的决定", RecordCode = "990100-X101-0131045-2026-D30-000002",
                    Contents = [(PackageFile.OfBytes("准予食品经营许可决定书.pdf", CleanPapers.Pdf("准予食品经营许可决定书", "Decision 2")), "PDF")],
                },
            ],
            Made = Now,
        };
        return Sample("dat93", "X101-2026-001", draft.ToFiles(CancellationToken.None), RunPoint.AgencyTransfer) with { Terms = CleanTerms.OfTransfer() };
    }

    private static RedSample Encapsulated()
    {
        var draft = new EepDraft
        {
            Creator = Agency.Name, Created = Completed.AddDays(14), FondsCreator = Agency.Name, RecordCode = "990100-X101-0131045-2026-D30-000001", Year = 2026, Retention = "D30",
            ItemNumber = "000001", Title = "关于准予云示例市清风餐饮有限公司食品经营许可的决定", Author = Agency.Name, Date = new DateOnly(2026, 5, 19), Secrecy = "公开", Media = ["X101-GP-2026-0001"],
            Documents = [new EepDocument(PackageFile.OfBytes("准予食品经营许可决定书.pdf", CleanPapers.Pdf("准予食品经营许可决定书", "Decision 1")), "PDF", "准予食品经营许可决定书")],
            Agents = [Agency.Name], Activities = [new EepActivity(0, "办结", Completed), new EepActivity(0, "归档", Completed.AddDays(14))], DigestOutside = "sm3",
        };
        using var xml = new MemoryStream();
        draft.WriteTo(xml, CancellationToken.None);
        return Sample("eep", draft.RecordCode, [PackageFile.OfBytes("封装包.xml", xml.ToArray()), .. draft.Documents.Select(d => d.Content)], RunPoint.AgencyArchiving) with { Terms = CleanTerms.OfTransfer() };
    }

    private static RedSample OnMedium(RedSample sample) => sample.From(c => c with { Channel = SourceChannel.Offline, OfflineReason = "专线中断" }) with
    {
        Medium = new MediumFacts("X101-YP-2026-0001", "disk", [], 600 << 20, TimeSpan.FromMinutes(1)),
    };

    /// <summary>With a signed form and an attachment.</summary>
    private static RedSample Attached()
    {
        var draft = Draft(Profile("gbt42727"));
        draft.Files[0] = draft.Files[0] with { Content = PackageFile.OfBytes("x", CleanPapers.Signed()) };
        Add(draft, MaterialKind.Application, "附件1-经营场所平面图.pdf", CleanPapers.Pdf("经营场所平面图", "Plan"), Accepted);
        return Case(draft, "gbt42727").Under(t => t with { Scope = [.. t.Scope, CleanTerms.Row("evidential", "formed", "附件1-经营场所平面图")] });
    }

    /// <summary>As the lead of a joint case.</summary>
    private static RedSample Joint()
    {
        var draft = Draft(Profile("gbt42727"));
        Set(draft.Basic, ("joint_case_id", "LB20260512000003"), ("joint_role", "主办"));
        return Case(draft, "gbt42727").Under(t => t with { Notice = t.Notice! with { Joint = "LB20260512000003", Role = JointRole.Lead } });
    }

    private static RedSample Sample(string profile, string name, IReadOnlyList<PackageFile> files, RunPoint point)
    {
        var contents = files.ToDictionary(f => f.Path, Bytes, StringComparer.Ordinal);
        return new RedSample
        {
            Profile = profile, Name = name, Files = contents, Point = point,
            Channel = new ChannelFacts(Source, SourceChannel.Online)
            {
                DeclaredItems = profile == "dat93" ? 2 : 1, IsAuthenticated = true, Operator = "甄归档",
                Sent = Now.AddMinutes(-3), Received = Now.AddMinutes(-2),
            },
        };
    }

    private static byte[] Bytes(PackageFile file)
    {
        using var content = file.OpenRead();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
