using Lantai.ArchivalStorage;
using Lantai.Characterization.Identification;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>
/// Where imported registries lie. Those of a store are a package of it, as the representation information that they are:
/// versions, audits and copies come with that. What is compiled from them is a cache.
/// </summary>
internal static class FormatShelf
{
    /// <summary>Source and id of the package.</summary>
    public const string Source = "lantai";

    /// <summary>The package's id within its source.</summary>
    public const string Id = "formats";

    private const int MostFiles = 16;
    private const long LongestFile = 64L << 20;

    /// <summary>The registry of a store; the built-in one when none was imported.</summary>
    /// <param name="vault">The store.</param>
    /// <param name="manifest">Manifest root of the package's newest version; null when there is none.</param>
    /// <param name="writes">Whether the cache may be written.</param>
    /// <param name="findings">Takes what is wrong with the imported files.</param>
    /// <exception cref="StorageException">The package is damaged.</exception>
    public static FormatRegistry Open(Vault vault, Digest? manifest, bool writes, List<Finding> findings)
    {
        if (manifest is not { } root)
        {
            return FormatRegistry.BuiltIn;
        }

        var cache = Path.Combine(vault.Disk.Root, StoreLayout.Indexes, $"formats-{root.ToString()[..16]}.compiled");
        if (CompiledFormats.Read(cache) is { } known)
        {
            return known;
        }

        var files = VersionEntries.Of(vault, root, CancellationToken.None).Where(e => e.Kind == EntryKind.File && e.Length <= LongestFile).Take(MostFiles).ToList();
        // The package is content like any other: what is no signature file in it leaves the built-in registry, and is told.
        var registry = files.Count == 0 ? null : FormatRegistry.TryImport([.. files.Select(f => (f.Name.Display, vault.OpenContent(f.Content!.Value)))], findings);
        if (registry is null)
        {
            return FormatRegistry.BuiltIn; // what was imported was read then: a newer program may be stricter, and says so
        }

        if (writes)
        {
            CompiledFormats.Write(registry, cache);
        }

        return registry;
    }
}
