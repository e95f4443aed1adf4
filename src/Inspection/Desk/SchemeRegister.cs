using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Which scheme is in force at a run point: the built-in one, until an archive adopts another.</summary>
/// <remarks>Safe for concurrent use. spec/formats/inspection-events.md.</remarks>
public sealed class SchemeRegister
{
    private readonly RecordsJournal _journal;

    internal SchemeRegister(RecordsJournal journal) => _journal = journal;

    /// <summary>
    /// The scheme in force: of those adopted and not withdrawn the one adopted last for the category, else the one adopted last for
    /// every category, else the built-in one.
    /// </summary>
    /// <param name="point">The run point.</param>
    /// <param name="category">The archival category (门类); <c>*</c> when it is not known.</param>
    public InspectionScheme InForce(RunPoint point, string category = "*") => InForce(_journal.Views, point, category);

    /// <summary>The schemes in force for single archival categories, each once: a package is inspected by that of its category, which is known after the reading.</summary>
    /// <param name="point">The run point.</param>
    public IReadOnlyList<InspectionScheme> OfCategories(RunPoint point)
    {
        var views = _journal.Views;
        return [.. Of(views, point).Where(a => a.Withdrawn is null && a.Scheme.Category != "*").Select(a => a.Scheme.Category).Distinct(StringComparer.Ordinal).Select(c => InForce(views, point, c))];
    }

    /// <summary>All that were adopted, in order.</summary>
    public IReadOnlyList<AdoptedScheme> Adopted()
    {
        var views = _journal.Views;
        return [.. views.Scan(InspectionViews.Schemes, 0, int.MaxValue).Select(d => AdoptedScheme.Read(d.Document, views)).OfType<AdoptedScheme>()];
    }

    /// <summary>
    /// Adopts a scheme. It is refused with all that is wrong (FN-001 to FN-006), and where its name and version were adopted with
    /// another content (FN-007). Nothing happens when it is in force already.
    /// </summary>
    /// <param name="scheme">The scheme, of one run point.</param>
    /// <param name="reason">Why; must be said when it leaves rules out.</param>
    /// <param name="actor">Who adopts it: the named person on the reports.</param>
    public DecisionOutcome Adopt(InspectionScheme scheme, string? reason, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return _journal.Decide(views => Judge(views, scheme, reason, actor), actor);
    }

    /// <summary>Adopts what is in force without the rules that need an antivirus engine: a named person's decision, in force until it is withdrawn.</summary>
    /// <param name="point">The run point.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who decides.</param>
    public DecisionOutcome AdoptWithoutAntivirus(RunPoint point, string reason, Actor actor) => _journal.Decide(
        views => InForce(views, point, "*") is var whole && whole.Name == SchemeCatalogue.WithoutAntivirusName
            ? Decision.Of()
            : Judge(views, SchemeCatalogue.WithoutAntivirus(whole), reason, actor),
        actor);

    /// <summary>Withdraws the adoption of a scheme; there must be one that is not withdrawn (FN-008).</summary>
    /// <param name="name">The scheme's name.</param>
    /// <param name="point">The run point.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who withdraws it.</param>
    public DecisionOutcome Withdraw(string name, RunPoint point, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            var held = Of(views, point).LastOrDefault(a => a.Scheme.Name == name && a.Withdrawn is null);
            List<Finding> findings = [.. Entry.Check(name, "reason", reason, Entry.ReasonLength)];
            if (held is null)
            {
                findings.Add(Finding.Error("FN-008", Entry.Shown(name), ("point", InspectionCodes.Of(point))));
            }

            return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(Entry.Draft(InspectionEvents.SchemeWithdrawn, null, new JsonMap()
                .Set("adoption", held!.Sequence.ToString(CultureInfo.InvariantCulture)).Set("person", actor.AccountName).Set("reason", reason)));
        },
        actor);

    internal static InspectionScheme InForce(IDocumentReader views, RunPoint point, string category)
    {
        var held = views.Count(InspectionViews.Schemes) == 0 ? [] : Of(views, point).Where(a => a.Withdrawn is null).ToList();
        return (held.LastOrDefault(a => a.Scheme.Category == category) ?? held.LastOrDefault(a => a.Scheme.Category == "*"))?.Scheme ?? SchemeCatalogue.Of(point);
    }

    private static IEnumerable<AdoptedScheme> Of(IDocumentReader views, RunPoint point) =>
        views.Find(InspectionViews.Schemes, "point", InspectionCodes.Of(point)).Select(d => AdoptedScheme.Read(d.Document, views)).OfType<AdoptedScheme>();

    private static Decision Judge(IDocumentReader views, InspectionScheme scheme, string? reason, Actor actor)
    {
        List<Finding> findings = [.. SchemeTest.Check(scheme, reason), .. Entry.Check(scheme.Name, "reason", reason, Entry.ReasonLength, isRequired: false)];
        if (SchemeCatalogue.Find(scheme.Name) is not null)
        {
            findings.Add(Finding.Error("FN-007", scheme.Name, ("version", scheme.Version)));
        }

        if (findings.Count > 0)
        {
            return Decision.Only(findings);
        }

        var whole = CanonicalJson.Write(SchemeFile.Write(scheme));
        var same = Of(views, scheme.Point!.Value).LastOrDefault(a => a.Scheme.Name == scheme.Name && a.Scheme.Version == scheme.Version && a.Scheme.Category == scheme.Category);
        var isSame = same is not null && CanonicalJson.Write(SchemeFile.Write(same.Scheme)).AsSpan().SequenceEqual(whole);
        return same is not null && !isSame ? Decision.Only(Finding.Error("FN-007", scheme.Name, ("version", scheme.Version)))
            : isSame && same!.Withdrawn is null && InForce(views, scheme.Point.Value, scheme.Category).Name == scheme.Name ? Decision.Of()
            : Decision.Of(Entry.Draft(InspectionEvents.SchemeAdopted, null, AdoptedScheme.Write(scheme, actor.AccountName, reason)));
    }
}
