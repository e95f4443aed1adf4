using System.Globalization;

namespace Lantai.Inspection;

/// <summary>In which direction a value of a scheme may differ from that of the built-in schemes.</summary>
public enum ParameterOrder
{
    /// <summary>A whole number; a lower one asks more.</summary>
    Lower,

    /// <summary>A whole number; a higher one asks more.</summary>
    Higher,

    /// <summary>A whole number; none asks more than another.</summary>
    Any,

    /// <summary>One of some words, apart by blanks, from the one that asks least to the one that asks most; the first holds where a scheme says nothing.</summary>
    Words,

    /// <summary>Names, apart by semicolons; a list that holds all of the built-in one asks as much.</summary>
    List,
}

/// <summary>A value that schemes set for a check.</summary>
/// <param name="Name">Its name, <c>check.name</c>.</param>
/// <param name="Value">What holds where a scheme says nothing; of <see cref="ParameterOrder.Words"/> all that may be said.</param>
/// <param name="Order">What asks more.</param>
/// <remarks>Immutable.</remarks>
public sealed record SchemeParameter(string Name, string Value, ParameterOrder Order)
{
    private const StringSplitOptions Plain = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>What a check works with where the scheme says nothing.</summary>
    public string Default => Order == ParameterOrder.Words ? Value.Split(' ')[0] : Value;

    /// <summary>What may be said, for whoever said something else.</summary>
    public string Asked => Order switch
    {
        ParameterOrder.Lower => "<= " + Value,
        ParameterOrder.Higher => ">= " + Value,
        ParameterOrder.Any => ">= 0",
        ParameterOrder.Words => Value.Replace(" ", " | ", StringComparison.Ordinal),
        _ => Value + "; …",
    };

    /// <summary>The names of a list.</summary>
    public static IReadOnlyList<string> Names(string list) => list.Split(';', Plain);

    /// <summary>Whether a scheme may say this: it is of the right kind, and asks at least what the built-in schemes ask.</summary>
    public bool Accepts(string text) => Order switch
    {
        ParameterOrder.Words => Value.Split(' ').Contains(text),
        ParameterOrder.List => Names(Value).All(name => Names(text).Contains(name, StringComparer.OrdinalIgnoreCase)),
        _ => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Order switch
        {
            ParameterOrder.Lower => number <= Number,
            ParameterOrder.Higher => number >= Number,
            _ => true,
        },
    };

    private long Number => long.Parse(Value, NumberStyles.None, CultureInfo.InvariantCulture);
}
