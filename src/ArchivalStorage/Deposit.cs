using System.Buffers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// One submission on its way in. What it keeps lies in memory up to 64 MiB and touches no pack before
/// <see cref="CommitAsync"/>; beyond that its frames go to the pack uncommitted, and a refusal cuts them off again.
/// Large objects are written to staging.
/// </summary>
/// <remarks>Not safe for concurrent use; many deposits may run side by side. Disposing without a commit abandons.</remarks>
public sealed class Deposit : IDisposable
{
    private const long MemoryLimit = 64L << 20;
    private const int ReadSize = 1 << 20;

    private readonly Vault _vault;
    private readonly string _group;
    private readonly List<PreparedFrame> _waiting = [];
    private readonly HashSet<(Digest, FrameKind)> _seen = [];
    private readonly List<(Digest, FramePlace)> _placed = [];
    private readonly Dictionary<Digest, LargeObjectWriter> _large = [];
    private readonly Dictionary<Digest, Guid> _heldLarge = [];
    private OpenPack? _lane;
    private long _inMemory;
    private bool _ended;

    internal Deposit(Vault vault, string group)
    {
        _vault = vault;
        _group = group;
    }

    /// <summary>Keeps a content, read once to its end.</summary>
    /// <param name="content">The bytes; read with calls of up to 1 MiB.</param>
    /// <param name="expectedLength">Length if known: a hint for memory, not a promise.</param>
    /// <param name="observers">See every block as it is read.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public async Task<KeptContent> KeepAsync(Stream content, long? expectedLength, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        ThrowIfEnded();
        var limit = _vault.Descriptor.LargeFrom;
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(expectedLength ?? 65536, 1, Math.Min(limit, ReadSize)));
        while (buffer.WrittenCount < limit)
        {
            var count = await content.ReadAsync(buffer.GetMemory(1)[..Math.Min(buffer.GetMemory(1).Length, ReadSize)], cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                var kept = KeepSmall(buffer.WrittenMemory);
                await SpillAsync(cancellation).ConfigureAwait(false);
                return kept;
            }

            Show(observers, buffer.GetSpan(count)[..count]);
            buffer.Advance(count);
        }

        return await KeepLargeAsync(content, buffer, observers, cancellation).ConfigureAwait(false);
    }

    /// <summary>Keeps a manifest shard or root.</summary>
    public void KeepManifest(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfEnded();
        _ = KeepFrame(FrameKind.Manifest, bytes);
    }

    /// <summary>Makes it happen: when this returns, the event and all that was kept are on disk and acknowledged.</summary>
    /// <param name="draft">The event; ids of large objects are added.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Heeded before the first write only.</param>
    /// <exception cref="StorageException">Nothing was acknowledged; what is on disk of it is left to recovery.</exception>
    public async Task<CommittedEvent> CommitAsync(EventDraft draft, Actor actor, CancellationToken cancellation)
    {
        ThrowIfEnded();
        cancellation.ThrowIfCancellationRequested();
        var lane = _lane ?? await _vault.TakeLaneAsync(_group, cancellation).ConfigureAwait(false);
        _lane = lane;
        try
        {
            Write(lane);
            var committed = _vault.CommitDeposit(lane, () => draft with { Objects = [.. draft.Objects, .. NameLargeObjects()] }, actor, _placed);
            _ended = true; // acknowledged: nothing below may say otherwise
            DropStaged();
            return committed;
        }
        finally
        {
            if (_ended)
            {
                lane.Turn.Release();
                _lane = null;
            }
        }
    }

    /// <summary>Lets everything go: no frame, no large object of it remains.</summary>
    public void Abandon()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _waiting.Clear();
        try
        {
            _lane?.RollBack();
        }
        catch (StorageException)
        {
            // The disk failed while cleaning up: recovery cuts the same at the next opening.
        }
        finally
        {
            _ = _lane?.Turn.Release();
            _lane = null;
            DropStaged();
        }
    }

    private void DropStaged()
    {
        foreach (var writer in _large.Values)
        {
            try
            {
                writer.Dispose();
                _vault.Disk.Delete(writer.Path);
            }
            catch (StorageException)
            {
                // Left to recovery, which removes what lies in staging.
            }
        }
    }

    /// <summary>Abandons what was not committed.</summary>
    public void Dispose() => Abandon();

    private static void Show(IReadOnlyList<IByteObserver> observers, ReadOnlySpan<byte> block)
    {
        foreach (var observer in observers)
        {
            observer.Observe(block);
        }
    }

    private KeptContent KeepSmall(ReadOnlyMemory<byte> content) => new(KeepFrame(FrameKind.Blob, content), content.Length, null);

    private Digest KeepFrame(FrameKind kind, ReadOnlyMemory<byte> bytes)
    {
        var digest = Digest.Of(bytes.Span);
        if (!_seen.Add((digest, kind)) || _vault.IsHeldFor(_group, digest, kind))
        {
            return digest;
        }

        var frame = Frame.Prepare(kind, bytes, digest);
        _waiting.Add(frame);
        _inMemory += frame.Stored.Length;
        return digest;
    }

    private async Task SpillAsync(CancellationToken cancellation)
    {
        if (_inMemory > MemoryLimit)
        {
            // From here on the pack is held: all frames of a case lie together.
            _lane ??= await _vault.TakeLaneAsync(_group, cancellation).ConfigureAwait(false);
            Write(_lane);
        }
    }

    private async Task<KeptContent> KeepLargeAsync(Stream content, ArrayBufferWriter<byte> start, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        var writer = new LargeObjectWriter(_vault.Disk, _vault.Descriptor.Store, _vault.Time.GetUtcNow());
        var kept = false;
        try
        {
            writer.Append(start.WrittenSpan);
            start.Clear();
            var buffer = new byte[ReadSize];
            for (int count; (count = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                Show(observers, buffer.AsSpan(0, count));
                writer.Append(buffer.AsSpan(0, count));
            }

            var digest = writer.Finish();
            if (_large.TryGetValue(digest, out var twin))
            {
                return new KeptContent(digest, writer.Length, twin.Id);
            }

            if (_vault.HeldLargeObject(digest) is { } held)
            {
                _heldLarge[digest] = held;
                return new KeptContent(digest, writer.Length, held);
            }

            _large.Add(digest, writer);
            kept = true;
            return new KeptContent(digest, writer.Length, writer.Id);
        }
        finally
        {
            if (!kept)
            {
                writer.Dispose();
                _vault.Disk.Delete(writer.Path);
            }
        }
    }

    private void Write(OpenPack lane)
    {
        var number = _vault.NumberOf(lane);
        foreach (var frame in _waiting)
        {
            _placed.Add((frame.Digest, lane.Append(frame, number)));
        }

        _waiting.Clear();
        _inMemory = 0;
    }

    /// <summary>
    /// Under the commit lock: gives large objects their names and says what the record calls them. Staging keeps a second
    /// name until the event is on disk.
    /// </summary>
    private IEnumerable<Guid> NameLargeObjects()
    {
        var ids = _large.Select(l => _vault.NameLargeObject(l.Key, l.Value)).ToList();
        foreach (var digest in _heldLarge.Keys)
        {
            if (!_vault.Disk.Exists(StoreLayout.LargeObject(digest)))
            {
                throw new StorageException(StorageProblem.NotFound, StoreLayout.LargeObject(digest)); // its first holder was never acknowledged
            }
        }

        return [.. ids, .. _heldLarge.Values];
    }

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_ended, this);
}
