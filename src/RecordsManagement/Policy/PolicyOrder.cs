using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>Which of two values of a key is stricter, and what comes of both.</summary>
internal static class PolicyOrder
{
    /// <summary>Whether values have the form that a key asks for: numbers within its range, a day, words among its choices, none twice.</summary>
    public static bool HasForm(PolicyValue key, IReadOnlyList<string> values) =>
        values.Count > 0 && values.Select(v => key.Kind == "numbers" && Number(v) is { } number ? number.ToString(CultureInfo.InvariantCulture) : v).Distinct(StringComparer.Ordinal).Count() == values.Count
        && (values.Count == 1 || key.Kind is "numbers" or "words")
        && values.All(v => key.Kind switch
        {
            "number" or "numbers" => Number(v) is { } number && number >= key.Least && number <= key.Most,
            "day" => Entry.Day(v) is not null,
            _ => v.Length is > 0 and <= Entry.NameLength && !v.Any(char.IsControl) && (key.Choices.Count == 0 || key.Choices.Contains(v)),
        });

    /// <summary>Whether values are weaker than those above them. Both have the form of the key.</summary>
    public static bool IsWeaker(PolicyValue floor, IReadOnlyList<string> values) => floor.Stricter switch
    {
        "lower" => Rank(floor, values[0]) > Rank(floor, floor.Values[0]),
        "higher" => Rank(floor, values[0]) < Rank(floor, floor.Values[0]),
        "fewer" => values.Except(floor.Values).Any(),
        "more" => floor.Values.Except(values).Any(),
        "choice" => false,
        _ => !values.SequenceEqual(floor.Values),
    };

    /// <summary>Whether a group of values, the weightiest first, is weaker as a whole: a day in March is stricter than one in June, whatever its number.</summary>
    public static bool IsWeaker(IReadOnlyList<PolicyValue> floor, IReadOnlyList<IReadOnlyList<string>> values)
    {
        for (var i = 0; i < floor.Count; i++)
        {
            if (Rank(floor[i], values[i][0]) != Rank(floor[i], floor[i].Values[0]))
            {
                return IsWeaker(floor[i], values[i]);
            }
        }

        return false;
    }

    /// <summary>What holds where two layers both speak: the stricter of both, or of lists what both demand.</summary>
    public static IReadOnlyList<string> Both(PolicyValue above, IReadOnlyList<string> values) => above.Stricter switch
    {
        // Two layers that leave nothing in common: the one above stands.
        "fewer" => above.Values.Intersect(values).ToList() is { Count: > 0 } common ? common : above.Values,
        "more" => [.. above.Values.Union(values)],
        _ => IsWeaker(above, values) ? above.Values : values,
    };

    private static int Rank(PolicyValue key, string value) => key.Kind switch
    {
        "number" or "numbers" => Number(value) ?? throw new ArgumentException($"'{value}' is no number.", nameof(value)),
        "day" => Entry.Day(value)!.Value.DayNumber,
        _ => key.Choices.ToList().IndexOf(value),
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
