namespace Lantai.RecordsManagement;

/// <summary>Who answers for the records of a source or an agency, as papers name it.</summary>
/// <param name="Agency">The agency that archives; null when it was not entered.</param>
/// <param name="Hall">The archive hall of its jurisdiction, the nearest one; null when none was entered.</param>
/// <remarks>Immutable. As the registers say now: a name that was entered anew stands on papers from then on.</remarks>
public sealed record HolderNames(string? Agency, string? Hall)
{
    /// <summary>Nobody is known.</summary>
    public static HolderNames None { get; } = new(null, null);

    /// <summary>The names for an agency.</summary>
    /// <param name="organisations">The register.</param>
    /// <param name="agency">Its social credit code; null for none.</param>
    public static HolderNames Of(OrganisationRegister organisations, string? agency)
    {
        ArgumentNullException.ThrowIfNull(organisations);
        if (agency is null || organisations.Find(agency) is not { } found)
        {
            return None;
        }

        // A hall of the very jurisdiction comes before that of the one above it.
        var hall = found.Region.Chain.Reverse()
            .Select(region => organisations.Within(region).FirstOrDefault(o => o.Type == OrganisationType.Hall && o.Region == region)).FirstOrDefault(o => o is not null);
        return new HolderNames(found.Name, hall?.Name);
    }
}
