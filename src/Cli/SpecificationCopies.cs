using System.Reflection;

namespace Lantai.Cli;

/// <summary>What every new store carries: its specification, the independent reader and a first page.</summary>
internal static class SpecificationCopies
{
    private const string Prefix = "copy/";

    /// <summary>Path below the root, divided by '/' → bytes.</summary>
    public static IReadOnlyDictionary<string, byte[]> Read()
    {
        var copies = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            copies.Add(name[Prefix.Length..], bytes.ToArray());
        }

        return copies;
    }
}
