using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>A key index that was opened, and what was wrong with the file.</summary>
/// <param name="Keys">The index, up to the ledger's end.</param>
/// <param name="Read">Events read to bring it there.</param>
/// <param name="Findings">Why the file was not used; empty when it was, or when there was none.</param>
public sealed record KeyIndexOpening(KeyIndex Keys, long Read, IReadOnlyList<Finding> Findings);

/// <summary>
/// Exact answers to "is this new?" for submissions and accounts. A cache of the ledger: damage is noticed by its
/// checksum and the index is made again from events.
/// </summary>
/// <remarks>spec/formats/index.md, "Key index". Safe for concurrent use; events are applied one at a time, in order.</remarks>
public sealed class KeyIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, long> _newer = [];
    private KeyIndexFile _file;
    private int _onlyNewer;
    private Digest? _lastLeaf;

    /// <summary>Makes an empty index, of a ledger of size 0.</summary>
    public KeyIndex()
        : this(KeyIndexFile.Empty)
    {
    }

    private KeyIndex(KeyIndexFile file)
    {
        _file = file;
        Next = file.Next;
        _lastLeaf = file.LastLeaf;
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
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _file.Count + _onlyNewer;
            }
        }
    }

    /// <summary>Reads a file; null when it is damaged in any byte or of another form. The bytes are kept, not copied.</summary>
    public static KeyIndex? Load(ReadOnlyMemory<byte> bytes) => KeyIndexFile.TryRead(bytes, out var file) ? new KeyIndex(file) : null;

    /// <summary>
    /// Opens the index from its file's bytes (null: there is no file) and brings it up to the ledger; a file that is
    /// damaged or does not agree with the ledger is not used.
    /// </summary>
    /// <param name="bytes">The file's bytes, or null.</param>
    /// <param name="readFrom">Reads events in order from a sequence to the ledger's end; nothing when there are none.</param>
    /// <param name="cancel">Stops between events.</param>
    public static KeyIndexOpening Open(ReadOnlyMemory<byte>? bytes, Func<long, IEnumerable<StoredEvent>> readFrom, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var keys = bytes is { } file ? Load(file) : new KeyIndex();
        if (keys is null)
        {
            findings.Add(Finding.Warning(ViewCodes.KeyIndexDamaged, ""));
        }
        else if (!LedgerAgreement.Holds(keys.Next, keys.LastLeaf, readFrom))
        {
            findings.Add(Finding.Warning(ViewCodes.KeyIndexDisagrees, "", ("next", keys.Next)));
            keys = null;
        }

        keys ??= new KeyIndex();
        var from = keys.Next;
        foreach (var e in readFrom(from))
        {
            cancel.ThrowIfCancellationRequested();
            keys.Apply(e);
        }

        return new KeyIndexOpening(keys, keys.Next - from, findings);
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

            if (e.Detail is { } detail && EventCases.HasSoundRecord(e))
            {
                Note(detail, e);
            }

            Next++;
            _lastLeaf = Digest.Of(e.LeafBytes);
        }
    }

    /// <summary>Sequence of the newest ingestion of a submission, or null when it is new.</summary>
    public long? Submission(string source, string submission) => Find(IndexKey.Submission(source, submission));

    /// <summary>Sequence of the ingestion that kept exactly this content for this submission, or null.</summary>
    public long? Same(string source, string submission, Digest contentDigest) => Find(IndexKey.Same(source, submission, contentDigest));

    /// <summary>Sequence of the first event by an account, whose detail holds the account's id; null when it is unknown.</summary>
    public long? Account(string name) => Find(IndexKey.Account(name));

    /// <summary>Writes the file and goes on from it. The bytes must not be changed afterwards.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        lock (_gate)
        {
            var bytes = KeyIndexFile.Write(Next, _lastLeaf, _file.Count + _onlyNewer, Merge());
            _file = KeyIndexFile.OfWritten(bytes);
            _newer.Clear();
            _onlyNewer = 0;
            return bytes;
        }
    }

    /// <summary>All keys in order, as they are now.</summary>
    internal IReadOnlyList<KeyValuePair<Digest, long>> Entries()
    {
        lock (_gate)
        {
            return [.. Merge()];
        }
    }

    private void Note(EventDetail detail, StoredEvent e)
    {
        var leaf = e.Leaf;
        // The first event by an account stays its key: it lies in the permanent group, later ones may be destroyed.
        var account = IndexKey.Account(detail.AccountName);
        if (Find(account) is null)
        {
            Set(account, leaf.Sequence);
        }

        if (leaf.Type == EventTypes.Ingestion && EventCases.SaysWhatWasKept(e) && IngestionDetail.Read(detail.Body) is { } ingestion)
        {
            Set(IndexKey.Submission(ingestion.Source, ingestion.Submission), leaf.Sequence);
            Set(IndexKey.Same(ingestion.Source, ingestion.Submission, ingestion.ContentDigest), leaf.Sequence);
        }
    }

    private void Set(Digest key, long sequence)
    {
        if (!_newer.ContainsKey(key) && _file.Find(key) is null)
        {
            _onlyNewer++;
        }

        _newer[key] = sequence;
    }

    private long? Find(Digest key)
    {
        lock (_gate)
        {
            return _newer.TryGetValue(key, out var sequence) ? sequence : _file.Find(key);
        }
    }

    private IEnumerable<KeyValuePair<Digest, long>> Merge()
    {
        var newer = _newer.OrderBy(e => e.Key).ToList();
        var at = 0;
        for (var i = 0; i < _file.Count; i++)
        {
            var old = _file.At(i);
            while (at < newer.Count && newer[at].Key < old.Key)
            {
                yield return newer[at++];
            }

            var isReplaced = at < newer.Count && newer[at].Key == old.Key;
            yield return isReplaced ? newer[at++] : old;
        }

        while (at < newer.Count)
        {
            yield return newer[at++];
        }
    }
}
