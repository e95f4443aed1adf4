using Lantai.Containers;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Where the columns of a file of service items stand: by their names, or by their titles in Chinese or English.</summary>
internal sealed class ItemColumns
{
    private static readonly string[] Names = ["item", "version", "name", "type", "agency", "steps", "paper", "joint", "from", "until"];
    private static readonly string[] Required = ["item", "name", "type", "agency"];
    private static readonly Phrases Texts = new(typeof(ItemColumns).Assembly);

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private ItemColumns()
    {
    }

    /// <summary>Reads the row of titles: a column that is missing (CAT-009), there twice (CAT-010), or unknown (CAT-010, a warning).</summary>
    public static ItemColumns Read(SheetRow row, string name, BoundedFindings findings)
    {
        var columns = new ItemColumns();
        for (var place = 1; place <= row.Cells.Count; place++)
        {
            var title = row.Cell(place).Trim();
            var column = Names.FirstOrDefault(n => IsTitle(n, title));
            if (column is not null && !columns._places.TryAdd(column, place))
            {
                findings.Add(Finding.Error("CAT-010", $"{name} {row.Reference(place)}", ("title", Entry.Shown(title))));
            }
            else if (column is null && title.Length > 0)
            {
                findings.Add(Finding.Warning("CAT-010", $"{name} {row.Reference(place)}", ("title", Entry.Shown(title))));
            }
        }

        foreach (var missing in Required.Where(r => !columns._places.ContainsKey(r)))
        {
            findings.Add(Finding.Error("CAT-009", $"{name} {row.Reference(1)}", ("item-column", missing)));
        }

        return columns;
    }

    /// <summary>The cell of a column, without spaces around it; empty when the file has no such column.</summary>
    public string Cell(SheetRow row, string column) => _places.TryGetValue(column, out var place) ? row.Cell(place).Trim() : "";

    /// <summary>Where a column stands, from 1.</summary>
    public int PlaceOf(string column) => _places.GetValueOrDefault(column, 1);

    private static bool IsTitle(string column, string title) =>
        title.Equals(column, StringComparison.OrdinalIgnoreCase)
        || new[] { Language.Chinese, Language.English }.Any(l => title.Equals(Texts.Say(l, "item-column." + column), StringComparison.OrdinalIgnoreCase));
}
