using System.Runtime.ExceptionServices;

namespace Lantai.ArchivalStorage;

/// <summary>
/// One run over chosen objects: several readers take them in order, each with memory of its own. What an object costs of the
/// budget is set aside before it is begun, so readers side by side exceed it no more than one alone.
/// </summary>
/// <remarks>spec/formats/audit.md. For one run only.</remarks>
internal sealed class FixityRun(
    Vault vault, FixityRequest request, IReadOnlyList<FixityItem> chosen, long clock, Action<FixityProgress>? progress, CancellationToken cancellation)
{
    /// <summary>The most readers: each holds 4 MiB, and disks gain nothing from more.</summary>
    private const int MaxReaders = 8;

    private readonly Lock _gate = new();
    private readonly Lock _large = new();
    private readonly FixityResult?[] _results = new FixityResult?[chosen.Count];
    private readonly long _total = chosen.Sum(o => o.Length);
    private int _next;
    private long _reserved;
    private long _read;
    private long _done;
    private bool _stopped;

    /// <summary>Checks, and gives a result for each object in the order given.</summary>
    public IEnumerable<FixityResult> Execute()
    {
        var readers = Math.Clamp(Math.Min(Environment.ProcessorCount, chosen.Count), 1, MaxReaders);
        try
        {
            _ = Parallel.For(0, readers, new ParallelOptions { MaxDegreeOfParallelism = readers }, _ => Work());
        }
        catch (AggregateException problems)
        {
            ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]); // no result of such a run is kept
        }

        return chosen.Select((item, i) => _results[i] ?? Deferred(item));
    }

    private void Work()
    {
        var buffers = new AuditBuffers(_large);
        while (TryTake() is { } index)
        {
            var item = chosen[index];
            var result = Check(item, buffers);
            _results[index] = result;
            if (result.State != FixityState.Deferred)
            {
                vault.FixityTimes.Note(item.Path, result.State == FixityState.Verified ? vault.Time.GetUtcNow() : FixityTimes.KnownBad);
            }

            End(item, result);
        }
    }

    private int? TryTake()
    {
        lock (_gate)
        {
            if (_next == chosen.Count)
            {
                return null;
            }

            var length = chosen[_next].Length;
            _stopped |= cancellation.IsCancellationRequested || (_reserved > 0 && _reserved + length > request.ByteBudget)
                || vault.Time.GetElapsedTime(clock) > request.TimeBudget;
            if (_stopped)
            {
                return null;
            }

            _reserved += length;
            return _next++;
        }
    }

    private void End(FixityItem item, FixityResult result)
    {
        lock (_gate)
        {
            _stopped |= result.State == FixityState.Deferred;
            _reserved += Math.Max(0, result.Bytes - item.Length); // what was read twice before an alarm
            _done++;
            progress?.Invoke(new FixityProgress(_done, chosen.Count, Math.Min(_read, _total), _total, item.Path));
        }
    }

    private void Passed(FixityItem item, int count)
    {
        lock (_gate)
        {
            _read += count;
            progress?.Invoke(new FixityProgress(_done, chosen.Count, Math.Min(_read, _total), _total, item.Path));
        }
    }

    private FixityResult Check(FixityItem item, AuditBuffers buffers)
    {
        try
        {
            var check = new FixityObject(vault.Disk, vault.Descriptor.Store, request, buffers, count => Passed(item, count));
            var result = check.Check(item.Path, item.Kind, item.Vouched, cancellation);
            return result.State == FixityState.Missing && item.Vouched is { } open && vault.SealedPathOf(open.Pack) is { } path
                ? check.Check(path, FixityKind.Pack, null, cancellation) // sealed while we walked
                : result;
        }
        catch (OperationCanceledException)
        {
            return Deferred(item);
        }
    }

    private static FixityResult Deferred(FixityItem item) => new(item.Path, item.Kind, FixityState.Deferred, 0, []);
}
