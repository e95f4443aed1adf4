using System.Globalization;
using System.Text;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A scheme that an archive adopted.</summary>
/// <param name="Sequence">The event that adopted it.</param>
/// <param name="At">When.</param>
/// <param name="Person">Who adopted it.</param>
/// <param name="Reason">Why; null when nobody had to say.</param>
/// <param name="Scheme">The scheme, with the decision when it leaves something out.</param>
/// <remarks>Immutable.</remarks>
public sealed record AdoptedScheme(long Sequence, DateTimeOffset At, string Person, string? Reason, InspectionScheme Scheme)
{
    /// <summary>The event that withdrew it; null while it was not withdrawn.</summary>
    public long? Withdrawn { get; init; }

    /// <summary>What the detail of the event holds.</summary>
    internal static JsonMap Write(InspectionScheme scheme, string person, string? reason)
    {
        var without = SchemeTest.LeftOut(scheme);
        return SchemeFile.Write(scheme).Set("person", person).Set("reason", string.IsNullOrWhiteSpace(reason) ? null : reason).Set("without", Entry.Listed(without));
    }

    /// <summary>Reads an entry of the view; null when this program cannot follow it.</summary>
    internal static AdoptedScheme? Read(Document document, IDocumentReader views)
    {
        if (document.Number(RegisterView.Sequence) is not { } sequence || document.Text("time") is not { } time || !StoreTime.TryRead(time, out var at)
            || document.Text("person") is not { } person || !CanonicalJson.TryRead(Encoding.UTF8.GetBytes(document.Text("whole") ?? ""), out var map)
            || SchemeFile.Read(map, "", new List<Finding>()) is not { } scheme)
        {
            return null;
        }

        var (reason, without) = (document.Text("reason"), document.List("without"));
        return new AdoptedScheme(
            sequence, at, person, reason, scheme with { Decision = without.Count == 0 ? null : new SchemeDecision(person, at, reason ?? "", without) })
        {
            Withdrawn = views.Find(InspectionViews.Withdrawals, "adoption", sequence.ToString(CultureInfo.InvariantCulture), 1) is [var gone, ..] ? gone.Document.Number(RegisterView.Sequence) : null,
        };
    }
}
