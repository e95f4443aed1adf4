using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>A shard as its manifest root names it.</summary>
/// <param name="Digest">Digest of the shard's bytes.</param>
/// <param name="Count">Entries in it, 1 to 4096.</param>
public readonly record struct ShardReference(Digest Digest, long Count);

/// <summary>The root of an AIP version's manifest.</summary>
/// <param name="Aip">AIP id.</param>
/// <param name="Version">Version, from 1.</param>
/// <param name="Predecessor">Digest of the previous version's root; null in version 1.</param>
/// <param name="Bytes">Sum of the lengths of all files.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Folders">Number of empty folders.</param>
/// <param name="EntriesRoot">RFC 6962 tree hash over all entries.</param>
/// <param name="Shards">Shards in order.</param>
/// <remarks>spec/formats/manifest.md, "Root".</remarks>
public sealed record Manifest(
    Guid Aip, long Version, Digest? Predecessor, long Bytes, long Files, long Folders, Digest EntriesRoot, IReadOnlyList<ShardReference> Shards)
{
    /// <summary>The most entries that a shard holds.</summary>
    public const int MaxShard = 4096;

    /// <summary>Number of entries.</summary>
    public long Entries => Files + Folders;

    /// <summary>The canonical bytes of the root blob.</summary>
    public byte[] ToBytes() => CanonicalJson.Write(new JsonMap()
        .Set("format", "lantai-manifest/1")
        .Set("aip", Aip)
        .Set("version", Version)
        .Set("predecessor", Predecessor)
        .Set("counts", new JsonMap().Set("bytes", Bytes).Set("files", Files).Set("folders", Folders))
        .Set("entriesRoot", EntriesRoot)
        .Set("shards", Shards.Select(s => (object)new JsonMap().Set("count", s.Count).Set("digest", s.Digest))));

    /// <summary>Reads a root blob; false when it is not canonical or lacks a member.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Manifest manifest)
    {
        manifest = null!;
        if (!CanonicalJson.TryRead(bytes, out var map) || map.Text("format") != "lantai-manifest/1"
            || map.Id("aip") is not { } aip || map.Number("version") is not ({ } version and > 0)
            || map.Map("counts") is not { } counts || counts.Number("bytes") is not ({ } length and >= 0)
            || counts.Number("files") is not ({ } files and >= 0) || counts.Number("folders") is not ({ } folders and >= 0)
            || map.Digest("entriesRoot") is not { } root || map.List("shards") is not { } list
            || (version == 1) != (map.Text("predecessor") is null) || (version > 1 && map.Digest("predecessor") is null))
        {
            return false;
        }

        var shards = new List<ShardReference>(list.Count);
        foreach (var item in list)
        {
            if (item is not JsonMap shard || shard.Digest("digest") is not { } digest || shard.Number("count") is not ({ } count and > 0 and <= MaxShard))
            {
                return false;
            }

            shards.Add(new ShardReference(digest, count));
        }

        manifest = new Manifest(aip, version, map.Digest("predecessor"), length, files, folders, root, shards);
        return true;
    }

    /// <summary>Splits a shard into the bytes of its entries; false when it does not end in a newline or holds none.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> shard, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var list = new List<ReadOnlyMemory<byte>>();
        entries = list;
        while (!shard.IsEmpty)
        {
            var end = shard.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            list.Add(shard[..end]);
            shard = shard[(end + 1)..];
        }

        return list.Count > 0;
    }
}
