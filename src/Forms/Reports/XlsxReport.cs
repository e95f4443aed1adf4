using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Lantai.Forms;

/// <summary>
/// Writes a report as a workbook, row after row: rows on the first sheet (on further ones when a sheet is full), title and
/// facts on the last. Cells are texts or numbers, never formulas.
/// </summary>
/// <remarks>ISO/IEC 29500, transitional. Written with the runtime's zip and XML alone: spec/decisions/0028-spreadsheets.md.</remarks>
internal static class XlsxReport
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/";

    // The greatest row number of a sheet that spreadsheet programs open.
    private const int MostRows = 1_048_576;
    private const string HeadStyle = "1";

    // The oldest time that a zip can hold: two writings of one report are the same bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Report report, IEnumerable<IReadOnlyList<string?>> rows, ReportTexts texts, Stream target)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var sheets = 0;
        using (var source = rows.GetEnumerator())
        {
            for (var hasMore = true; hasMore;)
            {
                hasMore = RowSheet(zip, ++sheets, report, source, texts);
            }
        }

        FactSheet(zip, ++sheets, report, texts);
        Workbook(zip, sheets, report, texts);
        Styles(zip);
        ContentTypes(zip, sheets);
        Relationships(zip, "_rels/.rels", [("officeDocument", "xl/workbook.xml")]);
        Relationships(zip, "xl/_rels/workbook.xml.rels", [.. Enumerable.Range(1, sheets).Select(n => ("worksheet", $"worksheets/sheet{n}.xml")), ("styles", "styles.xml")]);
    }

    /// <summary>Writes a sheet and says whether rows are left for another one.</summary>
    private static bool RowSheet(ZipArchive zip, int number, Report report, IEnumerator<IReadOnlyList<string?>> rows, ReportTexts texts)
    {
        using var xml = Part(zip, $"xl/worksheets/sheet{number}.xml");
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        xml.WriteRaw(Widths([.. report.Columns.Select(c => c.Width)]));
        xml.WriteStartElement("sheetData");
        Row(xml, 1, [.. report.Columns.Select(c => texts.Say(c.TitleKey))], [], HeadStyle);
        var written = 1;
        var hasMore = false;
        while ((hasMore = rows.MoveNext()))
        {
            var row = rows.Current;
            Row(xml, ++written, [.. row.Select((text, i) => texts.Cell(report.Columns[i], text))], report.Columns, null);
            if (written == MostRows)
            {
                break;
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        return hasMore;
    }

    private static void FactSheet(ZipArchive zip, int number, Report report, ReportTexts texts)
    {
        using var xml = Part(zip, $"xl/worksheets/sheet{number}.xml");
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw(Widths([24, 60]));
        xml.WriteStartElement("sheetData");
        var row = 0;
        Row(xml, ++row, [texts.Say(report.TitleKey)], [], HeadStyle);
        foreach (var note in report.NoteKeys)
        {
            Row(xml, ++row, [texts.Say(note)], [], null);
        }

        foreach (var fact in report.Facts)
        {
            Row(xml, ++row, [texts.Say(fact.TitleKey), texts.Fact(fact)], [], null);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int number, IReadOnlyList<string> cells, IReadOnlyList<ReportColumn> columns, string? style)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length > 0)
            {
                Cell(xml, CellReference.Of(number, i + 1), cells[i], i < columns.Count && columns[i].Kind == ColumnKind.Number, style);
            }
        }

        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, string reference, string text, bool isNumber, string? style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", reference);
        if (style is not null)
        {
            xml.WriteAttributeString("s", style);
        }

        if (isNumber && CellText.IsNumber(text))
        {
            xml.WriteElementString("v", text);
        }
        else
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(WorkbookText.Escape(text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Widths(IReadOnlyList<int> widths)
    {
        if (widths.All(w => w == 0))
        {
            return "";
        }

        var columns = widths.Select((width, i) => width == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{width}\" customWidth=\"1\"/>"));
        return "<cols>" + string.Concat(columns) + "</cols>";
    }

    private static void Workbook(ZipArchive zip, int sheets, Report report, ReportTexts texts)
    {
        using var xml = Part(zip, "xl/workbook.xml");
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relations);
        xml.WriteStartElement("sheets");
        for (var number = 1; number <= sheets; number++)
        {
            var name = number == sheets ? texts.Say("form.facts") : number == 1 ? report.Name : report.Name + number.ToString(CultureInfo.InvariantCulture);
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("sheetId", number.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("r", "id", Relations, "rId" + number.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Styles(ZipArchive zip)
    {
        using var xml = Part(zip, "xl/styles.xml");
        xml.WriteStartElement("styleSheet", Main);
        xml.WriteRaw("<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>");
        xml.WriteEndElement();
    }

    private static void ContentTypes(ZipArchive zip, int sheets)
    {
        const string Office = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        using var xml = Part(zip, "[Content_Types].xml");
        xml.WriteStartElement("Types", Packages + "content-types");
        xml.WriteRaw("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        (string Name, string Type)[] parts = [("/xl/workbook.xml", "sheet.main+xml"), ("/xl/styles.xml", "styles+xml"), .. Enumerable.Range(1, sheets).Select(n => ($"/xl/worksheets/sheet{n}.xml", "worksheet+xml"))];
        foreach (var (name, type) in parts)
        {
            xml.WriteStartElement("Override");
            xml.WriteAttributeString("PartName", name);
            xml.WriteAttributeString("ContentType", Office + type);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Relationships(ZipArchive zip, string name, IReadOnlyList<(string Kind, string Target)> targets)
    {
        using var xml = Part(zip, name);
        xml.WriteStartElement("Relationships", Packages + "relationships");
        for (var i = 0; i < targets.Count; i++)
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}"));
            xml.WriteAttributeString("Type", Relations + "/" + targets[i].Kind);
            xml.WriteAttributeString("Target", targets[i].Target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static XmlWriter Part(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        return XmlWriter.Create(entry.Open(), new XmlWriterSettings { CloseOutput = true, Encoding = new System.Text.UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize });
    }
}
