using System.Text.Json;

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
/// <param name="Stricter">Which way is stricter: <c>lower</c>, <c>higher</c>, <c>fewer</c>, <c>more</c> or <c>fixed</c>.</param>
/// <param name="Basis">Its ground.</param>
public sealed record PolicyValue(string Key, IReadOnlyList<string> Values, string Stricter, PolicyBasis Basis);

/// <summary>The policy values that hold somewhere.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class PolicyValues
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<string, PolicyValue> _values;

    internal PolicyValues(IEnumerable<PolicyValue> values) => _values = values.ToDictionary(v => v.Key, StringComparer.Ordinal);

    /// <summary>The national values: no overlay goes below them.</summary>
    public static PolicyValues National { get; } = ReadNational();

    /// <summary>All values in ordinal order of their keys.</summary>
    public IReadOnlyList<PolicyValue> All => [.. _values.Values.OrderBy(v => v.Key, StringComparer.Ordinal)];

    /// <summary>A value; null for an unknown key.</summary>
    public PolicyValue? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>A value that is a whole number.</summary>
    /// <exception cref="ArgumentException">The key is unknown, or is not that of one number.</exception>
    public int Number(string key) =>
        int.TryParse(Text(key), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{key}' is not a number.", nameof(key));

    /// <summary>A value that is one text.</summary>
    /// <exception cref="ArgumentException">The key is unknown, or has several values.</exception>
    public string Text(string key) => List(key) is [var only] ? only : throw new ArgumentException($"'{key}' has several values.", nameof(key));

    /// <summary>All texts of a value.</summary>
    /// <exception cref="ArgumentException">The key is unknown.</exception>
    public IReadOnlyList<string> List(string key) => Find(key)?.Values ?? throw new ArgumentException($"No policy value is called '{key}'.", nameof(key));

    private static PolicyValues ReadNational()
    {
        using var stream = typeof(PolicyValues).Assembly.GetManifestResourceStream("Policy.policy-values.json")!;
        return new PolicyValues(JsonSerializer.Deserialize<List<PolicyValue>>(stream, Options)!);
    }
}

/// <summary>The keys of policy values.</summary>
public static class PolicyKeys
{
    /// <summary>Years after the completion year in which the archiving deadline falls; 1 unless an overlay says 0.</summary>
    public const string DeadlineYears = "archiving.deadline.years";

    /// <summary>Month of the deadline, 1 to 12.</summary>
    public const string DeadlineMonth = "archiving.deadline.month";

    /// <summary>Day of the deadline in its month.</summary>
    public const string DeadlineDay = "archiving.deadline.day";

    /// <summary>Days before the deadline at which a warning level begins, the farthest first.</summary>
    public const string DeadlineWarnings = "archiving.deadline.warnings";

    /// <summary>The day from which the regulation holds, <c>yyyy-MM-dd</c>.</summary>
    public const string RegulationEffective = "regulation.effective";

    /// <summary>Years after the completion year whose 1 January begins the retention period; 1.</summary>
    public const string RetentionStartYears = "retention.start.years";

    /// <summary>The retention codes of the general schedule, the shortest first.</summary>
    public const string RetentionCodes = "retention.codes";

    /// <summary>How many cases one package holds: <c>one</c>, or <c>volume</c> where an overlay allows it.</summary>
    public const string PackageUnit = "package.unit";
}
