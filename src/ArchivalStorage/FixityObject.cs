using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Checks one object from the medium: re-reads before it raises an alarm.</summary>
/// <param name="disk">The disk.</param>
/// <param name="store">The store's id.</param>
/// <param name="request">What to check.</param>
/// <param name="buffers">The memory to work in.</param>
/// <param name="passed">Told of bytes read.</param>
/// <remarks>spec/formats/audit.md. Nothing is repaired or moved. Not safe for concurrent use: one for each reader.</remarks>
internal sealed class FixityObject(IDisk disk, Guid store, FixityRequest request, AuditBuffers buffers, Action<int> passed)
{
    public FixityResult Check(string path, FixityKind kind, VouchedPack? vouched, CancellationToken cancellation)
    {
        var first = CheckOnce(path, kind, vouched, request.Cached, cancellation);
        if (first.State is not (FixityState.Changed or FixityState.Unreadable))
        {
            return first;
        }

        // A bad cable or bad memory reads differently the next time: alarm only when the medium says it twice.
        var second = CheckOnce(path, kind, vouched, isCached: false, cancellation);
        return second with { Bytes = first.Bytes + second.Bytes };
    }

    private FixityResult CheckOnce(string path, FixityKind kind, VouchedPack? vouched, bool isCached, CancellationToken cancellation)
    {
        try
        {
            using var file = disk.Open(path, isCached ? DiskAccess.Read : DiskAccess.ReadMedium);
            var findings = kind switch
            {
                FixityKind.Pack => CheckPack(file, path, cancellation),
                FixityKind.OpenPack => CheckOpenPack(file, path, vouched, cancellation),
                _ => CheckLargeObject(file, path, cancellation),
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

    /// <summary>The digest of the file is its name; frames are looked at in the same pass when the check is deep, else only to say where a damaged one is.</summary>
    private List<Finding> CheckPack(IDiskFile file, string path, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        Digest digest;
        PackWalkResult? walk = null;
        if (request.Deep)
        {
            walk = Walk(file, path, cancellation, out digest);
        }
        else
        {
            digest = DigestOf(file, cancellation);
        }

        if (digest != Digest.Parse(Path.GetFileNameWithoutExtension(path)))
        {
            findings.Add(Finding.Error(Codes.PackDigest, path));
        }

        var head = new byte[PackHeader.Size];
        if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is null && header.Store != store)
        {
            findings.Add(Finding.Error(Codes.PackHeaderBad, path)); // whole, and another store's
        }

        if (walk is null && findings.Count == 0)
        {
            return findings;
        }

        walk ??= Walk(file, path, cancellation, out _);
        findings.AddRange(walk.Damage);
        if (walk.Problem is { } problem)
        {
            findings.Add(problem);
        }

        CheckEnd(file, path, walk, findings);
        return findings;
    }

    private Digest DigestOf(IDiskFile file, CancellationToken cancellation)
    {
        using var reader = new ForwardReader(file, file.Length, buffers.Window[..AuditBuffers.PlainReadLength], digests: true, passed, cancellation);
        return reader.Finish();
    }

    private PackWalkResult Walk(IDiskFile file, string path, CancellationToken cancellation, out Digest digest)
    {
        using var reader = new ForwardReader(file, file.Length, buffers.Window, digests: true, passed, cancellation);
        var walk = new PackPass(path, reader, file.Length - PackFooter.Size, WalkDepth.Everything, buffers).Run();
        digest = reader.Finish();
        return walk;
    }

    private static void CheckEnd(IDiskFile file, string path, PackWalkResult walk, List<Finding> findings)
    {
        var footer = new byte[PackFooter.Size];
        if (file.Read(Math.Max(0, file.Length - PackFooter.Size), footer) != footer.Length || !PackFooter.TryRead(footer, out var end) || end.FileLength != file.Length)
        {
            findings.Add(Finding.Error(Codes.PackFooterBad, path));
        }
        else if (PackIndexFrame.Open(file)?.ToArray() is not { } index || !IsIndexOf(index, walk.Entries)
            || end.LastCommit != walk.LastCommit || end.Batches != walk.Batches || end.IndexOffset != walk.End)
        {
            findings.Add(Finding.Error(Codes.PackIndexDiffers, path));
        }
    }

    private static bool IsIndexOf(PackIndexEntry[] index, List<PackIndexEntry> frames)
    {
        frames.Sort((a, b) => a.Digest.CompareTo(b.Digest) is var order and not 0 ? order : a.Offset.CompareTo(b.Offset));
        return index.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(frames));
    }

    /// <summary>An open pack has no name yet: every committed byte is walked, also when the check is not deep.</summary>
    private List<Finding> CheckOpenPack(IDiskFile file, string path, VouchedPack? vouched, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var limit = Math.Min(file.Length, vouched?.End ?? file.Length);
        using var reader = new ForwardReader(file, limit, buffers.Window, digests: false, passed, cancellation);
        var walk = new PackPass(path, reader, limit, WalkDepth.Everything, buffers).Run();
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

    private List<Finding> CheckLargeObject(IDiskFile file, string path, CancellationToken cancellation)
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
            var content = LargeObjectContent.Open(file, path, Digest.Parse(Path.GetFileNameWithoutExtension(path)));
            content.Read(buffers.Window[..AuditBuffers.PlainReadLength], request.Deep, null, passed, cancellation);
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
    public const string FurtherKeyAbsent = "STO-004";
    public const string IndexDamaged = "STO-010";
    public const string WaitingDamaged = "STO-020";
    public const string WaitingKeyMissing = "STO-021";
}
