using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>What makes a package a supplement (补正): all materials that were archived are there unchanged, and something was added.</summary>
/// <remarks>Pure. Metadata of the package change with it, as they list its materials; materials do not.</remarks>
internal static class SupplementRules
{
    /// <summary>What is wrong with it.</summary>
    /// <param name="at">The package.</param>
    /// <param name="archived">The files of the newest archived version: path → digest.</param>
    public static IEnumerable<Finding> Check(CaseAtDoor at, IReadOnlyDictionary<string, Digest> archived)
    {
        var now = at.Facts!.Package.Files.Where(f => f.Content is not null).ToDictionary(f => f.Path, f => f.Content!.Value, StringComparer.Ordinal);
        HashSet<string> materials = [.. (at.Package?.Files ?? []).Select(f => f.Path).Where(p => p.Length > 0)];
        var wrapper = WrapperOf(archived.Keys);
        HashSet<string> before = [.. archived.Keys.Select(p => p[wrapper.Length..])];
        foreach (var (stored, digest) in archived)
        {
            var path = stored[wrapper.Length..];
            if (!now.TryGetValue(path, out var found) || (found != digest && materials.Contains(path)))
            {
                yield return Finding.Error(DoorCodes.NotSupplement, at.Name, ("path", path), ("expected", digest.ToString()), ("found", now.TryGetValue(path, out var other) ? other.ToString() : "-"));
            }
        }

        if (now.Keys.All(before.Contains))
        {
            yield return Finding.Error(DoorCodes.NothingAdded, at.Name);
        }
    }

    /// <summary>The one folder that all lay in, with '/' at its end: a package may come in one once and without the next time.</summary>
    private static string WrapperOf(IEnumerable<string> paths)
    {
        var first = paths.FirstOrDefault() ?? "";
        var wrapper = first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
        return paths.All(p => p.StartsWith(wrapper, StringComparison.Ordinal)) ? wrapper : "";
    }
}
