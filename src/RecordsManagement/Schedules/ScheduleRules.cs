using Lantai.Containers;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// What the rows of a schedule must be among themselves and by the regulation: no key twice, all three natures for each item, retention not below the
/// traceback years.
/// </summary>
/// <remarks>The regulation's article 7; requirements R7-1 to R7-3 and R7-6. Rows are handed in one after another.</remarks>
internal sealed class ScheduleRules(string name, PolicyValues policy, BoundedFindings findings)
{
    private readonly Dictionary<(string, string, string), long> _keys = [];
    private readonly Dictionary<string, ItemScope> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _natures = new(StringComparer.Ordinal) { ["evidential"] = 1, ["procedural"] = 2, ["result"] = 4 };
    private bool _hasCalled;

    /// <summary>The errors of rows that came without their file.</summary>
    /// <param name="subject">What findings call them.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="policy">The policy values that hold where the schedule does.</param>
    public static IReadOnlyList<Finding> Errors(string subject, IReadOnlyList<ScheduleRow> rows, PolicyValues policy)
    {
        var all = new List<Finding>();
        var bounded = new BoundedFindings(all, "SCH-034", subject);
        var rules = new ScheduleRules(subject, policy, bounded);
        for (var i = 0; i < rows.Count; i++)
        {
            rules.Row(rows[i], i + 1, (row, column) => subject + " " + Forms.CellReference.Of(row, column + 1));
        }

        rules.End();
        bounded.Close();
        return [.. all.Where(f => f.Severity == Severity.Error)];
    }

    /// <summary>Looks at a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="place">Where the cell of a column stands.</param>
    public void Row(ScheduleRow row, long number, Func<long, int, string> place)
    {
        Required(row, number, place);
        if (row.Item.Length > 0 && row.Nature.Length > 0 && !_keys.TryAdd(row.Key, number))
        {
            findings.Add(Finding.Error("SCH-007", place(number, ScheduleColumns.Item), ("item", row.Item), ("material", Entry.Shown(row.Material)), ("row", _keys[row.Key])));
        }

        Retention(row, number, place);
        if (row.Basis.Count == 0)
        {
            findings.Add(Finding.Warning("SCH-013", place(number, ScheduleColumns.Basis)));
        }

        _hasCalled |= row.Origin == "called";
        Count(row, number, place);
    }

    /// <summary>Looks at all of it: is every item covered?</summary>
    public void End()
    {
        foreach (var (item, scope) in _items)
        {
            var natures = scope.Natures;
            for (var path = item.StartsWith('/') ? item : scope.Class; path.Length > 0; path = path[..path.LastIndexOf('/')])
            {
                natures |= _items.GetValueOrDefault(path)?.Natures ?? 0;
            }

            foreach (var (nature, bit) in _natures.Where(n => (natures & n.Value) == 0))
            {
                findings.Add(bit == _natures["result"]
                    ? Finding.Error("SCH-006", scope.Place, ("item", item))
                    : Finding.Error("SCH-011", scope.Place, ("item", item), ("schedule-nature", nature)));
            }
        }

        if (_items.Count > 0 && !_hasCalled)
        {
            findings.Add(Finding.Warning("SCH-017", name));
        }
    }

    private void Required(ScheduleRow row, long number, Func<long, int, string> place)
    {
        foreach (var column in (ReadOnlySpan<int>)[ScheduleColumns.Item, ScheduleColumns.ItemName, ScheduleColumns.Nature, ScheduleColumns.Origin, ScheduleColumns.Archive])
        {
            if (row.Cells[column].Length == 0)
            {
                findings.Add(Finding.Error("SCH-009", place(number, column), ("schedule-column", ScheduleColumns.All[column].Name)));
            }
        }
    }

    private void Retention(ScheduleRow row, long number, Func<long, int, string> place)
    {
        var at = place(number, ScheduleColumns.Retention);
        var archive = row.Cells[ScheduleColumns.Archive];
        if (row.Retention is not { } retention)
        {
            if (archive == "yes")
            {
                findings.Add(Finding.Error("SCH-009", at, ("schedule-column", ScheduleColumns.All[ScheduleColumns.Retention].Name)));
            }

            return;
        }

        // An overlay leaves out general codes, never the terms of special schedules, which no list has.
        if (PolicyValues.National.List(PolicyKeys.RetentionCodes).Contains(retention.Code) && !policy.List(PolicyKeys.RetentionCodes).Contains(retention.Code))
        {
            var rule = policy.Find(PolicyKeys.RetentionCodes)!;
            findings.Add(Finding.Error("SCH-039", at, ("retention", retention.Code), ("expected", string.Join(", ", rule.Values)), ("document", rule.Basis.Document), ("article", rule.Basis.Article)));
        }

        if (archive == "no")
        {
            findings.Add(Finding.Error("SCH-015", at, ("retention", retention.Code)));
        }
        else if (!retention.Satisfies(row.Floor))
        {
            findings.Add(Finding.Error(
                "SCH-005", at, ("retention", retention.Code), ("floor", row.Floor), ("least", LeastAllowed(row.Floor)),
                ("administrative", Said(row.AdministrativeYears)), ("litigation", Said(row.LitigationYears)), ("audit", Said(row.AuditYears))));
        }
        else if (row.Floor == 0)
        {
            findings.Add(Finding.Warning("SCH-016", at));
        }

        if (row.Floor > 0 && row.TracebackBasis.Length == 0)
        {
            findings.Add(Finding.Warning("SCH-014", place(number, ScheduleColumns.TracebackBasis), ("floor", row.Floor)));
        }
    }

    /// <summary>The shortest code of the general schedule that satisfies a floor.</summary>
    private string LeastAllowed(int floor) => policy.List(PolicyKeys.RetentionCodes)
        .Select(code => RetentionPeriod.TryParse(code, out var period) ? period : RetentionPeriod.Permanent)
        .Where(period => period.Satisfies(floor)).DefaultIfEmpty(RetentionPeriod.Permanent).Min().Code;

    private static string Said(int? years) => years?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    private void Count(ScheduleRow row, long number, Func<long, int, string> place)
    {
        if (row.Item.Length == 0)
        {
            return;
        }

        if (!_items.TryGetValue(row.Item, out var scope))
        {
            _items.Add(row.Item, scope = new ItemScope(row.ItemName, row.Class, place(number, ScheduleColumns.Item)));
        }
        else if (row.ItemName.Length > 0 && scope.Name != row.ItemName)
        {
            findings.Add(Finding.Warning("SCH-020", place(number, ScheduleColumns.ItemName), ("item", row.Item), ("name", Entry.Shown(row.ItemName)), ("other", Entry.Shown(scope.Name))));
        }

        scope.Natures |= row.IsArchived ? _natures.GetValueOrDefault(row.Nature) : 0;
    }

    private sealed class ItemScope(string name, string path, string place)
    {
        public string Name => name;

        public string Class => path;

        public string Place => place;

        public int Natures { get; set; }
    }
}
