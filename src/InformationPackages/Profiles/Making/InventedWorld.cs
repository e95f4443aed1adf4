using System.Globalization;

namespace Lantai.InformationPackages;

/// <summary>An agency that does not exist.</summary>
internal sealed record InventedAgency(string Name, string Fonds, string Department, string SocialCode);

/// <summary>A service item of it.</summary>
internal sealed record InventedItem(string Code, string Name, string Type, string Retention, InventedAgency Agency, bool ForCompanies, bool IsProject = false);

/// <summary>The city of the invented cases.</summary>
internal static class InventedWorld
{
    internal const string Region = "990100";

    internal static readonly InventedAgency Market = Agency("云示例市市场监督管理局", "X101", "行政审批科", 1);

    private static readonly InventedAgency Health = Agency("云示例市卫生健康局", "X102", "政务服务科", 2);
    private static readonly InventedAgency Insurance = Agency("云示例市社会保险事业中心", "X103", "待遇核定科", 3);
    private static readonly InventedAgency Land = Agency("云示例市不动产登记中心", "X104", "登记科", 4);
    private static readonly InventedAgency City = Agency("云示例市城市管理局", "X105", "市容科", 5);
    private static readonly InventedAgency Ecology = Agency("云示例市生态环境局", "X106", "环评科", 6);

    internal static IReadOnlyList<InventedItem> Items { get; } =
    [
        new("0131001", "公司设立登记", "行政确认", "Y", Market, ForCompanies: false),
        new("0131045", "食品经营许可证核发", "行政许可", "D30", Market, ForCompanies: true),
        new("0172018", "第二类医疗器械经营备案", "其他行政权力", "D30", Market, ForCompanies: true),
        new("0123007", "公共场所卫生许可", "行政许可", "D30", Health, ForCompanies: true),
        new("0123031", "护士执业注册", "行政许可", "D30", Health, ForCompanies: false),
        new("0114021", "养老保险待遇核定", "行政给付", "Y", Insurance, ForCompanies: false),
        new("0114002", "企业社会保险登记", "公共服务", "D30", Insurance, ForCompanies: true),
        new("0115009", "不动产转移登记", "行政确认", "Y", Land, ForCompanies: false),
        new("0117012", "户外招牌设置许可", "行政许可", "D10", City, ForCompanies: true),
        new("0116004", "建设项目环境影响评价文件审批", "行政许可", "Y", Ecology, ForCompanies: true, IsProject: true),
    ];

    /// <summary>A social code of the unassigned region with its right check character.</summary>
    internal static string SocialCodeOf(string prefix, int number)
    {
        var seventeen = string.Create(CultureInfo.InvariantCulture, $"{prefix}{Region}MB{number:D7}");
        return seventeen + SocialCode.CheckCharacter(seventeen);
    }

    private static InventedAgency Agency(string name, string fonds, string department, int number) => new(name, fonds, department, SocialCodeOf("11", number));
}

/// <summary>A person or company that does not exist.</summary>
internal sealed record InventedParty(string Name, string Code, string Address, bool IsCompany, string? Person, string? PersonCode)
{
    private static readonly string[] Surnames = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "𠮷", "欧阳"];
    private static readonly string[] Names = ["示例", "样本", "虚构", "假设", "测试", "拟定", "设想"];
    private static readonly string[] Firms = ["清风", "明远", "和顺", "长青", "云帆", "知行", "同心", "瑞丰", "𪚥达"];
    private static readonly string[] Trades = ["餐饮", "纺织", "器械", "商贸", "科技", "物流", "建材"];

    internal static InventedParty Of(bool isCompany, Dice dice)
    {
        var person = Surnames[dice.Next(Surnames.Length)] + Names[dice.Next(Names.Length)];
        var personCode = WrongNumber(string.Create(CultureInfo.InvariantCulture, $"{InventedWorld.Region}{1950 + dice.Next(55)}{1 + dice.Next(12):D2}{1 + dice.Next(28):D2}{dice.Next(1000):D3}"));
        var address = string.Create(CultureInfo.InvariantCulture, $"云示例市样本区虚构路{1 + dice.Next(400)}号");
        if (!isCompany)
        {
            return new InventedParty(person, personCode, address, IsCompany: false, Person: null, PersonCode: null);
        }

        var number = dice.Next(2000);
        return new InventedParty(
            $"云示例市{Firms[number % Firms.Length]}{Trades[number / 9 % Trades.Length]}有限公司（样例{number}）", InventedWorld.SocialCodeOf("91", number), address,
            IsCompany: true, person, personCode);
    }

    /// <summary>An identity number whose last figure is wrong, so that it can be nobody's.</summary>
    private static string WrongNumber(string seventeen)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (seventeen[i] - '0') * weights[i];
        }

        return seventeen + "10X98765432"[(sum + 1) % 11];
    }
}

/// <summary>Numbers that look drawn and are the same in every run (SplitMix64).</summary>
internal sealed class Dice(ulong seed, ulong stream)
{
    private ulong _state = unchecked((seed * 0x9E3779B97F4A7C15) ^ ((stream + 1) * 0xD1B54A32D192ED03));

    /// <summary>A number from 0 to below the bound.</summary>
    internal int Next(int bound)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
