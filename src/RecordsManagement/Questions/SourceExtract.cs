using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>A document of a view, with the collection and the id that it has there.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Id">The id.</param>
/// <param name="Document">The document.</param>
public readonly record struct ExtractedDocument(string Collection, long Id, Document Document);

/// <summary>
/// Takes out of the views of a store what concerns one source system: everything that <see cref="RegisterQuestions"/> may read when they are
/// asked of a package that comes from it, so that they answer from it as the store does.
/// </summary>
/// <param name="views">The views.</param>
/// <param name="source">The source system.</param>
/// <param name="day">The day from which on it is to answer, at UTC+08:00: what ended before is left out where nothing asks for it.</param>
/// <remarks>Reads the view of cases once from its beginning to its end, a page at a time. For one thread. spec/formats/inspection-kit.md.</remarks>
public sealed class SourceExtract(IDocumentReader views, SourceSystem source, DateOnly day)
{
    private const int PageSize = 1000;

    private readonly HashSet<(string, long)> _given = [];

    /// <summary>All documents, each once.</summary>
    /// <param name="tellRecordCode">Told the electronic record code of each archived case of another source.</param>
    public IEnumerable<ExtractedDocument> Documents(Action<string> tellRecordCode)
    {
        ArgumentNullException.ThrowIfNull(tellRecordCode);
        return Registers().Concat(Schedules()).Concat(Cases(tellRecordCode)).Where(d => _given.Add((d.Collection, d.Id)));
    }

    private IEnumerable<ExtractedDocument> Registers()
    {
        var fonds = Found(FondsRegister.Collection, "creator", source.Agency).ToList();
        List<string> organisations = [source.Agency, .. fonds.Select(f => f.Document.Text("hall")).OfType<string>().Distinct(StringComparer.Ordinal)];
        return Found(SourceRegister.Collection, RegisterView.Handle, source.Id)
            .Concat(fonds)
            .Concat(organisations.SelectMany(Organisation))
            .Concat(Found(ItemCatalogue.Collection, "agency", source.Agency))
            .Concat(source.Items.SelectMany(code => Found(ItemCatalogue.Collection, "item", code)))
            .Concat(views.Scan(CodeRuleRegister.Collection, 0, int.MaxValue).Select(d => new ExtractedDocument(CodeRuleRegister.Collection, d.Id, d.Document)));
    }

    /// <summary>An organisation, its jurisdictions and what holds there, and what it asks of packages.</summary>
    private IEnumerable<ExtractedDocument> Organisation(string code) => Found(OrganisationRegister.Collection, RegisterView.Handle, code)
        .Concat(Chain(code).SelectMany(region =>
            Found(JurisdictionRegister.Collection, RegisterView.Handle, region.ToString()).Concat(Found(PolicyRegister.Collection, "place", PolicyRegister.PlaceOf(region)))))
        .Concat(Found(PolicyRegister.Collection, "place", "agency " + code))
        .Concat(Found(AccessionRegister.Collection, "hall", code));

    /// <summary>The versions of the agency's schedules and of those above, with the rows of those that hold or may hold yet.</summary>
    private IEnumerable<ExtractedDocument> Schedules()
    {
        var own = ScheduleTable.Versions(views, source.Agency);
        var regions = own.Select(v => v.Region).Concat(Chain(source.Agency)).SelectMany(r => r.Chain).Distinct();
        return Found(ScheduleView.Versions, "agency", source.Agency).Concat(regions.SelectMany(r => Found(ScheduleView.Versions, "region", r.ToString())))
            .SelectMany(version => MayHold(version.Document) ? Rows(version.Document.Text(ScheduleView.Id)!).Prepend(version) : [version]);
    }

    private bool MayHold(Document version) =>
        version.Text("state") is "approved" or "repealed" && (Entry.Day(version.Text("until")) is not { } until || until >= day);

    private IEnumerable<ExtractedDocument> Rows(string schedule)
    {
        string? after = null;
        do
        {
            var page = views.FindAfter(ScheduleView.Rows, ScheduleView.Key, ScheduleView.KeyOf(schedule, ""), after, PageSize);
            foreach (var row in page)
            {
                yield return new ExtractedDocument(ScheduleView.Rows, row.Id, row.Document);
            }

            after = page.Count < PageSize ? null : LookupField.Key(page[^1].Document.Text(ScheduleView.Key)!, page[^1].Id);
        }
        while (after is not null);
    }

    /// <summary>The source's own cases, and those of joint cases in which its agency takes part.</summary>
    private IEnumerable<ExtractedDocument> Cases(Action<string> tellRecordCode)
    {
        var joint = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<StoredDocument> page;
        for (var after = 0L; (page = views.Scan(CaseEntry.Collection, after, PageSize)).Count > 0; after = page[^1].Id)
        {
            foreach (var (id, document) in page)
            {
                var isOwn = document.Text("source") == source.Id && document.Text("number") is not null;
                if (document.Text("joint") is { } part && (isOwn || document.Text("agency") == source.Agency))
                {
                    _ = joint.Add(part);
                }

                if (isOwn)
                {
                    yield return new ExtractedDocument(CaseEntry.Collection, id, document);
                }
                else if (document.Text("record") is { } code)
                {
                    tellRecordCode(code);
                }
            }
        }

        foreach (var part in joint.SelectMany(j => Found(CaseEntry.Collection, "joint", j)))
        {
            yield return part;
        }
    }

    private IEnumerable<RegionCode> Chain(string organisation) => OrganisationRegister.Find(views, organisation)?.Region.Chain ?? [RegionCode.Nation];

    private IEnumerable<ExtractedDocument> Found(string collection, string field, string value) =>
        views.Find(collection, field, value).Select(d => new ExtractedDocument(collection, d.Id, d.Document));
}
