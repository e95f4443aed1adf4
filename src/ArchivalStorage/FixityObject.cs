using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Checks one object from the medium: re-reads before it raises an alarm.</summary>
/// <remarks>spec/formats/audit.md. Pure but for reading; nothing is repaired or moved.</remarks>
internal static class FixityObject
{
    public static FixityResult Check(IDisk disk, Guid store, string path, FixityKind kind, VouchedPack? vouched, FixityRequest request, CancellationToken cancellation)
    {
        var first = CheckOnce(disk, store, path, kind, vouched, request, cancellation);
        if (first.State is not (FixityState.Changed or FixityState.Unreadable))
        {
            return first;
        }

        // A bad cable or bad memory reads differently the next time: alarm only when the medium says it twice.
        var second = CheckOnce(disk, store, path, kind, vouched, request with { Cached = false }, cancellation);
        return second with { Bytes = first.Bytes + second.Bytes };
    }

    private static FixityResult CheckOnce(IDisk disk, Guid store, string path, FixityKind kind, VouchedPack? vouched, FixityRequest request, CancellationToken cancellation)
    {
        try
        {
            using var file = disk.Open(path, DiskAccess.Read);
            if (!request.Cached)
            {
                file.DropCache();
            }

            var findings = kind switch
            {
                FixityKind.Pack => CheckPack(file, store, path, request.Deep, cancellation),
                FixityKind.OpenPack => CheckOpenPack(file, store, path, vouched),
                _ => CheckLargeObject(file, store, path, cancellation),
            };
            var bytes = kind == FixityKind.OpenPack ? Math.Min(file.Length, vouched?.End ?? file.Length) : file.Length;
            return new FixityResult(path, kind, findings.Count == 0 ? FixityState.Verified : FixityState.Changed, bytes, findings);
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.NotFound)
        {
            var code = kind == FixityKind.LargeObject ? Codes.LargeMissing : kind == FixityKind.OpenPack ? Codes.PackNotAsVouched : Codes.PackMissing;
            return new FixityResult(path, kind, FixityState.Missing, 0, [Finding.Error(code, path, ("end", vouched?.End ?? 0))]);
        }
        catch (StorageException problem)
        {
            return new FixityResult(path, kind, FixityState.Unreadable, 0, [Finding.Error(StorageCodes.Unreadable, path, ("cause", problem.InnerException?.Message ?? problem.Message))]);
        }
    }

    private static List<Finding> CheckPack(IDiskFile file, Guid store, string path, bool deep, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var name = Digest.Parse(Path.GetFileNameWithoutExtension(path));
        if (FileDigest.Compute(file, file.Length, cancellation) != name)
        {
            findings.Add(Finding.Error(Codes.PackDigest, path));
        }

        var head = new byte[PackHeader.Size];
        if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is null && header.Store != store)
        {
            findings.Add(Finding.Error(Codes.PackHeaderBad, path)); // whole, and another store's
        }

        if (!deep && findings.Count == 0)
        {
            return findings;
        }

        // Deep, or damaged: say where.
        var walk = PackWalk.Run(file, path, file.Length - PackFooter.Size, WalkDepth.Everything);
        findings.AddRange(walk.Damage);
        if (walk.Problem is { } problem)
        {
            findings.Add(problem);
        }

        var footer = new byte[PackFooter.Size];
        if (file.Read(Math.Max(0, file.Length - PackFooter.Size), footer) != footer.Length || !PackFooter.TryRead(footer, out var end) || end.FileLength != file.Length)
        {
            findings.Add(Finding.Error(Codes.PackFooterBad, path));
        }
        else if (PackContent.ReadIndex(file) is not { } index
            || !PackIndex.Write(walk.Entries).AsSpan().SequenceEqual(PackIndex.Write(index)) || end.LastCommit != walk.LastCommit || end.Batches != walk.Batches || end.IndexOffset != walk.End)
        {
            findings.Add(Finding.Error(Codes.PackIndexDiffers, path));
        }

        return findings;
    }

    /// <summary>An open pack has no name yet: every committed byte is walked, also when the check is not deep.</summary>
    private static List<Finding> CheckOpenPack(IDiskFile file, Guid store, string path, VouchedPack? vouched)
    {
        var findings = new List<Finding>();
        var walk = PackWalk.Run(file, path, Math.Min(file.Length, vouched?.End ?? file.Length), WalkDepth.Everything);
        findings.AddRange(walk.Damage);
        if (walk.Problem is { } problem && vouched is not null)
        {
            findings.Add(problem);
        }

        if (walk.Header is { } header && header.Store != store)
        {
            findings.Add(Finding.Error(Codes.PackHeaderBad, path));
        }

        if (vouched is { } known && (walk.End != known.End || walk.LastCommit != known.Commit || walk.Batches != known.Batch || walk.Header?.Pack != known.Pack))
        {
            findings.Add(Finding.Error(Codes.PackNotAsVouched, path, ("end", known.End)));
        }

        return findings;
    }

    private static List<Finding> CheckLargeObject(IDiskFile file, Guid store, string path, CancellationToken cancellation)
    {
        var head = new byte[LargeObjectHeader.Size];
        if (!LargeObjectHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) || header.Store != store)
        {
            return [Finding.Error(Codes.LargeHeaderBad, path)];
        }

        if (LargeObjectStream.ReadTrailer(file) is not { } trailer || trailer.Id != header.Id || !IsPaddingZero(file, trailer))
        {
            return [Finding.Error(Codes.LargeTrailerBad, path, ("offset", file.Length - LargeObjectTrailer.Size))];
        }

        try
        {
            using var content = new LargeObjectStream(file, path, Digest.Parse(Path.GetFileNameWithoutExtension(path)), leaveOpen: true);
            var buffer = new byte[1 << 20];
            while (content.Read(buffer) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return [];
        }
        catch (StorageException problem) when (problem.Finding is not null)
        {
            return [problem.Finding];
        }
    }

    private static bool IsPaddingZero(IDiskFile file, LargeObjectTrailer trailer)
    {
        var padding = new byte[checked((int)(trailer.TableOffset - LargeObjectHeader.Size - trailer.Length))];
        return file.Read(LargeObjectHeader.Size + trailer.Length, padding) == padding.Length && !padding.AsSpan().ContainsAnyExcept((byte)0);
    }
}

/// <summary>Codes of this room's own findings.</summary>
internal static class StorageCodes
{
    public const string Unreadable = "STO-001";
    public const string SealingFailed = "STO-002";
    public const string KeyNotCurrent = "STO-003";
}
