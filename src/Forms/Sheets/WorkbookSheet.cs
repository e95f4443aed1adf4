using System.Globalization;
using System.Text;
using System.Xml;
using Lantai.Words;

namespace Lantai.Forms;

/// <summary>The first sheet of a workbook, row by row.</summary>
/// <remarks>
/// ISO/IEC 29500-1, chapter 18. Nothing is computed: a formula is a finding, since what it was is of any age. Dates are the numbers that
/// workbooks hold. spec/decisions/0028-spreadsheets.md.
/// </remarks>
internal sealed class WorkbookSheet(Func<string, Stream?> openPart, string name, SheetLimits limits) : Sheet(name, limits)
{
    private readonly WorkbookParts _parts = new(openPart, limits);
    private readonly List<string> _shared = [];
    private readonly List<string> _cells = [];
    private readonly char[] _chunk = new char[4096];
    private string _sheetPath = "";

    public override string Encoding => "UTF-8";

    public override IEnumerable<SheetRow> Rows(CancellationToken cancellation)
    {
        using var xml = Guarded(Begin);
        if (xml is null)
        {
            yield break;
        }

        var number = 0L;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Guarded(() => NextRow(xml, ref number)) is not { } row)
            {
                yield break;
            }

            if (row.Cells.Count > 0)
            {
                yield return row;
            }
        }
    }

    private T? Guarded<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            Tell("SHT-005", _sheetPath, ("line", e.LineNumber), ("column", e.LinePosition), ("bookFault", "xml"));
            return null;
        }
    }

    private XmlReader? Begin()
    {
        var book = _parts.RelationsOf("").FirstOrDefault(r => r.Kind == "officeDocument").Path;
        if (book is null || SheetsOf(book) is not [var first, ..] sheets)
        {
            Tell("SHT-005", "", ("line", 0), ("column", 0), ("bookFault", "parts"));
            return null;
        }

        var relations = _parts.RelationsOf(book);
        foreach (var outside in relations.Where(r => r.Kind is "externalLink" or "vbaProject" || r.Path is null))
        {
            Tell(Finding.Warning("SHT-009", Name, ("part", outside.Kind)));
        }

        if (sheets.Count > 1)
        {
            Tell(Finding.Information("SHT-010", Name, ("sheet", first.Name), ("count", sheets.Count - 1)));
        }

        if (relations.FirstOrDefault(r => r.Kind == "sharedStrings").Path is { } shared)
        {
            _sheetPath = shared;
            ReadShared(shared);
        }

        _sheetPath = relations.FirstOrDefault(r => r.Id == first.Relation).Path ?? "";
        if (_parts.TryOpen(_sheetPath) is not { } xml)
        {
            Tell("SHT-005", _sheetPath, ("line", 0), ("column", 0), ("bookFault", "parts"));
            return null;
        }

        return xml;
    }

    private List<(string Name, string Relation)> SheetsOf(string book)
    {
        const int MostSheets = 1000;
        _sheetPath = book;
        var sheets = new List<(string, string)>();
        using var xml = _parts.TryOpen(book);
        while (xml is not null && sheets.Count < MostSheets && WorkbookParts.Read(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
            {
                var relation = "";
                for (var i = 0; i < xml.AttributeCount; i++)
                {
                    xml.MoveToAttribute(i);
                    relation = xml is { LocalName: "id", Prefix.Length: > 0 } ? xml.Value : relation;
                }

                _ = xml.MoveToElement();
                sheets.Add((xml.GetAttribute("name") ?? "", relation));
            }
        }

        return sheets;
    }

    private void ReadShared(string path)
    {
        var length = 0L;
        using var xml = _parts.TryOpen(path);
        while (xml is not null && WorkbookParts.Read(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                var text = ReadTexts(xml, out var isCut);
                length += text.Length + 1;
                if (length > Limits.MaxSharedLength)
                {
                    Tell("SHT-004", path, ("limit", Limits.MaxSharedLength), ("sheetPart", "texts"));
                    return;
                }

                // Told where it is used: with the cell's place.
                _shared.Add(isCut ? text + "\0" : text);
            }
        }
    }

    /// <summary>The next row of the sheet; null behind the last. Also sees what lies behind the rows.</summary>
    private SheetRow? NextRow(XmlReader xml, ref long number)
    {
        while (WorkbookParts.Read(xml))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                number = long.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > number ? said : number + 1;
                if (number > Limits.MaxRows)
                {
                    Tell("SHT-004", CellReference.Of(number, 1), ("limit", Limits.MaxRows), ("sheetPart", "rows"));
                    return null;
                }

                if (xml.GetAttribute("hidden") is "1" or "true")
                {
                    Tell(Finding.Warning("SHT-013", Name + " " + CellReference.Of(number, 1), ("row", number)));
                }

                return ReadRow(xml, number);
            }

            if (xml.LocalName == "mergeCell")
            {
                var merged = xml.GetAttribute("ref") ?? "";
                Tell("SHT-007", merged, ("last", CellReference.Row(merged.Split(':')[^1])));
            }
        }

        return null;
    }

    private SheetRow ReadRow(XmlReader xml, long number)
    {
        _cells.Clear();
        var (filled, column, depth) = (0, 0, DepthOf(xml));
        while (IsInside(xml, depth))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            column = CellReference.Column(xml.GetAttribute("r")) is > 0 and var said ? said : column + 1;
            var text = ReadCell(xml, number, column);
            if (text.Length == 0)
            {
                continue;
            }

            if (column > Limits.MaxColumns)
            {
                Tell("SHT-004", CellReference.Of(number, column), ("limit", Limits.MaxColumns), ("sheetPart", "columns"));
                continue;
            }

            while (_cells.Count < column)
            {
                _cells.Add("");
            }

            if (_cells[column - 1].Length > 0)
            {
                Tell("SHT-005", CellReference.Of(number, column), ("line", 0), ("column", 0), ("bookFault", "twice"));
            }

            _cells[column - 1] = text;
            Judge(text, number, column);
            filled = Math.Max(filled, column);
        }

        return new SheetRow(number, _cells.GetRange(0, filled));
    }

    private string ReadCell(XmlReader xml, long row, int column)
    {
        var (kind, depth, text) = (xml.GetAttribute("t"), DepthOf(xml), "");
        var isCut = false;
        while (IsInside(xml, depth))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "f")
            {
                Tell("SHT-006", CellReference.Of(row, column));
            }
            else if (xml.LocalName is "v" or "is" && text.Length == 0)
            {
                text = xml.LocalName == "v" ? ReadText(xml, Limits.MaxCellLength, out isCut) : ReadTexts(xml, out isCut);
            }
        }

        return Value(kind, isCut ? text + "\0" : text, row, column);
    }

    private string Value(string? kind, string text, long row, int column)
    {
        if (text.Length == 0)
        {
            return ""; // a cell that has a colour and nothing else
        }

        if (kind == "s")
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var order) && order < _shared.Count)
            {
                text = _shared[order];
            }
            else
            {
                Tell("SHT-005", CellReference.Of(row, column), ("line", 0), ("column", 0), ("bookFault", "reference"));
                return "";
            }
        }
        else if (kind == "e")
        {
            Tell("SHT-008", CellReference.Of(row, column), ("value", text));
            return "";
        }

        if (text is [.., '\0'])
        {
            Tell("SHT-003", CellReference.Of(row, column), ("limit", Limits.MaxCellLength));
            text = text[..^1];
        }

        return WorkbookText.Unescape(text);
    }

    /// <summary>The texts of a rich text, its pronunciation left out.</summary>
    private string ReadTexts(XmlReader xml, out bool isCut)
    {
        isCut = false;
        var (depth, whole) = (DepthOf(xml), "");
        for (var phonetic = 0; IsInside(xml, depth);)
        {
            phonetic = xml.LocalName == "rPh" ? (xml.NodeType == XmlNodeType.Element ? 1 : 0) : phonetic;
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" } && phonetic == 0)
            {
                whole += ReadText(xml, Limits.MaxCellLength - whole.Length, out var isPartCut);
                isCut |= isPartCut;
            }
        }

        return whole;
    }

    /// <summary>The text of an element, at most so much of it; stands at its end tag afterwards.</summary>
    private string ReadText(XmlReader xml, int most, out bool isCut)
    {
        isCut = false;
        var depth = DepthOf(xml);
        StringBuilder? parts = null;
        var whole = "";
        while (IsInside(xml, depth))
        {
            while (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                && xml.ReadValueChunk(_chunk, 0, _chunk.Length) is > 0 and var read)
            {
                isCut |= whole.Length + (parts?.Length ?? 0) + read > most;
                if (isCut)
                {
                    continue;
                }

                if (whole.Length == 0 && parts is null)
                {
                    whole = new string(_chunk, 0, read);
                }
                else
                {
                    parts ??= new StringBuilder(whole);
                    whole = "";
                    _ = parts.Append(_chunk, 0, read);
                }
            }
        }

        return parts?.ToString() ?? whole;
    }
    /// <summary>The depth of the element that the reader stands at; beyond all others when it is empty.</summary>
    private static int DepthOf(XmlReader xml) => xml.IsEmptyElement ? int.MaxValue : xml.Depth;

    /// <summary>Reads the next node inside the element of that depth; false at its end, where the reader then stands.</summary>
    private static bool IsInside(XmlReader xml, int depth) => depth < int.MaxValue && WorkbookParts.Read(xml) && xml.Depth > depth;
}
