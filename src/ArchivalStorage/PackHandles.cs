namespace Lantai.ArchivalStorage;

/// <summary>
/// Open files of packs, so that reading a frame's header is one read and not an open, a read and a close. A pack that is
/// sealed keeps its file: only its name changes.
/// </summary>
/// <param name="disk">The disk below the root.</param>
/// <param name="limit">The most files that are open while nobody reads them.</param>
/// <remarks>Safe for concurrent use. What is lent stays open until it is given back, also when the pool is closed meanwhile.</remarks>
internal sealed class PackHandles(IDisk disk, int limit) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Handle> _handles = [];
    private long _clock;
    private bool _isClosed;

    /// <summary>Lends a pack's file, to read; disposing gives it back.</summary>
    /// <exception cref="StorageException">NotFound, or the file cannot be opened.</exception>
    public IDiskFile Lend(PackPlace pack)
    {
        lock (_gate)
        {
            if (_handles.TryGetValue(pack.Id, out var known))
            {
                return Lend(known);
            }
        }

        var file = disk.Open(pack.Path, DiskAccess.Read);
        lock (_gate)
        {
            if (_handles.TryGetValue(pack.Id, out var other))
            {
                file.Dispose(); // another reader was first
                return Lend(other);
            }

            var handle = new Handle(file);
            if (_isClosed)
            {
                handle.IsDropped = true;
                return Lend(handle);
            }

            if (_handles.Count >= limit)
            {
                DropOldest();
            }

            _handles.Add(pack.Id, handle);
            return Lend(handle);
        }
    }

    /// <summary>Closes the file of a pack whose file has another content or is gone: the next reader opens it again.</summary>
    public void Forget(Guid pack)
    {
        lock (_gate)
        {
            if (_handles.Remove(pack, out var handle))
            {
                Drop(handle);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var handle in _handles.Values)
            {
                Drop(handle);
            }

            _handles.Clear();
        }
    }

    private Loan Lend(Handle handle)
    {
        (handle.Readers, handle.Used) = (handle.Readers + 1, ++_clock);
        return new Loan(this, handle);
    }

    private void DropOldest()
    {
        var (oldest, at) = (default(Guid), long.MaxValue);
        foreach (var (pack, handle) in _handles)
        {
            if (handle.Readers == 0 && handle.Used < at)
            {
                (oldest, at) = (pack, handle.Used);
            }
        }

        if (_handles.Remove(oldest, out var dropped))
        {
            Drop(dropped); // when all are lent the pool grows for a moment
        }
    }

    private static void Drop(Handle handle)
    {
        handle.IsDropped = true;
        if (handle.Readers == 0)
        {
            handle.File.Dispose();
        }
    }

    private void GiveBack(Handle handle)
    {
        lock (_gate)
        {
            if (--handle.Readers == 0 && handle.IsDropped)
            {
                handle.File.Dispose();
            }
        }
    }

    private sealed class Handle(IDiskFile file)
    {
        public IDiskFile File { get; } = file;

        public int Readers { get; set; }

        public long Used { get; set; }

        public bool IsDropped { get; set; }
    }

    private sealed class Loan(PackHandles pool, Handle handle) : IDiskFile
    {
        private Handle? _handle = handle;

        public long Length => File.Length;

        private IDiskFile File => _handle?.File ?? throw new ObjectDisposedException(nameof(Loan));

        public int Read(long offset, Span<byte> buffer) => File.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("A pack is lent to be read.");

        public void Sync() => throw new NotSupportedException("A pack is lent to be read.");

        public void Truncate(long length) => throw new NotSupportedException("A pack is lent to be read.");

        public void DropCache() => File.DropCache();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _handle, null) is { } lent)
            {
                pool.GiveBack(lent);
            }
        }
    }
}
