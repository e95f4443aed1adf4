using System.Globalization;
using System.Text;
using Lantai.Characterization.Envelopes;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.Text;

/// <summary>Text, with and without mark-up, and XML: the whole is read strictly in its encoding, and what acts in it is told.</summary>
internal sealed class TextExaminer : IExaminer
{
    private const int Start = 4096;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Text, FileFamily.Xml];

    /// <inheritdoc/>
    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        try
        {
            var shape = TextPass.Read(content, cancellation);
            Describe(notes, shape);
            NoteArmoured(content, notes, limits, shape, cancellation);
            using var xml = notes.Family == FileFamily.Xml ? new XmlText(content, notes, limits, shape, cancellation) : null;
            if (xml?.Read() != false)
            {
                ExamineText(content, notes, limits, shape, cancellation);
            }
        }
        catch (WalkStoppedException stopped)
        {
            stopped.NoteIn(notes);
        }

        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }
    }

    private static void NoteArmoured(FileContent content, ExaminationNotes notes, ExaminationLimits limits, TextShape shape, CancellationToken cancellation)
    {
        if (shape.Encoding.StartsWith("UTF-16", StringComparison.Ordinal))
        {
            ArmouredMessages.NoteWide(content, shape.Encoding == "UTF-16LE", notes, limits, cancellation);
        }
        else
        {
            ArmouredMessages.Note(content, notes, limits, cancellation);
        }
    }

    private static void ExamineText(FileContent content, ExaminationNotes notes, ExaminationLimits limits, TextShape shape, CancellationToken cancellation)
    {
        var start = Beginning(content);
        if (start.StartsWith("{\\rtf", StringComparison.Ordinal))
        {
            notes.Set("text-kind", "rtf");
            new RtfText(new PlacedReader(content, cancellation, 1 << 16), notes, limits).Read();
            notes.Readable();
        }
        else if (HtmlText.IsLikely(start))
        {
            notes.Set("text-kind", "html");
            var declared = new HtmlText(content, notes, limits, shape, cancellation).Read();
            Judge(content, notes, shape, declared, cancellation);
        }
        else if (MailText.IsLikely(start))
        {
            notes.Set("text-kind", "mail");
            using var mail = new MailText(content, notes, limits, cancellation);
            mail.Read();
            notes.Readable();
        }
        else
        {
            TableText.Describe(start, content.Length <= Start, notes);
            Judge(content, notes, shape, null, cancellation);
        }
    }

    /// <summary>The first letters, without marks and spaces; what is not ASCII comes out wrong.</summary>
    public static string Beginning(FileContent content) =>
        Encoding.Latin1.GetString(content.ReadBytes(0, Start)).Replace("\0", "", StringComparison.Ordinal).TrimStart('\u00EF', '\u00BB', '\u00BF', '\u00FE', '\u00FF', ' ', '\t', '\r', '\n');

    /// <summary>Notes the encoding, and whether the bytes obey it.</summary>
    private static void Judge(FileContent content, ExaminationNotes notes, TextShape shape, string? declared, CancellationToken cancellation)
    {
        if (shape.Fault is { } fault)
        {
            notes.Broken(WalkStoppedException.Place("", shape.FaultOffset), fault);
            return;
        }

        if (declared is not null && !shape.HasMark && TextEncodings.Find(declared) is { } encoding)
        {
            Compare(notes, shape, declared, encoding);
            if (TextEncodings.FirstFault(content, encoding, cancellation) is { } offset)
            {
                // What says that it is GB2312 and is UTF-8 can be read: it only says it wrong.
                if (shape.Encoding == TextShape.Unknown)
                {
                    notes.Broken(WalkStoppedException.Place("", offset), "encoding");
                }
            }
            else if (shape.Encoding == TextShape.Unknown)
            {
                notes.Set("encoding", declared);
                notes.Readable();
            }
        }

        if (shape.Encoding == TextShape.Unknown)
        {
            if (notes.Readability == Readability.NotExamined)
            {
                notes.NotCheckable("unknown-encoding");
            }

            return;
        }

        notes.Readable();
    }

    /// <summary>Tells when a file declares another encoding than its bytes are in (FMT-162).</summary>
    public static void Compare(ExaminationNotes notes, TextShape shape, string declared, Encoding encoding)
    {
        notes.Set("encoding-declared", declared);
        var isSame = shape.Encoding is "ASCII" or TextShape.Unknown
            || (shape.Encoding == "UTF-8" && encoding.CodePage == Encoding.UTF8.CodePage)
            || (shape.Encoding.StartsWith("UTF-16", StringComparison.Ordinal) && encoding.CodePage is 1200 or 1201)
            || (shape.Encoding == "GB18030" && encoding.CodePage != Encoding.UTF8.CodePage);
        if (!isSame)
        {
            notes.Tell(Finding.Warning("FMT-162", notes.Subject, ("declared", declared), ("actual", shape.Encoding)));
        }
    }

    private static void Describe(ExaminationNotes notes, TextShape shape)
    {
        notes.Set("encoding", shape.Encoding);
        notes.Set("byte-order-mark", shape.HasMark);
        notes.Set("line-endings", shape.LineEndings);
        notes.Set("lines", shape.Lines);
        if (shape.Nuls > 0)
        {
            notes.Set("nul-bytes", shape.Nuls);
            notes.Tell(Finding.Warning("FMT-161", notes.Subject, ("count", shape.Nuls.ToString(CultureInfo.InvariantCulture))));
        }
    }
}
