namespace Lantai.ArchivalStorage;

/// <summary>
/// Keeps the garbage of a long ingest small. Left to itself the collector lets young objects grow to the size of the
/// processor's last cache, hundreds of megabytes on large machines, and has no setting for it but an environment variable;
/// a store promises flat memory.
/// </summary>
/// <remarks>bench/README.md has the figures. Safe for concurrent use.</remarks>
internal sealed class YoungGarbage
{
    private const long Every = 24L << 20;

    private long _collectedAt;

    /// <summary>Collects young objects when enough was allocated since the last time.</summary>
    public void Tick()
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: false);
        var last = Volatile.Read(ref _collectedAt);
        if (allocated - last > Every && Interlocked.CompareExchange(ref _collectedAt, allocated, last) == last)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }
}
