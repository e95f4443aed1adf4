using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>Which material of which item is asked for.</summary>
/// <param name="Item">Code of the service item.</param>
/// <param name="Class">The class path that it falls under, such as <c>/行政许可/公安</c>; empty when it is not known.</param>
/// <param name="Nature"><c>evidential</c>, <c>procedural</c> or <c>result</c>.</param>
/// <param name="MaterialCode">Code of the material; empty when it has none.</param>
/// <param name="MaterialName">Name of the material.</param>
public sealed record ScheduleQuestion(string Item, string Class, string Nature, string MaterialCode, string MaterialName);

/// <summary>The rows of a version, found item by item. What was read is kept, so one table answers many questions about the same items.</summary>
/// <param name="read">The rows of an item or class, in the order of the file.</param>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ScheduleTable(Func<string, IEnumerable<ScheduleRow>> read)
{
    private const int MostKept = 20_000;

    private readonly Dictionary<string, ScheduleRow[]> _items = new(StringComparer.Ordinal);

    /// <summary>The rows of a version that was drawn up.</summary>
    public ScheduleTable(IDocumentReader views, string schedule)
        : this(item => ScheduleView.RowsOf(views, schedule, item).OrderBy(r => r.Order).Select(r => r.Row))
    {
    }

    /// <summary>Rows that are in no view yet.</summary>
    public static ScheduleTable Of(IReadOnlyList<ScheduleRow> rows)
    {
        var items = rows.ToLookup(r => r.Item, StringComparer.Ordinal);
        return new ScheduleTable(item => items[item]);
    }

    /// <summary>The newest revision of a version; null when there is none.</summary>
    public static ScheduleVersion? Find(IDocumentReader views, string agency, string number) =>
        views.Find(ScheduleView.Versions, ScheduleView.Handle, ScheduleView.HandleOf(agency, number), 1) is [var found, ..] ? Read(found.Document) : null;

    /// <summary>All versions of an agency, or of all, the oldest first.</summary>
    public static IReadOnlyList<ScheduleVersion> Versions(IDocumentReader views, string? agency) =>
        [.. (agency is null ? views.Scan(ScheduleView.Versions, 0, int.MaxValue) : views.Find(ScheduleView.Versions, "agency", agency)).Select(d => Read(d.Document)).OfType<ScheduleVersion>()];

    /// <summary>
    /// The version of an agency in force on a day: of those that hold, the one that began last. One for the fonds comes before one for all; where
    /// no fonds is said and none holds for all, the one for the only fonds that has any.
    /// </summary>
    public static ScheduleVersion? InForce(IDocumentReader views, string agency, DateOnly day, string? fonds = null)
    {
        var holding = Versions(views, agency).Where(v => v.Holds(day)).ToList();
        return Latest(holding.Where(v => fonds is not null && v.Fonds == fonds), day) ?? Latest(holding.Where(v => v.Fonds is null), day)
            ?? (fonds is null && holding.DistinctBy(v => v.Fonds).Count() == 1 ? Latest(holding, day) : null);
    }

    /// <summary>The versions above a jurisdiction that are in force on any day of a span, from the nearest jurisdiction up.</summary>
    /// <param name="views">The views.</param>
    /// <param name="region">The jurisdiction.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day; null for a span without end.</param>
    public static IEnumerable<ScheduleVersion> Above(IDocumentReader views, RegionCode region, DateOnly from, DateOnly? until) => region.Chain.Where(r => r != region).Reverse().SelectMany(above =>
        views.Find(ScheduleView.Versions, "region", above.ToString()).Select(d => Read(d.Document)).OfType<ScheduleVersion>()
            .GroupBy(v => (v.Agency, v.Fonds)).SelectMany(versions => Within([.. versions], from, until)));

    /// <summary>Where a version stands on a day.</summary>
    public static ScheduleState StateOn(IDocumentReader views, ScheduleVersion version, DateOnly day)
    {
        if (version.Decided is not (ScheduleState.Approved or ScheduleState.Repealed))
        {
            return version.Decided;
        }

        return day < version.From ? ScheduleState.Approved
            : version.Holds(day) && Latest(Versions(views, version.Agency).Where(v => v.Fonds == version.Fonds), day)?.Id == version.Id ? ScheduleState.InForce
            : ScheduleState.Repealed;
    }

    /// <summary>All rows of a version in the order of the file.</summary>
    public static IReadOnlyList<ScheduleRow> RowsOf(IDocumentReader views, ScheduleVersion version)
    {
        const int PageSize = 1000;
        var rows = new List<(long Order, ScheduleRow Row)>();
        string? after = null;
        do
        {
            var page = views.FindAfter(ScheduleView.Rows, ScheduleView.Key, ScheduleView.KeyOf(version.Id, ""), after, PageSize);
            rows.AddRange(page.SelectMany(d => ScheduleView.RowsIn(d.Document)));
            after = page.Count < PageSize ? null : LookupField.Key(page[^1].Document.Text(ScheduleView.Key)!, page[^1].Id);
        }
        while (after is not null);
        rows.Sort((left, right) => left.Order.CompareTo(right.Order));
        return [.. rows.Select(r => r.Row)];
    }

    /// <summary>The row that a material falls under; null when none covers it.</summary>
    public ScheduleRow? RowFor(ScheduleQuestion question) => Path(question.Item, question.Class)
        .Select(item => Rows(item).Where(r => r.Nature == question.Nature).ToList())
        .Select(rows =>
            rows.FirstOrDefault(r => r.MaterialCode.Length > 0 && r.MaterialCode == question.MaterialCode)
            ?? rows.FirstOrDefault(r => r.MaterialCode.Length == 0 && r.MaterialName.Length > 0 && r.MaterialName == question.MaterialName)
            ?? rows.FirstOrDefault(r => r.Material.Length == 0))
        .FirstOrDefault(row => row is not null);

    /// <summary>The rows that the materials of a case fall under: for each nature those of the item, else those of the nearest class above that has some.</summary>
    public IReadOnlyList<ScheduleRow> RowsFor(string item, string path) => [.. Path(item, path).SelectMany(Rows).Select(r => r.Nature).Distinct()
        .SelectMany(nature => Path(item, path).Select(at => Rows(at).Where(r => r.Nature == nature).ToList()).First(rows => rows.Count > 0))];

    /// <summary>The rows that name a material of the nature: those of the item and of all classes above it.</summary>
    public IEnumerable<ScheduleRow> Named(ScheduleQuestion question) => Path(question.Item, question.Class).SelectMany(Rows).Where(r => r.Nature == question.Nature && r.Material.Length > 0);

    /// <summary>The item, then the class that it falls under, then the classes above.</summary>
    private static IEnumerable<string> Path(string item, string above)
    {
        yield return item;
        for (var path = above; path.LastIndexOf('/') is >= 0 and var end; path = path[..end])
        {
            if (path != item)
            {
                yield return path;
            }
        }
    }

    private ScheduleRow[] Rows(string item)
    {
        if (_items.TryGetValue(item, out var known))
        {
            return known;
        }

        ScheduleRow[] rows = [.. read(item)];
        if (_items.Count < MostKept)
        {
            _items.Add(item, rows);
        }

        return rows;
    }

    // Which of an agency's versions is in force changes only where one begins and behind the last day of one.
    private static IEnumerable<ScheduleVersion> Within(IReadOnlyList<ScheduleVersion> versions, DateOnly from, DateOnly? until) =>
        versions.SelectMany(v => new[] { v.From, v.Until < DateOnly.MaxValue ? v.Until.Value.AddDays(1) : null }).OfType<DateOnly>()
            .Where(day => day > from && !(day > until)).Append(from).Distinct().Order()
            .Select(day => Latest(versions, day)).OfType<ScheduleVersion>().DistinctBy(v => v.Id);

    private static ScheduleVersion? Latest(IEnumerable<ScheduleVersion> versions, DateOnly day) =>
        versions.Where(v => v.Holds(day)).MaxBy(v => (v.From, v.ApprovedAt));

    // Another program may have written the event: what cannot be read is as if it were not there.
    private static ScheduleVersion? Read(Document document) => document.Text("state") is { } state && RegionCode.TryParse(document.Text("region"), out var region)
        ? new ScheduleVersion(document.Text(ScheduleView.Id)!, document.Text("agency")!, region, document.Text("number")!, document.Number("revision") ?? 1, document.Number("rows") ?? 0)
        {
            Fonds = document.Text("fonds"),
            Basis = document.List("basis"),
            Decided = state switch
            {
                "submitted" => ScheduleState.Submitted,
                "returned" => ScheduleState.Returned,
                "approved" => ScheduleState.Approved,
                "repealed" => ScheduleState.Repealed,
                _ => ScheduleState.Draft,
            },
            IsWhole = state != "damaged",
            DraftedBy = document.Text("drafter") ?? "",
            SubmittedBy = document.Text("submitter"),
            ReviewedBy = document.Text("reviewer"),
            Approval = document.Text("approval"),
            Opinion = document.Text("opinion"),
            From = Entry.Day(document.Text("from")),
            Until = Entry.Day(document.Text("until")),
            ApprovedAt = document.Number("approvedAt") ?? 0,
        }
        : null;
}
