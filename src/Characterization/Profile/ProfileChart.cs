using System.Globalization;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Characterization.Profile;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it stands for, in the reader's language.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their lengths together, in bytes.</param>
/// <param name="ByVerdict">The files by verdict, in the order of <see cref="FormatVerdict"/>: the bar's segments.</param>
public sealed record ProfileBar(string Label, long Files, long Bytes, IReadOnlyList<long> ByVerdict);

/// <summary>A chart of a profile, for a page or a terminal: it says what to draw and not how.</summary>
/// <param name="Title">What it shows, in the reader's language.</param>
/// <param name="Bars">Its bars in the order to draw them.</param>
public sealed record ProfileChart(string Title, IReadOnlyList<ProfileBar> Bars)
{
    private const int MostFormats = 100;

    /// <summary>The charts of a profile: by verdict, by format (the most frequent 100, the rest as one), by year, by readability.</summary>
    public static IReadOnlyList<ProfileChart> Of(FormatProfile profile, Phrases phrases, Language language)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(phrases);
        var rows = profile.Rows;
        return
        [
            new(Say("profile.by-verdict"), [.. rows.GroupBy(r => r.Verdict).OrderBy(g => g.Key).Select(g => Bar(Verdict(g.Key, phrases, language), g))]),
            new(Say("profile.by-format"), Formats(rows, phrases, language)),
            new(Say("profile.by-year"), [.. rows.GroupBy(r => r.Year).OrderBy(g => g.Key).Select(g => Bar(g.Key?.ToString(CultureInfo.InvariantCulture) ?? Say("profile.no-year"), g))]),
            new(Say("profile.by-readability"), [.. rows.GroupBy(r => r.Readability).OrderBy(g => g.Key).Select(g => Bar(Say("readability." + PolicyWords.Write(g.Key)), g))]),
        ];

        string Say(string key) => phrases.Say(language, key);
    }

    /// <summary>How a reader of the language calls a verdict.</summary>
    internal static string Verdict(FormatVerdict verdict, Phrases phrases, Language language) =>
        phrases.Say(language, "policy.verdict." + PolicyWords.Write(verdict));

    private static List<ProfileBar> Formats(IReadOnlyList<ProfileRow> rows, Phrases phrases, Language language)
    {
        var groups = rows.GroupBy(r => r.Format?.Id)
            .OrderByDescending(g => g.Sum(r => r.Files)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var bars = groups.Take(MostFormats).Select(g => Bar(Name(g.First().Format, phrases, language), g)).ToList();
        if (groups.Count > MostFormats)
        {
            bars.Add(Bar(phrases.Say(language, "profile.other-formats", ("count", groups.Count - MostFormats)), groups.Skip(MostFormats).SelectMany(g => g)));
        }

        return bars;
    }

    private static string Name(FileFormat? format, Phrases phrases, Language language)
    {
        if (format is null)
        {
            return phrases.Say(language, "profile.no-format");
        }

        var chinese = language == Language.Chinese ? format.ChineseName : null;
        return chinese is null || format.Version is not { Length: > 0 } version || chinese.Contains(version, StringComparison.Ordinal)
            ? chinese ?? format.NameWithVersion
            : chinese + " " + version;
    }

    private static ProfileBar Bar(string label, IEnumerable<ProfileRow> rows)
    {
        var (files, bytes, byVerdict) = (0L, 0L, new long[Enum.GetValues<FormatVerdict>().Length]);
        foreach (var row in rows)
        {
            files += row.Files;
            bytes += row.Bytes;
            byVerdict[(int)row.Verdict] += row.Files;
        }

        return new ProfileBar(label, files, bytes, byVerdict);
    }
}
