using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>A legal hold (法律保留): while it lies on a case, the case is not destroyed and not prepared for it.</summary>
/// <param name="Hold">Its random id.</param>
/// <param name="Place">Place of the case.</param>
/// <param name="Reason">Why it was placed.</param>
/// <param name="Basis">Its legal basis; null when none was given.</param>
/// <param name="Placed">When.</param>
/// <param name="Lifted">When it was lifted; null while it holds.</param>
public sealed record LegalHold(Guid Hold, long Place, string Reason, string? Basis, DateTimeOffset Placed, DateTimeOffset? Lifted);

/// <summary>Legal holds as documents of the collection <c>holds</c>.</summary>
/// <remarks>spec/formats/records-cases.md.</remarks>
internal static class HoldEntries
{
    public const string Collection = "holds";

    public static IReadOnlyList<LookupField> Lookups { get; } = [new(Collection, "hold"), new(Collection, "on")];

    public static EventDraft Place(ServiceCase c, Guid hold, string reason, string? basis) => new(RecordsEvents.HoldPlaced, hold.ToString("D"))
    {
        Basis = basis,
        Body = new JsonMap().Set("hold", hold).Set("place", c.Place).Set("reason", reason).Set("basis", basis),
    };

    public static EventDraft Lift(LegalHold hold, string reason) => new(RecordsEvents.HoldLifted, hold.Hold.ToString("D"))
    {
        Body = new JsonMap().Set("hold", hold.Hold).Set("place", hold.Place).Set("reason", reason),
    };

    /// <summary>Applies an event: which case has a hold more or less, or null when it changes nothing.</summary>
    public static (long Place, int Step)? Apply(IDocumentWriter writer, bool isPlaced, DateTimeOffset time, JsonMap body)
    {
        if (body.Id("hold") is not { } id)
        {
            return null;
        }

        var known = writer.Find(Collection, "hold", id.ToString("D"), 1);
        if (isPlaced)
        {
            if (known.Count > 0 || body.Number("place") is not { } place || body.Text("reason") is not { } reason)
            {
                return null;
            }

            _ = writer.Add(Collection, new Document(new JsonMap()
                .Set("hold", id).Set("on", On(place)).Set("place", place).Set("reason", Cut(reason)).Set("basis", body.Text("basis") is { } basis ? Cut(basis) : null)
                .Set("placed", time)));
            return (place, 1);
        }

        if (known.Count == 0 || known[0].Document.Text("lifted") is not null)
        {
            return null;
        }

        writer.Put(Collection, known[0].Id, new Document(known[0].Document.ToMap().Set("lifted", time)));
        return (known[0].Document.Number("place")!.Value, -1);
    }

    public static LegalHold? Find(IDocumentReader views, Guid hold) => views.Find(Collection, "hold", hold.ToString("D"), 1) is [var only] ? Read(only.Document) : null;

    public static IReadOnlyList<LegalHold> Of(IDocumentReader views, long place) => [.. views.Find(Collection, "on", On(place), 1000).Select(d => Read(d.Document))];

    private static LegalHold Read(Document d) => new(
        Guid.ParseExact(d.Text("hold")!, "D"), d.Number("place")!.Value, d.Text("reason")!, d.Text("basis"),
        StoreTime.TryRead(d.Text("placed")!, out var placed) ? placed : default, StoreTime.TryRead(d.Text("lifted") ?? "", out var lifted) ? lifted : null);

    private static string On(long place) => place.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    // A detail is input: a document has a largest size.
    private static string Cut(string text) => text.Length <= 1000 ? text : text[..(char.IsHighSurrogate(text[999]) ? 999 : 1000)];
}
