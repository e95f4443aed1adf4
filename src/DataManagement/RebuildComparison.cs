using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>How one collection, or the key index, compares with what the ledger says.</summary>
/// <param name="Name">The collection, <c>keys</c> for the key index, <c>watermarks</c> for the watermarks.</param>
/// <param name="Live">Documents or keys in the live view.</param>
/// <param name="Rebuilt">Documents or keys in the rebuilt one.</param>
/// <param name="Differences">How many are missing, surplus or different.</param>
public sealed record ViewComparison(string Name, long Live, long Rebuilt, long Differences);

/// <summary>Whether the live views equal what the ledger says.</summary>
/// <param name="Views">One line for each collection, then watermarks and keys.</param>
/// <param name="Findings">The first differences, at most <see cref="RebuildComparison.MaxFindings"/>.</param>
public sealed record ComparisonReport(IReadOnlyList<ViewComparison> Views, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether nothing differs.</summary>
    public bool AreEqual => Findings.Count == 0;
}

/// <summary>
/// Makes documents and key index anew in memory from the events and compares them with the live ones. Changes nothing.
/// </summary>
/// <remarks>The live views are to be caught up before, and left alone meanwhile.</remarks>
public sealed class RebuildComparison
{
    /// <summary>The most findings in a report; the differences are all counted.</summary>
    public const int MaxFindings = 100;

    private const int PageSize = 512;

    private readonly List<ViewComparison> _views = [];
    private readonly List<Finding> _findings = [];

    private RebuildComparison()
    {
    }

    /// <summary>Compares live views with rebuilt ones.</summary>
    /// <param name="live">The live documents.</param>
    /// <param name="liveKeys">The live key index.</param>
    /// <param name="projections">All projections of the live documents.</param>
    /// <param name="readFrom">Reads events in order from a sequence to the ledger's end; nothing when there are none.</param>
    /// <param name="progress">Told the next sequence now and then, or null.</param>
    /// <param name="cancel">Stops between transactions.</param>
    public static ComparisonReport Run(
        IDocumentStore live, KeyIndex liveKeys, IReadOnlyList<IProjection> projections, Func<long, IEnumerable<StoredEvent>> readFrom,
        Action<long>? progress, CancellationToken cancel)
    {
        using var rebuilt = new MemoryDocumentStore(projections.SelectMany(p => p.Lookups));
        using var keys = new KeyIndex();
        _ = new Replay(rebuilt, projections).CatchUp(from => Observe(readFrom(from), keys), progress, cancel);

        var comparison = new RebuildComparison();
        try
        {
            comparison.CompareDocuments(live, rebuilt, cancel);
        }
        catch (DocumentStoreException problem) when (problem.Problem == DocumentStoreProblem.Damaged)
        {
            comparison.Note(Finding.Error(ViewCodes.ViewUnreadable, problem.Path, ("cause", problem.Message)));
        }

        try
        {
            comparison.CompareKeys(liveKeys, keys);
        }
        catch (StorageException problem) when (problem.Finding is { } damage)
        {
            comparison.Note(Finding.Error(ViewCodes.KeyIndexDamaged, damage.Subject));
        }

        return new ComparisonReport(comparison._views, comparison._findings);
    }

    // One pass over the events serves both views.
    private static IEnumerable<StoredEvent> Observe(IEnumerable<StoredEvent> events, KeyIndex keys)
    {
        foreach (var e in events)
        {
            keys.Apply(e);
            yield return e;
        }
    }

    private void CompareDocuments(IDocumentStore live, MemoryDocumentStore rebuilt, CancellationToken cancel)
    {
        var codes = (ViewCodes.DocumentMissing, ViewCodes.DocumentSurplus, ViewCodes.DocumentDiffers);
        foreach (var name in live.Collections.Union(rebuilt.Collections).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            Compare(name, All(live, name), All(rebuilt, name), codes, Comparer<long>.Default, id => name + "/" + id.ToString(CultureInfo.InvariantCulture));
        }

        Compare(
            "watermarks", live.Watermarks.Select(m => KeyValuePair.Create(m.Projection, m)),
            rebuilt.Watermarks.Select(m => KeyValuePair.Create(m.Projection, m)),
            (ViewCodes.WatermarkDiffers, ViewCodes.WatermarkDiffers, ViewCodes.WatermarkDiffers), StringComparer.Ordinal, name => name);
    }

    private void CompareKeys(KeyIndex live, KeyIndex rebuilt) => Compare(
        "keys", live.Entries(), rebuilt.Entries(), (ViewCodes.KeyMissing, ViewCodes.KeySurplus, ViewCodes.KeyDiffers), Comparer<Digest>.Default, key => key.ToString());

    /// <summary>Walks two sorted sequences side by side.</summary>
    private void Compare<TKey, TValue>(
        string view, IEnumerable<KeyValuePair<TKey, TValue>> live, IEnumerable<KeyValuePair<TKey, TValue>> rebuilt,
        (string Missing, string Surplus, string Differs) codes, IComparer<TKey> order, Func<TKey, string> subject)
    {
        var (liveCount, rebuiltCount, differences) = (0L, 0L, 0L);
        using var here = live.GetEnumerator();
        using var there = rebuilt.GetEnumerator();
        var (isHere, isThere) = (here.MoveNext(), there.MoveNext());
        while (isHere || isThere)
        {
            var step = !isHere ? 1 : !isThere ? -1 : order.Compare(here.Current.Key, there.Current.Key);
            var code = step > 0 ? codes.Missing : step < 0 ? codes.Surplus
                : EqualityComparer<TValue>.Default.Equals(here.Current.Value, there.Current.Value) ? null : codes.Differs;
            if (code is not null)
            {
                differences++;
                Note(Finding.Error(code, subject(step > 0 ? there.Current.Key : here.Current.Key)));
            }

            if (step <= 0)
            {
                liveCount++;
                isHere = here.MoveNext();
            }

            if (step >= 0)
            {
                rebuiltCount++;
                isThere = there.MoveNext();
            }
        }

        _views.Add(new ViewComparison(view, liveCount, rebuiltCount, differences));
    }

    private void Note(Finding finding)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(finding);
        }
    }

    private static IEnumerable<KeyValuePair<long, Document>> All(IDocumentReader documents, string collection)
    {
        var after = 0L;
        while (documents.Scan(collection, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var (id, document) in page)
            {
                yield return KeyValuePair.Create(id, document);
            }

            after = page[^1].Id;
        }
    }
}
