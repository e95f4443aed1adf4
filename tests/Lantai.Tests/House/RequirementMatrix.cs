namespace Lantai.Tests.House;

/// <summary>A duty that the regulation gives the program, and the tests that show it met.</summary>
/// <param name="Article">Number of the article.</param>
/// <param name="Requirement">Its id; empty for an article that asks nothing of a program.</param>
/// <param name="Duty">What is asked, in Chinese.</param>
/// <param name="State"><c>holds</c>, <c>part</c>, <c>planned</c> or <c>none</c>.</param>
/// <param name="Tests">Test classes, or a class and a method with a point between.</param>
/// <param name="Remark">What is missing, unless it holds.</param>
internal sealed record RequirementRow(int Article, string Requirement, string Duty, string State, IReadOnlyList<string> Tests, string Remark)
{
    public const string Path = "spec/requirements.tsv";

    public static IReadOnlyList<RequirementRow> Read(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
    {
        var cells = line.Split('\t');
        return cells.Length == 6
            ? new RequirementRow(
                int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture), cells[1], cells[2], cells[3],
                cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries), cells[5])
            : throw new FormatException($"{Path} has a line of {cells.Length} cells: {line}");
    })];

    /// <summary>What is wrong with rows: an empty cell, a test that is not there, a state that says too much.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many tests a name stands for; 0 when there is none.</param>
    public static IReadOnlyList<string> Faults(IReadOnlyList<RequirementRow> rows, Func<string, int> count) =>
    [
        .. rows.Where(r => r.State is not ("holds" or "part" or "planned" or "none")).Select(r => $"{r.Requirement}: '{r.State}' is no state"),
        .. rows.Where(r => r.State is "holds" or "part" && r.Tests.Count == 0).Select(r => $"{r.Requirement}: no test shows it"),
        .. rows.Where(r => r.State != "holds" && r.Remark.Length == 0).Select(r => $"{r.Requirement}: nothing says what is missing"),
        .. rows.Where(r => r.State == "none" != (r.Requirement.Length == 0)).Select(r => $"article {r.Article}: a requirement has a state, an article without one has none"),
        .. rows.SelectMany(r => r.Tests.Where(t => count(t) == 0).Select(t => $"{r.Requirement}: there is no test {t}")),
        .. rows.GroupBy(r => (r.Article, r.Requirement)).Where(g => g.Count() > 1).Select(g => $"{g.Key}: stands twice"),
    ];
}
