using System.Globalization;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The register of policy values: the national ones, and the overlays that were adopted over them.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-policy.md.</remarks>
public sealed class PolicyRegister
{
    internal const string Collection = "overlays";

    private readonly RecordsJournal _journal;

    internal PolicyRegister(RecordsJournal journal) => _journal = journal;

    internal static PublicationView View { get; } = new(Collection, 1, RecordsEvents.OverlayAdopted, ["overlay", "place", "from", "values", "region", "agency"], ["place"], Flatten);

    /// <summary>Today, where legal days are counted.</summary>
    internal DateOnly Today => LegalTime.DayOf(_journal.Time.GetUtcNow());

    /// <summary>Adopts an overlay. One that is weaker than what holds above it is refused with the floor (POL-010), and with all else that is wrong.</summary>
    public DecisionOutcome Adopt(PolicyOverlay overlay, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        return _journal.Decide(
            views => new Decision(
                [.. PolicyRules.Check(views, overlay, Today)],
                [new EventDraft(RecordsEvents.OverlayAdopted, Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)) { Body = overlay.Write(), Basis = Ground(overlay) }]),
            actor);
    }

    /// <summary>The values that hold for a jurisdiction.</summary>
    /// <param name="region">Its code; what is none has the national values.</param>
    /// <param name="day">The day at UTC+08:00.</param>
    public PolicyValues For(string? region, DateOnly day) => For(_journal.Views, region, null, day);

    /// <summary>The values that hold for an agency: those of its jurisdiction, and its own. One that was not entered has the national values and its own.</summary>
    public PolicyValues ForAgency(string agency, DateOnly day) => ForAgency(_journal.Views, agency, day);

    /// <summary>All overlays in the order in which they were adopted.</summary>
    public IReadOnlyList<PolicyOverlay> Overlays() => [.. _journal.Views.Scan(Collection, 0, int.MaxValue).Select(d => Read(d.Document)).OfType<PolicyOverlay>()];

    internal static PolicyValues ForAgency(IDocumentReader views, string agency, DateOnly day) =>
        For(views, OrganisationRegister.Find(views, agency)?.Region.ToString(), agency, day);

    internal static PolicyValues For(IDocumentReader views, string? region, string? agency, DateOnly day)
    {
        if (views.Count(Collection) == 0)
        {
            return PolicyValues.National;
        }

        var places = RegionCode.TryParse(region, out var code) ? code.Chain.Select(PlaceOf) : [PlaceOf(RegionCode.Nation)];
        return PolicyLayers.Lay(PolicyValues.National, places.Concat(agency is null ? [] : ["agency " + agency]).SelectMany(place => InForce(views, place, day)));
    }

    /// <summary>The place of an overlay: what it holds for, as one text.</summary>
    internal static string PlaceOf(RegionCode region) => "region " + region;

    // Of one name the one whose day came last counts, and of one day the one adopted last.
    private static IEnumerable<PolicyOverlay> InForce(IDocumentReader views, string place, DateOnly day) =>
        views.Find(Collection, "place", place).Select(d => Read(d.Document)).OfType<PolicyOverlay>()
            .Where(o => o.From <= day).GroupBy(o => o.Name, StringComparer.Ordinal).Select(g => g.OrderBy(o => o.From).Last());

    private static string? Ground(PolicyOverlay overlay) => overlay.Values.Count == 0 ? null : overlay.Values[0].Basis.Document;

    private static JsonMap Flatten(JsonMap body)
    {
        var flat = new JsonMap()
            .Set("overlay", body.Text("overlay")).Set("region", body.Text("region")).Set("agency", body.Text("agency")).Set("from", body.Text("from"))
            .Set("values", (body.List("values") ?? []).OfType<JsonMap>().Select(v => (object)Encoding.UTF8.GetString(CanonicalJson.Write(v))));
        return flat.Set("place", body.Text("agency") is { } agency ? "agency " + agency : RegionCode.TryParse(body.Text("region"), out var region) ? PlaceOf(region) : null);
    }

    private static PolicyOverlay? Read(Document document)
    {
        var map = new JsonMap()
            .Set("overlay", document.Text("overlay")).Set("region", document.Text("region")).Set("agency", document.Text("agency")).Set("from", document.Text("from"))
            .Set("values", document.List("values").Select(v => CanonicalJson.TryRead(Encoding.UTF8.GetBytes(v), out var value) ? value : null).OfType<object>());
        return PolicyOverlay.Read(map, "", new List<Finding>());
    }
}
