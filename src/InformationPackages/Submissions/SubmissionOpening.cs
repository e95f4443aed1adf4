using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Finds out which form a submission has and opens it as that.</summary>
internal static class SubmissionOpening
{
    internal static Submission? Open(SubmissionSource source, List<Finding> findings)
    {
        var bounded = new BoundedFindings(findings, "SIP-012", source.Child?.Display ?? source.Path);
        if (source.Held is { } held)
        {
            return OpenHeld(held, source, bounded, findings);
        }

        ByteFolder? parent = null;
        try
        {
            var (above, leaf) = Locate(source);
            parent = ByteFolder.Open(above);
            var submission = OpenBelow(parent, above, leaf, source, bounded, findings);
            parent = submission is FolderSubmission or null ? parent : null;
            return submission;
        }
        catch (ContentException bad)
        {
            bounded.Add(bad.Finding);
            return null;
        }
        catch (IOException unreachable)
        {
            bounded.Add(Finding.Error("SIP-001", source.Child?.Display ?? source.Path, ("error", unreachable.Message)));
            return null;
        }
        finally
        {
            parent?.Dispose();
            bounded.Close();
        }
    }

    /// <summary>Opens what somebody holds. What fails there is thrown: it says nothing of the package.</summary>
    private static Submission? OpenHeld(HeldSubmission held, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        try
        {
            return held.IsFolder ? HeldFolder.Open(held, bounded)
                : source.Form != SubmissionForm.File && (source.Form != SubmissionForm.Auto || ContainerEnding.IsOn(held.Name.Display))
                    ? ContainerOpening.Open(ContainerFile.Of(held.Files[0]), source, bounded, findings)
                : new HeldFile(held.Files[0]);
        }
        catch (ContentException bad)
        {
            bounded.Add(bad.Finding);
            return null;
        }
        finally
        {
            bounded.Close();
        }
    }

    private static (byte[] Above, EntryName Leaf) Locate(SubmissionSource source)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path));
        if (source.Child is { } child)
        {
            return (Encoding.UTF8.GetBytes(path), child);
        }

        var name = Path.GetFileName(path);
        return (Encoding.UTF8.GetBytes(Path.GetDirectoryName(path) ?? "/"), EntryName.OfText(name.Length == 0 ? "." : name));
    }

    private static Submission? OpenBelow(
        ByteFolder parent, byte[] above, EntryName leaf, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        var stamp = parent.Stamp(leaf);
        var isFolder = stamp.Kind == FileKind.Folder || (stamp.Kind == FileKind.Link && source.Child is null && Directory.Exists(source.Path));
        if (isFolder && source.Form is SubmissionForm.Auto or SubmissionForm.Folder)
        {
            var folder = ByteFolder.Open([.. above, (byte)'/', .. leaf.Bytes.Span]);
            return FolderSubmission.Open(folder, leaf, source.DeclaredNames, bounded);
        }

        if (isFolder || stamp.Kind != FileKind.File || source.Form == SubmissionForm.Folder)
        {
            bounded.Add(Finding.Error("SIP-008", leaf.Display, ("type", stamp.Kind)));
            return null;
        }

        var isContainer = source.Form != SubmissionForm.File && (source.Form != SubmissionForm.Auto || ContainerEnding.IsOn(leaf.Display));
        return isContainer
            ? ContainerOpening.Open(ContainerFile.In(parent, leaf, stamp), source, bounded, findings)
            : new FileSubmission(parent, leaf, stamp);
    }

    /// <summary>Reads the tag files of a bag and gives what judges its files; null when this is refused.</summary>
    internal static Bag? ReadBag(IReadOnlyDictionary<string, Func<Stream>> tagFiles, BoundedFindings findings)
    {
        try
        {
            return new BagReader(tagFiles, findings).Read();
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
            return null;
        }
    }
}
