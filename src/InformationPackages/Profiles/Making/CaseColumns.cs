using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// What the columns of a table mean: an element by its Chinese or English name; a step's by <c>STEP.ELEMENT</c>, with <c>#2</c> after the
/// step when it happened twice; the folder of the materials (文件夹), the running number (流水号) and the path of a file (路径).
/// </summary>
/// <remarks>Source: spec/formats/case-table.md.</remarks>
internal static partial class CaseColumns
{
    internal static readonly string[] Folder = ["文件夹", "folder"];
    internal static readonly string[] Serial = ["流水号", "serial"];
    internal static readonly string[] FilePath = ["路径", "path"];

    /// <summary>The element of a name in one of some blocks; null when there is none.</summary>
    internal static CaseElement? Find(string column, params IReadOnlyList<string> blocks) => blocks
        .SelectMany(CaseElements.Of).FirstOrDefault(e => e.Chinese == column || e.English == column || e.Xml == column);

    /// <summary>The step and element of a column such as <c>收件.办理人</c>; null when it is none.</summary>
    internal static (ListedValue Step, int Time, CaseElement Element)? FindStep(string column)
    {
        var match = StepForm().Match(column);
        return match.Success && ValueLists.Of("process-step").Find(match.Groups[1].Value) is { } step && Find(match.Groups[3].Value, "step") is { } element
            ? (step, match.Groups[2].Length == 0 ? 1 : int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), element)
            : null;
    }

    /// <summary>Says of columns that mean nothing, and of two that mean the same.</summary>
    internal static IEnumerable<Finding> Check(CaseTable table, IReadOnlyList<string[]> names, params string[] blocks)
    {
        var meant = new HashSet<object>();
        foreach (var column in table.Columns.Where(c => c.Length > 0))
        {
            object? meaning = names.FirstOrDefault(n => n.Contains(column)) ?? Find(column, blocks) ?? (blocks.Contains("basic") ? FindStep(column) : null) as object;
            if (meaning is null)
            {
                yield return Finding.Error("PKG-061", table.Name, ("column", column));
            }
            else if (!meant.Add(meaning))
            {
                yield return Finding.Error("PKG-060", table.Name, ("reason", "column-twice"), ("line", 1));
            }
        }
    }

    internal static string? Cell(CaseTableRow row, string[] names) => names.Select(n => row.Cells.GetValueOrDefault(n)).FirstOrDefault(c => c is not null);

    /// <summary>The value as the profile writes it: a code for its name, a time and a day in the one form. What cannot be understood stays, to be told.</summary>
    internal static string Normalise(CaseElement element, string value, CaseProfile profile) => element.Type switch
    {
        ElementType.Code when element.Values!.Find(value) is { } listed => listed.Code,
        ElementType.Time when (CaseTime.Parse(value) ?? OfficeTime(value)) is { } time => profile.Write(time),
        ElementType.Date when (CaseTime.ParseDay(value) ?? OfficeDay(value)) is { } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => IsWritable(value) ? value : string.Concat(value.Select(c => IsWritable([c]) ? c : '\uFFFD')),
    };

    /// <summary>Whether XML can hold a text. A character that it cannot hold is written as the sign of a lost one, which every reader tells.</summary>
    internal static bool IsWritable(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!XmlConvert.IsXmlChar(character) && !char.IsSurrogate(character))
            {
                return false;
            }
        }

        return true;
    }

    private static DateTimeOffset? OfficeTime(string value) =>
        DateTime.TryParseExact(value, ["yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, CaseTime.Offset)
            : null;

    private static DateOnly? OfficeDay(string value) =>
        DateOnly.TryParseExact(value, ["yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"^([^.#]+)(?:#([1-9][0-9]?))?\.(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex StepForm();
}
