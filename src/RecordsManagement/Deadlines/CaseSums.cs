using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>
/// Counts of cases by day, kept by the view of cases while events pass: one document for each agency, item, source and
/// period of completion. With them the totals of any day follow without looking at a single case.
/// </summary>
/// <remarks>
/// Made for one transaction. spec/decisions/0029-overdue-totals.md. A group is never removed, and gets its place in the order
/// in which events touch groups: so the same events make the same documents, however they are cut into transactions.
/// </remarks>
internal sealed class CaseSums(IDocumentWriter writer)
{
    public const string Collection = "casesums";

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly List<Group> _order = [];

    public static IReadOnlyList<LookupField> Lookups { get; } = [new(Collection, "kind")];

    /// <summary>Groups that were touched and not written yet.</summary>
    public int Count => _groups.Count;

    /// <summary>Notes that an event concerns the group of a case, before anything is added to it.</summary>
    public void Touch(ServiceCase c) => _ = Of(c);

    /// <summary>Adds what a case counts, or (-1) takes it away.</summary>
    public void Add(ServiceCase c, int sign)
    {
        var group = Of(c);
        group.Completed.Add(c.Completed.Day, sign);
        if (c.ArchivedOn is { } archived)
        {
            group.Archived.Add(archived, sign);
        }

        if (c.RefusedOn is { } refused)
        {
            group.Refused.Add(refused, sign);
        }

        foreach (var span in c.Returns)
        {
            group.Returned.Add(span.From, sign);
            if (span.Until is { } until)
            {
                group.Returned.Add(until, -sign);
            }
        }
    }

    /// <summary>Writes what was added.</summary>
    public void Write()
    {
        foreach (var group in _order)
        {
            var known = writer.Find(Collection, "kind", group.Kind, 1);
            var before = known.Count == 0 ? null : known[0].Document;
            var document = group.Onto(before);
            if (before is null)
            {
                _ = writer.Add(Collection, document);
            }
            else if (!before.Equals(document))
            {
                writer.Put(Collection, known[0].Id, document);
            }
        }

        _groups.Clear();
        _order.Clear();
    }

    private Group Of(ServiceCase c)
    {
        var kind = $"{CompletionPeriod.Of(c.Completed.Day)}|{c.Agency}|{c.Item}|{c.Source}";
        if (!_groups.TryGetValue(kind, out var group))
        {
            group = new Group(kind, c);
            _groups.Add(kind, group);
            _order.Add(group);
        }

        return group;
    }

    private sealed class Group(string kind, ServiceCase first)
    {
        public string Kind => kind;

        public DayCounts Completed { get; } = new();

        public DayCounts Archived { get; } = new();

        public DayCounts Refused { get; } = new();

        public DayCounts Returned { get; } = new();

        public Document Onto(Document? before) => new(new JsonMap()
            .Set("kind", kind).Set("period", CompletionPeriod.Of(first.Completed.Day)).Set("agency", first.Agency).Set("item", first.Item).Set("source", first.Source)
            .Set("completed", Sum(before, "completed", Completed)).Set("archived", Sum(before, "archived", Archived))
            .Set("refused", Sum(before, "refused", Refused)).Set("returned", Sum(before, "returned", Returned)));

        private static string? Sum(Document? before, string name, DayCounts added)
        {
            var sum = DayCounts.Read(before?.Text(name));
            sum.Add(added);
            return sum.Write();
        }
    }
}
