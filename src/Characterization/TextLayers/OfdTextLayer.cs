using System.Globalization;
using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of OFD (GB/T 33190-2016): what pages, templates and annotations draw, what the document says of itself, bookmarks, attachments.</summary>
internal static class OfdTextLayer
{
    /// <summary>Reads a document.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var notes = new ExaminationNotes("", FileFamily.Ofd);
        using var parts = PackageParts.TryOpen(content, notes, limits with { MaxUnpacked = Math.Max(0, limits.MaxUnpacked - sink.Unpacked) }, stop);
        var (number, page) = (0, 0);
        foreach (var entry in (parts?.Entries ?? []).OrderBy(e => KeyOf(e.Name.Display), StringComparer.Ordinal))
        {
            var name = entry.Name.Display;
            sink.Take(name, TextRole.Name, "entry", ++number);
            if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                var isPage = name.Contains("/Pages/", StringComparison.OrdinalIgnoreCase) && !name.Contains("Annot", StringComparison.OrdinalIgnoreCase) && !name.Contains("Res", StringComparison.Ordinal);
                page += isPage ? 1 : 0;
                var part = new OfdPart(isPage ? "page" : name.Contains("Annot", StringComparison.OrdinalIgnoreCase) ? "annotation" : "template", isPage ? page : 0, sink);
                _ = parts!.Read(entry, notes, part.Visit);
                part.End();
            }
            else
            {
                _ = parts!.Read(entry, s => LayerReading.ReadInside(s, entry.Length, number, sink, limits, stop));
            }
        }

        sink.Unpacked += notes.Unpacked;
        sink.Unread(notes);
    }

    // Numbers in names sort as numbers, so that pages come in their order as programs name them.
    private static string KeyOf(string name) =>
        string.Concat(name.Split('/').Select(s => int.TryParse(string.Concat(s.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture, out var n) ? string.Create(CultureInfo.InvariantCulture, $"/{n:D10}{s}") : "/" + s));
}

/// <summary>One part of an OFD: what is drawn comes as lines, the rest as fields.</summary>
/// <param name="unit">What its drawn text stands on.</param>
/// <param name="page">Which page; 0 when it is none.</param>
/// <param name="sink">Takes the texts.</param>
internal sealed class OfdPart(string unit, int page, TextSink sink)
{
    private const int TopLines = 5;

    private readonly PlacedLines _lines = new();
    private readonly XmlLetters _fields = new(
        (text, name, _) => sink.Take(text, TextRole.Field, "property", 0, name),
        static _ => false,
        static (_, attribute) => attribute is not ("ID" or "Boundary" or "CTM" or "BaseLoc" or "Font" or "ResourceID" or "X" or "Y" or "DeltaX" or "DeltaY"));

    private double _x;
    private double _y;
    private double _size = 1;
    private double _codeX;
    private double _codeY;
    private bool _isCode;

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.LocalName == "TextObject":
                var boundary = (reader.GetAttribute("Boundary") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                (_x, _y) = (boundary.Length > 0 ? Number(boundary[0]) : 0, boundary.Length > 1 ? Number(boundary[1]) : 0);
                _size = Number(reader.GetAttribute("Size"));
                (_codeX, _codeY) = (0, 0);
                break;
            case XmlNodeType.Element when reader.LocalName == "TextCode":
                // A place that is not given is that of the code before (GB/T 33190, 11.3).
                _codeX = reader.GetAttribute("X") is { } x ? Number(x) : _codeX;
                _codeY = reader.GetAttribute("Y") is { } y ? Number(y) : _codeY;
                _isCode = !reader.IsEmptyElement;
                return;
            case XmlNodeType.EndElement when reader.LocalName == "TextCode":
                _isCode = false;
                return;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when _isCode:
                _ = _lines.Add(_x + _codeX, -(_y + _codeY), _size, reader.Value);
                return;
        }

        _fields.Visit(reader);
    }

    /// <summary>The part ends: its lines are taken.</summary>
    public void End()
    {
        var count = 0;
        foreach (var (text, _) in _lines.Lines())
        {
            count++;
            sink.Take(text, TextRole.Body, unit, page, isTop: page <= 1 && count <= TopLines);
        }

        if (_lines.IsFull)
        {
            sink.Unread("too-much");
        }
    }

    private static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
