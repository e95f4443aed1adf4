using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What a kit says of itself: whose it is, when it was taken, and what belongs to it beside the registers.</summary>
/// <param name="Store">The store that it was taken from.</param>
/// <param name="Origin">The name of its log.</param>
/// <param name="Source">The source system that it is for.</param>
/// <param name="Made">When it was taken.</param>
/// <param name="Size">The size of the ledger that it stands for.</param>
/// <param name="Scheme">The scheme by which cases of every category are inspected.</param>
/// <remarks>Immutable. spec/formats/inspection-kit.md.</remarks>
public sealed record KitHeader(Guid Store, string Origin, string Source, DateTimeOffset Made, long Size, InspectionScheme Scheme)
{
    /// <summary>The form of kits that is written and read here.</summary>
    public const string Format = "lantai-kit/1";

    /// <summary>For how many days after it was taken it may be used, unless its reader says otherwise.</summary>
    public const int Days = 30;

    /// <summary>The schemes of single archival categories, each in place of <see cref="Scheme"/>.</summary>
    public IReadOnlyList<InspectionScheme> OfCategories { get; init; } = [];

    /// <summary>The version of the catalogue of rules that the archive inspects by.</summary>
    public string Rules { get; init; } = RuleCatalogue.Version;

    /// <summary>Name and version of the program that the archive inspects with.</summary>
    public string Software { get; init; } = "";

    /// <summary>Name and version of the registry of formats that the archive identifies by.</summary>
    public string Formats { get; init; } = "";

    /// <summary>Files of format policies that the archive lays over the built-in one, in order, as texts.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>The verifier key of the store's log: good for nothing but to tell a damaged kit when no key is at hand from elsewhere.</summary>
    public string Key { get; init; } = "";

    /// <summary>16 random bytes in hexadecimal that go into the hashes of record codes.</summary>
    public string Salt { get; init; } = "";

    internal JsonMap Write() => new JsonMap()
        .Set("format", Format).Set("store", Store).Set("origin", Origin).Set("source", Source).Set("made", Made).Set("size", Size).Set("rules", Rules)
        .Set("software", Software).Set("formats", Formats).Set("policies", Policies.Count == 0 ? null : Policies).Set("key", Key).Set("salt", Salt)
        .Set("scheme", SchemeFile.Write(Scheme)).Set("decision", Write(Scheme.Decision))
        .Set("categories", OfCategories.Count == 0 ? null : OfCategories.Select(s => (object)new JsonMap().Set("scheme", SchemeFile.Write(s)).Set("decision", Write(s.Decision))));

    internal static KitHeader? Read(JsonMap map, string displayName, ICollection<Finding> findings) =>
        map.Text("format") == Format && map.Id("store") is { } store && map.Text("origin") is { } origin && map.Text("source") is { } source && map.Time("made") is { } made
        && map.Number("size") is { } size && map.Text("salt") is { Length: 32 } salt && salt.All(char.IsAsciiHexDigitLower)
        && SchemeIn(map, displayName, findings) is { } read && CategoriesIn(map, displayName, findings) is { } categories
            ? new KitHeader(store, origin, source, made, size, read)
            {
                OfCategories = categories,
                Rules = map.Text("rules") ?? "",
                Software = map.Text("software") ?? "",
                Formats = map.Text("formats") ?? "",
                Policies = [.. (map.List("policies") ?? []).OfType<string>()],
                Key = map.Text("key") ?? "",
                Salt = salt,
            }
            : null;

    private static JsonMap? Write(SchemeDecision? decision) => decision is null ? null
        : new JsonMap().Set("person", decision.Person).Set("at", decision.At).Set("reason", decision.Reason).Set("without", decision.Without);

    /// <summary>The scheme of a map, with the decision beside it; null and findings when it has not the form.</summary>
    private static InspectionScheme? SchemeIn(JsonMap map, string displayName, ICollection<Finding> findings) =>
        map.Map("scheme") is { } scheme && SchemeFile.Read(scheme, displayName, findings) is { } read ? read with { Decision = DecisionIn(map.Map("decision")) } : null;

    /// <summary>The schemes of categories; null when one of them has not the form: no package may be judged by another than its own.</summary>
    private static List<InspectionScheme>? CategoriesIn(JsonMap map, string displayName, ICollection<Finding> findings)
    {
        List<InspectionScheme?> read = [.. (map.List("categories") ?? []).Select(c => c is JsonMap own ? SchemeIn(own, displayName, findings) : null)];
        return read.Contains(null) ? null : [.. read.OfType<InspectionScheme>()];
    }

    private static SchemeDecision? DecisionIn(JsonMap? map) =>
        map?.Text("person") is { } person && map.Time("at") is { } at && map.Text("reason") is { } reason
            ? new SchemeDecision(person, at, reason, [.. (map.List("without") ?? []).OfType<string>()])
            : null;
}
