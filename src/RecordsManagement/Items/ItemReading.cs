using Lantai.Containers;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Service items as a file gives them, and what is wrong with its cells.</summary>
/// <param name="Items">The items in the order of the file.</param>
/// <param name="Places">Where each stands: file and row.</param>
/// <param name="Findings">Findings of the file and its cells (CAT-008 to CAT-011). With an error among them nothing is entered.</param>
public sealed record ItemReading(IReadOnlyList<ServiceItem> Items, IReadOnlyList<string> Places, IReadOnlyList<Finding> Findings)
{
    private const int MostItems = 100_000;

    private static readonly char[] Separators = [' ', ';', ',', '；', '，', '、', '\n', '\r'];

    /// <summary>Whether it can be entered.</summary>
    public bool IsSound => Findings.All(f => f.Severity != Severity.Error);

    /// <summary>Reads items from a CSV file or a workbook, told apart by their first bytes. Its first row names the columns, in any order.</summary>
    /// <param name="seekable">The file, able to seek; closed.</param>
    /// <param name="name">How findings call it.</param>
    /// <param name="cancellation">Asked between rows.</param>
    public static ItemReading Of(Stream seekable, string name, CancellationToken cancellation)
    {
        var opening = new List<Finding>();
        if (ScheduleFile.TryOpen(seekable, name, opening) is not { } file)
        {
            return new ItemReading([], [], opening);
        }

        using (file)
        {
            return Of(file.Sheet, opening, cancellation);
        }
    }

    private static ItemReading Of(Sheet sheet, List<Finding> opening, CancellationToken cancellation)
    {
        var (items, places, findings) = (new List<ServiceItem>(), new List<string>(), new List<Finding>());
        var bounded = new BoundedFindings(findings, "CAT-011", sheet.Name, perCode: 2000);
        ItemColumns? columns = null;
        try
        {
            foreach (var row in sheet.Rows(cancellation))
            {
                if (columns is null)
                {
                    columns = ItemColumns.Read(row, sheet.Name, bounded);
                }
                else if (items.Count == MostItems)
                {
                    bounded.Add(Finding.Error("REC-003", sheet.Name, ("field", "items"), ("length", row.Number - 1), ("most", MostItems)));
                    break;
                }
                else
                {
                    items.Add(Item(row, columns, sheet.Name, bounded));
                    places.Add(sheet.Name + " " + row.Reference(1));
                }
            }
        }
        catch (ContentException broken)
        {
            findings.Add(broken.Finding); // what was read so far may be other bytes than those that were packed
        }

        bounded.Close();
        return new ItemReading(items, places, [.. opening, .. sheet.Findings, .. findings]);
    }

    private static ServiceItem Item(SheetRow row, ItemColumns columns, string name, BoundedFindings findings)
    {
        var (paper, version) = (columns.Cell(row, "paper"), columns.Cell(row, "version"));
        return new ServiceItem(columns.Cell(row, "item"), version.Length == 0 ? "1" : version, columns.Cell(row, "name"), columns.Cell(row, "type"), columns.Cell(row, "agency"))
        {
            Steps = List(columns.Cell(row, "steps")),
            PaperCitation = paper.Length == 0 ? null : paper,
            JointWith = List(columns.Cell(row, "joint")),
            From = Day("from"),
            Until = Day("until"),
        };

        DateOnly? Day(string column)
        {
            var text = columns.Cell(row, column);
            if (text.Length > 0 && Entry.Day(text) is null)
            {
                findings.Add(Finding.Error("CAT-008", $"{name} {row.Reference(columns.PlaceOf(column))}", ("item-column", column), ("value", Entry.Shown(text))));
            }

            return Entry.Day(text);
        }
    }

    private static string[] List(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
