using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Where a content or a piece of a manifest lies by the index.</summary>
/// <param name="Path">The pack or large object below the root; null when the index knows no place.</param>
/// <param name="Offset">Where in it the frame begins, in bytes.</param>
/// <param name="Problem">Why what lies there is not what the index says; null when it is.</param>
public sealed record StoredPlace(string? Path, long Offset, Finding? Problem);

/// <content>Asking for the place alone: of a frame the header is read, and not its bytes.</content>
public sealed partial class Vault
{
    /// <summary>Looks whether a content or a piece of a manifest begins where the index says. Says nothing of its bytes: reading does.</summary>
    /// <param name="digest">Digest of the original bytes.</param>
    /// <param name="kind">Kind of the frame.</param>
    /// <returns>The first place that is right, else the last one that is wrong.</returns>
    public StoredPlace PlaceFor(Digest digest, FrameKind kind)
    {
        var large = StoreLayout.LargeObject(digest);
        if (kind == FrameKind.Blob && Disk.Exists(large))
        {
            return new StoredPlace(large, 0, TryHeader(large));
        }

        StoredPlace? wrong = null;
        foreach (var place in Places(digest))
        {
            var pack = _packs[place.Pack];
            if (Judge(pack, place, digest, kind) is not { } problem)
            {
                return new StoredPlace(pack.Path, place.Offset, null);
            }

            wrong = new StoredPlace(pack.Path, place.Offset, problem);
        }

        return wrong ?? new StoredPlace(null, 0, Finding.Error(kind == FrameKind.Blob ? Codes.ContentMissing : Codes.ManifestMissing, digest.ToString()));
    }

    private Finding? Judge(PackPlace pack, FramePlace place, Digest digest, FrameKind kind)
    {
        try
        {
            using var file = OpenPackFile(pack);
            var code = FrameReader.ReadHeader(file, pack.Id, place.Offset, file.Length, out var header);
            return code is not null ? FrameReader.Found(code, pack.Path, place.Offset)
                : header.Kind == kind && header.Digest == digest ? null
                : FrameReader.Found(Codes.FrameMisplaced, pack.Path, place.Offset);
        }
        catch (StorageException gone) when (gone.Problem == StorageProblem.NotFound)
        {
            return Finding.Error(Codes.PackMissing, pack.Path);
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.ReadFailed)
        {
            return Finding.Error(StorageCodes.Unreadable, pack.Path, ("cause", problem.InnerException?.Message ?? problem.Message));
        }
    }

    private Finding? TryHeader(string large)
    {
        try
        {
            return ReadLargeHeader(large) is null ? Finding.Error(Codes.LargeHeaderBad, large) : null;
        }
        catch (StorageException problem)
        {
            return Finding.Error(StorageCodes.Unreadable, large, ("cause", problem.InnerException?.Message ?? problem.Message));
        }
    }
}
