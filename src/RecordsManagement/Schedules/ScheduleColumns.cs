using System.Collections.Frozen;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What a cell of a schedule holds.</summary>
internal enum ScheduleCellKind
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>A code of the column's list.</summary>
    Code,

    /// <summary>A retention code.</summary>
    Retention,

    /// <summary>Whole years, 0 to 999.</summary>
    Years,

    /// <summary>The code of a service item, or a class path.</summary>
    Item,

    /// <summary>A class path.</summary>
    Path,

    /// <summary>Several texts.</summary>
    List,
}

/// <summary>A column of the archiving scope and retention schedule.</summary>
/// <param name="Name">Its name in details and files for programs; its titles are the texts <c>schedule-column.NAME</c>.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="MaxLength">The most characters of a cell.</param>
internal sealed record ScheduleColumn(string Name, ScheduleCellKind Kind, int MaxLength)
{
    /// <summary>Whether a file must have the column.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The codes of its list; their texts are <c>schedule-NAME.CODE</c>.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Other titles by which files know it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Other words for its codes.</summary>
    public IReadOnlyDictionary<string, string> Synonyms { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>The columns of the schedule in their order, and what files call them and their codes.</summary>
/// <remarks>The row of requirements: item or class, nature, origin, material, archived or not, retention, traceback years, start, opening, sharing, basis.</remarks>
internal static class ScheduleColumns
{
    public const int Item = 0;
    public const int ItemName = 1;
    public const int Class = 2;
    public const int Nature = 3;
    public const int Origin = 4;
    public const int MaterialCode = 5;
    public const int MaterialName = 6;
    public const int Archive = 7;
    public const int Retention = 8;
    public const int AdministrativeYears = 9;
    public const int LitigationYears = 10;
    public const int AuditYears = 11;
    public const int TracebackBasis = 12;
    public const int Start = 13;
    public const int Opening = 14;
    public const int Sharing = 15;
    public const int Basis = 16;
    public const int Remark = 17;

    private static readonly Phrases Texts = new(typeof(ScheduleColumns).Assembly);

    private static readonly FrozenDictionary<string, int> Titles = TitleTable();

    private static readonly IReadOnlyList<FrozenDictionary<string, string>> Words = [.. Columns().Select(WordTable)];

    /// <summary>All columns.</summary>
    public static IReadOnlyList<ScheduleColumn> All { get; } = Columns();

    /// <summary>The column that a title means, in English, Chinese or by its name, whatever its case and spaces; -1 when it means none.</summary>
    public static int Of(string title) => Titles.GetValueOrDefault(Fold(title), -1);

    /// <summary>The column of a name; -1 when there is none.</summary>
    public static int IndexOf(string? name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The code that a word means in a column, in English, Chinese or as the code itself; null when it means none.</summary>
    public static string? CodeOf(int column, string word) => Words[column].GetValueOrDefault(Fold(word));

    /// <summary>The codes of a column for people: each with its Chinese text.</summary>
    public static string Expected(int column) =>
        string.Join(", ", All[column].Codes.Select(c => c + " " + Texts.Say(Language.Chinese, TextKey(column, c))));

    private static string TextKey(int column, string code) => $"schedule-{All[column].Name}.{code}";

    private static ScheduleColumn[] Columns() =>
    [
        new("item", ScheduleCellKind.Item, 300) { IsRequired = true, Aliases = ["事项编码", "类别路径", "item", "事项代码"] },
        new("itemName", ScheduleCellKind.Text, 500) { IsRequired = true, Aliases = ["事项名称"] },
        new("class", ScheduleCellKind.Path, 300) { Aliases = ["类别", "class path"] },
        new("nature", ScheduleCellKind.Code, 20) { IsRequired = true, Codes = ["evidential", "procedural", "result"], Aliases = ["性质"] },
        new("origin", ScheduleCellKind.Code, 20) { IsRequired = true, Codes = ["formed", "called"], Aliases = ["来源"] },
        new("materialCode", ScheduleCellKind.Text, 100),
        new("materialName", ScheduleCellKind.Text, 500) { IsRequired = true },
        new("archive", ScheduleCellKind.Code, 20)
        {
            IsRequired = true,
            Codes = ["yes", "no"],
            Synonyms = new Dictionary<string, string> { ["是"] = "yes", ["否"] = "no", ["应归档"] = "yes", ["y"] = "yes", ["n"] = "no" }.ToFrozenDictionary(),
        },
        new("retention", ScheduleCellKind.Retention, 20) { IsRequired = true },
        new("administrativeYears", ScheduleCellKind.Years, 20) { Aliases = ["行政追溯年限"] },
        new("litigationYears", ScheduleCellKind.Years, 20) { Aliases = ["诉讼追溯年限"] },
        new("auditYears", ScheduleCellKind.Years, 20) { Aliases = ["审计追溯年限"] },
        new("tracebackBasis", ScheduleCellKind.Text, 1000),
        new("start", ScheduleCellKind.Code, 20) { Codes = ["completion", "formation"] },
        new("opening", ScheduleCellKind.Code, 20) { Codes = ["open", "controlled", "partial"] },
        new("sharing", ScheduleCellKind.Code, 20) { Codes = ["unconditional", "conditional", "none"] },
        new("basis", ScheduleCellKind.List, 2000) { Aliases = ["法律依据"] },
        new("remark", ScheduleCellKind.Text, 2000),
    ];

    private static FrozenDictionary<string, int> TitleTable()
    {
        var titles = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = Columns();
        for (var i = 0; i < columns.Length; i++)
        {
            var key = "schedule-column." + columns[i].Name;
            foreach (var title in (string[])[columns[i].Name, Texts.Say(Language.English, key), Texts.Say(Language.Chinese, key), .. columns[i].Aliases])
            {
                titles[Fold(title)] = i;
            }
        }

        return titles.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> WordTable(ScheduleColumn column)
    {
        var words = column.Synonyms.ToDictionary(s => Fold(s.Key), s => s.Value, StringComparer.Ordinal);
        foreach (var code in column.Codes)
        {
            var key = $"schedule-{column.Name}.{code}";
            foreach (var word in (string[])[code, Texts.Say(Language.English, key), Texts.Say(Language.Chinese, key)])
            {
                words[Fold(word)] = code;
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Headings of real tables differ in spaces, line ends, width of brackets and a star for "required". By hand, since what the runtime
    // knows of letters of full width depends on how a program was built.
    private static string Fold(string title)
    {
        const int FullWidth = 0xFEE0;
        return string.Concat(title.Where(c => !char.IsWhiteSpace(c)).Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - FullWidth) : c).Where(c => c != '*')).ToLowerInvariant();
    }
}
