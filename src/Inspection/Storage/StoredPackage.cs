using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Inspection.Storage;

/// <summary>A version that lies in the store, open for inspection: the package as its sender gave it, and what the archive put beside it.</summary>
/// <remarks>Usable while the store is open. For one thread; the package's files may be read concurrently.</remarks>
internal sealed class StoredPackage
{
    /// <summary>Where the archive's own entries lie: they are no part of the package.</summary>
    public const string OwnFolder = "metadata/preservation/";

    /// <summary>The id of the only copy that a store has yet: itself.</summary>
    public const string OnlyCopy = "1";

    private readonly AipVersion _kept;
    private readonly StoredEvent _ingest;
    private readonly StoredManifest _manifest;
    private readonly StoredContents _contents;

    private StoredPackage(AipVersion kept, StoredEvent ingest, StoredManifest manifest, StoredContents contents)
    {
        (_kept, _ingest, _manifest, _contents) = (kept, ingest, manifest, contents);
        Detail = ingest.Detail is { } detail ? IngestionDetail.Read(detail.Body) : null;
        Name = Detail?.Name ?? kept.Aip.ToString("D");
        Tree = manifest.IsWhole ? TreeOf() : null;
    }

    /// <summary>What the package was called when it came.</summary>
    public string Name { get; }

    /// <summary>What the event of its ingest says of it; null when that is gone.</summary>
    public IngestionDetail? Detail { get; }

    /// <summary>The package; null when its manifest could not be read whole.</summary>
    public PackageTree? Tree { get; }

    /// <summary>Whether it is one file that came as it is.</summary>
    public bool IsFile => Detail?.Form == "file";

    /// <summary>Why it has no tree.</summary>
    public Finding Unopened => Finding.Error("INS-504", Name, ("cause", _manifest.Pieces.FirstOrDefault(p => p.State != FixityState.Verified)?.Trouble?.Code ?? ""));

    /// <summary>How it came, and how many bytes the ledger recorded of it then, the archive's own entries not counted.</summary>
    public ChannelFacts Channel => new(Detail?.Source ?? "", SourceChannel.Online)
    {
        Received = _kept.Time,
        IsFurtherVersion = true, // it does not come in again: that its case is archived already is no collision
        DeclaredBytes = _ingest.Record?.Counts.GetValueOrDefault("bytes") is { } bytes ? bytes - _manifest.Entries.Where(IsOwn).Sum(e => e.Length) : null,
    };

    /// <summary>The number of bytes of the package, the archive's own entries not counted.</summary>
    public long Bytes => Theirs.Sum(e => e.Length);

    private IEnumerable<ManifestEntry> Theirs => _manifest.Entries.Where(e => !IsOwn(e));

    /// <summary>Opens a version.</summary>
    /// <param name="vault">The store.</param>
    /// <param name="kept">The version as the catalogue lists it.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="StorageException">The disk failed in a way that says nothing of this version.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static StoredPackage Open(Vault vault, AipVersion kept, CancellationToken stop)
    {
        var ingest = vault.ReadEvent(kept.Sequence);
        var known = ingest.Record?.Manifest is { } manifest ? kept with { Manifest = manifest } : kept; // the ledger is right where the two differ
        return new StoredPackage(kept, ingest, StoredManifest.Read(vault, OnlyCopy, known, stop), new StoredContents(vault, OnlyCopy));
    }

    /// <summary>What the store knows of it, after its files were looked at; what nobody has read yet is read now.</summary>
    /// <param name="demands">Whether its way in demands preservation metadata: the store has a records profile.</param>
    /// <param name="reference">Its reference code in the registers; null when it has none.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public StorageFacts Conclude(bool demands, string? reference, CancellationToken stop)
    {
        var files = _manifest.Entries.Where(e => e.Kind == EntryKind.File).ToList();
        _contents.Finish(files, stop);
        return new StorageFacts(_kept.Aip, _kept.Version, _kept.Time, _ingest.Record?.Manifest ?? _kept.Manifest)
        {
            Copies = [OnlyCopy],
            Pieces = [.. _manifest.Pieces, .. files.Select(_contents.PieceOf)],
            EventFindings = _ingest.Findings,
            CatalogueDifferences = [.. CatalogueDifferences()],
            ManifestDifferences = _manifest.Differences,
            ContentAtIngest = Detail?.ContentDigest,
            ContentNow = _manifest.ContentOf(Theirs),
            Members = [.. Members(demands, reference)],
            FormatsAtIngest = Theirs.Where(e => e.Format is not null).DistinctBy(PathOf).ToDictionary(PathOf, e => e.Format!, StringComparer.Ordinal),
        };
    }

    private static bool IsOwn(ManifestEntry entry) => entry.Name.Display.StartsWith(OwnFolder, StringComparison.Ordinal);

    private PackageTree TreeOf() => PackageTree.Of(
        Name, Detail?.Form is not (null or "folder" or "file" or "bag"),
        Theirs.Where(e => e.Kind == EntryKind.File).Select(_contents.FileOf), Theirs.Where(e => e.Kind == EntryKind.Folder).Select(e => e.Name));

    private string PathOf(ManifestEntry entry) => entry.Name.Display[(Tree?.Wrapper.Length ?? 0)..];

    private IEnumerable<Difference> CatalogueDifferences()
    {
        if (_ingest.Record is not { } record)
        {
            yield break; // told as damage of the event
        }

        foreach (var (member, expected, found) in new (string, object?, object?)[]
        {
            ("aip", record.Aip?.ToString("D"), _kept.Aip.ToString("D")), ("version", record.Version, _kept.Version), ("manifest", record.Manifest, _kept.Manifest),
            ("files", record.Counts.GetValueOrDefault("files"), _kept.Files), ("bytes", record.Counts.GetValueOrDefault("bytes"), _kept.Bytes),
        })
        {
            if (!Equals(expected, found))
            {
                yield return new Difference(member, expected?.ToString() ?? "", found?.ToString() ?? "");
            }
        }
    }

    private IEnumerable<PreservationMember> Members(bool demands, string? reference)
    {
        var reports = _manifest.Entries.Where(IsOwn).Select(e => e.Name.Display).ToList();
        var unknown = Theirs.Count(e => e.Kind == EntryKind.File && e.Format is null && e.Characterization is null);
        yield return new PreservationMember("ingest-event", Detail is not null && _ingest.Findings.Count == 0, true, StoreTime.Write(_kept.Time));
        yield return new PreservationMember("manifest", _manifest.IsWhole, true, (_ingest.Record?.Manifest ?? _kept.Manifest).ToString());
        yield return new PreservationMember("formats", unknown == 0, demands, unknown == 0 ? "" : unknown.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return new PreservationMember("inspection-report", reports.Any(r => r.EndsWith(".xml", StringComparison.Ordinal)), demands, reports.FirstOrDefault(r => r.EndsWith(".xml", StringComparison.Ordinal)) ?? "");
        yield return new PreservationMember("report-signature", reports.Any(r => r.EndsWith(".xml.sig", StringComparison.Ordinal)), demands, "");
        yield return new PreservationMember("retention", Detail?.Retention is not null, demands, Detail?.Retention ?? "");
        yield return new PreservationMember("reference-code", reference is not null || _ingest.Record?.ReferenceCode is not null, demands, reference ?? _ingest.Record?.ReferenceCode ?? "");
    }
}
