using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>Rows of a schedule as the details of events hold them: the names of the columns once, then a list of texts for each row.</summary>
/// <remarks>spec/formats/records-schedules.md.</remarks>
internal static class ScheduleBody
{
    /// <summary>The most rows of one event.</summary>
    public const int MostRows = 1000;

    /// <summary>The most characters in the rows of one event, but for a single row that has more.</summary>
    private const int MostLength = 1 << 18;

    /// <summary>The most characters of a row: more than all cells of <see cref="ScheduleColumns"/> may have together.</summary>
    private const int MostRowLength = 10_000;

    /// <summary>The details of events that hold the rows of a version, in order.</summary>
    public static IEnumerable<JsonMap> Write(string schedule, IReadOnlyList<ScheduleRow> rows)
    {
        var chunk = new List<object>();
        var length = 0;
        foreach (var row in rows)
        {
            var size = row.Cells.Sum(c => c.Length);
            if (chunk.Count == MostRows || (chunk.Count > 0 && length + size > MostLength))
            {
                yield return Body(schedule, chunk);
                (chunk, length) = ([], 0);
            }

            var last = row.Cells.Count - 1;
            while (last > 0 && row.Cells[last].Length == 0)
            {
                last--;
            }

            chunk.Add(row.Cells.Take(last + 1).ToList<object>());
            length += size;
        }

        if (chunk.Count > 0)
        {
            yield return Body(schedule, chunk);
        }
    }

    /// <summary>The rows of a detail, columns by their names; null when it holds none in this form.</summary>
    public static IReadOnlyList<ScheduleRow>? Rows(JsonMap body)
    {
        if (body.List("columns") is not { } names || body.List("rows") is not { } rows || rows.Count > MostRows)
        {
            return null;
        }

        var order = names.Select(n => ScheduleColumns.IndexOf(n as string)).ToArray();
        var read = new List<ScheduleRow>(rows.Count);
        foreach (var row in rows)
        {
            if (row is not IReadOnlyList<object> cells || cells.Count > order.Length || cells.Any(c => c is not string) || cells.Sum(c => ((string)c).Length) > MostRowLength)
            {
                return null;
            }

            var texts = new string[ScheduleColumns.All.Count];
            Array.Fill(texts, "");
            for (var i = 0; i < cells.Count; i++)
            {
                if (order[i] >= 0)
                {
                    texts[order[i]] = (string)cells[i];
                }
            }

            read.Add(new ScheduleRow(texts));
        }

        return read;
    }

    private static JsonMap Body(string schedule, List<object> rows) =>
        new JsonMap().Set(ScheduleView.Id, schedule).Set("columns", ScheduleColumns.All.Select(c => c.Name)).Set("rows", rows);
}
