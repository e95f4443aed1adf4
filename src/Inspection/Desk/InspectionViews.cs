using Lantai.DataManagement;
using Lantai.Inspection.Storage;

namespace Lantai.Inspection;

/// <summary>The views of this room. Each keeps no state, so one instance serves all stores.</summary>
public static class InspectionViews
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IProjection> All { get; } = [new StorageRunsView()];
}
