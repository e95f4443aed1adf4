namespace Lantai.Cli;

/// <summary>
/// Keeps the memory of a long command flat. Left to itself the collector lets young objects grow to the size of the
/// processor's last cache, hundreds of megabytes on large machines, and has no setting for it but an environment variable.
/// So the process looks at itself: young objects are collected every 16 MiB, all of them when much has grown old.
/// </summary>
/// <remarks>bench/README.md has the figures. One for a process; it ends with <see cref="Dispose"/>.</remarks>
internal sealed class MemoryPace : IDisposable
{
    private const long YoungEvery = 16L << 20;
    private const long OldFrom = 64L << 20;
    private const long OldEvery = 16L << 20;
    private const long RoomFrom = 128L << 20;
    private const long RoomEvery = 48L << 20;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private long _young;
    private long _old;
    private int _isRunning;
    private volatile bool _hasRoom;

    public MemoryPace() => _timer = new Timer(_ => Look(), null, Period, Period);

    public void Dispose() => _timer.Dispose();

    /// <summary>
    /// Lets more grow old before all is collected: for a command that holds whole packages, of which each collection would look at
    /// all. At the door a third of the processor's time went into that.
    /// </summary>
    public void GiveRoom() => _hasRoom = true;

    private void Look()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
        {
            return; // the last look still collects
        }

        var held = GC.GetTotalMemory(forceFullCollection: false);
        var allocated = GC.GetTotalAllocatedBytes(precise: false);
        var (from, every) = _hasRoom ? (RoomFrom, RoomEvery) : (OldFrom, OldEvery);
        if (held > Math.Max(from, _old + every))
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
            (_old, _young) = (GC.GetTotalMemory(forceFullCollection: false), allocated);
        }
        else if (allocated - _young > YoungEvery)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            _young = allocated;
        }

        Volatile.Write(ref _isRunning, 0);
    }
}
