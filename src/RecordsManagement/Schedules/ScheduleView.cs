using System.Collections.Frozen;
using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>
/// A view of schedules: a document for each version in <c>schedules</c>, and their rows in <c>schedrows</c>, those of one item together.
/// </summary>
/// <remarks>
/// Rows come before the event that makes them count; those that no event makes count are in no version's documents that anybody finds.
/// spec/formats/records-schedules.md.
/// </remarks>
internal sealed class ScheduleView : IProjection
{
    public const string Versions = "schedules";
    public const string Rows = "schedrows";

    /// <summary>The random id of a version.</summary>
    public const string Id = "schedule";

    /// <summary>Agency and number of the newest revision as one text; older ones have none.</summary>
    public const string Handle = "handle";

    /// <summary>Id and item or class path as one text.</summary>
    public const string Key = "key";

    /// <summary>Member of a version's document that says how many rows came.</summary>
    private const string Came = "came";

    // So many rows of the greatest length stay below the size of a document, whatever their letters.
    private const int RowsInDocument = 16;

    public string Name => Versions;

    public int Version => 1;

    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        RecordsEvents.ScheduleRows, RecordsEvents.ScheduleDrafted, RecordsEvents.ScheduleSubmitted, RecordsEvents.ScheduleApproved, RecordsEvents.ScheduleReturned, RecordsEvents.ScheduleRepealed);

    public IReadOnlyList<LookupField> Lookups { get; } = [new(Versions, Id), new(Versions, Handle), new(Versions, "agency"), new(Versions, "region"), new(Rows, Key)];

    public static string HandleOf(string agency, string number) => agency + "/" + number;

    public static string KeyOf(string schedule, string item) => schedule + "/" + item;

    /// <summary>The rows of one item or class in a version, in the order of the file.</summary>
    public static IEnumerable<(long Order, ScheduleRow Row)> RowsOf(IDocumentReader views, string schedule, string item) =>
        views.Find(Rows, Key, KeyOf(schedule, item)).SelectMany(d => RowsIn(d.Document));

    /// <summary>The rows of a document, each behind its order.</summary>
    public static IEnumerable<(long Order, ScheduleRow Row)> RowsIn(Document document)
    {
        var cells = document.List("cells");
        var width = ScheduleColumns.All.Count + 1;
        for (var i = 0; i + width <= cells.Count; i += width)
        {
            yield return (long.Parse(cells[i], CultureInfo.InvariantCulture), new ScheduleRow([.. cells.Skip(i + 1).Take(width - 1)]));
        }
    }

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (RecordsBody.Of(e) is not { } body || body.Text(Id) is not { } schedule)
            {
                return;
            }

            var known = writer.Find(Versions, Id, schedule, 1) is [var found, ..] ? found : (StoredDocument?)null;
            switch (e.Leaf.Type)
            {
                case RecordsEvents.ScheduleRows:
                    Add(schedule, body, known);
                    break;
                case RecordsEvents.ScheduleDrafted:
                    Draft(e, body, schedule, known);
                    break;
                default:
                    if (known is { } document)
                    {
                        Move(e, body, document);
                    }

                    break;
            }
        }

        public void End()
        {
        }

        private void Add(string schedule, JsonMap body, StoredDocument? known)
        {
            if (known?.Document.Text("state") is not null || ScheduleBody.Rows(body) is not { } rows)
            {
                return; // what counts does not grow
            }

            var order = known?.Document.Number(Came) ?? 0;
            var items = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var row in rows)
            {
                if (!items.TryGetValue(row.Item, out var cells))
                {
                    items.Add(row.Item, cells = []);
                }

                cells.Add((++order).ToString(CultureInfo.InvariantCulture));
                cells.AddRange(row.Cells);
            }

            foreach (var (item, cells) in items)
            {
                Add(KeyOf(schedule, item), cells);
            }

            Put(known?.Id, new JsonMap().Set(Id, schedule).Set(Came, order));
        }

        private void Add(string key, List<string> cells)
        {
            const int Most = RowsInDocument;
            var width = ScheduleColumns.All.Count + 1;
            var last = writer.Find(Rows, Key, key) is [.., var document] ? document : (StoredDocument?)null;
            var before = last?.Document.List("cells") ?? [];
            var room = last is null ? 0 : Math.Max(Most - (before.Count / width), 0) * width;
            if (room > 0)
            {
                writer.Put(Rows, last!.Value.Id, OfCells(key, before.Concat(cells.Take(room))));
            }

            foreach (var chunk in cells.Skip(room).Chunk(Most * width))
            {
                _ = writer.Add(Rows, OfCells(key, chunk));
            }
        }

        private static Document OfCells(string key, IEnumerable<string> cells) => new(new JsonMap().Set(Key, key).Set("cells", cells));

        private void Draft(StoredEvent e, JsonMap body, string schedule, StoredDocument? known)
        {
            if (known?.Document.Text("state") is not null || body.Text("agency") is not { } agency || body.Text("number") is not { } number)
            {
                return;
            }

            // The revision before it is found by its id alone from now on.
            if (writer.Find(Versions, Handle, HandleOf(agency, number), 1) is [var before, ..])
            {
                writer.Put(Versions, before.Id, Without(before.Document, Handle));
            }

            var came = known?.Document.Number(Came) ?? 0;
            var map = new JsonMap().Set(Id, schedule).Set(Handle, HandleOf(agency, number)).Set("agency", agency).Set("number", number)
                .Set("region", body.Text("region")).Set("fonds", body.Text("fonds")).Set("revision", body.Number("revision") ?? 1).Set("rows", body.Number("rows") ?? 0)
                .Set("basis", (body.List("basis") ?? []).OfType<string>()).Set("drafter", e.Detail!.AccountName)
                .Set("state", came == (body.Number("rows") ?? 0) ? "draft" : "damaged"); // rows that cannot be read any more: never to be approved
            Put(known?.Id, map);
        }

        private void Move(StoredEvent e, JsonMap body, StoredDocument known)
        {
            var state = known.Document.Text("state");
            var map = known.Document.ToMap();
            var account = e.Detail!.AccountName;
            JsonMap? moved = (e.Leaf.Type, state) switch
            {
                (RecordsEvents.ScheduleSubmitted, "draft") => map.Set("state", "submitted").Set("submitter", account),
                (RecordsEvents.ScheduleApproved, "submitted") => map.Set("state", "approved").Set("reviewer", account).Set("approval", body.Text("approval"))
                    .Set("opinion", body.Text("opinion")).Set("from", body.Text("from")).Set("until", body.Text("until")).Set("approvedAt", e.Leaf.Sequence),
                (RecordsEvents.ScheduleReturned, "submitted") => map.Set("state", "returned").Set("reviewer", account).Set("opinion", body.Text("opinion")),
                (RecordsEvents.ScheduleRepealed, "approved") => map.Set("state", "repealed").Set("until", body.Text("until")),
                _ => null,
            };
            if (moved is not null)
            {
                Put(known.Id, moved);
            }
        }

        private void Put(long? id, JsonMap map)
        {
            if (CanonicalJson.Write(map).Length > Document.MaxSize)
            {
                return; // none that we wrote: what was before it stands
            }

            if (id is { } known)
            {
                writer.Put(Versions, known, new Document(map));
            }
            else
            {
                _ = writer.Add(Versions, new Document(map));
            }
        }

        private static Document Without(Document document, string name)
        {
            var map = new JsonMap();
            foreach (var (member, value) in document.Members.Where(m => m.Key != name))
            {
                _ = value switch
                {
                    string text => map.Set(member, text),
                    long number => map.Set(member, number),
                    _ => map.Set(member, (IEnumerable<object>)value),
                };
            }

            return new Document(map);
        }
    }
}
