using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>A version's entries, read shard by shard as often as needed.</summary>
internal sealed class AipVersion(IHoldings holdings, Manifest manifest, byte[] root)
{
    public Manifest Manifest { get; } = manifest;

    public ReadOnlyMemory<byte> Root { get; } = root;

    /// <summary>How findings call the version.</summary>
    public string Subject { get; } = FormattableString.Invariant($"{manifest.Aip:D}@{manifest.Version}");

    /// <summary>Opens a version by the digest of its manifest root; null with a finding when it has not the form.</summary>
    public static AipVersion? Open(IHoldings holdings, Digest digest, List<Finding> findings)
    {
        var root = holdings.ReadManifest(digest);
        if (Manifest.TryRead(root, out var manifest))
        {
            return new AipVersion(holdings, manifest, root);
        }

        findings.Add(Finding.Error(Codes.ManifestForm, digest.ToString()));
        return null;
    }

    /// <summary>All entries in order, with their places and canonical bytes.</summary>
    /// <exception cref="MalformedManifestException">A shard or entry has not the form.</exception>
    public IEnumerable<(long Index, ManifestEntry Entry, ReadOnlyMemory<byte> Bytes)> Entries()
    {
        var index = 0L;
        foreach (var shard in Manifest.Shards)
        {
            if (!Manifest.TrySplit(holdings.ReadManifest(shard.Digest), out var lines) || lines.Count != shard.Count)
            {
                throw new MalformedManifestException(shard.Digest);
            }

            foreach (var line in lines)
            {
                if (!ManifestEntry.TryRead(line.Span, out var entry))
                {
                    throw new MalformedManifestException(shard.Digest);
                }

                yield return (index++, entry, line);
            }
        }
    }
}

/// <summary>A shard turned out not to be one, in the middle of a walk; caught where the dissemination ends.</summary>
internal sealed class MalformedManifestException(Digest shard) : IOException("The shard " + shard + " has not the form.")
{
    public Finding Finding { get; } = Finding.Error(Codes.ManifestForm, shard.ToString());
}

/// <summary>What one walk over all entries found: which are chosen, and the tree over them.</summary>
internal sealed class Survey
{
    private const int Shown = 200;

    private readonly System.Collections.BitArray _chosen;
    private readonly List<Digest[]> _levels = [];

    private Survey(long entries) => _chosen = new System.Collections.BitArray(checked((int)entries));

    public ProofScope Scope { get; private set; }

    public long Files { get; private set; }

    public long Folders { get; private set; }

    public long Bytes { get; private set; }

    public long Entries => Files + Folders;

    /// <summary>The first chosen entries, to be shown to people.</summary>
    public List<ManifestEntry> First { get; } = [];

    /// <summary>Walks a version once; null with findings when the manifest does not add up.</summary>
    public static Survey? Make(AipVersion version, Selection selection, List<Finding> findings, CancellationToken cancellation)
    {
        var manifest = version.Manifest;
        var total = manifest.Shards.Sum(s => s.Count);
        if (total != manifest.Files + manifest.Folders || total > int.MaxValue)
        {
            findings.Add(Finding.Error(Codes.ManifestCounts, version.Subject));
            return null;
        }

        var survey = new Survey(total);
        var leaves = new Digest[total];
        EntryName? last = null;
        foreach (var (index, entry, bytes) in version.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            if (last is not null && entry.Name <= last)
            {
                findings.Add(Finding.Error(Codes.ManifestOrder, version.Subject));
                return null;
            }

            last = entry.Name;
            leaves[index] = MerkleTree.LeafHash(bytes.Span);
            if (selection.Chooses(entry.Name.Display))
            {
                survey.Choose((int)index, entry);
            }
        }

        survey.Grow(leaves);
        survey.Scope = survey.Entries == total ? ProofScope.Complete : ProofScope.Partial;
        if (MerkleProof.Root((ulong)total, survey.Node) == manifest.EntriesRoot)
        {
            return survey;
        }

        findings.Add(Finding.Error(Codes.ManifestRootDiffers, version.Subject));
        return null;
    }

    public bool IsChosen(long index) => _chosen[(int)index];

    /// <summary>The audit path of an entry.</summary>
    public IReadOnlyList<Digest> PathOf(long index) => MerkleProof.Inclusion((ulong)index, (ulong)_levels[0].Length, Node);

    private void Choose(int index, ManifestEntry entry)
    {
        _chosen[index] = true;
        Files += entry.Kind == EntryKind.File ? 1 : 0;
        Folders += entry.Kind == EntryKind.Folder ? 1 : 0;
        Bytes += entry.Length;
        if (First.Count < Shown)
        {
            First.Add(entry);
        }
    }

    // 64 bytes for each entry: 64 MB for a million.
    private void Grow(Digest[] level)
    {
        _levels.Add(level);
        while (level.Length > 1)
        {
            var above = new Digest[level.Length / 2];
            for (var i = 0; i < above.Length; i++)
            {
                above[i] = MerkleTree.NodeHash(level[2 * i], level[(2 * i) + 1]);
            }

            _levels.Add(above);
            level = above;
        }
    }

    private Digest Node(int level, ulong index) => _levels[level][index];
}
