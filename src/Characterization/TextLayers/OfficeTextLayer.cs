using System.Globalization;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// The text of Office Open XML, OpenDocument and EPUB: paragraphs, cells, headers and footers, notes, comments, text that
/// was deleted and is still there, drawn text, names of sheets, properties; then the files inside.
/// </summary>
internal static class OfficeTextLayer
{
    /// <summary>Reads a document.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var notes = new ExaminationNotes("", FileFamily.OpenXml);
        using var parts = PackageParts.TryOpen(content, notes, limits with { MaxUnpacked = Math.Max(0, limits.MaxUnpacked - sink.Unpacked) }, stop);
        var number = 0;
        foreach (var entry in parts?.Entries ?? [])
        {
            ReadPart(parts!, entry, ++number, notes, sink, limits, stop);
        }

        sink.Unpacked += notes.Unpacked;
        sink.Unread(notes);
    }

    private static void ReadPart(PackageParts parts, ZipEntry entry, int number, ExaminationNotes notes, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var name = entry.Name.Display;
        sink.Take(name, TextRole.Name, "entry", number);
        if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase))
        {
            _ = parts.Read(entry, notes, new OfficePart(name, number, sink).Visit, passDtd: true);
        }
        else
        {
            _ = parts.Read(entry, s => LayerReading.ReadInside(s, entry.Length, number, sink, limits, stop));
        }
    }
}

/// <summary>One part of an office document.</summary>
internal sealed class OfficePart
{
    private const int TopParagraphs = 5;

    private readonly TextSink _sink;
    private readonly XmlLetters _letters;
    private readonly TextRole _role;
    private readonly string _unit;
    private readonly int _unitNumber;
    private int _paragraphs;

    /// <summary>Begins a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number in the package.</param>
    /// <param name="sink">Takes the texts.</param>
    public OfficePart(string name, int number, TextSink sink)
    {
        _sink = sink;
        (_role, _unit, _unitNumber) = Kind(name.ToLowerInvariant(), number);
        _letters = new XmlLetters(Take, static n => n is "p" or "h" or "si" or "is", IsText);
    }

    /// <summary>Looks at a node.</summary>
    public void Visit(System.Xml.XmlReader reader) => _letters.Visit(reader);

    private static (TextRole Role, string Unit, int Number) Kind(string name, int number)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        var counted = int.TryParse(string.Concat(file.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture, out var digits) ? digits : 0;
        return file switch
        {
            _ when file.StartsWith("header", StringComparison.Ordinal) => (TextRole.Margin, "header", counted),
            _ when file.StartsWith("footer", StringComparison.Ordinal) => (TextRole.Margin, "footer", counted),
            "styles.xml" or "vmldrawing1.vml" => (TextRole.Margin, "header", 0),
            _ when name.StartsWith("docprops/", StringComparison.Ordinal) || file == "meta.xml" => (TextRole.Field, "property", 0),
            _ when file.Contains("comment", StringComparison.Ordinal) => (TextRole.Body, "comment", 0),
            _ when file.Contains("notes", StringComparison.Ordinal) => (TextRole.Body, "note", counted),
            _ when file.StartsWith("sheet", StringComparison.Ordinal) => (TextRole.Body, "sheet", counted),
            _ when file.StartsWith("slide", StringComparison.Ordinal) && counted > 0 => (TextRole.Body, "slide", counted),
            "sharedstrings.xml" => (TextRole.Body, "cell", 0),
            "document.xml" or "content.xml" => (TextRole.Body, "paragraph", 0),
            _ => (TextRole.Body, "part", number),
        };
    }

    private static bool IsText(string element, string attribute) => (element, attribute) switch
    {
        ("textpath", "string") or ("sheet", "name") or ("table", "name") => true,
        (_, "descr" or "title" or "alt" or "string-value") => true,
        _ => false,
    };

    private void Take(string text, string name, bool isParagraph)
    {
        if (name is "oddHeader" or "evenHeader" or "firstHeader" or "oddFooter" or "evenFooter" or "firstFooter")
        {
            _sink.Take(WithoutCodes(text), TextRole.Margin, name.EndsWith("Header", StringComparison.Ordinal) ? "header" : "footer", _unitNumber);
            return;
        }

        if (isParagraph)
        {
            _paragraphs++;
        }

        var isNamed = name is "name" && !isParagraph;
        var isCounted = _unit is "paragraph" or "cell";
        var isTop = isParagraph && ((_unit == "paragraph" && _paragraphs <= TopParagraphs) || (_unit == "slide" && _unitNumber == 1));
        _sink.Take(
            text, isNamed ? TextRole.Name : isParagraph && _role == TextRole.Field ? TextRole.Body : _role, isNamed ? "sheet" : _unit,
            isCounted ? _paragraphs : _unitNumber, isParagraph || isNamed ? "" : name, isTop);
    }

    // Codes in headers of sheets: &L &C &R part them, others set fonts and colours (ISO/IEC 29500-1, 18.3.1.46).
    private static string WithoutCodes(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '&' || at + 1 == text.Length)
            {
                _ = clean.Append(text[at]);
                continue;
            }

            var code = text[++at];
            if (code is 'L' or 'C' or 'R')
            {
                _ = clean.Append('\t');
            }
            else if (code == '"')
            {
                at = text.IndexOf('"', at + 1) is >= 0 and var end ? end : text.Length;
            }
            else if (code == 'K')
            {
                at += 6;
            }
            else
            {
                while (char.IsAsciiDigit(code) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
                {
                    at++;
                }
            }
        }

        return clean.ToString();
    }
}
