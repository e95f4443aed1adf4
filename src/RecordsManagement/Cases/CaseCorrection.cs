using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>What is to be said differently of a case from now on; what is null stays as it was told.</summary>
public sealed record CaseChange
{
    /// <summary>When it was completed.</summary>
    public CompletionTime? Completed { get; init; }

    /// <summary>Code of the agency that must archive it.</summary>
    public string? Agency { get; init; }

    /// <summary>Code of the service item.</summary>
    public string? Item { get; init; }

    /// <summary>Fonds number.</summary>
    public string? Fonds { get; init; }

    /// <summary>How its package comes.</summary>
    public SourceChannel? Channel { get; init; }

    /// <summary>Whether it changes anything at all.</summary>
    public bool IsEmpty => this == new CaseChange();
}

/// <summary>A change of what is known of the case at a place, as an event says it.</summary>
/// <remarks>spec/formats/records-cases.md.</remarks>
internal sealed record CaseCorrection(long Place, CaseChange Change)
{
    public static EventDraft Draft(ServiceCase c, CaseChange change, string reason) => new(RecordsEvents.CaseCorrected, c.Case.ToString("D"))
    {
        Body = new JsonMap().Set("place", c.Place).Set("reason", reason)
            .Set("completed", change.Completed?.Given).Set("time", change.Completed?.Moment)
            .Set("agency", change.Agency).Set("item", change.Item).Set("fonds", change.Fonds)
            .Set("channel", change.Channel is { } channel ? channel == SourceChannel.Offline ? "offline" : "online" : null),
    };

    public static CaseCorrection? Read(JsonMap body) => body.Number("place") is not { } place ? null : new CaseCorrection(place, new CaseChange
    {
        Completed = CaseBodies.Short(body, "completed") is { } given && CaseBodies.Moment(body) is { } moment ? new CompletionTime(given, moment, false) : null,
        Agency = CaseBodies.Short(body, "agency"),
        Item = CaseBodies.Short(body, "item"),
        Fonds = CaseBodies.Short(body, "fonds"),
        Channel = body.Text("channel") is { } channel ? channel == "offline" ? SourceChannel.Offline : SourceChannel.Online : null,
    });

    public ServiceCase ApplyTo(ServiceCase c) => c with
    {
        Completed = Change.Completed ?? c.Completed,
        Agency = Change.Agency ?? c.Agency,
        Item = Change.Item ?? c.Item,
        Fonds = Change.Fonds ?? c.Fonds,
        Channel = Change.Channel ?? c.Channel,
    };
}
