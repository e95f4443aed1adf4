using System.Text;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.Tests.Forms;

/// <summary>A report of two cases, whose cells are what reports are attacked with.</summary>
internal static class TestReport
{
    public static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("caseNumber", "form.facts", Width: 20), new("days", "form.facts", ColumnKind.Number), new("state", "form.facts", ColumnKind.Code, "form"), new("remark", "form.facts"),
    ];

    public static Report Of(params IReadOnlyList<string?>[] rows) =>
        new("overdue", "form.facts", [new ReportFact("asOf", "form.facts", "2024-07-01"), new ReportFact("agency", "form.facts", "<A&B>")], Columns, rows);

    public static ReportTexts Texts(Language language = Language.English) => new(new Phrases(typeof(Report).Assembly), language);

    public static byte[] Bytes(Report report, ReportFormat format, CsvStyle? style = null, Language language = Language.English)
    {
        using var target = new ForwardOnly();
        ReportWriter.Write(report, format, Texts(language), style ?? new CsvStyle(), target, default);
        return target.ToArray();
    }

    public static string Text(Report report, ReportFormat format, CsvStyle? style = null, Language language = Language.English) =>
        Encoding.UTF8.GetString(Bytes(report, format, style, language));

    /// <summary>Takes bytes and gives no place back: what a response or a pipe is.</summary>
    private sealed class ForwardOnly : Stream
    {
        private readonly MemoryStream _bytes = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public byte[] ToArray() => _bytes.ToArray();

        public override void Write(byte[] buffer, int offset, int count) => _bytes.Write(buffer, offset, count);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
