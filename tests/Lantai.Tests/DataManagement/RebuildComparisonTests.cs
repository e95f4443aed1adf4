using System.Reflection;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.DataManagement;

public sealed class RebuildComparisonTests : IDisposable
{
    private readonly LedgerSketch _ledger = LedgerSketch.OfThree();
    private readonly MemoryDocumentStore _live = new([.. new AipCatalogue().Lookups]);
    private readonly KeyIndex _keys;

    public RebuildComparisonTests()
    {
        _ = new Replay(_live, new AipCatalogue()).CatchUp(_ledger.ReadFrom, null, TestContext.Current.CancellationToken);
        _keys = KeyIndex.Open(null, writes: false, _ledger.ReadFrom, TestContext.Current.CancellationToken).Keys;
    }

    public void Dispose()
    {
        _keys.Dispose();
        _live.Dispose();
    }

    [Fact]
    public void Views_of_the_ledger_equal_a_rebuild()
    {
        var report = Compare(_keys);

        Assert.True(report.AreEqual);
        Assert.Equal(
            [new("aips", 2, 2, 0), new("totals", 1, 1, 0), new("versions", 1, 1, 0), new("watermarks", 1, 1, 0), new("keys", 6, 6, 0)],
            report.Views);
    }

    [Fact]
    public void A_planted_difference_of_each_kind_is_found()
    {
        _live.Apply(w =>
        {
            w.Put("aips", 2, new Document(w.Get("aips", 2)!.ToMap().Set("bytes", 1001)));
            w.Delete("versions", 1);
            w.Add("strangers", new Document(new JsonMap()));
            w.Mark(_live.Watermarks[0] with { Next = 4 });
        });

        var report = Compare(_keys);

        Assert.Equal(
            [(ViewCodes.DocumentDiffers, "aips/2"), (ViewCodes.DocumentSurplus, "strangers/1"), (ViewCodes.DocumentMissing, "versions/1"), (ViewCodes.WatermarkDiffers, "aips")],
            report.Findings.Select(f => (f.Code, f.Subject)));
        Assert.Contains(new ViewComparison("versions", 0, 1, 1), report.Views);
    }

    [Fact]
    public void A_key_that_is_missing_surplus_or_leads_astray_is_found()
    {
        var other = new LedgerSketch();
        other.Add(EventTypes.StoreCreated);
        other.Ingest(LedgerSketch.Aip(1), "local", "case-9", 1);
        other.Ingest(LedgerSketch.Aip(1), "local", "case-1", 1);
        using var wrong = KeyIndex.Open(null, writes: false, other.ReadFrom, TestContext.Current.CancellationToken).Keys;

        var codes = Compare(wrong).Findings.Select(f => f.Code).Distinct().Order();

        Assert.Equal([ViewCodes.KeyMissing, ViewCodes.KeySurplus, ViewCodes.KeyDiffers], codes);
    }

    [Fact]
    public void Findings_are_bounded_and_differences_all_counted()
    {
        _live.Apply(w =>
        {
            for (var i = 0; i < 1500; i++)
            {
                w.Add("strangers", new Document(new JsonMap()));
            }
        });

        var report = Compare(_keys);

        Assert.Equal(RebuildComparison.MaxFindings, report.Findings.Count);
        Assert.Contains(new ViewComparison("strangers", 1500, 0, 1500), report.Views);
    }

    [Fact]
    public void A_live_view_that_cannot_be_read_is_a_finding()
    {
        _live.Apply(w => w.Add("aips", new Document(new JsonMap())));
        using var broken = new BrokenStore(_live);

        var report = RebuildComparison.Run(broken, _keys, [new AipCatalogue()], _ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.ViewUnreadable, Assert.Single(report.Findings).Code);
        Assert.False(report.AreEqual);
    }

    [Fact]
    public void Every_code_has_a_text_in_both_languages()
    {
        var phrases = new Phrases(typeof(ViewCodes).Assembly);
        var codes = typeof(ViewCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).ToList();

        Assert.All(codes, code => Assert.Contains("finding." + code, phrases.Keys(Language.English)));
        Assert.All(codes, code => Assert.Contains("finding." + code, phrases.Keys(Language.Chinese)));
        Assert.Equal(codes.Count, phrases.Keys(Language.English).Count);
    }

    private ComparisonReport Compare(KeyIndex keys) =>
        RebuildComparison.Run(_live, keys, [new AipCatalogue()], _ledger.ReadFrom, null, TestContext.Current.CancellationToken);

    private sealed class BrokenStore(MemoryDocumentStore whole) : IDocumentStore
    {
        public IReadOnlyList<string> Collections => whole.Collections;

        public IReadOnlyList<Watermark> Watermarks => whole.Watermarks;

        public Document? Get(string collection, long id) => whole.Get(collection, id);

        public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false) =>
            throw new DocumentStoreException(DocumentStoreProblem.Damaged, "catalogue.db", "planted", null);

        public long Count(string collection) => whole.Count(collection);

        public IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue) =>
            whole.Find(collection, field, value, take);

        public IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take) =>
            whole.FindPrefix(collection, field, prefix, take);

        public IReadOnlyList<StoredDocument> FindAfter(string collection, string field, string prefix, string? after, int take) =>
            whole.FindAfter(collection, field, prefix, after, take);

        public void Apply(Action<IDocumentWriter> changes) => whole.Apply(changes);

        public void Clear() => whole.Clear();

        public void Dispose()
        {
        }
    }
}
