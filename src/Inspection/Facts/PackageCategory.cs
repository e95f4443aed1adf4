using System.Text.RegularExpressions;
using Lantai.InformationPackages;

namespace Lantai.Inspection;

/// <summary>The archival category (门类) that a package says it is of: by it the scheme is chosen, so it is known only after the reading.</summary>
/// <remarks>Pure. A case states it; of the records of a transfer package their reference codes (档号) do, in the form of DA/T 13: fonds, category, <c>·</c>, year.</remarks>
internal static partial class PackageCategory
{
    /// <summary>The category whole, such as <c>ZY</c> or <c>KJ·01</c>; null when the package states none, or records of several.</summary>
    public static string? Of(InspectedPackage package) =>
        package.Case is { } c ? Said(c.Configuration.Code("category_code"))
        : package.Transfer is { Items: { Count: > 0 } items } && items.Select(OfCode).Distinct(StringComparer.Ordinal).ToList() is [var only] ? only
        : null;

    /// <summary>Its class, the first letters alone.</summary>
    public static string ClassOf(string category) => category.Split('·')[0];

    private static string? OfCode(TransferItem item) => ReferenceCode().Match(item.ReferenceCode) is { Success: true } match ? match.Groups["category"].Value : null;

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^[A-Z0-9]{1,20}-(?<category>[A-Z]{2}(?:·[A-Z]{2})*)·[0-9]{4}-", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceCode();
}
