using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.DataManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>What the view makes of events that are lost, cut off or written by another program.</summary>
public sealed class ScheduleViewTests
{
    [Fact]
    public void Rows_that_no_event_closes_are_nobodys()
    {
        var (ledger, views) = (LedgerSketch.OfThree(), new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: Rows("s", "I1"));
        Follow(ledger, views);

        Assert.Empty(ScheduleTable.Versions(views, null));
        Assert.Null(ScheduleTable.Find(views, "a", "1"));
    }

    [Fact]
    public void A_version_whose_rows_are_lost_is_never_submitted()
    {
        var (ledger, views) = (LedgerSketch.OfThree(), new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: Rows("s", "I1", "I2"));
        _ = ledger.Add(RecordsEvents.ScheduleDrafted, body: Drafted("s", 3));
        _ = ledger.Add(RecordsEvents.ScheduleSubmitted, body: new JsonMap().Set("schedule", "s"));
        Follow(ledger, views);

        var version = ScheduleTable.Find(views, "a", "1")!;

        Assert.Equal((false, ScheduleState.Draft), (version.IsWhole, version.Decided));
    }

    [Fact]
    public void Rows_that_come_after_the_closing_event_do_not_count()
    {
        var (ledger, views) = (LedgerSketch.OfThree(), new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: Rows("s", "I1"));
        _ = ledger.Add(RecordsEvents.ScheduleDrafted, body: Drafted("s", 1));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: Rows("s", "I2"));
        Follow(ledger, views);

        Assert.Equal(["I1"], ScheduleTable.RowsOf(views, ScheduleTable.Find(views, "a", "1")!).Select(r => r.Item));
    }

    [Fact]
    public void Columns_are_read_by_their_names_and_unknown_ones_are_ignored()
    {
        var (ledger, views) = (LedgerSketch.OfThree(), new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: new JsonMap().Set("schedule", "s").Set("columns", ["retention", "colour", "item"]).Set("rows", [new List<object> { "D10", "red", "I1" }]));
        _ = ledger.Add(RecordsEvents.ScheduleDrafted, body: Drafted("s", 1));
        Follow(ledger, views);

        var row = Assert.Single(ScheduleTable.RowsOf(views, ScheduleTable.Find(views, "a", "1")!));

        Assert.Equal(("I1", "D10"), (row.Item, row.Retention?.Code));
    }

    [Fact]
    public void Details_of_another_form_or_size_end_nothing()
    {
        var (ledger, views) = (LedgerSketch.OfThree(), new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]));
        var huge = new string('\u0001', 200_000);
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: new JsonMap().Set("schedule", "s").Set("columns", ["item"]).Set("rows", [new List<object> { huge }]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: new JsonMap().Set("schedule", "s").Set("columns", ["item"]).Set("rows", [new List<object> { 1L }]));
        _ = ledger.Add(RecordsEvents.ScheduleRows, body: new JsonMap().Set("schedule", "s").Set("rows", "none"));
        _ = ledger.Add(RecordsEvents.ScheduleDrafted, body: Drafted("s", 0).Set("fonds", huge));
        _ = ledger.Add(RecordsEvents.ScheduleDrafted, body: new JsonMap().Set("schedule", "t").Set("agency", "a"));
        _ = ledger.Add(RecordsEvents.ScheduleApproved, body: new JsonMap().Set("schedule", "u"));
        Follow(ledger, views);

        Assert.Empty(ScheduleTable.Versions(views, null));
    }

    [Fact]
    public void Rows_are_cut_into_events_by_number_and_by_length()
    {
        var rows = Enumerable.Range(0, 2500).Select(i => new ScheduleRow([$"I{i}"])).ToList();

        Assert.Equal([1000, 1000, 500], ScheduleBody.Write("s", rows).Select(b => b.List("rows")!.Count));
        Assert.Equal(rows, ScheduleBody.Write("s", rows).SelectMany(b => ScheduleBody.Rows(b)!));
        Assert.InRange(ScheduleBody.Write("s", [.. rows.Select(_ => new ScheduleRow([new string('x', 1000)]))]).Count(), 9, 12);
    }

    private static void Follow(LedgerSketch ledger, MemoryDocumentStore views) => _ = new Replay(views, RecordsViews.All).CatchUp(ledger.ReadFrom, null, default);

    private static JsonMap Rows(string schedule, params string[] items) =>
        new JsonMap().Set("schedule", schedule).Set("columns", ["item"]).Set("rows", items.Select(i => (object)new List<object> { i }));

    private static JsonMap Drafted(string schedule, long rows) =>
        new JsonMap().Set("schedule", schedule).Set("agency", "a").Set("number", "1").Set("region", "350100").Set("revision", 1).Set("rows", rows);
}
