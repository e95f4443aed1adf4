namespace Lantai.RecordsManagement;

/// <summary>How much of a holding somebody may see.</summary>
public enum HoldingReach
{
    /// <summary>Nothing, not even that it is there.</summary>
    None,

    /// <summary>Counts, dates and verdicts: what supervision and coordination work with.</summary>
    Indicators,

    /// <summary>The records themselves.</summary>
    Records,
}

/// <summary>Where a holding belongs.</summary>
/// <param name="Agency">Credit code of the agency that archived it.</param>
/// <param name="AgencyRegion">The agency's jurisdiction.</param>
/// <param name="Hall">Credit code of the hall that has received it; null while the agency keeps it.</param>
/// <param name="HallRegion">The hall's jurisdiction; null while the agency keeps it.</param>
public sealed record HoldingPlace(string Agency, RegionCode AgencyRegion, string? Hall = null, RegionCode? HallRegion = null);

/// <summary>
/// The scope of records that an organisation's people work in, by its type and jurisdiction: the largest that any role of theirs
/// may open, never a permission by itself.
/// </summary>
/// <remarks>The regulation's article 5 names the four types and their duties; which figures and records follow from a duty is our reading.</remarks>
public static class HoldingScope
{
    /// <summary>How much of a holding an organisation may see.</summary>
    /// <param name="reader">The organisation.</param>
    /// <param name="place">Where the holding belongs.</param>
    public static HoldingReach Of(Organisation reader, HoldingPlace place)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(place);
        var isWithin = reader.Region.Covers(place.AgencyRegion) || (place.HallRegion is { } hall && reader.Region.Covers(hall));
        return reader.Type switch
        {
            OrganisationType.Coordination => isWithin ? HoldingReach.Indicators : HoldingReach.None,
            OrganisationType.Authority => isWithin ? HoldingReach.Records : HoldingReach.None, // inspection reads holdings, and changes none
            OrganisationType.Agency => reader.Code == place.Agency ? HoldingReach.Records : HoldingReach.None,
            OrganisationType.Hall => reader.Code == place.Hall ? HoldingReach.Records : HoldingReach.None,
            _ => HoldingReach.None,
        };
    }
}
