namespace Lantai.RecordsManagement;

/// <summary>The four types of organisation that have duties in the law of records.</summary>
public enum OrganisationType
{
    /// <summary>Coordinates government services, nationally or in a region (国办协调).</summary>
    Coordination,

    /// <summary>Supervises archives in its jurisdiction and reviews schedules (档案主管部门).</summary>
    Authority,

    /// <summary>Handles cases and archives them (政务服务机构).</summary>
    Agency,

    /// <summary>Receives what is kept for long, and keeps it (档案馆).</summary>
    Hall,
}

/// <summary>An organisation.</summary>
/// <param name="Code">Its unified social credit code: 18 characters (<see cref="CreditCode"/>).</param>
/// <param name="Type">Its type.</param>
/// <param name="Region">Its jurisdiction.</param>
/// <param name="Name">Its name.</param>
public sealed record Organisation(string Code, OrganisationType Type, RegionCode Region, string Name)
{
    /// <summary>A type as details and answers hold it.</summary>
    public static string Word(OrganisationType type) => type switch
    {
        OrganisationType.Coordination => "coordination",
        OrganisationType.Authority => "authority",
        OrganisationType.Agency => "agency",
        OrganisationType.Hall => "hall",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The type that a word means; null when it means none.</summary>
    public static OrganisationType? TypeOf(string? word)
    {
        foreach (var type in Enum.GetValues<OrganisationType>())
        {
            if (Word(type) == word)
            {
                return type;
            }
        }

        return null;
    }
}
