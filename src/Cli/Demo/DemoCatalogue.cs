namespace Lantai.Cli.Demo;

/// <summary>The invented cases: ten, over nine service items, of one made-up city.</summary>
internal static class DemoCatalogue
{
    private const string Market = "云示例市市场监督管理局";
    private const string Health = "云示例市卫生健康局";
    private const string Insurance = "云示例市社会保险事业中心";
    private const string Police = "云示例市公安局人口管理支队";
    private const string Land = "云示例市不动产登记中心";
    private const string City = "云示例市城市管理局";

    private static readonly DemoParty Canteen = new("云示例市样本餐饮有限公司", "91990000MA0IOSZV1X", "YANGBEN CATERING (EXAMPLE) CO., LTD.", IsCompany: true);
    private static readonly DemoParty Devices = new("云示例市虚构器械有限公司", "91990000MA0IOSZV2X", "XUGOU DEVICES (EXAMPLE) CO., LTD.", IsCompany: true);
    private static readonly DemoParty Zhang = Person("张示例", "99000019800115001", "ZHANG SHILI");
    private static readonly DemoParty Li = Person("李样本", "99000019620308002", "LI YANGBEN");
    private static readonly DemoParty Wang = Person("王虚构", "99000019911224003", "WANG XUGOU");
    private static readonly DemoParty Zhao = Person("赵测试", "99000019750601004", "ZHAO CESHI");
    private static readonly DemoParty Chen = Person("陈假设", "99000019880929005", "CHEN JIASHE");

    public static IReadOnlyList<DemoCase> Cases =>
    [
        new()
        {
            Number = "LT20250310-0001", Item = "公司设立登记", ItemCode = "0131001", Agency = Market, Applicant = Zhang, Company = Canteen,
            Accepted = At(2025, 3, 10, 9, 12), WorkingDays = 3, Decision = "准予设立登记通知书", Retention = "永久", IssuesLicence = true,
            Facts = ["登记类型：有限责任公司（自然人独资）", "注册资本：人民币伍拾万元", "住所：云示例市样本区虚构路1号", "经营范围：餐饮服务"],
        },
        new()
        {
            Number = "LT20250402-0002", Item = "食品经营许可证核发", ItemCode = "0131045", Agency = Market, Applicant = Zhang, Company = Canteen,
            Accepted = At(2025, 4, 2, 10, 5), WorkingDays = 15, Decision = "食品经营许可准予决定书", Retention = "定期30年",
            Facts = ["主体业态：餐饮服务经营者（中型餐馆）", "经营项目：热食类食品制售；冷食类食品制售", "经营场所：云示例市样本区虚构路1号", "现场核查：2025年4月9日，结论为符合要求"],
        },
        new()
        {
            Number = "LT20250418-0003", Item = "公共场所卫生许可", ItemCode = "0123007", Agency = Health, Applicant = Zhang, Company = Canteen,
            Accepted = At(2025, 4, 18, 14, 31), WorkingDays = 10, Decision = "公共场所卫生许可决定书", Retention = "定期30年",
            Facts = ["场所类别：饭馆", "营业面积：186平方米", "检测报告：空气、微小气候、顾客用具均合格"],
        },
        new()
        {
            Number = "LT20250506-0004", Item = "户外招牌设置许可", ItemCode = "0117012", Agency = City, Applicant = Zhang, Company = Canteen,
            Accepted = At(2025, 5, 6, 9, 40), WorkingDays = 5, Decision = "户外招牌设置许可决定书", Retention = "定期10年", Shape = DemoShape.Zip,
            Facts = ["设置位置：虚构路1号门头", "规格：长6.2米，高0.9米", "照明方式：内光源"],
        },
        new()
        {
            Number = "LT20250520-0005", Item = "养老保险待遇核定", ItemCode = "0114021", Agency = Insurance, Applicant = Li,
            Accepted = At(2025, 5, 20, 8, 55), WorkingDays = 12, Decision = "养老保险待遇核定表", Retention = "永久",
            Facts = ["参保险种：企业职工基本养老保险", "累计缴费年限：31年4个月", "核定起始月：2025年6月", "领取方式：社会保障卡银行账户"],
            Sheets = ["职工档案首页", "招工登记表", "工资变动审批表一", "工资变动审批表二", "缴费年限认定表", "视同缴费证明", "岗位工种证明", "劳动合同", "解除劳动关系证明", "银行卡复印件"],
        },
        new()
        {
            Number = "LT20250603-0006", Item = "户口迁移", ItemCode = "0109003", Agency = Police, Applicant = Wang,
            Accepted = At(2025, 6, 3, 11, 20), WorkingDays = 7, Decision = "准予迁入证明", Retention = "永久",
            Facts = ["迁移原因：工作调动", "迁出地：远示例县样本镇", "迁入地：云示例市样本区", "随迁人员：无"],
            Sheets = ["劳动合同首页", "居住证明"],
        },
        new()
        {
            Number = "LT20250611-0007", Item = "不动产登记", ItemCode = "0115009", Agency = Land, Applicant = Zhao,
            Accepted = At(2025, 6, 11, 15, 2), WorkingDays = 5, Decision = "不动产登记审批表", Retention = "永久", HasParcelMap = true,
            Facts = ["登记类型：国有建设用地使用权及房屋所有权转移登记", "不动产单元号：990000999999GB00001F00010001", "坐落：云示例市样本区假设巷8号", "建筑面积：98.60平方米"],
        },
        new()
        {
            Number = "LT20250625-0008", Item = "第二类医疗器械经营备案", ItemCode = "0172018", Agency = Market, Applicant = Chen, Company = Devices,
            Accepted = At(2025, 6, 25, 10, 48), WorkingDays = 1, Decision = "第二类医疗器械经营备案凭证", Retention = "定期30年",
            Facts = ["经营方式：零售", "经营范围：6820普通诊察器械；6864医用卫生材料及敷料", "库房地址：与经营场所一致"],
        },
        new()
        {
            Number = "LT20250709-0009", Item = "企业社会保险登记", ItemCode = "0114002", Agency = Insurance, Applicant = Chen, Company = Devices,
            Accepted = At(2025, 7, 9, 9, 5), WorkingDays = 2, Decision = "社会保险登记结果告知书", Retention = "定期30年", Shape = DemoShape.Bag,
            Facts = ["参保险种：养老、失业、工伤", "职工人数：6人", "缴费方式：银行代扣"],
        },
        new()
        {
            Number = "LT20250716-0010", Item = "食品经营许可证核发", ItemCode = "0131045", Agency = Market, Applicant = Zhang, Company = Canteen,
            Accepted = At(2025, 7, 16, 16, 17), WorkingDays = 9, Decision = "食品经营许可变更决定书", Retention = "定期30年",
            Facts = ["变更事项：增加经营项目“自制饮品制售”", "原许可证编号：JY29900000000001", "现场核查：免于现场核查"],
        },
    ];

    private static DemoParty Person(string name, string seventeen, string latin) => new(name, DemoParty.WrongNumber(seventeen), latin);

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));
}
