using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A value that an overlay sets, with its ground.</summary>
/// <param name="Key">One of <see cref="PolicyKeys"/>.</param>
/// <param name="Values">The values.</param>
/// <param name="Basis">The ground: a value without one is refused.</param>
public sealed record OverlayValue(string Key, IReadOnlyList<string> Values, PolicyBasis Basis);

/// <summary>Policy values of a jurisdiction or of one agency, laid over those above it: they may tighten and never weaken.</summary>
/// <param name="Name">Its name. A later one of the same name and place takes its place from its own day on.</param>
/// <param name="Region">The jurisdiction that it holds for, as it was given; null when it is for an agency.</param>
/// <param name="Agency">Credit code of the agency that it holds for; null when it is for a jurisdiction.</param>
/// <param name="From">The first day on which it holds, at UTC+08:00.</param>
/// <param name="Values">Its values; none to take an earlier one back.</param>
/// <remarks>spec/formats/records-policy.md.</remarks>
public sealed record PolicyOverlay(string Name, string? Region, string? Agency, DateOnly From, IReadOnlyList<OverlayValue> Values)
{
    /// <summary>Reads an overlay from a file; null and findings (REC-004 to REC-007) when it is none. Whether its values may be is for the register to say.</summary>
    /// <param name="bytes">One JSON object, at most 1 MiB.</param>
    /// <param name="displayName">How findings call the file.</param>
    /// <param name="findings">Receives all that is wrong with its form.</param>
    public static PolicyOverlay? TryRead(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return StrictFile.TryRead(bytes, displayName, findings) is { } map ? Read(map, displayName, findings) : null;
    }

    internal static PolicyOverlay? Read(JsonMap map, string displayName, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var members = new FileMembers(map, displayName, "", findings, "overlay", "region", "agency", "from", "values");
        var overlay = new PolicyOverlay(
            members.Text("overlay"), members.OptionalText("region"), members.OptionalText("agency"), members.Day("from", isRequired: true) ?? default,
            [.. members.Maps("values").Select(v => ReadValue(v.Map, displayName, v.Place, findings))]);
        return findings.Count == before ? overlay : null;
    }

    internal JsonMap Write() => new JsonMap()
        .Set("overlay", Name).Set("region", Region).Set("agency", Agency).Set("from", Entry.Day(From))
        .Set("values", Values.Select(v => (object)new JsonMap()
            .Set("key", v.Key).Set("values", v.Values).Set("document", v.Basis.Document).Set("article", Filled(v.Basis.Article))
            .Set("effective", Filled(v.Basis.Effective)).Set("confidence", v.Basis.Confidence)));

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    // Without a ground is for POL-001 to say, so its members may be missing here.
    private static OverlayValue ReadValue(JsonMap map, string displayName, string place, ICollection<Finding> findings)
    {
        var members = new FileMembers(map, displayName, place, findings, "key", "values", "document", "article", "effective", "confidence");
        return new OverlayValue(
            members.Text("key"), members.Texts("values", isRequired: true),
            new PolicyBasis(
                members.OptionalText("document") ?? "", members.OptionalText("article") ?? "", Entry.Day(members.Day("effective")) ?? "",
                members.OptionalText("confidence") ?? "low"));
    }
}
