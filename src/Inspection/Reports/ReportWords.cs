using System.Text;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Small words that the forms of a report share.</summary>
internal static class ReportWords
{
    /// <summary>The argument of a finding that says what is asked.</summary>
    public const string Expected = "expected";

    /// <summary>The argument of a finding that says what is there.</summary>
    public const string Found = "found";

    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "information",
    };

    public static Severity? SeverityOf(string code) => Enum.GetValues<Severity>().Where(s => Of(s) == code).Cast<Severity?>().FirstOrDefault();

    /// <summary>Says a key with its arguments.</summary>
    public delegate string Saying(string key, params (string Name, object? Value)[] arguments);

    /// <summary>What a person decided, as one sentence: who, when, what and why, and the digest of what was handed in with it.</summary>
    public static string Of(ManualDecision manual, Saying say)
    {
        var said = say(
            "inspection.page.manual", ("person", manual.Person), ("time", ReportPage.Time(manual.At)), ("verdict", say("inspection.verdict." + InspectionCodes.Of(manual.Verdict))), ("note", manual.Note));
        return manual.Attachment is { } attachment ? $"{said} {say("inspection.page.attachment", ("digest", attachment))}" : said;
    }

    /// <summary>The key of what to do with the package then. What is in storage already is not sent again: it is mended where it lies.</summary>
    public static string RetryOf(RuleResult result) =>
        result.Rule.Stage == InspectionStage.Preservation ? "inspection.retry.stored" : "inspection.retry." + InspectionCodes.Of(result.Retry);

    /// <summary>A language as XML and HTML name it (BCP 47).</summary>
    public static string Of(Language language) => language == Language.Chinese ? "zh-Hans" : "en";

    /// <summary>The text with what XML 1.0 cannot hold replaced by U+FFFD.</summary>
    public static string ForXml(string text)
    {
        var isGood = true;
        for (var i = 0; i < text.Length && isGood; i++)
        {
            isGood = text[i] is '\t' or '\n' or (>= ' ' and < '\uD800') or (>= '\uE000' and < '\uFFFE'); // a pair goes the long way too
        }

        if (isGood)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = clean.Append(rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not (0xFFFE or 0xFFFF)) ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }
}
