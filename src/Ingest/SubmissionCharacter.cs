using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// Looks at the files of one submission in the read that keeps them, and counts what they are. Findings are told one by one
/// up to a few of each code: a million files with one fault each must not hide the others.
/// </summary>
/// <remarks>spec/formats/characterization.md. Made for one submission and the threads that read it in turn.</remarks>
internal sealed class SubmissionCharacter(
    CharacterizationPlan plan, IReadOnlyDictionary<string, FileCharacter>? seen, List<Finding> findings, CancellationToken cancellation)
{
    private const int MostOfCode = 10;
    private const int MostKinds = 512;

    private readonly FileCharacterizer _characterizer = new(plan);
    private readonly Dictionary<Kind, (long Files, long Bytes)> _kinds = [];
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>Sees a file whole when it is kept; its character is then at hand.</summary>
    public CharacterObserver Observe(EntryName name) => new(this, name, seen?.GetValueOrDefault(name.Display));

    /// <summary>Looks at a content.</summary>
    public FileCharacter Look(FileContent content, EntryName name, Digest digest) => _characterizer.Characterize(content, name.Display, digest, cancellation);

    /// <summary>Gives a file that is kept the member that tells its character, and counts it.</summary>
    public ManifestEntry Describe(ManifestEntry entry, FileCharacter character)
    {
        Tell(character.Findings(entry.Name.Display));
        return Describe(entry, character.Identification.Id, CharacterMap.Of(character));
    }

    /// <summary>Gives a file that passed before its name was known the member that tells its character, and counts it.</summary>
    public ManifestEntry Describe(ManifestEntry entry, string? format, JsonMap map)
    {
        Count(new Kind(format, map.Text("readability") ?? "notexamined", map.Text("verdict")), entry.Length);
        return entry with { Format = format, Characterization = map };
    }

    /// <summary>Adds findings, up to a few of each code.</summary>
    public void Tell(IEnumerable<Finding> some)
    {
        foreach (var finding in some)
        {
            var told = _told[finding.Code] = _told.GetValueOrDefault(finding.Code) + 1;
            if (told <= MostOfCode)
            {
                findings.Add(finding);
            }
        }
    }

    /// <summary>What the event keeps of it all; says how many findings were not told one by one.</summary>
    public JsonMap Conclude()
    {
        foreach (var (code, count) in _told.Where(t => t.Value > MostOfCode).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            findings.Add(Finding.Information("ING-010", "", ("code", code), ("count", count - MostOfCode)));
        }

        return new JsonMap()
            .Set("depth", plan.Depth == CharacterizationDepth.Full ? "full" : "identify")
            .Set("registry", plan.Registry.Source)
            .Set("policy", $"{plan.Policy.Name} {plan.Policy.Version}")
            .Set("formats", _kinds
                .OrderBy(k => k.Key.Format, StringComparer.Ordinal).ThenBy(k => k.Key.Readability, StringComparer.Ordinal).ThenBy(k => k.Key.Verdict, StringComparer.Ordinal)
                .Select(k => (object)new JsonMap()
                    .Set("format", k.Key.Format).Set("readability", k.Key.Readability).Set("verdict", k.Key.Verdict).Set("files", k.Value.Files).Set("bytes", k.Value.Bytes)));
    }

    private void Count(Kind kind, long length)
    {
        if (_kinds.Count >= MostKinds && !_kinds.ContainsKey(kind))
        {
            kind = kind with { Format = "other" }; // the manifest names them one by one
        }

        var (files, bytes) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (files + 1, bytes + length);
    }

    private readonly record struct Kind(string? Format, string Readability, string? Verdict);
}

/// <summary>Looks at one file when it is whole.</summary>
internal sealed class CharacterObserver(SubmissionCharacter submission, EntryName name, FileCharacter? seen) : IContentObserver
{
    /// <summary>What it is: what was seen before, when somebody looked at the same bytes then; else null until it was whole.</summary>
    public FileCharacter? Character { get; private set; } = seen;

    public void Observe(ReadOnlySpan<byte> block)
    {
        // the whole is looked at, not the block
    }

    public void ObserveWhole(Digest digest, ReadOnlyMemory<byte> bytes) => Character ??= submission.Look(FileContent.Of(bytes), name, digest);

    public void ObserveLarge(Digest digest, Stream content) => Character ??= submission.Look(FileContent.Of(content), name, digest);
}
