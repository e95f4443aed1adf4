namespace Lantai.RecordsManagement;

/// <summary>The legal ground of a policy value.</summary>
/// <param name="Document">Number of the document, such as 国办发〔2023〕26号.</param>
/// <param name="Article">Article or clause; empty for the whole.</param>
/// <param name="Effective">From which day on, <c>yyyy-MM-dd</c>; empty when it was not seen.</param>
/// <param name="Confidence"><c>high</c>, <c>medium</c> or <c>low</c>: how sure this reading is.</param>
public sealed record PolicyBasis(string Document, string Article, string Effective, string Confidence);

/// <summary>A policy value with its legal ground.</summary>
/// <param name="Key">Its key, one of <see cref="PolicyKeys"/>.</param>
/// <param name="Values">Whole numbers, codes or dates as texts; one or several.</param>
/// <param name="Stricter">
/// Which way is stricter: <c>lower</c>, <c>higher</c>, <c>fewer</c>, <c>more</c>; <c>fixed</c> when none may differ, <c>choice</c> when
/// the law leaves it open.
/// </param>
/// <param name="Basis">Its ground.</param>
public sealed record PolicyValue(string Key, IReadOnlyList<string> Values, string Stricter, PolicyBasis Basis)
{
    /// <summary>What its values are: <c>number</c>, <c>numbers</c>, <c>day</c>, <c>word</c> or <c>words</c>; one or several.</summary>
    public string Kind { get; init; } = "words";

    /// <summary>The least that a number can be.</summary>
    public int Least { get; init; }

    /// <summary>The most that a number can be.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>The words that it can be, the loosest first; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The values that are compared with it as one, the weightiest first: such as year, month and day of a deadline; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Whose word it is: <c>national</c>, or the name of an overlay.</summary>
    public string Layer { get; init; } = PolicyValues.NationalLayer;
}
