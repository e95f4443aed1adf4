using System.Runtime.InteropServices;

namespace Lantai.InformationPackages;

/// <summary>One manifest of a bag.</summary>
internal sealed record BagManifest(string FileName, DigestAlgorithm Algorithm, bool IsPayload);

/// <summary>
/// All files that the manifests of a bag list, with their digests: one row a path, so that a bag of a million files
/// costs some 200 bytes a file.
/// </summary>
internal sealed class ListedFiles(IReadOnlyList<BagManifest> manifests)
{
    private readonly Dictionary<byte[], Row> _rows = new(BytesComparer.Instance);

    internal IReadOnlyList<BagManifest> Manifests => manifests;

    /// <summary>Adds a line of a manifest; manifests are added one after the other in their order. False when the path stands in it already.</summary>
    internal bool Add(int manifest, byte[] path, byte[] digest, out bool sameDigest)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, path, out _);
        sameDigest = true;
        if ((row.Mask & (1u << manifest)) != 0)
        {
            sameDigest = row.Digests.AsSpan(row.Digests.Length - digest.Length).SequenceEqual(digest);
            return false;
        }

        row.Digests = row.Digests is null ? digest : [.. row.Digests, .. digest];
        row.Mask |= 1u << manifest;
        return true;
    }

    internal bool Contains(byte[] path) => _rows.ContainsKey(path);

    /// <summary>Marks a listed path as seen in the package; gives the manifests that list it.</summary>
    internal bool TrySee(byte[] path, out uint mask)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrNullRef(_rows, path);
        mask = 0;
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref row))
        {
            return false;
        }

        row.Seen = true;
        mask = row.Mask;
        return true;
    }

    internal IEnumerable<(byte[] Path, bool Seen)> All() => _rows.Select(r => (r.Key, r.Value.Seen));

    internal List<DeclaredDigest> DigestsOf(byte[] path)
    {
        var digests = new List<DeclaredDigest>();
        var row = _rows.GetValueOrDefault(path);
        var at = 0;
        for (var i = 0; i < manifests.Count; i++)
        {
            if ((row.Mask & (1u << i)) != 0)
            {
                digests.Add(new DeclaredDigest(manifests[i].Algorithm, row.Digests.AsMemory(at, manifests[i].Algorithm.Size), manifests[i].FileName));
                at += manifests[i].Algorithm.Size;
            }
        }

        return digests;
    }

    private struct Row
    {
        internal byte[] Digests;
        internal uint Mask;
        internal bool Seen;
    }
}

/// <summary>Equality of byte arrays by content.</summary>
internal sealed class BytesComparer : IEqualityComparer<byte[]>
{
    internal static BytesComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
