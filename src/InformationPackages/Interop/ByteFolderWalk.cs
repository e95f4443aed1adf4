using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// One walk through a folder. The order is that of full paths as bytes: a folder with content sorts as its name and
/// '/', because that is what its files' paths hold at that place; an empty one sorts as its bare name.
/// </summary>
internal sealed class ByteFolderWalk(ByteFolder folder, BoundedFindings findings, System.Text.Encoding? declaredNames)
{
    private const int DeepestLevel = 1000;

    internal IEnumerable<ByteFolderEntry> Walk()
    {
        var levels = new Stack<(byte[] Prefix, List<Child> Children, int Next)>();
        levels.Push(([], ListSorted([]), 0));
        while (levels.TryPop(out var level))
        {
            if (level.Next == level.Children.Count)
            {
                continue;
            }

            levels.Push(level with { Next = level.Next + 1 });
            var child = level.Children[level.Next];
            byte[] path = [.. level.Prefix, .. child.Key];
            if (child.HasContent)
            {
                if (levels.Count < DeepestLevel)
                {
                    levels.Push((path, ListSorted(path.AsSpan(0, path.Length - 1)), 0));
                }
                else
                {
                    findings.Add(Finding.Error("SIP-011", Show(path), ("limit", DeepestLevel)));
                }
            }
            else if (Examine(path, child.IsFolder) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private ByteFolderEntry? Examine(byte[] path, bool isFolder)
    {
        if (folder.TryStamp(path, out var error) is not { } stamp)
        {
            findings.Add(Finding.Error("SIP-007", Show(path), ("error", ByteFolder.Describe(error))));
            return null;
        }

        if (stamp.Kind != (isFolder ? FileKind.Folder : FileKind.File))
        {
            findings.Add(Finding.Error("SIP-008", Show(path), ("type", stamp.Kind)));
            return null;
        }

        return new ByteFolderEntry(EntryName.OfBytes(path, declaredNames), isFolder, stamp);
    }

    private List<Child> ListSorted(ReadOnlySpan<byte> path)
    {
        var sorted = new List<Child>();
        if (folder.List(path, int.MaxValue, out var error) is not { } children)
        {
            findings.Add(Finding.Error("SIP-007", Show(path), ("error", ByteFolder.Describe(error))));
            return sorted;
        }

        foreach (var (name, listedKind) in children)
        {
            byte[] full = path.IsEmpty ? name : [.. path, (byte)'/', .. name];
            var kind = listedKind == FileKind.Unknown && folder.TryStamp(full, out _) is { } stamp ? stamp.Kind : listedKind;
            if (kind != FileKind.Folder)
            {
                sorted.Add(new Child(name, false, false));
            }
            else if (folder.List(full, 1, out error) is { } inside)
            {
                sorted.Add(inside.Count == 0 ? new Child(name, true, false) : new Child([.. name, (byte)'/'], true, true));
            }
            else
            {
                findings.Add(Finding.Error("SIP-007", Show(full), ("error", ByteFolder.Describe(error))));
            }
        }

        sorted.Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        return sorted;
    }

    private string Show(ReadOnlySpan<byte> path) => EntryName.OfBytes(path, declaredNames).Display;

    private readonly record struct Child(byte[] Key, bool IsFolder, bool HasContent);
}
