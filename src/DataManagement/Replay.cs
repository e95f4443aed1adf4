using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>What a replay did.</summary>
/// <param name="Next">The ledger size that the store now stands for.</param>
/// <param name="Read">Events read by this call.</param>
/// <param name="IsRenewed">Whether the store was cleared and made anew.</param>
/// <param name="Findings">Why it was made anew; empty otherwise.</param>
public sealed record ReplayOutcome(long Next, long Read, bool IsRenewed, IReadOnlyList<Finding> Findings);

/// <summary>
/// Brings the projections of a document store up to the ledger. Documents and watermark move in one transaction, so a
/// crash at any point means that the next call goes on where the last whole transaction ended.
/// </summary>
/// <remarks>One call at a time for a store.</remarks>
public sealed class Replay
{
    /// <summary>The most events in one transaction: each costs a fixed number of fsyncs, whatever it holds.</summary>
    public const int BatchSize = 4096;

    private readonly IDocumentStore _store;
    private readonly IReadOnlyList<IProjection> _projections;

    /// <summary>Takes a store and all projections that share it.</summary>
    /// <exception cref="ArgumentException">There is no projection, or two have one name.</exception>
    public Replay(IDocumentStore store, params IReadOnlyList<IProjection> projections)
    {
        if (projections.Count == 0 || projections.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count() != projections.Count)
        {
            throw new ArgumentException("A replay needs projections of different names.", nameof(projections));
        }

        _store = store;
        _projections = projections;
    }

    /// <summary>
    /// Applies what the store has not seen. A store that another set or version of projections made, or whose watermark
    /// does not agree with the ledger, is cleared and made anew.
    /// </summary>
    /// <param name="readFrom">Reads events in order from a sequence to the ledger's end; nothing when there are none.</param>
    /// <param name="progress">Told the next sequence after each transaction, or null.</param>
    /// <param name="cancel">Stops between transactions.</param>
    public ReplayOutcome CatchUp(Func<long, IEnumerable<StoredEvent>> readFrom, Action<long>? progress, CancellationToken cancel)
    {
        var marks = _store.Watermarks;
        var reason = Judge(marks, readFrom);
        var isFresh = marks.Count == 0;
        if (reason is not null || isFresh)
        {
            // Also without a watermark: a crash inside an earlier Clear may have left documents behind.
            _store.Clear();
        }

        var from = reason is null && !isFresh ? marks[0].Next : 0;
        var next = from;
        using var events = readFrom(from).GetEnumerator();
        for (var more = events.MoveNext(); more;)
        {
            cancel.ThrowIfCancellationRequested();
            _store.Apply(writer => (next, more) = Apply(events, next, writer));
            progress?.Invoke(next);
        }

        return new ReplayOutcome(next, next - from, reason is not null, reason is null ? [] : [reason]);
    }

    private Finding? Judge(IReadOnlyList<Watermark> marks, Func<long, IEnumerable<StoredEvent>> readFrom)
    {
        if (marks.Count == 0)
        {
            return null;
        }

        var expected = _projections.Select(p => (p.Name, p.Version)).Order().ToList();
        if (!marks.Select(m => (m.Projection, m.Version)).Order().SequenceEqual(expected))
        {
            return Finding.Information(ViewCodes.ProjectionsChanged, "", ("projections", string.Join(' ', expected.Select(p => $"{p.Name}/{p.Version}"))));
        }

        var first = marks[0];
        return marks.All(m => m.Next == first.Next && m.LastLeaf == first.LastLeaf) && LedgerAgreement.Holds(first.Next, first.LastLeaf, readFrom)
            ? null
            : Finding.Warning(ViewCodes.ViewDisagrees, "", ("next", first.Next));
    }

    /// <summary>One transaction: events go through it one by one, since a detail may be large.</summary>
    private (long Next, bool More) Apply(IEnumerator<StoredEvent> events, long next, IDocumentWriter writer)
    {
        var passes = _projections.Select(p => (p.EventTypes, Pass: p.Begin(writer))).ToList();
        var (end, more) = (next + BatchSize, true);
        byte[] last = [];
        for (; more && next < end; more = events.MoveNext())
        {
            var e = events.Current;
            if (e.Leaf.Sequence != next)
            {
                throw new InvalidOperationException($"Event {e.Leaf.Sequence} came where {next} was expected.");
            }

            foreach (var (types, pass) in passes)
            {
                if (types.Contains(e.Leaf.Type))
                {
                    pass.Apply(e);
                }
            }

            (last, next) = (e.LeafBytes, next + 1);
        }

        passes.ForEach(p => p.Pass.End());
        foreach (var projection in _projections)
        {
            writer.Mark(new Watermark(projection.Name, projection.Version, next, Digest.Of(last)));
        }

        return (next, more);
    }
}
