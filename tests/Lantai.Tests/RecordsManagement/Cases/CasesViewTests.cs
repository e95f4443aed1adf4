using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.DataManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>What the view of cases makes of events that nobody would write, and of any cut into transactions.</summary>
public sealed class CasesViewTests
{
    private const string Case = "6b0e6a1c-52c4-4e0e-9d53-3a3f6b5a7f10";

    [Fact]
    public void What_is_malformed_in_an_event_is_left_out_and_the_rest_is_taken()
    {
        var ledger = LedgerSketch.OfThree();
        _ = ledger.Add(RecordsEvents.CasesCompleted, body: new JsonMap().Set("notices", [Notice("1")]));
        _ = ledger.Add(RecordsEvents.CasesCompleted, body: new JsonMap().Set("source", new string('S', 5000)).Set("notices", [Notice("1")]));
        _ = ledger.Add(RecordsEvents.CasesCompleted, body: new JsonMap().Set("source", "S01").Set("notices",
        [
            "text", Notice(new string('9', 2_000_000)), Notice("1").Set("time", "9999-12-31T23:59:59.999Z"), Notice("1").Set("case", "no id"), new JsonMap(), Notice("7"),
        ]).Set("parts", [new JsonMap(), "text", Part(99), Part(5), Part(-1)]));
        _ = ledger.Add(RecordsEvents.CasesMoved, body: new JsonMap().Set("to", "nowhere").Set("moves", [Move(CaseBodies.PlaceOf(7, 5), "awaiting")]));
        _ = ledger.Add(RecordsEvents.CasesMoved, body: new JsonMap().Set("to", "collecting").Set("moves", ["text", new JsonMap(), Move(CaseBodies.PlaceOf(7, 5), "nowhere"), Move(CaseBodies.PlaceOf(7, 5), "passed"), Move(CaseBodies.PlaceOf(999, 0), "awaiting")]));
        _ = ledger.Add(RecordsEvents.CaseCorrected, body: new JsonMap().Set("place", -1));
        _ = ledger.Add(RecordsEvents.CaseCorrected, body: new JsonMap().Set("place", CaseBodies.PlaceOf(7, 5)).Set("agency", new string('A', 5000)).Set("time", "never"));
        _ = ledger.Add(RecordsEvents.CaseRelated, body: new JsonMap().Set("place", 1).Set("relation", "unknown").Set("source", "S").Set("number", "1"));
        _ = ledger.Add(RecordsEvents.HoldPlaced, body: new JsonMap().Set("hold", "no id"));
        _ = ledger.Add(RecordsEvents.HoldLifted, body: new JsonMap().Set("hold", Case));
        _ = ledger.Add(RecordsEvents.ListReconciled, body: new JsonMap());
        using var views = new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]);

        _ = new Replay(views, RecordsViews.All).CatchUp(ledger.ReadFrom, null, default);

        var only = CaseEntry.Read(Assert.Single(views.Scan(CaseEntry.Collection, 0, 100)));
        Assert.Equal(("7", CaseState.Awaiting, "A01", CaseBodies.PlaceOf(7, 5)), (only.Number, only.State, only.Agency, only.Place));
        Assert.Empty(CaseLinks.From(views, 1));
    }

    [Fact]
    public void However_the_events_are_cut_into_transactions_the_same_documents_come_of_them()
    {
        using var office = new TestOffice();
        _ = CaseHistory.Play(office, 11, 250);
        var events = office.Vault.ReadEvents(0).ToList();
        var lookups = RecordsViews.All.SelectMany(v => v.Lookups).ToList();
        using var whole = new MemoryDocumentStore(lookups);
        _ = new Replay(whole, RecordsViews.All).CatchUp(from => events.Skip((int)from), null, default);

        foreach (var size in new[] { 1, 2, 3, 17 })
        {
            using var cut = new MemoryDocumentStore(lookups);
            for (var end = size; ; end += size)
            {
                _ = new Replay(cut, RecordsViews.All).CatchUp(from => events.Take(end).Skip((int)from), null, default);
                if (end >= events.Count)
                {
                    break;
                }
            }

            foreach (var name in whole.Collections)
            {
                Assert.Equal(whole.Scan(name, 0, 10_000), cut.Scan(name, 0, 10_000));
            }
        }
    }

    [Fact]
    public void More_cases_than_a_transaction_holds_are_written_early_and_counted_once()
    {
        using var views = new MemoryDocumentStore([.. new CasesView().Lookups]);
        var ledger = new LedgerSketch();
        _ = ledger.Add(EventTypes.StoreCreated);
        for (var i = 0; i < 45; i++)
        {
            _ = ledger.Add(RecordsEvents.CasesCompleted, body: new JsonMap().Set("source", "S01").Set("notices", Enumerable.Range(0, 1000).Select(n => (object)Notice($"{i}-{n}"))));
        }

        _ = ledger.Add(RecordsEvents.CasesMoved, body: new JsonMap().Set("to", "collecting").Set("moves", [Move(CaseBodies.PlaceOf(1, 0), "awaiting"), Move(CaseBodies.PlaceOf(45, 0), "awaiting")]));

        _ = new Replay(views, new CasesView()).CatchUp(ledger.ReadFrom, null, default);

        Assert.Equal(45_000, views.Count(CaseEntry.Collection));
        Assert.Equal(2, views.Scan(CaseEntry.Collection, 0, 50_000).Count(d => d.Document.Text("state") == "collecting"));
        var counted = 0L;
        foreach (var (_, count) in DayCounts.Walk(Assert.Single(views.Scan(CaseSums.Collection, 0, 10)).Document.Text("completed")))
        {
            counted += count;
        }

        Assert.Equal(45_000, counted);
    }

    private static JsonMap Notice(string number) => new JsonMap().Set("case", Case).Set("number", number).Set("agency", "A01").Set("item", "I01")
        .Set("completed", "2025-05-10T09:30:00+08:00").Set("time", "2025-05-10T01:30:00.000Z");

    private static JsonMap Part(long lead) => new JsonMap().Set("case", Case).Set("lead", lead).Set("agency", "A02").Set("item", "I01");

    private static JsonMap Move(long place, string from) => new JsonMap().Set("place", place).Set("from", from);
}
