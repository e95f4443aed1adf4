using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A further version of the content of a case, as an event tells it.</summary>
/// <param name="Place">Place of the case.</param>
/// <param name="Before">Digest of its content before.</param>
/// <param name="After">Digest of its content after.</param>
/// <param name="Held">What is kept of it.</param>
/// <param name="Act">Supplement or change.</param>
/// <param name="Reason">Why.</param>
internal sealed record AddedContent(long Place, Digest Before, Digest After, HeldContent Held, ContentAct Act, string Reason);

/// <summary>What is kept of cases, in the details of events.</summary>
/// <remarks>spec/formats/records-cases.md.</remarks>
internal static class ContentBodies
{
    public static EventDraft Added(ServiceCase c, AddedContent added, string? basis) => new(RecordsEvents.ContentAdded, c.Case.ToString("D"))
    {
        Aip = added.Held.Aip,
        Version = added.Held.Version,
        Basis = basis,
        Body = Describe(
            new JsonMap().Set("place", added.Place).Set("act", CodeOf(added.Act)).Set("reason", added.Reason).Set("before", added.Before).Set("after", added.After),
            added.Held),
    };

    public static AddedContent? ReadAdded(JsonMap body) =>
        body.Number("place") is { } place && ActOf(body.Text("act")) is { } act && body.Text("reason") is { } reason
        && body.Digest("before") is { } before && body.Digest("after") is { } after && HeldIn(body) is { } held
            ? new AddedContent(place, before, after, held, act, reason.Length <= NoticeRules.LongestReason ? reason : reason[..NoticeRules.LongestReason])
            : null;

    public static string CodeOf(ContentAct act) => act switch { ContentAct.Archiving => "archiving", ContentAct.Supplement => "supplement", _ => "change" };

    /// <summary>The act of a code; null for an unknown one.</summary>
    public static ContentAct? ActOf(string? code) => code switch
    {
        "archiving" => ContentAct.Archiving,
        "supplement" => ContentAct.Supplement,
        "change" => ContentAct.Change,
        _ => null,
    };

    public static JsonMap Describe(JsonMap map, HeldContent? held) => held is null ? map
        : map.Set("aip", held.Aip).Set("version", held.Version).Set("sequence", held.Sequence).Set("report", held.Report);

    public static HeldContent? HeldIn(JsonMap map) =>
        map.Id("aip") is { } aip && map.Number("version") is { } version and > 0 && map.Number("sequence") is { } sequence and >= 0 && CaseBodies.Short(map, "report") is { } report
            ? new HeldContent(aip, version, sequence, report)
            : null;
}
