using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

/// <summary>A log in memory with some events before and after one ingestion, signed by a key of its own.</summary>
internal sealed class SampleLog : IDisposable
{
    public static readonly DateTimeOffset Time = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private readonly List<Digest> _hashes = [];
    private readonly List<string> _rotations = [];

    public SampleLog() => Signer = NoteSigner.Generate(Origin);

    public Guid Store { get; } = Guid.NewGuid();

    public string Origin => "lantai/" + Store.ToString("D");

    public NoteSigner Signer { get; private set; }

    public IReadOnlyList<SignedNote> Rotations => KeyHistory.Read(_rotations);

    /// <summary>Changes the key and returns the one before.</summary>
    public VerifierKey Rotate()
    {
        var next = NoteSigner.Generate(Origin);
        var old = Signer.Verifier;
        var text = RotationStatement.Write(Origin, old.ToString(), next.Verifier.ToString());
        _rotations.Add(Encoding.UTF8.GetString(new SignedNote(text, [Signer.Sign(text), next.Sign(text)]).ToBytes()));
        Signer.Dispose();
        Signer = next;
        return old;
    }

    public LedgerEvidence Ingest(Manifest manifest, int before = 5, int after = 6)
    {
        Fill(before);
        var record = new EventRecord(EventTypes.Ingestion, Time, "success", Guid.NewGuid())
        {
            Aip = manifest.Aip,
            Version = manifest.Version,
            Manifest = Digest.Of(manifest.ToBytes()),
            Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = manifest.Folders },
        };
        var json = record.ToBytes();
        var sealedRecord = Salted.Seal(json);
        var sequence = _hashes.Count;
        var leaf = new LedgerEntry(sequence, record.Type, Time, manifest.Aip.ToString("D"), LedgerEntry.NoPrevious, Digest.Of(sealedRecord)).ToBytes();
        _hashes.Add(LedgerEntry.TreeHash(leaf));
        Fill(after);
        var (size, root, nodes) = Tree(_hashes);
        return new LedgerEvidence(
            Encoding.UTF8.GetString(leaf), sequence, json, sealedRecord[..Salted.SaltSize], (long)size,
            MerkleProof.Inclusion((ulong)sequence, size, nodes), Sign(new Checkpoint(Origin, (long)size, root).ToText()),
            Signer.Verifier.ToString(), _rotations.ToArray());
    }

    public string Sign(string text) => Encoding.UTF8.GetString(new SignedNote(text, [Signer.Sign(text)]).ToBytes());

    public static (ulong Size, Digest Root, NodeReader Nodes) Tree(IReadOnlyList<Digest> hashes)
    {
        var nodes = new Dictionary<(int, ulong), Digest>();
        var range = new CompactRange((level, index, hash) => nodes[(level, index)] = hash);
        foreach (var hash in hashes)
        {
            range.Append(hash);
        }

        return (range.Size, range.Root(), (level, index) => nodes[(level, index)]);
    }

    public void Dispose() => Signer.Dispose();

    private void Fill(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _hashes.Add(MerkleTree.LeafHash(Guid.NewGuid().ToByteArray()));
        }
    }
}

/// <summary>An AIP version in memory: entries, shards and content.</summary>
internal sealed class SampleVersion
{
    private readonly List<ManifestEntry> _entries = [];

    public List<byte[]> Shards { get; } = [];

    public Dictionary<Digest, byte[]> Content { get; } = [];

    public IReadOnlyList<ManifestEntry> Entries => _entries;

    public Guid Aip { get; } = Guid.NewGuid();

    public SampleVersion File(string path, string content, DateTimeOffset? modified = null) => File(EntryName.OfText(path), Encoding.UTF8.GetBytes(content), modified);

    public SampleVersion File(EntryName name, byte[] bytes, DateTimeOffset? modified = null)
    {
        var digest = Digest.Of(bytes);
        Content[digest] = bytes;
        _entries.Add(new ManifestEntry(EntryKind.File, name, Salt(), bytes.Length, digest, new Dictionary<string, string>(), null, modified));
        return this;
    }

    public SampleVersion Folder(string path)
    {
        _entries.Add(new ManifestEntry(EntryKind.Folder, EntryName.OfText(path), Salt(), 0, null, new Dictionary<string, string>(), null, null));
        return this;
    }

    public Manifest Build(long version = 1)
    {
        _entries.Sort((a, b) => a.Name.CompareTo(b.Name));
        Shards.Clear();
        var writer = new ManifestWriter(Shards.Add, []);
        foreach (var entry in _entries)
        {
            writer.Add(entry);
        }

        return writer.Build(Aip, version, version == 1 ? null : Digest.Of([1]));
    }

    private static string Salt() => Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
}
