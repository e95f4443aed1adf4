using System.Text.Json;

namespace Lantai.RecordsManagement;

/// <summary>The policy values that hold somewhere.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class PolicyValues
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The layer of the national values.</summary>
    public const string NationalLayer = "national";

    private readonly Dictionary<string, PolicyValue> _values;

    internal PolicyValues(IEnumerable<PolicyValue> values)
    {
        InOrder = [.. values];
        _values = InOrder.ToDictionary(v => v.Key, StringComparer.Ordinal);
    }

    /// <summary>The national values: no overlay goes below them.</summary>
    public static PolicyValues National { get; } = ReadNational();

    /// <summary>All values in ordinal order of their keys.</summary>
    public IReadOnlyList<PolicyValue> All => [.. _values.Values.OrderBy(v => v.Key, StringComparer.Ordinal)];

    /// <summary>All values in the order of the register: those of a group the weightiest first.</summary>
    internal IReadOnlyList<PolicyValue> InOrder { get; }

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
