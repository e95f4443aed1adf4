using System.Globalization;
using System.Text;
using System.Xml;

namespace Lantai.InformationPackages.Xml;

/// <summary>
/// Writes a tree in the one form that packages of this program have: declaration, LF, two blanks for each level, one element a
/// line, an element of text alone on one line, an element with text beside elements on one line as it is, <c>&lt;x/&gt;</c> for an
/// empty one, attributes in double quotes, a line end at the end. The same tree gives the same bytes.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly TextWriter _out;
    private readonly MarkupEncoding _encoding;

    private MarkupWriter(TextWriter writer, MarkupEncoding encoding)
    {
        _out = writer;
        _encoding = encoding;
    }

    /// <summary>Writes a document; the stream stays open.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot hold.</exception>
    public static void Write(MarkupDocument document, Stream stream)
    {
        using var writer = new StreamWriter(stream, document.Encoding.Codec, 1 << 14, leaveOpen: true) { NewLine = "\n" };
        if (document.HasMark)
        {
            writer.Write('\uFEFF');
        }

        new MarkupWriter(writer, document.Encoding).WriteAll(document);
    }

    /// <summary>The bytes of a document.</summary>
    public static byte[] Write(MarkupDocument document)
    {
        using var bytes = new MemoryStream();
        Write(document, bytes);
        return bytes.ToArray();
    }

    private void WriteAll(MarkupDocument document)
    {
        var standalone = document.Standalone is { } said ? $" standalone=\"{said}\"" : "";
        _out.WriteLine($"<?xml version=\"1.0\" encoding=\"{document.Encoding.Name}\"{standalone}?>");
        foreach (var node in document.Before.Append(document.Root).Concat(document.After))
        {
            WriteLine(node, 0);
        }
    }

    private void WriteLine(MarkupNode node, int level)
    {
        Indent(level);
        if (node is MarkupElement element && IsLadder(element))
        {
            WriteTag(element, ">");
            _out.WriteLine();
            foreach (var child in element.Nodes)
            {
                WriteLine(child, level + 1);
            }

            Indent(level);
            _out.Write($"</{element.Name}>");
        }
        else
        {
            WriteInline(node);
        }

        _out.WriteLine();
    }

    // Where text stands beside elements, a line end more would be text more.
    private static bool IsLadder(MarkupElement element) =>
        element.Nodes.Count > 0 && element.LongText is null && !element.Nodes.Any(n => n is MarkupText);

    private void WriteInline(MarkupNode node)
    {
        switch (node)
        {
            case MarkupText text:
                WriteText(text.Value, isAttribute: false);
                break;
            case MarkupComment comment:
                _out.Write($"<!--{comment.Value}-->");
                break;
            case MarkupInstruction instruction:
                _out.Write(instruction.Value.Length == 0 ? $"<?{instruction.Target}?>" : $"<?{instruction.Target} {instruction.Value}?>");
                break;
            case MarkupElement { Nodes.Count: 0, LongText: null } empty:
                WriteTag(empty, "/>");
                break;
            case MarkupElement element:
                WriteTag(element, ">");
                element.LongText?.Invoke(_out);
                foreach (var child in element.Nodes)
                {
                    WriteInline(child);
                }

                _out.Write($"</{element.Name}>");
                break;
        }
    }

    private void WriteTag(MarkupElement element, string end)
    {
        _out.Write($"<{element.Name}");
        foreach (var attribute in element.Attributes)
        {
            _out.Write($" {attribute.Name}=\"");
            WriteText(attribute.Value, isAttribute: true);
            _out.Write('"');
        }

        _out.Write(end);
    }

    private void WriteText(string text, bool isAttribute)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var character, out var used) != System.Buffers.OperationStatus.Done || (used == 1 && !XmlConvert.IsXmlChar(rest[0])))
            {
                throw new ArgumentException("XML holds no control characters and no halves of characters.", nameof(text));
            }

            _out.Write(Escape(character, isAttribute) is { } escaped ? escaped : rest[..used]);
            rest = rest[used..];
        }
    }

    private string? Escape(Rune character, bool isAttribute) => character.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' when !isAttribute => "&gt;",
        '"' when isAttribute => "&quot;",
        '\t' or '\n' when isAttribute => Reference(character),
        '\r' => Reference(character),
        _ => _encoding.CanHold(character) ? null : Reference(character),
    };

    private static string Reference(Rune character) => string.Create(CultureInfo.InvariantCulture, $"&#x{character.Value:X};");

    private void Indent(int level)
    {
        for (var i = 0; i < level; i++)
        {
            _out.Write("  ");
        }
    }
}
