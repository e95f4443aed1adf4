using System.Buffers.Binary;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>A key index that was opened, and what was wrong with it.</summary>
/// <param name="Keys">The index, up to the ledger's end.</param>
/// <param name="Read">Events read to bring it there.</param>
/// <param name="Findings">Why what was on disk was not used; empty when it was, or when there was none.</param>
public sealed record KeyIndexOpening(KeyIndex Keys, long Read, IReadOnlyList<Finding> Findings);

/// <summary>
/// Exact answers to "is this new?" for submissions, accounts, reference codes and whatever else must be unique. A cache of the ledger: damage is met when a block is
/// read, never answered with, and the index is made again from events on the spot.
/// </summary>
/// <remarks>spec/formats/index.md, "Key index". Safe for concurrent use; events are applied one at a time, in order.</remarks>
public sealed class KeyIndex : IDisposable
{
    private const int ValueLength = 8;

    private readonly Lock _gate = new();
    private readonly List<Finding> _findings = [];
    private readonly IDisk? _disk;
    private readonly IndexSettings _settings;
    private readonly Func<long, IEnumerable<StoredEvent>>? _readFrom;
    private volatile SortedIndex _entries;
    private Digest? _lastLeaf;

    /// <summary>Makes an empty index in memory, of a ledger of size 0.</summary>
    public KeyIndex()
        : this(null, Settings(writes: false), null, null)
    {
    }

    private KeyIndex(IDisk? disk, IndexSettings settings, Func<long, IEnumerable<StoredEvent>>? readFrom, SortedIndex? entries)
    {
        (_disk, _settings, _readFrom) = (disk, settings, readFrom);
        _entries = entries ?? SortedIndex.Create(disk, settings);
        _entries.MarkNow = Mark;
        Next = entries?.Mark?.LedgerSize ?? 0;
        _lastLeaf = Next == 0 ? null : entries!.Mark!.LastLeaf;
    }

    /// <summary>The ledger size it stands for: the sequence of the next event to apply.</summary>
    public long Next { get; private set; }

    /// <summary>SHA-256 of the last leaf applied; null at size 0.</summary>
    public Digest? LastLeaf
    {
        get
        {
            lock (_gate)
            {
                return _lastLeaf;
            }
        }
    }

    /// <summary>Number of keys.</summary>
    public long Count => _entries.Count;

