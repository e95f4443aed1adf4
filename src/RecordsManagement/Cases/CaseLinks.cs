using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>How one case is related to another.</summary>
/// <remarks>R8-5 of the requirements.</remarks>
public enum CaseRelationKind
{
    /// <summary>主办–协办: the case leads the other, which takes part.</summary>
    Joint,

    /// <summary>关联: they belong together.</summary>
    Related,

    /// <summary>前置: the other had to come before.</summary>
    Precondition,

    /// <summary>变更: the case changes what the other granted.</summary>
    Change,

    /// <summary>撤销: the case revokes what the other granted.</summary>
    Revocation,

    /// <summary>补正: the case corrects or completes the other.</summary>
    Supplement,
}

/// <summary>A typed relation from one case to another.</summary>
/// <param name="From">Place of the case that it was said of.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Source">Source system of the other case.</param>
/// <param name="Number">Number of the other case.</param>
/// <param name="Target">The other case; null while no notice told of it (a dangling relation).</param>
public sealed record CaseRelation(long From, CaseRelationKind Kind, string Source, string Number, ServiceCase? Target);

/// <summary>Relations as documents of the collection <c>caselinks</c>. Where they lead is looked up when they are read.</summary>
/// <remarks>spec/formats/records-cases.md.</remarks>
internal static class CaseLinks
{
    public const string Collection = "caselinks";

    /// <summary>Most relations of one case.</summary>
    public const int Most = 1000;

    public static IReadOnlyList<LookupField> Lookups { get; } = [new(Collection, "of"), new(Collection, "target")];

    public static EventDraft Draft(ServiceCase from, CaseRelationKind kind, string source, string number, string reason) => new(RecordsEvents.CaseRelated, from.Case.ToString("D"))
    {
        Body = new JsonMap().Set("place", from.Place).Set("relation", CodeOf(kind)).Set("source", source).Set("number", number).Set("reason", reason),
    };

    public static string CodeOf(CaseRelationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind with a code; null for an unknown one.</summary>
    public static CaseRelationKind? KindOf(string? code) =>
        Enum.GetValues<CaseRelationKind>().Where(k => CodeOf(k) == code).Select(k => (CaseRelationKind?)k).FirstOrDefault();

    public static void Apply(IDocumentWriter writer, JsonMap body)
    {
        if (body.Number("place") is { } place && KindOf(body.Text("relation")) is { } kind
            && CaseBodies.Short(body, "source") is { } source && CaseBodies.Short(body, "number") is { } number)
        {
            _ = writer.Add(Collection, new Document(new JsonMap()
                .Set("of", Of(place)).Set("place", place).Set("relation", CodeOf(kind)).Set("source", source).Set("number", number)
                .Set("target", CaseEntry.Identity(source, number))));
        }
    }

    /// <summary>What was said of a case.</summary>
    public static IReadOnlyList<CaseRelation> From(IDocumentReader views, long place) => [.. views.Find(Collection, "of", Of(place), Most).Select(d => Read(views, d.Document))];

    /// <summary>What other cases say that leads to it.</summary>
    public static IReadOnlyList<CaseRelation> To(IDocumentReader views, ServiceCase c) => c.Number is null
        ? []
        : [.. views.Find(Collection, "target", CaseEntry.Identity(c.Source, c.Number), Most).Select(d => Read(views, d.Document))];

    private static CaseRelation Read(IDocumentReader views, Document d)
    {
        var (source, number) = (d.Text("source")!, d.Text("number")!);
        var found = views.Find(CaseEntry.Collection, "identity", CaseEntry.Identity(source, number), 1);
        return new CaseRelation(d.Number("place")!.Value, KindOf(d.Text("relation"))!.Value, source, number, found.Count == 0 ? null : CaseEntry.Read(found[0]));
    }

    private static string Of(long place) => place.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
