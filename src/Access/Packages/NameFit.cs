using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Packages;

/// <summary>
/// Decides, entry after entry in their order, under which path each lies in the package: its own, or a stored one when
/// the form cannot hold the name or a file stands where the entry needs a folder.
/// </summary>
internal sealed class NameFit(IPackageTarget target)
{
    // Files of which the entry at hand begins with the name: only they can stand in its way, and a path that does not
    // begin with one of them is followed by none that does.
    private readonly Stack<ReadOnlyMemory<byte>> _files = new();

    /// <summary>The path in the package, and whether it is the entry's own.</summary>
    public (EntryName Path, bool IsOwn) Place(long index, ManifestEntry entry)
    {
        var path = entry.Name.Bytes;
        while (_files.TryPeek(out var file) && !path.Span.StartsWith(file.Span))
        {
            _ = _files.Pop();
        }

        var own = PackagePath.OfData(path.Span);
        if (!StoredName.IsUsable(path.Span) || !target.CanHold(own) || _files.Any(file => path.Span[file.Length] == '/'))
        {
            return (PackagePath.OfStored(index), false);
        }

        if (entry.Kind == EntryKind.File)
        {
            _files.Push(path);
        }

        return (own, true);
    }
}
