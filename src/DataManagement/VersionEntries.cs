using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>The entries of a version, read shard by shard.</summary>
public static class VersionEntries
{
    /// <summary>All entries in order.</summary>
    /// <param name="vault">The store.</param>
    /// <param name="root">Digest of the version's manifest root.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <exception cref="StorageException">Damaged or absent.</exception>
    public static IEnumerable<ManifestEntry> Of(Vault vault, Digest root, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(vault);
        if (!Manifest.TryRead(vault.ReadFrame(root, FrameKind.Manifest), out var manifest))
        {
            throw Damaged(root);
        }

        foreach (var shard in manifest.Shards)
        {
            stop.ThrowIfCancellationRequested();
            if (!Manifest.TrySplit(vault.ReadFrame(shard.Digest, FrameKind.Manifest), out var lines))
            {
                throw Damaged(shard.Digest);
            }

            foreach (var line in lines)
            {
                yield return ManifestEntry.TryRead(line.Span, out var entry) ? entry : throw Damaged(shard.Digest);
            }
        }
    }

    private static StorageException Damaged(Digest frame) =>
        new(StorageProblem.Damaged, frame.ToString(), null, Finding.Error(Codes.ManifestForm, frame.ToString()));
}
