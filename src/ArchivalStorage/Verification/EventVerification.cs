using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Reads every event's record and detail and every version's manifest, and sees that all content is held.</summary>
/// <remarks>spec/formats/event.md and manifest.md, "Reader MUST".</remarks>
internal static class EventVerification
{
    /// <summary>Reads all events; with <paramref name="digests"/> the contents too whose entries name further digests.</summary>
    public static (long Events, long Manifests, long Entries) Run(Vault vault, DigestVerification? digests, FindingSink found, Action<string, long> progress, CancellationToken cancellation)
    {
        var (events, manifests, entries) = (0L, 0L, 0L);
        var latest = new Dictionary<Guid, (long Version, Digest Root)>();
        foreach (var stored in vault.ReadEvents(0))
        {
            cancellation.ThrowIfCancellationRequested();
            events++;
            foreach (var finding in stored.Findings)
            {
                found.Add(finding);
            }

            if (stored.Record is { Type: EventTypes.Ingestion, Aip: { } aip, Version: { } version, Manifest: { } root })
            {
                manifests++;
                entries += CheckManifest(vault, stored, aip, version, root, latest.GetValueOrDefault(aip), digests, found);
                latest[aip] = (version, root);
            }

            progress("events", events);
        }

        digests?.Finish();
        return (events, manifests, entries);
    }

    private static long CheckManifest(Vault vault, StoredEvent stored, Guid aip, long version, Digest root, (long Version, Digest Root) previous, DigestVerification? digests, FindingSink found)
    {
        var subject = $"{aip:D}@{version}";
        if (Read(vault, root, subject, found) is not { } bytes)
        {
            return 0;
        }

        if (!Manifest.TryRead(bytes, out var manifest))
        {
            found.Add(Finding.Error(Codes.ManifestForm, subject));
            return 0;
        }

        if (manifest.Aip != aip || manifest.Version != version || version != previous.Version + 1
            || (version > 1 && manifest.Predecessor != previous.Root))
        {
            found.Add(Finding.Error(Codes.ManifestPredecessor, subject));
        }

        var counts = stored.Record!.Counts;
        if (counts.GetValueOrDefault("bytes") != manifest.Bytes || counts.GetValueOrDefault("files") != manifest.Files || counts.GetValueOrDefault("folders") != manifest.Folders)
        {
            found.Add(Finding.Error(Codes.ManifestCounts, subject));
        }

        using var content = new ContentDigest();
        var files = CheckShards(vault, manifest, content, digests, digests is null ? [] : ShardsOf(vault, previous.Root), subject, found);
        if (stored.Detail is { } detail && IngestionDetail.Read(detail.Body)?.ContentDigest != content.Result())
        {
            found.Add(Finding.Error(Codes.DetailForm, subject));
        }

        return files;
    }

    /// <summary>The shards of the version before: what they name was looked at with it.</summary>
    private static HashSet<Digest> ShardsOf(Vault vault, Digest root)
    {
        try
        {
            return root != default && Manifest.TryRead(vault.ReadFrame(root, FrameKind.Manifest), out var manifest) ? [.. manifest.Shards.Select(s => s.Digest)] : [];
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.NotFound or StorageProblem.Damaged)
        {
            return []; // told with its own version
        }
    }

    private static long CheckShards(
        Vault vault, Manifest manifest, ContentDigest contentDigest, DigestVerification? digests, HashSet<Digest> lookedAt, string subject, FindingSink found)
    {
        var tree = new CompactRange();
        EntryName? last = null;
        var (bytes, files, folders) = (0L, 0L, 0L);
        foreach (var shard in manifest.Shards)
        {
            if (Read(vault, shard.Digest, subject, found) is not { } content)
            {
                return files;
            }

            if (!Manifest.TrySplit(content, out var lines) || lines.Count != shard.Count)
            {
                found.Add(Finding.Error(Codes.ManifestForm, subject));
                return files;
            }

            foreach (var line in lines)
            {
                tree.Append(MerkleTree.LeafHash(line.Span));
                if (!ManifestEntry.TryRead(line.Span, out var entry))
                {
                    found.Add(Finding.Error(Codes.ManifestForm, subject));
                    continue;
                }

                if (last is not null && entry.Name <= last)
                {
                    found.Add(Finding.Error(Codes.ManifestOrder, subject, ("path", entry.Name.Display)));
                }

                last = entry.Name;
                contentDigest.Add(entry);
                bytes += entry.Length;
                files += entry.Kind == EntryKind.File ? 1 : 0;
                folders += entry.Kind == EntryKind.Folder ? 1 : 0;
                if (entry.Content is { } digest && vault.LengthOfContent(digest) != entry.Length)
                {
                    found.Add(Finding.Error(Codes.ContentMissing, subject, ("path", entry.Name.Display)));
                }
                else if (!lookedAt.Contains(shard.Digest))
                {
                    digests?.Add(entry, subject);
                }
            }
        }

        if (tree.Root() != manifest.EntriesRoot)
        {
            found.Add(Finding.Error(Codes.ManifestRootDiffers, subject));
        }

        if (bytes != manifest.Bytes || files != manifest.Files || folders != manifest.Folders)
        {
            found.Add(Finding.Error(Codes.ManifestCounts, subject));
        }

        return files;
    }

    private static byte[]? Read(Vault vault, Digest digest, string subject, FindingSink found)
    {
        try
        {
            return vault.ReadFrame(digest, FrameKind.Manifest);
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.NotFound or StorageProblem.Damaged)
        {
            found.Add(problem.Finding ?? Finding.Error(Codes.ManifestMissing, subject));
            return null;
        }
    }
}
