using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The catalogue of service items.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-items.md.</remarks>
public sealed class ItemCatalogue
{
    internal const string Collection = "items";

    private static readonly string[] Members = ["item", "version", "name", "type", "agency", "steps", "paper", "joint", "from", "until"];

    private readonly RecordsJournal _journal;

    internal ItemCatalogue(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } =
        new(Collection, 1, ["item", "version"], ["item", "agency"], new RegisterEntry(RecordsEvents.ItemEntered, Members));

    /// <summary>Enters versions of items, or what changed of them: none when one is refused. Each stands by itself, so a disk that fails midway leaves those before.</summary>
    /// <param name="items">The items; a code and version stands once among them (CAT-006).</param>
    /// <param name="actor">Who enters them.</param>
    public DecisionOutcome Enter(IReadOnlyList<ServiceItem> items, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Enter([.. items.Select(i => (i, Entry.Shown(i.Code)))], actor);
    }

    /// <summary>Enters what a file says, when the reading found no error: findings name file and row.</summary>
    public DecisionOutcome Enter(ItemReading reading, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.IsSound ? Enter([.. reading.Items.Zip(reading.Places)], actor) : new DecisionOutcome([], []);
    }

    /// <summary>The version of an item that was entered or changed last; null when there is none.</summary>
    public ServiceItem? Find(string code) => Find(_journal.Views, code);

    /// <summary>A version of an item; null when it was not entered.</summary>
    public ServiceItem? Find(string code, string version) => Find(_journal.Views, code, version);

    /// <summary>All versions of an item in the order in which they were first entered.</summary>
    public IReadOnlyList<ServiceItem> Versions(string code) => [.. Documents(_journal.Views, code).Select(Read).OfType<ServiceItem>()];

    /// <summary>A page of all versions of all items in the order in which they were first entered, each with its place in it.</summary>
    /// <param name="after">The place of the last one seen; 0 to begin.</param>
    /// <param name="take">The most of them.</param>
    public IReadOnlyList<KeyValuePair<long, ServiceItem>> Page(long after, int take) =>
        [.. from d in _journal.Views.Scan(Collection, after, take) let item = Read(d.Document) where item is not null select KeyValuePair.Create(d.Id, item)];

    internal static ServiceItem? Find(IDocumentReader views, string code) =>
        Documents(views, code).MaxBy(d => d.Number(RegisterView.Sequence)) is { } newest ? Read(newest) : null;

    /// <summary>All versions of an item; the one that was entered or changed last stands last.</summary>
    internal static IEnumerable<ServiceItem> Versions(IDocumentReader views, string code) =>
        Documents(views, code).OrderBy(d => d.Number(RegisterView.Sequence)).Select(Read).OfType<ServiceItem>();

    internal static ServiceItem? Find(IDocumentReader views, string code, string version) =>
        RegisterView.Find(views, Collection, code, version) is { Document: var document } ? Read(document) : null;

    private static IEnumerable<Document> Documents(IDocumentReader views, string code) => views.Find(Collection, "item", code).Select(d => d.Document);

    private DecisionOutcome Enter(IReadOnlyList<(ServiceItem Item, string Place)> items, Actor actor) =>
        _journal.Decide(views => Decide(views, items, LegalTime.DayOf(_journal.Time.GetUtcNow())), actor);

    private static Decision Decide(IDocumentReader views, IReadOnlyList<(ServiceItem Item, string Place)> items, DateOnly today)
    {
        var (findings, drafts) = (new List<Finding>(), new List<EventDraft>());
        var seen = new HashSet<(string?, string?)>();
        foreach (var (item, place) in items)
        {
            findings.AddRange(ItemRules.Check(views, item, place, today));
            if (!seen.Add((item.Code, item.Version)))
            {
                findings.Add(Finding.Error("CAT-006", place, ("item", Entry.Shown(item.Code)), ("version", Entry.Shown(item.Version))));
            }

            var known = RegisterView.Find(views, Collection, item.Code ?? "", item.Version ?? "")?.Document;
            var body = Body(item);
            if (!Entry.IsSaid(known, body, Members))
            {
                drafts.Add(Entry.Draft(RecordsEvents.ItemEntered, known, body));
            }
        }

        return new Decision(findings, drafts);
    }

    private static JsonMap Body(ServiceItem item) => new JsonMap()
        .Set("item", item.Code).Set("version", item.Version).Set("name", item.Name).Set("type", item.Type).Set("agency", item.Agency)
        .Set("steps", Entry.Listed(item.Steps)).Set("paper", item.PaperCitation).Set("joint", Entry.Listed(item.JointWith))
        .Set("from", Entry.Day(item.From)).Set("until", Entry.Day(item.Until));

    private static ServiceItem? Read(Document document) =>
        document.Text("type") is { } type && document.Text("agency") is { } agency
            ? new ServiceItem(document.Text("item")!, document.Text("version")!, document.Text("name") ?? "", type, agency)
            {
                Steps = document.List("steps"),
                PaperCitation = document.Text("paper"),
                JointWith = document.List("joint"),
                From = Entry.Day(document.Text("from")),
                Until = Entry.Day(document.Text("until")),
            }
            : null;
}
