using Lantai.Cli.Arguments;
using Lantai.Cli.Commands;
using Lantai.Forms;

namespace Lantai.Cli.Output;

/// <summary>Reports written to files, as what the ending of the file's name says.</summary>
internal static class ReportFile
{
    private static readonly Dictionary<string, ReportFormat> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = ReportFormat.Csv, [".xlsx"] = ReportFormat.Xlsx, [".html"] = ReportFormat.Html, [".json"] = ReportFormat.Json, [".xml"] = ReportFormat.Xml,
    };

    /// <summary>Refuses a name whose ending is none that a report can be written as, before any work is done.</summary>
    /// <exception cref="WrongUseException">It has such an ending.</exception>
    public static void Check(string option, string said) => _ = FormatOf(option, said);

    /// <summary>Writes a report; what lies there already is replaced only by a whole one.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="option">The option that named the file.</param>
    /// <param name="said">The name that the user gave.</param>
    /// <param name="report">The report.</param>
    /// <param name="gb18030">Whether CSV is written in GB18030.</param>
    /// <exception cref="WrongUseException">The ending is none that a report can be written as.</exception>
    public static void Write(CommandContext context, string option, string said, Forms.Report report, bool gb18030)
    {
        var format = FormatOf(option, said);
        var path = context.PathOf(said);
        var unfinished = path + ".part";
        try
        {
            using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                ReportWriter.Write(report, format, new ReportTexts(Speech.Phrases, context.Report.Speech.Language), new CsvStyle { Gb18030 = gb18030 }, target, context.Stop);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        context.Report.Say("report.written", ("path", path));
        context.Report.Set("file", path);
    }

    /// <summary>Shows the rows of a report as a table; nothing when there are none.</summary>
    public static void Show(CommandContext context, Forms.Report report)
    {
        var texts = new ReportTexts(Speech.Phrases, context.Report.Speech.Language);
        List<string[]> rows = [[.. report.Columns.Select(c => texts.Say(c.TitleKey))]];
        rows.AddRange(report.Rows.Select(r => report.Columns.Select((c, i) => texts.Cell(c, r[i])).ToArray()));
        if (rows.Count > 1)
        {
            context.Report.Rows(rows);
        }
    }

    private static ReportFormat FormatOf(string option, string said) => Endings.TryGetValue(Path.GetExtension(said), out var format)
        ? format
        : throw new WrongUseException("usage.choice", ("option", option), ("text", said), ("choices", string.Join(", ", Endings.Keys)));
}
