using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// One submission on its way in. What it keeps lies in memory up to 8 MiB, less when many deposits wait, and touches no
/// pack before <see cref="CommitAsync"/>; beyond that its frames go to the pack uncommitted, and a refusal cuts them off
/// again. Large objects are written to staging.
/// </summary>
/// <remarks>Not safe for concurrent use; many deposits may run side by side. Disposing without a commit abandons.</remarks>
public sealed partial class Deposit : IDisposable
{
    private const long MemoryLimit = 8L << 20;
    private const int ReadSize = 1 << 20;
    private const int BigFrom = 8 << 20;

    private readonly Vault _vault;
    private readonly string _group;
    private readonly List<PreparedFrame> _waiting = [];
    private SeenContents _seen = new();
    private readonly Dictionary<Digest, LargeObjectWriter> _large = [];
    private readonly Dictionary<Digest, Guid> _heldLarge = [];
    private OpenPack? _lane;
    private long _inMemory;
    private bool _isPreparing = true;
    private bool _ended;

    internal Deposit(Vault vault, string group, bool withSm3)
    {
        _vault = vault;
        _group = group;
        WithSm3 = withSm3;
        _vault.Prepare(+1);
    }

    /// <summary>Whether it writes to its pack already, so that other deposits of its group wait for its end.</summary>
    public bool HoldsPack => _lane is not null;

    /// <summary>Whether the SM3 of each content is computed in the read that computes its digest.</summary>
    public bool WithSm3 { get; }

    /// <summary>Says how many contents will come: a hint that spares memory, not a promise.</summary>
    public void Expect(long contents) => _seen.Expect((int)Math.Clamp(contents, 0, 4 << 20));

    /// <summary>Keeps a content, read once to its end by calls that may block.</summary>
    /// <param name="content">The bytes; read with calls of up to 1 MiB.</param>
    /// <param name="expectedLength">Length if known: a hint for memory, not a promise.</param>
    /// <param name="observers">See every block as it is read.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public async Task<KeptContent> KeepAsync(Stream content, long? expectedLength, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        ThrowIfEnded();
        await MakeRoomAsync(cancellation).ConfigureAwait(false);
        if (expectedLength >= _vault.Descriptor.LargeFrom)
        {
            return KeepLarge(content, default, observers, cancellation);
        }

        var isBig = expectedLength is null or >= BigFrom && _lane is null;
        if (isBig)
        {
            await _vault.BigContents.WaitAsync(cancellation).ConfigureAwait(false); // whoever holds a lane does not wait here: others may wait for the lane
        }

