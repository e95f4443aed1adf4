using System.Globalization;
using System.Text;
using Lantai.Cli.Demo.Paper;
using Lantai.InformationPackages;

namespace Lantai.Cli.Demo.Day;

/// <summary>An agency of the demonstration's day and the item that it handles. Region 990100 does not exist, so nobody bears these codes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Code">Its social credit code.</param>
/// <param name="Fonds">Its fonds number.</param>
/// <param name="Source">Its case system.</param>
/// <param name="Item">Code of the service item.</param>
/// <param name="ItemName">What the item is called.</param>
/// <param name="ItemType">Its type.</param>
internal sealed record DayAgency(string Name, string Code, string Fonds, string Source, string Item, string ItemName, string ItemType)
{
    /// <summary>What the archive hall of the city is called.</summary>
    public const string Hall = "云州市档案馆";

    /// <summary>The hall's social credit code.</summary>
    public const string HallCode = "119901000099006330";

    /// <summary>Grants food licences.</summary>
    public static readonly DayAgency Approval = new("云州市行政审批局", "11990100009900611P", "0061", "yz-cases", "0109900100", "食品经营许可", "行政许可");

    /// <summary>Registers companies.</summary>
    public static readonly DayAgency Market = new("云州市市场监督管理局", "11990100009900622U", "0062", "yz-market", "0109900200", "公司设立登记", "行政确认");
}

