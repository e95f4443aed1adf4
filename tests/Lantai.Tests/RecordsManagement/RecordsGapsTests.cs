using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.DataManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class RecordsGapsTests
{
    [Fact]
    public void An_event_that_cannot_be_read_is_told_with_every_decision()
    {
        var ledger = LedgerSketch.OfThree();
        _ = ledger.Add(RecordsEvents.FondsEntered, body: new JsonMap().Set("fonds", "J001"));
        _ = ledger.Add(RecordsEvents.FondsEntered, body: new JsonMap().Set("fonds", "J002"));
        ledger.LoseDetail(6);
        using var views = new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]);
        _ = new Replay(views, RecordsViews.All).CatchUp(ledger.ReadFrom, null, default);

        var gap = Assert.Single(RecordsGaps.FindingsOf(views));

        Assert.Equal(("REC-001", "ledger/6"), (gap.Code, gap.Subject));
    }
}