        try
        {
            using var whole = ReadWhole(content, expectedLength, observers, cancellation);
            if (whole.Kept is { } large)
            {
                return large;
            }

            whole.Sm3 = WithSm3 ? Sm3Digest.Of(whole.Bytes.Span) : null;
            var kept = Keep(whole, Digest.Of(whole.Bytes.Span));
            await SpillIfCrowdedAsync(cancellation).ConfigureAwait(false);
            return kept;
        }
        finally
        {
            if (isBig)
            {
                _ = _vault.BigContents.Release();
            }
        }
    }

    /// <summary>Keeps a manifest shard or root.</summary>
    public void KeepManifest(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfEnded();
        KeepFrame(FrameKind.Manifest, bytes);
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
        using var prepared = _vault.Prepare(draft with { Group = _group }, actor);
        var pending = prepared.With(_waiting, _seen, _lane, _large.Count + _heldLarge.Count > 0 ? NameLargeObjects : null);
        StopPreparing();
        var committed = await _vault.CommitInGroupAsync(pending).ConfigureAwait(false);
        _ended = true; // acknowledged: nothing below may say otherwise
        pending.ForgetPlaces();
        LetGo();
        DropStaged();
        return committed;
    }

    /// <summary>Lets everything go: no frame, no large object of it remains.</summary>
    public void Abandon()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        StopPreparing();
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
            LetGo();
            DropStaged();
        }
    }

    private void StopPreparing()
    {
        if (_isPreparing)
        {
            _isPreparing = false;
            _vault.Prepare(-1);
        }
    }

    /// <summary>Gives back the frames' memory and the lane.</summary>
    private void LetGo()
    {
        ForgetWaiting();
        _seen = new SeenContents();
        if (_lane is { } lane)
        {
            _lane = null;
            _vault.GiveBackLane(lane);
        }
    }

    private void ForgetWaiting()
    {
        _waiting.ForEach(f => f.Dispose());
        _waiting.Clear();
        _vault.Wait(-_inMemory);
        _inMemory = 0;
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

    private static void ShowWhole(IReadOnlyList<IByteObserver> observers, Digest digest, ReadOnlyMemory<byte> bytes)
    {
        foreach (var observer in observers)
        {
            (observer as IContentObserver)?.ObserveWhole(digest, bytes);
        }
    }

    private void ShowLarge(IReadOnlyList<IByteObserver> observers, Digest digest, LargeObjectWriter writer)
    {
        foreach (var observer in observers)
        {
            if (observer is IContentObserver whole)
            {
                using var staged = new StagedContent(_vault.Disk, writer.Path, writer.Length);
                whole.ObserveLarge(digest, staged);
            }
        }
    }

    private void KeepFrame(FrameKind kind, ReadOnlyMemory<byte> bytes)
    {
        var digest = Digest.Of(bytes.Span);
        if (_seen.Add(digest, kind) && !_vault.IsHeldFor(_group, digest, kind))
        {
            Add(Frame.Prepare(kind, bytes, digest, null, FramePool.Instance));
        }
    }

    private void Add(PreparedFrame frame)
    {
        _waiting.Add(frame);
        _inMemory += frame.StoredLength;
        _vault.Wait(frame.StoredLength);
    }

    /// <summary>When too much waits already, the one that holds the lane goes on and the others wait for it with what they have.</summary>
    private async Task MakeRoomAsync(CancellationToken cancellation)
    {
        if (_vault.IsCrowded && _lane is null)
        {
            await SpillAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task SpillIfCrowdedAsync(CancellationToken cancellation)
    {
        if (_inMemory > MemoryLimit || _vault.IsCrowded)
        {
            await SpillAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task SpillAsync(CancellationToken cancellation)
    {
        // From here on the pack is held: all frames of a case lie together.
        _lane ??= await _vault.TakeLaneAsync(_group, cancellation).ConfigureAwait(false);
        var number = _vault.NumberOf(_lane);
        foreach (var frame in _waiting)
        {
            _seen.Put(frame.Digest, frame.Kind, _lane.Append(frame, number));
        }

        ForgetWaiting();
    }

    private KeptContent KeepLarge(Stream content, ReadOnlyMemory<byte> start, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        var writer = new LargeObjectWriter(_vault.Disk, _vault.Descriptor.Store, _vault.Time.GetUtcNow());
        using var sm3 = WithSm3 ? new Sm3Hash() : null;
        var kept = false;
        try
        {
            writer.Append(start.Span);
            sm3?.Append(start.Span);
            using var buffer = new ContentBuffer(ReadSize, ReadSize);
            for (int count; (count = content.Read(buffer.Room())) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                Show(observers, buffer.Room()[..count]);
                writer.Append(buffer.Room()[..count]);
                sm3?.Append(buffer.Room()[..count]);
            }

            if (writer.Length < _vault.Descriptor.LargeFrom)
            {
                return KeepShrunken(writer, observers) with { Sm3 = sm3?.Finish() }; // it was shorter than its source had said
            }

            var digest = writer.Finish();
            ShowLarge(observers, digest, writer);
            kept = KeepFinished(digest, writer, out var id);
            return new KeptContent(digest, writer.Length, id) { Sm3 = sm3?.Finish() };
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

    /// <summary>Keeps a large object that is whole in staging; false when its bytes are held already, under the id that is given.</summary>
    private bool KeepFinished(Digest digest, LargeObjectWriter writer, out Guid id)
    {
        if (_large.TryGetValue(digest, out var twin))
        {
            id = twin.Id;
            return false;
        }

        if (_vault.HeldLargeObject(digest) is { } held)
        {
            _heldLarge[digest] = id = held;
            return false;
        }

        _large.Add(digest, writer);
        id = writer.Id;
        return true;
    }

    // Its true length decides where a content lies, so that it is looked for in one place only.
    private KeptContent KeepShrunken(LargeObjectWriter writer, IReadOnlyList<IByteObserver> observers)
    {
        var bytes = writer.ReadBack();
        var digest = Digest.Of(bytes);
        ShowWhole(observers, digest, bytes);
        KeepFrame(FrameKind.Blob, bytes);
        return new KeptContent(digest, bytes.Length, null);
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
