using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Something wrong with a value.</summary>
/// <param name="Code">The code of the finding.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Expected">What should stand there: the rest of a key <c>expected.…</c>, or a text.</param>
/// <param name="Clause">What it offends: the rest of a key <c>clause.…</c>.</param>
internal readonly record struct ValueFault(string Code, Severity Severity, string Expected, string Clause);

/// <summary>Judges one value by what its element may hold, wherever the value comes from.</summary>
internal static partial class CaseValues
{
    private const int MostCharacters = 4000;

    internal static IEnumerable<ValueFault> Check(CaseElement element, string value, RecordCodeRule rule)
    {
        if (value.Length > MostCharacters)
        {
            yield return new ValueFault("PKG-019", Severity.Error, MostCharacters.ToString(CultureInfo.InvariantCulture), "group-1-2");
        }

        foreach (var fault in Characters(value))
        {
            yield return fault;
        }

        if (element.Values is { } list && list.Refuses(value))
        {
            yield return new ValueFault("PKG-017", Severity.Error, list.ToString(), "article-15");
        }
        else if (element.Values is { } values && values.Find(value) is null)
        {
            yield return new ValueFault(values.IsOpen ? "PKG-016" : "PKG-015", values.IsOpen ? Severity.Warning : Severity.Error, values.ToString(), "group-1-2");
        }
        else if (FormOf(element, value, rule) is { } fault)
        {
            yield return fault;
        }
    }

    private static ValueFault? FormOf(CaseElement element, string value, RecordCodeRule rule) => element.Type switch
    {
        ElementType.Integer when !IntegerForm().IsMatch(value) => Wrong("integer"),
        ElementType.Date when CaseTime.ParseDay(value) is null => Wrong("day"),
        ElementType.Time when CaseTime.Parse(value) is null => Wrong("time"),
        ElementType.SocialCode when !SocialCode.IsValid(value) => new ValueFault("PKG-024", Severity.Error, "social-code", "group-1-2"),
        ElementType.RecordCode when rule.Split(value) is null => new ValueFault("PKG-025", Severity.Error, rule.Pattern, "group-1-2"),
        _ => element.Pattern?.IsMatch(value) == false ? Wrong(element.Pattern.ToString()[4..^3]) : null,
    };

    private static ValueFault Wrong(string expected) => new("PKG-014", Severity.Error, expected, "group-1-2");

    /// <summary>Characters that no archive can read in fifty years: controls, the sign of a lost character, and those without a meaning.</summary>
    private static IEnumerable<ValueFault> Characters(string value)
    {
        var (isBroken, isDoubtful) = (false, false);
        foreach (var rune in value.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            isBroken |= rune.Value == 0xFFFD || (category == UnicodeCategory.Control && rune.Value is not ('\t' or '\n' or '\r'));
            isDoubtful |= category is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
        }

        if (isBroken)
        {
            yield return new ValueFault("PKG-018", Severity.Error, "characters", "group-1-2");
        }

        if (isDoubtful)
        {
            yield return new ValueFault("PKG-058", Severity.Warning, "characters", "group-1-2");
        }
    }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();
}
