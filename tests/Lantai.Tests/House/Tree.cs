using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lantai.Tests.House;

/// <summary>The repository as the house tests see it: its root, its rooms, their source files and assemblies.</summary>
internal static class Tree
{
    /// <summary>The floors: a room may use rooms on lower floors only.</summary>
    public static readonly IReadOnlyDictionary<string, int> Floors = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["Words"] = 0,
        ["Containers"] = 1,
        ["Evidence"] = 1,
        ["Forms"] = 1,
        ["StoreFormat"] = 2,
        ["InformationPackages"] = 2,
        ["Characterization"] = 2,
        ["ArchivalStorage"] = 3,
        ["DataManagement"] = 4,
        ["RecordsManagement"] = 5,
        ["Inspection"] = 6,
        ["Ingest"] = 7,
        ["Access"] = 7,
        ["Adapters"] = 9,
        ["Administration"] = 10,
        ["Cli"] = 11,
    };

    /// <summary>The folder that holds Repository.sln.</summary>
    public static string Root { get; } = Upwards(AppContext.BaseDirectory, d => File.Exists(Path.Combine(d, "Repository.sln")))
        ?? throw new InvalidOperationException("No folder above the tests holds Repository.sln.");

    /// <summary>The room names: each folder of src with a project.</summary>
    public static IReadOnlyList<string> Rooms { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p)!).Order(StringComparer.Ordinal)];

    /// <summary>The outside corpora; null when they are not at hand.</summary>
    public static string? Shared { get; } = Environment.GetEnvironmentVariable("LANTAI_SHARED") is { Length: > 0 } given
        ? Directory.Exists(given) ? given : null
        : Upwards(AppContext.BaseDirectory, d => Directory.Exists(Path.Combine(d, "shared", "corpora"))) is { } above ? Path.Combine(above, "shared") : null;

    /// <summary>The assembly of every room that is built; a room of the tree without one is a failure of its own.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Rooms.Select(Load)];

    /// <summary>Files below a folder of the repository by their path from the root with '/', build output left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var top = Path.Combine(Root, folder);
        return !Directory.Exists(top)
            ? []
            : Directory.EnumerateFiles(top, pattern, SearchOption.AllDirectories)
                .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
                .Where(p => !p.Split('/').Any(s => s is "bin" or "obj" or "artifacts" or "__pycache__"))
                .Order(StringComparer.Ordinal);
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The room of an assembly name, null for assemblies that are not ours.</summary>
    public static string? RoomOf(string? assembly) =>
        assembly == "lantai" ? "Cli" : assembly?.StartsWith("Lantai.", StringComparison.Ordinal) == true ? assembly["Lantai.".Length..] : null;

    /// <summary>Whether the compiler or a generator wrote the type, and no one of us.</summary>
    public static bool IsGenerated(Type type) =>
        type.FullName!.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static Assembly Load(string room) => Assembly.Load(new AssemblyName(room == "Cli" ? "lantai" : "Lantai." + room));

    private static string? Upwards(string start, Func<string, bool> found)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (found(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
