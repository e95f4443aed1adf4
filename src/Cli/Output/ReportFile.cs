using Lantai.Cli.Arguments;
using Lantai.Cli.Commands;
using Lantai.Forms;

namespace Lantai.Cli.Output;

/// <summary>Reports of the rooms as files, and as tables for the terminal.</summary>
internal static class ReportFile
{
    private static readonly Dictionary<string, ReportFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = ReportFormat.Csv,
        [".json"] = ReportFormat.Json,
        [".xml"] = ReportFormat.Xml,
        [".html"] = ReportFormat.Html,
        [".xlsx"] = ReportFormat.Xlsx,
    };

    /// <summary>What a file is to be, by its extension.</summary>
    /// <exception cref="WrongUseException">No report is written as that.</exception>
    public static ReportFormat FormatOf(string path, string option) => Formats.TryGetValue(Path.GetExtension(path), out var format)
        ? format
        : throw new WrongUseException("usage.choice", ("option", option), ("text", path), ("choices", string.Join(", ", Formats.Keys.Select(k => "*" + k))));

    /// <summary>Writes a report; a file is there whole or not at all.</summary>
    /// <exception cref="WrongUseException">Its extension is that of no report.</exception>
    public static void Write(CommandContext context, string said, Forms.Report report)
    {
        var path = context.PathOf(said);
        var format = FormatOf(path, "--out");
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            ReportWriter.Write(report, format, new ReportTexts(Speech.Phrases, context.Report.Speech.Language), file, context.Stop);
        }

        File.Move(fresh, path, overwrite: true);
        context.Report.Say("report.written", ("path", path));
        context.Report.Set("out", path);
    }

    /// <summary>Shows the rows of a report as a table.</summary>
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
}
