using System.Text;
using Lantai.DataManagement;
using Lantai.Inspection.Storage;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Inspection;

/// <summary>The views of this room. Each keeps no state, so one instance serves all stores.</summary>
public static class InspectionViews
{
    internal const string Schemes = "inspectionschemes";
    internal const string Withdrawals = "inspectionwithdrawals";
    internal const string Decisions = "inspectiondecisions";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IProjection> All { get; } =
    [
        new PublicationView(Schemes, 1, InspectionEvents.SchemeAdopted, ["scheme", "version", "point", "category", "person", "reason", "without", "whole"], ["point"], Flatten),
        new PublicationView(Withdrawals, 1, InspectionEvents.SchemeWithdrawn, ["adoption", "person", "reason"], ["adoption"], body => body),
        new PublicationView(Decisions, 1, InspectionEvents.Decided, ["package", "rule", "verdict", "person", "note", "attachment"], ["package"], body => body),
        new RunView(),
        new StorageRunsView(),
    ];

    // A document holds texts and no objects: the scheme stands in it as canonical JSON.
    private static JsonMap Flatten(JsonMap body)
    {
        var flat = new JsonMap()
            .Set("scheme", body.Text("scheme")).Set("version", body.Text("version")).Set("point", body.Text("point")).Set("category", body.Text("category"))
            .Set("person", body.Text("person")).Set("reason", body.Text("reason")).Set("without", body.List("without"));
        var whole = new JsonMap()
            .Set("scheme", body.Text("scheme")).Set("version", body.Text("version")).Set("point", body.Text("point")).Set("category", body.Text("category"))
            .Set("rules", body.List("rules")).Set("parameters", body.List("parameters"));
        return flat.Set("whole", Encoding.UTF8.GetString(CanonicalJson.Write(whole)));
    }
}
