using Lantai.Characterization.Matching;
using Lantai.Containers;

namespace Lantai.Characterization.Identification;

/// <summary>Says what a zip or compound file is by the files inside it.</summary>
/// <remarks>Made for one thread.</remarks>
internal sealed class ContainerIdentification
{
    private static readonly char[] ControlCharacters = [.. Enumerable.Range(1, 31).Select(c => (char)c)];

    private readonly int _window;
    private readonly FormatContainer[] _zips;
    private readonly FormatContainer[] _compounds;
    private readonly Dictionary<string, byte[]?> _contents = new(StringComparer.Ordinal);

    public ContainerIdentification(FormatTable table, int window)
    {
        _window = window;
        (_zips, _compounds) = (table.Zips, table.Compounds);
    }

    private static ReadOnlySpan<byte> CompoundMark => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Looks into a container; what is found there replaces what the bytes of the file alone had said.</summary>
    /// <returns>Whether something was found.</returns>
    public bool TryIdentify(FileContent content, ReadOnlySpan<byte> head, List<(int Format, int Weight)> found, ref long budget)
    {
        if (head.StartsWith("PK"u8) && _zips.Length > 0)
        {
            return ZipGlance.TryRead(content.OpenStream()) is { } zip
                && Compare(_zips, path => HasFolder(zip, path) || zip.Find(path) is not null, path => zip.Find(path) is { } e ? zip.ReadStart(e, _window) : null, found, ref budget);
        }

        if (head.StartsWith(CompoundMark) && _compounds.Length > 0 && CompoundFile.TryOpen(content.OpenStream()) is { } compound)
        {
            var entries = ByPath(compound);
            return Compare(_compounds, entries.ContainsKey, path => entries[path].IsStorage ? null : compound.ReadStart(entries[path], _window), found, ref budget);
        }

        return false;
    }

    // Signatures leave out the control character that names of the system's own streams begin with.
    private static Dictionary<string, CompoundEntry> ByPath(CompoundFile compound)
    {
        var entries = new Dictionary<string, CompoundEntry>(StringComparer.Ordinal);
        foreach (var entry in compound.Entries)
        {
            _ = entries.TryAdd(string.Join('/', entry.Path.Split('/').Select(s => s.TrimStart(ControlCharacters))), entry);
        }

        return entries;
    }

    private static bool HasFolder(ZipGlance zip, string path) =>
        path.EndsWith('/') && zip.Entries.Any(e => e.Name.StartsWith(path, StringComparison.Ordinal));

    private bool Compare(FormatContainer[] containers, Func<string, bool> isThere, Func<string, byte[]?> read, List<(int Format, int Weight)> found, ref long budget)
    {
        _contents.Clear();
        var before = found.Count;
        foreach (var container in containers)
        {
            if (container.Container.Files.All(f => isThere(f.Path)) && Matches(container, read, ref budget))
            {
                found.Add((container.Format, container.Files.Sum(f => f.Count == 0 ? 1 : f.Max(s => s.Weight))));
            }
        }

        if (found.Count == before)
        {
            return false;
        }

        found.RemoveRange(0, before);
        return true;
    }

    private bool Matches(FormatContainer container, Func<string, byte[]?> read, ref long budget)
    {
        for (var i = 0; i < container.Files.Count; i++)
        {
            if (container.Files[i].Count > 0 && !MatchesAny(container.Files[i], Content(container.Container.Files[i].Path, read), ref budget))
            {
                return false;
            }
        }

        return true;
    }

    private byte[]? Content(string path, Func<string, byte[]?> read)
    {
        if (!_contents.TryGetValue(path, out var bytes))
        {
            _contents.Add(path, bytes = read(path));
        }

        return bytes;
    }

    private static bool MatchesAny(IReadOnlyList<FormatSignature> signatures, byte[]? bytes, ref long budget)
    {
        if (bytes is null)
        {
            return false;
        }

        foreach (var signature in signatures)
        {
            if (signature.Matches(new FileWindows(bytes, bytes), ref budget))
            {
                return true;
            }
        }

        return false;
    }
}
