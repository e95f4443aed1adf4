using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lantai.Forms;

/// <summary>Writes a report for programs: names, codes and numbers as they are, in every language the same.</summary>
internal static class JsonReport
{
    private const int FlushedBytes = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Report report, IEnumerable<IReadOnlyList<string?>> rows, Stream target)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("report", report.Name);
        json.WriteStartObject("facts");
        foreach (var fact in report.Facts)
        {
            json.WriteString(fact.Name, fact.Value);
        }

        json.WriteEndObject();
        json.WriteStartArray("rows");
        var count = 0L;
        foreach (var row in rows)
        {
            Row(json, report.Columns, row);
            count++;
            if (json.BytesPending > FlushedBytes)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteNumber("count", count);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, IReadOnlyList<ReportColumn> columns, IReadOnlyList<string?> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] is not { } text)
            {
                json.WriteNull(columns[i].Name);
            }
            else if (columns[i].Kind == ColumnKind.Number && CellText.IsNumber(text))
            {
                json.WriteNumber(columns[i].Name, long.Parse(text, CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString(columns[i].Name, text);
            }
        }

        json.WriteEndObject();
    }
}
