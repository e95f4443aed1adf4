using Lantai.Characterization.Identification;
using Lantai.Words;

namespace Lantai.Characterization;

/// <summary>Says what was found at a file as findings.</summary>
internal static class CharacterFindings
{
    public static IEnumerable<Finding> Of(FileCharacter character, string subject)
    {
        var identification = character.Identification;
        if (identification.Best is null)
        {
            yield return identification.Candidates.Count == 0
                ? Finding.Warning("FMT-010", subject)
                : Finding.Warning("FMT-012", subject, ("formats", string.Join(", ", identification.Candidates.Take(8).Select(c => c.Format.Id))));
        }
        else if (identification.IsMismatch)
        {
            yield return Finding.Warning("FMT-011", subject, ("format", identification.Best.Format.NameWithVersion), ("id", identification.Best.Format.Id));
        }

        if (identification.IsCutShort)
        {
            yield return Finding.Warning("FMT-013", subject);
        }

        if (identification.Best is not null && !IsSaidBelow(character.Verdict) && character.Verdict.ToFinding(subject) is { } verdict)
        {
            yield return verdict;
        }

        if (character.Examination is not { } examination)
        {
            yield break;
        }

        foreach (var mark in examination.Encryption)
        {
            yield return Finding.Warning("FMT-020", subject, ("encryption", mark.Kind), ("place", mark.Place));
        }

        foreach (var mark in examination.Active)
        {
            yield return IsHarmless(mark.Kind)
                ? Finding.Information("FMT-031", subject, ("active", mark.Kind), ("place", mark.Place))
                : Finding.Warning("FMT-030", subject, ("active", mark.Kind), ("place", mark.Place));
        }

        foreach (var finding in examination.Findings)
        {
            yield return finding with { Subject = subject }; // the same content may have been looked at under another name
        }
    }

    // What decided the verdict is then told as it was found, with its place.
    private static bool IsSaidBelow(Policy.PolicyVerdict verdict) => verdict.Reasons.Contains("encrypted") || verdict.Reasons.Contains("broken");

    // A link that somebody may follow changes nothing in what the file shows.
    private static bool IsHarmless(string kind) => kind is "hyperlink";
}
