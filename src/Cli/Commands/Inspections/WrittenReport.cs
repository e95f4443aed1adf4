using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Writes the report of an inspection that no store keeps, and so nobody signs, to a file whose ending says its form.</summary>
internal static class WrittenReport
{
    private const string Option = "--report";

    private static readonly HashSet<string> Endings = new(["html", "xml", "json"], StringComparer.Ordinal);

    /// <summary>That it can be written, before anything is inspected.</summary>
    /// <exception cref="WrongUseException">Its form is none, or there is more than one package, or no kit.</exception>
    public static void Check(string said, int packages, bool isByKit)
    {
        if (!Endings.Contains(EndingOf(said)))
        {
            throw new WrongUseException("usage.report.kind", ("option", Option), ("text", said));
        }

        if (packages != 1 || !isByKit)
        {
            throw new WrongUseException("usage.report.one", ("option", Option));
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Write(CommandContext context, InspectionReport inspected, string said)
    {
        var path = context.PathOf(said);
        File.WriteAllBytes(path, Bytes(inspected, EndingOf(said), context.Report.Speech.Language));
        context.Report.Say("report.written", ("path", path));
        context.Report.Set("file", path);
    }

    private static byte[] Bytes(InspectionReport inspected, string ending, Language language)
    {
        if (ending == "html")
        {
            using var page = new MemoryStream();
            ReportPage.Write(inspected, null, [], HolderNames.None, Speech.Phrases, language, page);
            return page.ToArray();
        }

        return ending == "xml" ? ReportXml.Write(inspected, Speech.Phrases) : ReportJson.Write(inspected, Speech.Phrases, language);
    }

    private static string EndingOf(string said) => Path.GetExtension(said).TrimStart('.').ToLowerInvariant();
}
