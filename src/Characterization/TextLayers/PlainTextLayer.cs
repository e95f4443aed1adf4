using System.Buffers;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Characterization.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of plain text, tables, HTML, RTF, mail and XML, in the encoding that its bytes are in.</summary>
internal static class PlainTextLayer
{
    private const int MostLine = 4096;
    private const int Overlap = 64;
    private const int TopLines = 5;

    /// <summary>The shortest text of an XML that is tried as a file in base64, in letters.</summary>
    private const int LeastEncoded = 512;

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t");

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>Reads a text.</summary>
    public static void Read(FileContent content, bool isXml, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (isXml && TryReadXml(content, sink, limits, stop))
        {
            return;
        }

        var shape = TextPass.Read(content, stop);
        var start = TextExaminer.Beginning(content);
        var isWhole = content.Length <= limits.MaxWhole;
        if (isWhole && start.StartsWith("{\\rtf", StringComparison.Ordinal))
        {
            new RtfLetters(content.ReadBytes(0, (int)content.Length), sink, stop).Read();
            return;
        }

        var encoding = EncodingOf(shape);
        if (encoding is null)
        {
            // What cannot be known is told, and tried in the one that is the likeliest here.
            sink.Unread("unknown-encoding");
            encoding = Gb18030;
        }

        if (isWhole && HtmlText.IsLikely(start))
        {
            HtmlLetters.Read(Letters(content, encoding), sink, stop);
            return;
        }

        if (MailText.IsLikely(start))
        {
            sink.Unread("envelope"); // parts of a mail are encoded
        }

        ReadLines(content, encoding, sink, stop);
    }

    /// <summary>Reads an XML: each text with the name of its element, each attribute with its own.</summary>
    private static bool TryReadXml(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (content.Length > limits.MaxWhole)
        {
            return false;
        }

        var notes = new ExaminationNotes("", FileFamily.Xml);
        var number = 0;
        var letters = new XmlLetters(
            (text, name, _) =>
            {
                number++;
                if (text.Length >= LeastEncoded && TryDecode(text) is { } inside)
                {
                    LayerReading.ReadInside(new MemoryStream(inside, writable: false), inside.Length, number, sink, limits, stop);
                    return;
                }

                sink.Take(text, TextRole.Field, "element", number, name);
            },
            static element => element == "TextLine", // of recognised text (ALTO, PAGE), which has an element for each word or letter
            static (_, _) => true,
            mostText: (int)limits.MaxWhole);
        return PartXml.Read(new WatchedStream(content.OpenStream(), stop), "", notes, letters.Visit, passDtd: true);
    }

    // Packages of DA/T 48 hold documents as base64 in their XML.
    private static byte[]? TryDecode(string text)
    {
        if (text.AsSpan(0, LeastEncoded).ContainsAnyExcept(Base64))
        {
            return null;
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }

    private static Encoding? EncodingOf(TextShape shape) => shape.Encoding switch
    {
        "ASCII" or "UTF-8" => Encoding.UTF8,
        "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        "GB18030" => Gb18030,
        _ => null,
    };

    private static string Letters(FileContent content, Encoding encoding) => encoding.GetString(content.ReadBytes(0, (int)content.Length)).TrimStart('\uFEFF');

    private static void ReadLines(FileContent content, Encoding encoding, TextSink sink, CancellationToken stop)
    {
        var most = (int)Math.Clamp(content.Length, 256, 1 << 14);
        using var letters = new StreamReader(content.OpenStream(), encoding, detectEncodingFromByteOrderMarks: true, most);
        var (buffer, line, number) = (new char[most], new StringBuilder(), 1);
        for (int count; (count = letters.ReadBlock(buffer)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var letter in buffer.AsSpan(0, count))
            {
                if (letter is '\n' or '\r' or '\f')
                {
                    Give(line, number, sink);
                    _ = line.Clear();
                    number += letter == '\n' ? 1 : 0;
                    continue;
                }

                if (line.Append(letter).Length > MostLine)
                {
                    Give(line, number, sink);
                    _ = line.Remove(0, line.Length - Overlap);
                }
            }
        }

        Give(line, number, sink);
    }

    private static void Give(StringBuilder line, int number, TextSink sink)
    {
        if (line.Length > 0)
        {
            sink.Take(line.ToString(), TextRole.Body, "line", number, isTop: number <= TopLines);
        }
    }
}
