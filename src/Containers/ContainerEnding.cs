namespace Lantai.Containers;

/// <summary>The endings of file names that speak of a container.</summary>
/// <remarks>Pure, safe for concurrent use.</remarks>
public static class ContainerEnding
{
    private static readonly string[] Tars = [".tar.gz", ".tgz", ".tar.zst", ".tar.zstd", ".tzst", ".tar"];
    private static readonly string[] Opened = [.. Tars, ".zip", ".gz", ".zst", ".zstd"];
    private static readonly string[] Known = [.. Opened, ".7z", ".rar", ".z", ".bz2", ".tbz2", ".xz", ".txz", ".lz4"];

    /// <summary>Whether a name ends as that of a container, opened here or not.</summary>
    public static bool IsOn(string name) => Find(Known, name) is not null;

    /// <summary>Whether a path ends as that of a container, by its bytes and without making a text of it.</summary>
    public static bool IsOn(ReadOnlySpan<byte> path)
    {
        foreach (var ending in Known)
        {
            if (path.Length > ending.Length && System.Text.Ascii.EqualsIgnoreCase(path[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name ends as that of a tar, compressed or not.</summary>
    public static bool SaysTar(string name) => Find(Tars, name) is not null;

    /// <summary>A name without the ending of a container that is opened here: <c>case.tar.gz</c> gives <c>case</c>.</summary>
    public static string Strip(string name) => Find(Opened, name) is { } ending ? name[..^ending.Length] : name;

    private static string? Find(string[] endings, string name) =>
        Array.Find(endings, e => name.Length > e.Length && name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
