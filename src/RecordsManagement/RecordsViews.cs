using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>The views of this room. Each keeps no state, so one instance serves all stores.</summary>
public static class RecordsViews
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IProjection> All { get; } =
    [
        new RecordsGaps(),
        JurisdictionRegister.View,
        OrganisationRegister.View,
        FondsRegister.View,
        SourceRegister.View,
        ItemCatalogue.View,
        new ScheduleView(),
        new CasesView(),
    ];
}
