using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.DataManagement;

public sealed class ReplayTests : IDisposable
{
    private readonly MemoryDocumentStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Events_are_applied_once_and_the_watermark_names_the_last_leaf()
    {
        var ledger = LedgerSketch.OfThree();
        var replay = new Replay(_store, new Tally());

        var first = replay.CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);
        var idle = replay.CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);
        var last = ledger.Ingest(LedgerSketch.Aip(3), "local", "case-3", 1);
        var second = replay.CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.Equal((5, 5, false), (first.Next, first.Read, first.IsRenewed));
        Assert.Equal((5, 0), (idle.Next, idle.Read));
        Assert.Equal((6, 1), (second.Next, second.Read));
        Assert.Equal([1, 2, 4, 5], Seen());
        Assert.Equal(new Watermark("tally", 1, 6, Digest.Of(last.LeafBytes)), Assert.Single(_store.Watermarks));
    }

    [Fact]
    public void An_empty_ledger_leaves_no_watermark()
    {
        var outcome = new Replay(_store, new Tally()).CatchUp(new LedgerSketch().ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (outcome.Next, outcome.Read));
        Assert.Empty(_store.Watermarks);
    }

    [Fact]
    public void Another_version_of_a_projection_makes_the_view_anew()
    {
        var ledger = LedgerSketch.OfThree();
        _ = new Replay(_store, new Tally()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        var outcome = new Replay(_store, new Tally(version: 2)).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.True(outcome.IsRenewed);
        Assert.Equal(ViewCodes.ProjectionsChanged, Assert.Single(outcome.Findings).Code);
        Assert.Equal([1, 2, 4], Seen());
        Assert.Equal(2, Assert.Single(_store.Watermarks).Version);
    }

    [Fact]
    public void Another_set_of_projections_makes_the_view_anew()
    {
        var ledger = LedgerSketch.OfThree();
        var store = new MemoryDocumentStore([.. new AipCatalogue().Lookups]);
        _ = new Replay(store, new Tally()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        var outcome = new Replay(store, new Tally(), new AipCatalogue()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.True(outcome.IsRenewed);
        Assert.Equal(["aips", "tally"], store.Watermarks.Select(m => m.Projection));
        Assert.Equal(3, store.Count("seen"));
    }

    [Fact]
    public void A_watermark_beyond_the_ledger_makes_the_view_anew()
    {
        var ledger = LedgerSketch.OfThree();
        _ = new Replay(_store, new Tally()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        var outcome = new Replay(_store, new Tally()).CatchUp(from => ledger.ReadFrom(from).Where(e => e.Leaf.Sequence < 2), null, TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.ViewDisagrees, Assert.Single(outcome.Findings).Code);
        Assert.Equal([1], Seen());
        Assert.Equal(2, Assert.Single(_store.Watermarks).Next);
    }

    [Fact]
    public void A_watermark_of_another_history_makes_the_view_anew()
    {
        var other = new LedgerSketch();
        for (var i = 0; i < 5; i++)
        {
            other.Ingest(LedgerSketch.Aip(40 + i), "local", $"other-{i}", 1);
        }

        _ = new Replay(_store, new Tally()).CatchUp(other.ReadFrom, null, TestContext.Current.CancellationToken);
        var outcome = new Replay(_store, new Tally()).CatchUp(LedgerSketch.OfThree().ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.ViewDisagrees, Assert.Single(outcome.Findings).Code);
        Assert.Equal([1, 2, 4], Seen());
    }

    [Fact]
    public void Documents_without_a_watermark_are_no_view()
    {
        _store.Apply(w => w.Add("seen", new Document(new JsonMap().Set("sequence", 77))));

        _ = new Replay(_store, new Tally()).CatchUp(LedgerSketch.OfThree().ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 4], Seen());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(5000)]
    [InlineData(8999)]
    public void A_crash_inside_a_transaction_leaves_documents_and_watermark_together(int at)
    {
        var ledger = new LedgerSketch();
        for (var i = 0; i < 9000; i++)
        {
            ledger.Ingest(LedgerSketch.Aip(i), "local", $"case-{i}", 1);
        }

        Assert.Throws<TimeoutException>(() =>
            new Replay(_store, new Tally(failAt: at)).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken));

        var whole = at / Replay.BatchSize * Replay.BatchSize;
        Assert.Equal(whole, _store.Watermarks.Sum(m => m.Next));
        Assert.Equal(whole, _store.Count("seen"));

        var steps = new List<long>();
        var outcome = new Replay(_store, new Tally()).CatchUp(ledger.ReadFrom, steps.Add, TestContext.Current.CancellationToken);

        Assert.Equal(9000 - whole, outcome.Read);
        Assert.Equal(Enumerable.Range(0, 9000).Select(i => (long)i), Seen());
        Assert.Equal(9000, steps[^1]);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, Replay.BatchSize));
    }

    [Fact]
    public void A_gap_in_the_events_is_never_passed_over()
    {
        var ledger = LedgerSketch.OfThree();

        Assert.Throws<InvalidOperationException>(() => new Replay(_store, new Tally())
            .CatchUp(from => ledger.ReadFrom(from).Where(e => e.Leaf.Sequence != 2), null, TestContext.Current.CancellationToken));

        Assert.Empty(_store.Watermarks);
    }

    private IEnumerable<long> Seen() => _store.Scan("seen", 0, 20000).Select(d => d.Document.Number("sequence")!.Value);

    private sealed class Tally(int version = 1, int failAt = -1) : IProjection
    {
        public string Name => "tally";

        public int Version => version;

        public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(Lantai.StoreFormat.EventTypes.Ingestion);

        public IReadOnlyList<LookupField> Lookups => [];

        public IProjectionPass Begin(IDocumentWriter writer) => new Pass(failAt, writer);

        private sealed class Pass(int failAt, IDocumentWriter writer) : IProjectionPass
        {
            public void Apply(StoredEvent e)
            {
                if (e.Leaf.Sequence == failAt)
                {
                    throw new TimeoutException("planted");
                }

                _ = writer.Add("seen", new Document(new JsonMap().Set("sequence", e.Leaf.Sequence)));
            }

            public void End()
            {
                // nothing is summed
            }
        }
    }
}
