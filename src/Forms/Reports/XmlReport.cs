using System.Text;
using System.Xml;

namespace Lantai.Forms;

/// <summary>Writes a report for programs as XML 1.0: an element for each fact and cell, by the names that programs use.</summary>
/// <remarks>What XML cannot hold (control characters, lone surrogates) becomes U+FFFD. A cell without text has no element.</remarks>
internal static class XmlReport
{
    public static void Write(Report report, IEnumerable<IReadOnlyList<string?>> rows, ReportTexts texts, Stream target)
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize };
        using var xml = XmlWriter.Create(target, settings);
        xml.WriteStartElement("report");
        xml.WriteAttributeString("name", report.Name);
        xml.WriteAttributeString("xml", "lang", null, texts.Tag);
        xml.WriteElementString("title", CellText.ForXml(texts.Say(report.TitleKey)));
        xml.WriteStartElement("facts");
        foreach (var fact in report.Facts)
        {
            xml.WriteElementString(fact.Name, CellText.ForXml(fact.Value));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("columns");
        foreach (var column in report.Columns)
        {
            xml.WriteStartElement("column");
            xml.WriteAttributeString("name", column.Name);
            xml.WriteString(CellText.ForXml(texts.Say(column.TitleKey)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        Rows(xml, report.Columns, rows);
        xml.WriteEndElement();
    }

    private static void Rows(XmlWriter xml, IReadOnlyList<ReportColumn> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        xml.WriteStartElement("rows");
        foreach (var row in rows)
        {
            xml.WriteStartElement("row");
            for (var i = 0; i < row.Count; i++)
            {
                if (row[i] is { } text)
                {
                    xml.WriteElementString(columns[i].Name, CellText.ForXml(text));
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
