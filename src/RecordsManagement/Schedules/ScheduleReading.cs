using System.Globalization;
using Lantai.Containers;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The rows of a schedule as a file gives them, and all that is wrong with them.</summary>
/// <param name="Rows">The rows in the order of the file; those with an error of their own are among them as far as they could be read.</param>
/// <param name="Findings">Findings of the file, of each cell and row, and of the whole (R7-1 to R7-3, R7-6). With an error among them nothing is kept.</param>
public sealed record ScheduleReading(IReadOnlyList<ScheduleRow> Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether it can be entered.</summary>
    public bool IsSound => Findings.All(f => f.Severity != Severity.Error);

    /// <summary>Reads a schedule from a workbook or a CSV file, told apart by their first bytes. Keeps nothing: this is the dry check.</summary>
    /// <param name="seekable">The file, able to seek; closed.</param>
    /// <param name="name">How findings call it: each names file, column and row.</param>
    /// <param name="policy">The policy values that hold where the schedule does.</param>
    /// <param name="cancellation">Asked between rows.</param>
    public static ScheduleReading Of(Stream seekable, string name, PolicyValues policy, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var findings = new List<Finding>();
        if (ScheduleFile.TryOpen(seekable, name, findings) is not { } file)
        {
            return new ScheduleReading([], findings);
        }

        using (file)
        {
            return Of(file.Sheet, policy, findings, cancellation);
        }
    }

    private static ScheduleReading Of(Sheet sheet, PolicyValues policy, List<Finding> opening, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var bounded = new BoundedFindings(findings, "SCH-034", sheet.Name, perCode: 2000);
        var cells = new ScheduleCells(sheet.Name, bounded);
        var rules = new ScheduleRules(sheet.Name, policy, bounded);
        var rows = new List<ScheduleRow>();
        ContentException? broken = null;
        try
        {
            foreach (var row in sheet.Rows(cancellation))
            {
                if (cells.Heading == 0)
                {
                    cells.Look(row);
                    continue;
                }

                var read = cells.Read(row);
                rows.Add(read);
                rules.Row(read, row.Number, cells.Place);
                if (cells.IsFull)
                {
                    bounded.Add(Finding.Error("SCH-036", cells.Place(row.Number, ScheduleColumns.Item), ("most", ScheduleCells.MostText)));
                    break;
                }
            }

            cells.EndLooking();
        }
        catch (ContentException e)
        {
            broken = e; // what was read so far may be other bytes than those that were packed
        }

        if (rows.Count == 0 && broken is null)
        {
            bounded.Add(Finding.Error("SHT-011", sheet.Name));
        }

        rules.End();
        bounded.Close();
        return new ScheduleReading(rows, [.. opening, .. sheet.Findings.Where(f => !IsAbove(f, cells.Heading)), .. broken is null ? Array.Empty<Finding>() : [broken.Finding], .. findings]);
    }

    /// <summary>Whether a finding is about cells that are merged above the heading, where the name of the table stands.</summary>
    private static bool IsAbove(Finding finding, long heading) => finding.Code == "SHT-007"
        && finding.Arguments is [{ Key: "last", Value: var last }] && long.TryParse(last, CultureInfo.InvariantCulture, out var row) && row > 0 && row < heading;
}