/// <summary>One case of the demonstration's day, from its application to its package.</summary>
internal sealed class DayCase
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private readonly DayAgency _agency;
    private readonly CaseDraft _draft = new();
    private readonly DateTimeOffset _completed;
    private readonly string _applicant;
    private readonly string _title;

    /// <summary>Begins a case.</summary>
    /// <param name="agency">Who handled it.</param>
    /// <param name="serial">Its running number.</param>
    /// <param name="applicant">Who applied: an invented company.</param>
    /// <param name="companyCode">The company's social credit code.</param>
    /// <param name="completed">When it was completed.</param>
    public DayCase(DayAgency agency, int serial, string applicant, string companyCode, DateTimeOffset completed)
    {
        _completed = completed.ToOffset(Zone);
        (_agency, _applicant, _title) = (agency, applicant, applicant + agency.ItemName);
        Number = string.Create(CultureInfo.InvariantCulture, $"{(agency.Fonds == "0061" ? "SP" : "SC")}{_completed:yyyyMMdd}{serial:D4}");
        Configure(serial);
        Describe(companyCode);
        AddSteps();
    }

    /// <summary>The business serial number.</summary>
    public string Number { get; }

    /// <summary>What lies in the package beside what every case has.</summary>
    public CaseDraft Draft => _draft;

    /// <summary>Adds the three papers that every case has, and the licence that was called.</summary>
    public DayCase WithPapers(byte[] licence, string licenceNumber)
    {
        string[] heading = ["办件编号：" + Number, "事项名称：" + _agency.ItemName, "申请人：" + _applicant, "受理机构：" + _agency.Name];
        Add(MaterialKind.Application, "申请书.pdf", Paper("申请书", [.. heading, "申请人声明：所提交材料真实、完整。"], isSealed: false));
        _draft.Files.Add(new DraftFile(MaterialKind.Called, "营业执照.pdf", PackageFile.OfBytes("x", licence), _completed.AddDays(-9), Sharing(), Licence(licenceNumber)));
        Add(MaterialKind.Process, "受理通知书.txt", Encoding.UTF8.GetBytes("受理通知书\n" + string.Join('\n', heading) + "\n材料齐全，符合法定形式，现予受理。\n"));
        Add(MaterialKind.Outcome, _agency.ItemName + "证.pdf", Paper(_agency.ItemName + "证", [.. heading, "准予" + _agency.ItemName + "。"], isSealed: true));
        return this;
    }

    /// <summary>Adds a material.</summary>
    public DayCase Add(MaterialKind kind, string name, byte[] content)
    {
        _draft.Files.Add(new DraftFile(kind, name, PackageFile.OfBytes("x", content), _completed.AddHours(-2), Sharing()));
        return this;
    }

    /// <summary>Leaves out the materials of a kind.</summary>
    public DayCase Without(MaterialKind kind)
    {
        _ = _draft.Files.RemoveAll(f => f.Kind == kind);
        return this;
    }

    /// <summary>Says that it is a part of a joint case.</summary>
    public DayCase Joint(string id, string role)
    {
        (_draft.Basic["joint_case_id"], _draft.Basic["joint_role"]) = (id, role);
        return this;
    }

    /// <summary>Relates it to another case.</summary>
    public DayCase Related(string kind, string recordCode)
    {
        _draft.Relations.Add(new Dictionary<string, string?>(StringComparer.Ordinal) { ["relation_type"] = kind, ["related_record_code"] = recordCode });
        return this;
    }

    /// <summary>The electronic record code.</summary>
    public string RecordCode => _draft.Configuration["electronic_record_code"]!;

    /// <summary>A page with the sign of the demonstration.</summary>
    public static byte[] Paper(string title, IReadOnlyList<string> lines, bool isSealed) => DemoPaper.Write(title, lines, "Example (fictitious)", isSealed);

    private void Configure(int serial)
    {
        var code = RecordCodeRule.Default.Join(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["region"] = "990100", ["fonds"] = _agency.Fonds, ["item"] = _agency.Item, ["year"] = _completed.Year.ToString(CultureInfo.InvariantCulture),
            ["retention"] = "D30", ["serial"] = serial.ToString(CultureInfo.InvariantCulture).PadLeft(6, '0'),
        });
        Set(_draft.Configuration, ("electronic_record_code", code), ("archives_name", DayAgency.Hall), ("archives_identifier", "990100"),
            ("fonds_constituting_unit_name", _agency.Name), ("fonds_identifier", _agency.Fonds), ("social_code", _agency.Code), ("region_code", "990100"),
            ("retention_period", "D30"), ("security_classification", "GK"), ("information_system_description", "云州市政务服务办理系统 3.2"),
            ("archive_time", Time(_completed.AddDays(1))), ("category_code", "ZY"));
    }

    private void Describe(string companyCode) => Set(
        _draft.Basic, ("project_id", Number), ("accept_num", Number + "-1"), ("task_code", _agency.Item), ("task_name", _agency.ItemName), ("task_version", "1"),
        ("task_type", _agency.ItemType), ("project_name", _title), ("service_type", "承诺件"), ("apply_name", _applicant), ("apply_type", "法人"),
        ("card_type", "001"), ("contacted_card", companyCode), ("legal_man", "示例甲"), ("legal_man_id_type", "111"), ("legal_man_id_number", "990100198801011234"),
        ("is_project", "否"), ("receive_department", _agency.Name), ("receive_time", Time(_completed.AddDays(-9))), ("transact_time", Time(_completed)),
        ("result", "准予"), ("result_code", "YZ" + Number));

    private void AddSteps()
    {
        Step("1", "收件", "甲收件", "综合窗口", _completed.AddDays(-9).AddMinutes(-30), _completed.AddDays(-9).AddMinutes(-20));
        Step("2", "受理", "乙受理", "审批一科", _completed.AddDays(-9).AddMinutes(-10), _completed.AddDays(-9));
        Step("3", "审核", "丙审核", "审批一科", _completed.AddDays(-8), _completed.AddDays(-1));
        Step("4", "办结", "丁办结", "审批一科", _completed.AddHours(-1), _completed);

        void Step(string code, string name, string person, string department, DateTimeOffset start, DateTimeOffset end) =>
            _draft.Steps.Add(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["step_code"] = code, ["step_name"] = name, ["step_person"] = person, ["step_department"] = department,
                ["step_start"] = Time(start), ["step_end"] = Time(end), ["step_result"] = "通过",
            });
    }

    private Dictionary<string, string?> Licence(string number) => new(StringComparer.Ordinal)
    {
        ["licence_type_code"] = "11100000000099009A001", ["licence_identifier"] = $"1.2.156.3005.2.11100000000099009A001.{number}.001.X", ["licence_number"] = number,
        ["licence_name"] = "营业执照", ["licence_issuer"] = DayAgency.Market.Name, ["licence_issuer_code"] = DayAgency.Market.Code, ["licence_issue_date"] = "2021-03-01",
        ["licence_valid_from"] = "2021-03-01", ["licence_holder"] = _applicant, ["licence_call_time"] = Time(_completed.AddDays(-9)), ["licence_call_method"] = "接口调用",
        ["licence_call_system"] = "云州市电子证照共享服务系统", ["licence_call_mandate"] = "申请人授权", ["licence_seal_state"] = "已签章",
    };

    private static Dictionary<string, string?> Sharing() =>
        new(StringComparer.Ordinal) { ["file_share"] = "有条件共享", ["file_share_conditions"] = "经归档机构同意" };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void Set(Dictionary<string, string?> block, params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            block[name] = value;
        }
    }
}
