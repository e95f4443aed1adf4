using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection.Storage;

/// <summary>The manifest of a stored version as it was read piece by piece: what it lists, and whatever does not add up.</summary>
/// <remarks>For one thread. Nothing is thrown for damaged bytes: they are what is looked for.</remarks>
internal sealed class StoredManifest
{
    private readonly List<StoredPiece> _pieces = [];
    private readonly List<Difference> _differences = [];
    private readonly List<ManifestEntry> _entries = [];

    /// <summary>Root and shards as they were found.</summary>
    public IReadOnlyList<StoredPiece> Pieces => _pieces;

    /// <summary>What does not add up.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>The entries in order; those of shards that could not be read are missing.</summary>
    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>Whether root and every shard were read.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="vault">The store.</param>
    /// <param name="copy">The id of the copy.</param>
    /// <param name="kept">What the ledger says was kept.</param>
    /// <param name="stop">Stops between the shards.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static StoredManifest Read(Vault vault, string copy, AipVersion kept, CancellationToken stop)
    {
        var read = new StoredManifest();
        if (read.Take(vault, copy, StoredPieceKind.Manifest, kept.Manifest) is not { } root)
        {
            return read;
        }

        if (!Manifest.TryRead(root, out var manifest))
        {
            read.Spoil(Finding.Error(Codes.ManifestForm, kept.Manifest.ToString()));
            return read;
        }

        read.IsWhole = true;
        var tree = new CompactRange();
        foreach (var shard in manifest.Shards)
        {
            stop.ThrowIfCancellationRequested();
            read.IsWhole &= read.TakeShard(vault, copy, shard, tree);
        }

        read.Compare(manifest, kept, tree);
        return read;
    }

    /// <summary>The digest over names and contents, as an ingest computes it; null when the manifest is not whole.</summary>
    /// <param name="entries">The entries that it is over.</param>
    public Digest? ContentOf(IEnumerable<ManifestEntry> entries)
    {
        using var digest = new ContentDigest();
        foreach (var entry in entries)
        {
            digest.Add(entry);
        }

        return IsWhole ? digest.Result() : null;
    }

    private bool TakeShard(Vault vault, string copy, ShardReference shard, CompactRange tree)
    {
        if (Take(vault, copy, StoredPieceKind.Shard, shard.Digest) is not { } bytes)
        {
            return false;
        }

        if (!Manifest.TrySplit(bytes, out var lines) || lines.Count != shard.Count)
        {
            Spoil(Finding.Error(Codes.ManifestForm, shard.Digest.ToString()));
            return false;
        }

        foreach (var line in lines)
        {
            if (!ManifestEntry.TryRead(line.Span, out var entry))
            {
                Spoil(Finding.Error(Codes.ManifestForm, shard.Digest.ToString()));
                return false;
            }

            tree.Append(MerkleTree.LeafHash(line.Span));
            if (_entries.Count > 0 && entry.Name <= _entries[^1].Name)
            {
                _differences.Add(new Difference("order", _entries[^1].Name.Display, entry.Name.Display));
            }

            _entries.Add(entry);
        }

        return true;
    }

    private void Compare(Manifest manifest, AipVersion kept, CompactRange tree)
    {
        Compare("aip", kept.Aip.ToString("D"), manifest.Aip.ToString("D"));
        Compare("version", kept.Version, manifest.Version);
        Compare("files", kept.Files, manifest.Files);
        Compare("bytes", kept.Bytes, manifest.Bytes);
        if (!IsWhole)
        {
            return; // the piece that is missing is told of, and what it held cannot be counted
        }

        Compare("files", manifest.Files, _entries.LongCount(e => e.Kind == EntryKind.File));
        Compare("folders", manifest.Folders, _entries.LongCount(e => e.Kind == EntryKind.Folder));
        Compare("bytes", manifest.Bytes, _entries.Sum(e => e.Length));
        Compare("tree", manifest.EntriesRoot.ToString(), tree.Root().ToString());
    }

    private void Compare(string member, long expected, long found) =>
        Compare(member, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));

    private void Compare(string member, string expected, string found)
    {
        if (expected != found)
        {
            _differences.Add(new Difference(member, expected, found));
        }
    }

    private byte[]? Take(Vault vault, string copy, StoredPieceKind kind, Digest digest)
    {
        var place = vault.PlaceFor(digest, FrameKind.Manifest);
        try
        {
            var bytes = vault.ReadFrame(digest, FrameKind.Manifest);
            _pieces.Add(new StoredPiece(copy, kind, digest.ToString(), digest, place.Path, place.Problem, FixityState.Verified, null));
            return bytes;
        }
        catch (StorageException problem) when (StoredTrouble.StateOf(problem) is not null)
        {
            _pieces.Add(new StoredPiece(copy, kind, digest.ToString(), digest, place.Path, place.Problem, StoredTrouble.StateOf(problem)!.Value, StoredTrouble.Of(problem)));
            return null;
        }
    }

    /// <summary>The piece that was read last is what its digest says and still no part of a manifest: it was so from the beginning.</summary>
    private void Spoil(Finding finding) => _pieces[^1] = _pieces[^1] with { State = FixityState.Changed, Trouble = finding };
}
