using System.Globalization;
using Lantai.Words;

namespace Lantai.Characterization.Examination;

/// <summary>Adds the words of outside programs to what was found here.</summary>
internal static class OutsideWords
{
    /// <summary>Asks each program that reads this family, and adds its word; whether any of them read the file to its end.</summary>
    public static bool Ask(IReadOnlyList<IOutsideReader> readers, FileContent content, Digest? digest, ExaminationNotes notes, CancellationToken cancellation)
    {
        var tools = new List<string>();
        var isRead = false;
        foreach (var reader in readers.Where(r => r.Families.Contains(notes.Family)))
        {
            var report = reader.Read(content, digest, cancellation);
            Note(report, notes);
            isRead |= report.Verdict is OutsideVerdict.Readable or OutsideVerdict.Doubtful;
            tools.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Tool} {report.Verdict}"));
        }

        notes.Set("outside-readers", tools);
        return isRead;
    }

    private static void Note(OutsideReport report, ExaminationNotes notes)
    {
        switch (report.Verdict)
        {
            case OutsideVerdict.Absent:
                return;
            case OutsideVerdict.Broken:
                notes.Broken(report.Place.Length == 0 ? report.Tool : $"{report.Place} ({report.Tool})", "outside");
                break;
            case OutsideVerdict.Doubtful:
                notes.Tell(Finding.Warning("FMT-130", notes.Subject, ("tool", report.Tool), ("part", report.Place.Length > 0 ? report.Place : "-")));
                break;
            case OutsideVerdict.Failed:
                notes.Tell(Finding.Information("FMT-131", notes.Subject, ("tool", report.Tool), ("why", report.Why)));
                break;
        }

        if (!report.IsFenced)
        {
            notes.Tell(Finding.Information("FMT-132", notes.Subject, ("tool", report.Tool)));
        }

        notes.AddMissing(report.Technical);
    }
}
