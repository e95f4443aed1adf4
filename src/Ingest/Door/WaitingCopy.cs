using System.Buffers;
using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Copies a package that waits into the waiting room, and finds the bytes that were inspected, or holds nothing.</summary>
internal static class WaitingCopy
{
    /// <summary>Copies it. Null when it is held; else why it is not.</summary>
    /// <exception cref="StorageException">The disk of the store failed, or the room's key is missing.</exception>
    public static Finding? Copy(CaseAtDoor at, WaitingRoom room, WaitingTerms terms, (DateTimeOffset Since, string Presenter) said, CancellationToken stop)
    {
        if (!HeldRequest.CanSay(at.Request))
        {
            return NotHeld(at, "means");
        }

        using var submission = Submission.Open(at.Request.Submitted.Package, []);
        if (submission is null || submission.IsStreamed)
        {
            return NotHeld(at, "changed");
        }

        var held = Of(submission, at.Request.Submitted.Package.Child);
        var bytes = held.Files.Sum(f => f.Length);
        if (bytes > terms.MostBytes || held.Files.Count > PackageTree.MostFiles)
        {
            return Finding.Warning(DoorCodes.NotHeld, at.Name, ("unheld", "size"), ("bytes", bytes), ("limit", terms.MostBytes));
        }

        try
        {
            using var draft = room.Begin(at.Source, at.Number!, at.Digest!.Value, HeldRequest.Write(at, held, said.Presenter), said.Since, said.Since.AddDays(terms.Days));
            if (!IsInspected(at, held, draft, stop))
            {
                return NotHeld(at, "changed");
            }

            draft.Commit();
            return null;
        }
        catch (Exception gone) when (gone is ContentException or UnauthorizedAccessException or (IOException and not StorageException))
        {
            return NotHeld(at, "changed"); // it was read a moment ago
        }
    }

    /// <summary>That it is not held, and why.</summary>
    public static Finding NotHeld(CaseAtDoor at, string why) => Finding.Warning(DoorCodes.NotHeld, at.Name, ("unheld", why), ("bytes", "-"), ("limit", "-"));

    /// <summary>A container as the one file that it is, so that its digest stays; anything else as its entries.</summary>
    private static HeldSubmission Of(Submission submission, EntryName? child)
    {
        var name = submission.Container?.Name ?? child ?? EntryName.OfText(submission.Name);
        if (submission.Container is { } container)
        {
            return new HeldSubmission(name, false, [new PackageFile(name, container.Length, submission.OpenContainer)], []);
        }

        var (files, folders) = (new List<PackageFile>(), new List<(EntryName, DateTimeOffset?)>());
        foreach (var entry in submission.Entries)
        {
            if (entry.Kind == EntryKind.File)
            {
                files.Add(new PackageFile(entry.Name, entry.Length ?? 0, entry.OpenRead, entry.Modified));
            }
            else
            {
                folders.Add((entry.Name, entry.Modified));
            }
        }

        return new HeldSubmission(submission.Form == SubmissionForm.File ? files[0].Name : name, submission.Form == SubmissionForm.Folder, files, folders);
    }

    private static bool IsInspected(CaseAtDoor at, HeldSubmission held, WaitingDraft draft, CancellationToken stop)
    {
        var seen = new Dictionary<string, Digest?>(StringComparer.Ordinal);
        foreach (var file in at.Facts!.Package.Files)
        {
            _ = seen.TryAdd(file.Path, file.Content);
        }

        if (held.IsFolder && seen.Count != held.Files.Count)
        {
            return false; // one came or went, or two are shown by one text
        }

        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            return held.Files.All(f => Copy(f, draft, buffer, stop) is { } digest && digest == (held.IsFolder ? seen.GetValueOrDefault(f.Path) : at.Digest));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Copies one content; gives its digest, or none when it is not as long as was said.</summary>
    private static Digest? Copy(PackageFile file, WaitingDraft draft, byte[] buffer, CancellationToken stop)
    {
        using var content = file.OpenRead();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = file.Length;
        for (int got; (got = content.Read(buffer, 0, buffer.Length)) > 0; left -= got)
        {
            stop.ThrowIfCancellationRequested();
            if (got > left)
            {
                return null;
            }

            hash.AppendData(buffer, 0, got);
            draft.Append(buffer.AsSpan(0, got));
        }

        return left == 0 ? new Digest(hash.GetHashAndReset()) : null;
    }
}
