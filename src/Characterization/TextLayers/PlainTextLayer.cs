using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of plain text, tables, HTML, RTF, mail and XML, in the encoding that its bytes are in.</summary>
internal static class PlainTextLayer
{
    private const int MostLine = 4096;
    private const int Overlap = 64;
    private const int TopLines = 5;

    /// <summary>How OpenSSL begins what it encrypts by a password, in base64.</summary>
    private const string Salted = "U2FsdGVkX1";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    // Of an encoding that cannot be known each is tried that is met here.
    private static readonly Encoding[] Guesses = [Gb18030, Encoding.UTF8, CodePagesEncodingProvider.Instance.GetEncoding("Big5")!];

    /// <summary>Reads a text.</summary>
    public static void Read(FileContent content, bool isXml, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var notes = new ExaminationNotes("", FileFamily.Xml);
        if (isXml && XmlTextLayer.TryRead(content, sink, limits, notes, stop))
        {
            return;
        }

        var shape = TextPass.Read(content, stop);
        var start = TextExaminer.Beginning(content);
        var isWhole = content.Length <= limits.MaxWhole;
        var isRtf = start.StartsWith("{\\rtf", StringComparison.Ordinal);
        if (!isWhole && (isRtf || HtmlText.IsLikely(start) || JsonLetters.IsLikely(start)))
        {
            sink.Unread("too-much"); // read as lines, in which marks may be cut by signs
        }

        if (isWhole && isRtf)
        {
            new RtfLetters(content.ReadBytes(0, (int)content.Length), sink, stop).Read();
            return;
        }

        var encoding = EncodingOf(shape);
        if (encoding is null)
        {
            sink.Unread("unknown-encoding");
            Array.ForEach(Guesses, g => ReadLines(content, g, sink, stop));
            return;
        }

        if (isWhole && HtmlText.IsLikely(start))
        {
            HtmlLetters.Read(Letters(content, encoding), sink, stop);
            return;
        }

        // XML that is none is read as lines, in which its own signs may cut a mark.
        sink.Unread(notes);
        if (isWhole && JsonLetters.IsLikely(start) && TryReadJson(content, encoding, sink, limits, stop))
        {
            return;
        }

        if (MailText.IsLikely(start))
        {
            sink.Unread("envelope"); // parts of a mail are encoded
        }

        ReadLines(content, encoding, sink, stop);
    }

    private static Encoding? EncodingOf(TextShape shape) => shape.Encoding switch
    {
        "ASCII" or "UTF-8" => Encoding.UTF8,
        "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        "GB18030" => Gb18030,
        _ => null,
    };

    private static bool TryReadJson(FileContent content, Encoding encoding, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var bytes = content.ReadBytes(0, (int)content.Length);
        var text = encoding is UTF8Encoding ? bytes : Encoding.UTF8.GetBytes(encoding.GetString(bytes));
        var number = 0;
        var packed = new PackedTexts((file, isSure) => LayerReading.ReadPacked(FileContent.Of(file), isSure, ++number, sink, limits, stop), sink.Unread, limits.MaxWhole);
        return new JsonLetters(sink, packed).TryRead(text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsSpan(Encoding.UTF8.Preamble.Length) : text, stop);
    }

    private static string Letters(FileContent content, Encoding encoding) => encoding.GetString(content.ReadBytes(0, (int)content.Length)).TrimStart('\uFEFF');

    private static void ReadLines(FileContent content, Encoding encoding, TextSink sink, CancellationToken stop)
    {
        var most = (int)Math.Clamp(content.Length, 256, 1 << 14);
        using var letters = new StreamReader(content.OpenStream(), encoding, detectEncodingFromByteOrderMarks: true, most);
        var (buffer, line, number, table) = (new char[most], new StringBuilder(), 1, new TableLetters());
        for (int count; (count = letters.ReadBlock(buffer)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var letter in buffer.AsSpan(0, count))
            {
                if (letter is '\n' or '\r' or '\f')
                {
                    Give(line, number, table, sink);
                    _ = line.Clear();
                    number += letter == '\n' ? 1 : 0;
                    continue;
                }

                if (line.Append(letter).Length > MostLine)
                {
                    Give(line, number, null, sink);
                    _ = line.Remove(0, line.Length - Overlap);
                }
            }
        }

        Give(line, number, table, sink);
    }

    private static void Give(StringBuilder line, int number, TableLetters? table, TextSink sink)
    {
        if (line.Length == 0)
        {
            return;
        }

        var text = line.ToString();
        if (text.StartsWith("-----BEGIN PGP MESSAGE", StringComparison.Ordinal) || text.StartsWith(Salted, StringComparison.Ordinal))
        {
            sink.Unread("encrypted");
        }

        var cells = table?.Take(text, out text) ?? [];
        sink.Take(text, TextRole.Body, "line", number, isTop: number <= TopLines);
        foreach (var (name, cell) in cells)
        {
            sink.Take(cell, TextRole.Field, "line", number, name);
        }
    }
}
