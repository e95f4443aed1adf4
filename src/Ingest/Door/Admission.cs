using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// The leave to keep one submission in a store with a records profile: what was seen when it was inspected. Keeping it must find the
/// same files with the same digests, so that nothing gets in behind an inspection of something else.
/// </summary>
/// <remarks>
/// Immutable. The door makes it for a case whose inspection let it pass; for what the archive imports for itself it is made here, and
/// only when the files are what they are said to be. Whatever else will bring things in (an interface for source systems, migration,
/// restoring) goes through the same door.
/// </remarks>
public sealed class Admission
{
    internal Admission(IReadOnlyDictionary<string, Digest> seen, IReadOnlyList<AddedFile>? added = null) =>
        (Seen, Added) = (seen, [.. (added ?? []).OrderBy(a => a.Name)]);

    /// <summary>The files that were seen: path as shown → SHA-256.</summary>
    internal IReadOnlyDictionary<string, Digest> Seen { get; }

    /// <summary>What the inspection found at the files, which need not be looked at again: path as shown → character.</summary>
    internal IReadOnlyDictionary<string, FileCharacter> Characters { get; init; } = new Dictionary<string, FileCharacter>();

    /// <summary>What the archive keeps beside the files of the submission, in the order of their names: the report that let it in.</summary>
    internal IReadOnlyList<AddedFile> Added { get; }

    /// <summary>The leave for a folder that holds signature files of a format registry and nothing else; null when it holds anything else.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Admission? OfFormats(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (Directory.EnumerateDirectories(folder).Any())
        {
            return null;
        }

        var files = Directory.EnumerateFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes, StringComparer.Ordinal);
        var registry = files.Count == 0 ? null : FormatRegistry.TryImport([.. files.Select(f => (f.Key, (Stream)new MemoryStream(f.Value)))], []);
        return registry is null ? null : new Admission(files.ToDictionary(f => f.Key, f => Digest.Of(f.Value), StringComparer.Ordinal));
    }
}

/// <summary>A file that the archive adds to a version, beside what was submitted.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Role">What it is, one of the roles of spec/formats/manifest.md.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record AddedFile(EntryName Name, string Role, byte[] Content);

/// <summary>Holds what is being kept against what was seen before.</summary>
/// <remarks>Made for one submission. Not safe for concurrent use.</remarks>
internal sealed class SecondReading(Admission admission)
{
    private long _met;
    private (string Path, Digest? Found)? _first;

    /// <summary>Meets a file that is kept.</summary>
    public void Meet(StoreFormat.ManifestEntry entry)
    {
        if (entry.Kind != StoreFormat.EntryKind.File)
        {
            return;
        }

        _met++;
        if (!admission.Seen.TryGetValue(entry.Name.Display, out var seen) || seen != entry.Content)
        {
            _first ??= (entry.Name.Display, entry.Content);
        }
    }

    /// <summary>What is not as it was seen; nothing when all is.</summary>
    /// <param name="subject">How messages name the submission.</param>
    /// <remarks>Names that did not stand in the inspection are not told: nobody has looked at them.</remarks>
    public IEnumerable<Finding> Conclude(string subject)
    {
        if (_first is { } differs)
        {
            var known = admission.Seen.TryGetValue(differs.Path, out var seen);
            yield return Finding.Error(
                DoorCodes.Changed, subject, ("path", known ? differs.Path : "?"), ("expected", known ? seen.ToString() : "-"), ("found", differs.Found?.ToString() ?? "-"));
        }
        else if (_met != admission.Seen.Count)
        {
            yield return Finding.Error(DoorCodes.Changed, subject, ("path", "*"), ("expected", admission.Seen.Count), ("found", _met));
        }
    }
}
