using System.Globalization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>涉密排除: no state secret enters (article 15).</summary>
internal static class SecretsCheck
{
    /// <summary>The check by its name.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> Table { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal) { ["secrets"] = Secrets };

    /// <summary>Marks refuse, words in doubt go to a person, and what could not be searched is listed, goes to a person or keeps the package waiting.</summary>
    public static RuleAnswer Secrets(InspectionFacts facts) => Secrets(facts.Secrets);

    /// <summary>The answer to what a search found; a package that bears a mark is known by nothing else.</summary>
    /// <param name="found">What was found; null when nobody searched.</param>
    public static RuleAnswer Secrets(SecretFacts? found)
    {
        if (found is null)
        {
            return RuleAnswer.CouldNotRun(Finding.Error("SEC-004", ""));
        }

        if (found.Marks.Count > 0)
        {
            return new RuleAnswer(RuleVerdict.Failed, [.. found.Marks.Select(m => Tell(Finding.Error("SEC-001", m.Place), m))]);
        }

        var verdicts = found.NotSearched.Select(f => UnsearchedReasons.VerdictOf(f.Value)).Append(found.Doubts.Count > 0 ? RuleVerdict.Manual : RuleVerdict.Passed).ToHashSet();
        var verdict = verdicts.Contains(RuleVerdict.CouldNotRun) ? RuleVerdict.CouldNotRun : verdicts.Contains(RuleVerdict.Manual) ? RuleVerdict.Manual : RuleVerdict.Passed;
        return new RuleAnswer(verdict, [.. found.Doubts.Select(m => Tell(Finding.Warning("SEC-002", m.Place), m)), .. found.NotSearched.Select(f => Unsearched(f.Key, f.Value))])
        {
            Looked = found.Searched,
        };
    }

    private static Finding Unsearched(string path, string why) => UnsearchedReasons.VerdictOf(why) switch
    {
        RuleVerdict.Passed => Finding.Information("SEC-003", path, ("unsearched", why)),
        RuleVerdict.Manual => Finding.Warning("SEC-005", path, ("unsearched", why)),
        _ => Finding.Error("SEC-006", path, ("unsearched", why)),
    };

    private static Finding Tell(Finding finding, SecretMark mark) => finding with
    {
        Arguments =
        [
            KeyValuePair.Create("secretrule", mark.Rule),
            KeyValuePair.Create("filenumber", mark.File.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("filecount", mark.Files.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("inside", mark.Inside.Length == 0 ? "-" : mark.Inside),
            KeyValuePair.Create("textunit", mark.Unit),
            KeyValuePair.Create("unitnumber", mark.Number == 0 ? "-" : mark.Number.ToString(CultureInfo.InvariantCulture)),
        ],
    };
}
