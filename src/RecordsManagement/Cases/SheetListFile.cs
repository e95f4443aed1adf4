using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A list as CSV: the first row names the columns, in any order; columns that are not known are not read.</summary>
internal sealed class SheetListFile(Stream stream, string name) : IListFile
{
    private static readonly SheetLimits Limits = SheetLimits.Default with { MaxRows = 1_000_001 };

    private readonly Sheet _sheet = Sheet.OfCsv(stream, name, Limits);
    private readonly List<Finding> _findings = [];

    public string Name => name;

    public IReadOnlyList<Finding> Findings => [.. _sheet.Findings, .. _findings];

    public IEnumerable<ListRow> Rows(CancellationToken cancellation)
    {
        string?[]? columns = null;
        foreach (var row in _sheet.Rows(cancellation))
        {
            if (columns is null)
            {
                columns = [.. row.Cells.Select(NoticeFields.FieldOf)];
                if (!HasColumns(columns))
                {
                    yield break;
                }

                continue;
            }

            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is { } field)
                {
                    fields.Add(field, row.Cell(i + 1));
                }
            }

            yield return new ListRow(name + " " + row.Reference(1), fields);
        }

        if (columns is null)
        {
            _ = HasColumns([]);
        }
    }

    /// <summary>Whether each column that is needed is there, and none twice; tells all that is wrong.</summary>
    private bool HasColumns(string?[] columns)
    {
        foreach (var field in NoticeFields.Required.Where(f => !columns.Contains(f)).Concat(columns.OfType<string>().GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key)))
        {
            _findings.Add(Finding.Error(CaseCodes.Column, name, ("casefield", field), ("names", NoticeFields.NamesOf(field))));
        }

        return _findings.Count == 0;
    }
}
