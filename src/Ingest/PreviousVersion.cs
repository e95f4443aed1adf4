using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// The version before, read shard by shard: an entry that did not change keeps its salt, so that its shard keeps its
/// digest and is stored once.
/// </summary>
internal sealed class PreviousVersion : IDisposable
{
    private readonly IEnumerator<ManifestEntry> _entries;
    private bool _more;

    private PreviousVersion(Guid aip, long version, Digest root, IReadOnlyList<EntryName> cuts, IEnumerable<ManifestEntry> entries)
    {
        (Aip, Version, Root, Cuts) = (aip, version, root, cuts);
        _entries = entries.GetEnumerator();
        _more = _entries.MoveNext();
    }

    public Guid Aip { get; }

    public long Version { get; }

    public Digest Root { get; }

    public IReadOnlyList<EntryName> Cuts { get; }

    public static PreviousVersion Read(Vault vault, Digest root)
    {
        if (!Manifest.TryRead(vault.ReadFrame(root, FrameKind.Manifest), out var manifest))
        {
            throw new StorageException(StorageProblem.Damaged, root.ToString(), null, Finding.Error(Codes.ManifestForm, root.ToString()));
        }

        var cuts = manifest.Shards.Select(s => Entries(vault, s).First().Name).ToList();
        return new PreviousVersion(manifest.Aip, manifest.Version, root, cuts, manifest.Shards.SelectMany(s => Entries(vault, s)));
    }

    /// <summary>The salt of an entry that says the same as before, or null. Names are asked for in order.</summary>
    public string? SaltOf(ManifestEntry entry)
    {
        while (_more && _entries.Current.Name < entry.Name)
        {
            _more = _entries.MoveNext();
        }

        return _more && _entries.Current.SaysTheSameAs(entry) ? _entries.Current.Salt : null;
    }

    public void Dispose() => _entries.Dispose();

    private static IEnumerable<ManifestEntry> Entries(Vault vault, ShardReference shard)
    {
        if (!Manifest.TrySplit(vault.ReadFrame(shard.Digest, FrameKind.Manifest), out var lines))
        {
            throw Damaged(shard);
        }

        foreach (var line in lines)
        {
            yield return ManifestEntry.TryRead(line.Span, out var entry) ? entry : throw Damaged(shard);
        }
    }

    private static StorageException Damaged(ShardReference shard) =>
        new(StorageProblem.Damaged, shard.Digest.ToString(), null, Finding.Error(Codes.ManifestForm, shard.Digest.ToString()));
}