    /// <summary>Damage that was met since it was opened, and made good by making the index again.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get
        {
            lock (_gate)
            {
                return [.. _findings];
            }
        }
    }

    /// <summary>Opens the index and brings it up to the ledger; one that is damaged or does not agree with the ledger is not used.</summary>
    /// <param name="disk">The disk below the store's root; null for an index in memory alone.</param>
    /// <param name="writes">Whether it is kept on disk: by the store's owner alone.</param>
    /// <param name="readFrom">Reads events in order from a sequence to the ledger's end; nothing when there are none.</param>
    /// <param name="cancel">Stops between events.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public static KeyIndexOpening Open(IDisk? disk, bool writes, Func<long, IEnumerable<StoredEvent>> readFrom, CancellationToken cancel) =>
        Open(disk, Settings(writes), readFrom, cancel);

    /// <summary>As <see cref="Open(IDisk?, bool, Func{long, IEnumerable{StoredEvent}}, CancellationToken)"/>, with other sizes.</summary>
    internal static KeyIndexOpening Open(IDisk? disk, IndexSettings settings, Func<long, IEnumerable<StoredEvent>> readFrom, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        Finding? damage = null;
        var entries = disk is null ? null : SortedIndex.Open(disk, settings, out damage);
        if (damage is not null)
        {
            findings.Add(Finding.Warning(ViewCodes.KeyIndexDamaged, damage.Subject));
        }
        else if (entries?.Mark is { } mark && !LedgerAgreement.Holds(mark.LedgerSize, mark.LedgerSize == 0 ? null : mark.LastLeaf, readFrom))
        {
            findings.Add(Finding.Warning(ViewCodes.KeyIndexDisagrees, "", ("next", mark.LedgerSize)));
            entries.Dispose();
            entries = null;
        }

        var keys = new KeyIndex(disk, settings, readFrom, entries);
        try
        {
            var from = keys.Next;
            keys.Follow(cancel);
            return new KeyIndexOpening(keys, keys.Next - from, findings);
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>Makes an index anew from the first event on; what was on disk is removed first.</summary>
    public static KeyIndex Renew(IDisk? disk, bool writes, Func<long, IEnumerable<StoredEvent>> readFrom, CancellationToken cancel)
    {
        var keys = new KeyIndex(disk, Settings(writes), readFrom, null);
        keys.Follow(cancel);
        return keys;
    }

    /// <summary>Applies the next event.</summary>
    /// <exception cref="ArgumentException">It is not the next one.</exception>
    public void Apply(StoredEvent e)
    {
        lock (_gate)
        {
            if (e.Leaf.Sequence != Next)
            {
                throw new ArgumentException($"Event {e.Leaf.Sequence} came where {Next} was expected.", nameof(e));
            }

            try
            {
                Note(e);
            }
            catch (StorageException damage) when (IsDamage(damage))
            {
                RenewAfter(damage);
                Note(e);
            }

            Pass(e);
        }
    }

    /// <summary>Sequence of the newest ingestion of a submission, or null when it is new.</summary>
    public long? Submission(string source, string submission) => Find(IndexKey.Submission(source, submission));

    /// <summary>Sequence of the ingestion that kept exactly this content for this submission, or null.</summary>
    public long? Same(string source, string submission, Digest contentDigest) => Find(IndexKey.Same(source, submission, contentDigest));

    /// <summary>Sequence of the first event by an account, whose detail holds the account's id; null when it is unknown.</summary>
    public long? Account(string name) => Find(IndexKey.Account(name));

    /// <summary>Sequence of the first event whose detail named this key; null when none did.</summary>
    /// <param name="parts">The register that the key belongs to, and its parts.</param>
    public long? Named(params ReadOnlySpan<string> parts) => Find(IndexKey.Named(parts));

    /// <summary>Sequence of the first event whose record holds this reference code; null when none does.</summary>
    public long? ReferenceCode(string code) => Find(IndexKey.ReferenceCode(code));

    /// <summary>Makes what was applied durable; does nothing when that was done.</summary>
    /// <exception cref="StorageException">The disk failed: what was durable before still counts.</exception>
    public void Save()
    {
        lock (_gate)
        {
            _entries.Save(Mark());
        }
    }

    /// <summary>Reads every byte of its runs: a finding for each that is damaged.</summary>
    public IReadOnlyList<Finding> Check() => [.. _entries.Check().Select(f => Finding.Error(ViewCodes.KeyIndexDamaged, f.Subject))];

    /// <summary>Ends the background work, as a death of the process does.</summary>
    internal void Stop() => _entries.Stop();

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    /// <summary>All keys in order, as they are now.</summary>
    internal IEnumerable<KeyValuePair<Digest, long>> Entries() =>
        _entries.Entries().Select(e => KeyValuePair.Create(e.Key, BinaryPrimitives.ReadInt64LittleEndian(e.Value)));

    internal static IndexSettings Settings(bool writes) => new(StoreLayout.Indexes + "/keys", ValueLength, HasOneValue: true, writes);

    private void Follow(CancellationToken cancel)
    {
        foreach (var e in _readFrom!(Next))
        {
            cancel.ThrowIfCancellationRequested();
            Apply(e);
        }
    }

    // Asked in the middle of an event: those before it are in.
    private IndexMark Mark() => new(Next, _lastLeaf ?? default, ReadOnlyMemory<byte>.Empty);

    private void Pass(StoredEvent e)
    {
        Next++;
        _lastLeaf = Digest.Of(e.LeafBytes);
    }

    private void Note(StoredEvent e)
    {
        if (!EventCases.HasSoundRecord(e))
        {
            return;
        }

        var leaf = e.Leaf;
        if (e.Record!.ReferenceCode is { } code)
        {
            SetFirst(IndexKey.ReferenceCode(code), leaf.Sequence); // it stands in the record: no destruction frees it
        }

        if (e.Detail is not { } detail)
        {
            return;
        }

        // The first event by an account stays its key: it lies in the permanent group, later ones may be destroyed.
        SetFirst(IndexKey.Account(detail.AccountName), leaf.Sequence);
        foreach (var key in (detail.Body.List("keys") ?? []).OfType<IReadOnlyList<object>>())
        {
            SetFirst(IndexKey.Named([.. key.OfType<string>()]), leaf.Sequence);
        }

        if (leaf.Type == EventTypes.Ingestion && EventCases.SaysWhatWasKept(e) && IngestionDetail.Read(detail.Body) is { } ingestion)
        {
            Set(IndexKey.Submission(ingestion.Source, ingestion.Submission), leaf.Sequence);
            Set(IndexKey.Same(ingestion.Source, ingestion.Submission, ingestion.ContentDigest), leaf.Sequence);
        }
    }

    private void SetFirst(Digest key, long sequence)
    {
        if (Look(key) is null)
        {
            Set(key, sequence);
        }
    }

    private void Set(Digest key, long sequence)
    {
        Span<byte> value = stackalloc byte[ValueLength];
        BinaryPrimitives.WriteInt64LittleEndian(value, sequence);
        _entries.Put(key, value);
    }

    private long? Find(Digest key)
    {
        var entries = _entries;
        try
        {
            return Look(key);
        }
        catch (StorageException damage) when (IsDamage(damage))
        {
            lock (_gate)
            {
                if (ReferenceEquals(entries, _entries))
                {
                    RenewAfter(damage);
                }

                return Look(key);
            }
        }
    }

    private long? Look(Digest key)
    {
        Span<byte> value = stackalloc byte[ValueLength];
        return _entries.TryFind(key, value) ? BinaryPrimitives.ReadInt64LittleEndian(value) : null;
    }

    private bool IsDamage(StorageException problem) => _readFrom is not null && problem.Path.StartsWith(_settings.Folder + "/", StringComparison.Ordinal);

    /// <summary>Under the gate: applies all events again up to where it was.</summary>
    private void RenewAfter(StorageException damage)
    {
        _findings.Add(Finding.Warning(ViewCodes.KeyIndexDamaged, damage.Path));
        _entries.Stop(); // whoever looks up in it meets the damage too, and comes here
        var entries = SortedIndex.Create(_disk, _settings);
        entries.MarkNow = Mark;
        var end = Next;
        (_entries, Next, _lastLeaf) = (entries, 0, null);
        foreach (var e in _readFrom!(0).TakeWhile(e => e.Leaf.Sequence < end))
        {
            Note(e);
            Pass(e);
        }
    }
}
