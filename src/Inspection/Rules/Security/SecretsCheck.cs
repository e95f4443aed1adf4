using System.Globalization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>涉密排除: no state secret enters (article 15).</summary>
internal static class SecretsCheck
{
    /// <summary>The check by its name.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> Table { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal) { ["secrets"] = Secrets };

    /// <summary>Marks refuse, words in doubt go to a person, and what could not be searched is listed.</summary>
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

        var notSearched = found.NotSearched.Select(f => Finding.Information("SEC-003", f.Key, ("unsearched", f.Value)));
        return found.Doubts.Count > 0
            ? new RuleAnswer(RuleVerdict.Manual, [.. found.Doubts.Select(m => Tell(Finding.Warning("SEC-002", m.Place), m)), .. notSearched])
            : RuleAnswer.Of(notSearched);
    }

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
