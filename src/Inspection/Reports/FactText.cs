using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What a fact of a report says in its columns: where it is, what is asked there, and what there is.</summary>
/// <remarks>Pure. An argument of the finding counts; a finding that has none is told by the texts <c>expected.CODE</c>, <c>found.CODE</c> and <c>at.CODE</c>.</remarks>
internal static class FactText
{
    /// <summary>The file or field, in the language of the page where it is no name.</summary>
    public static string At(Phrases phrases, Language language, Finding finding) => phrases.SayPart(language, "at", finding) ?? finding.Subject;

    /// <summary>What is asked; empty when nothing can be said.</summary>
    public static string Expected(Phrases phrases, Language language, Finding finding) => Of(phrases, language, finding, ReportWords.Expected);

    /// <summary>What there is; empty when nothing can be said.</summary>
    public static string Found(Phrases phrases, Language language, Finding finding) => Of(phrases, language, finding, ReportWords.Found);

    /// <summary>What to do about a rule: the correction of its check, or, where nothing was judged, that the same package is inspected again.</summary>
    public static string Cure(Phrases phrases, Language language, RuleResult result) =>
        phrases.Say(language, result.Verdict == RuleVerdict.CouldNotRun ? "inspection.page.again" : $"check.{result.Rule.Check}.cure");

    private static string Of(Phrases phrases, Language language, Finding finding, string name) =>
        finding.Arguments.FirstOrDefault(a => a.Key == name).Value is { Length: > 0 } value
            ? phrases.Say(language, $"{name}.{value}") is var said && said == $"{name}.{value}" ? value : said
            : phrases.SayPart(language, name, finding) ?? "";
}
