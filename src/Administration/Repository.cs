using System.Text;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>
/// The composition root: a store, its views and what works on them, put together once. The views follow the ledger;
/// losing them costs time, not content.
/// </summary>
/// <remarks>Safe for concurrent use: one owner process serves all commands.</remarks>
public sealed partial class Repository : IDisposable
{
    private const long CatalogueEvery = 512; // events: few enough that the vault has them at hand still

    private readonly Lock _views = new();
    private readonly Lock _catalogue = new(); // taken after the one above, never before it
    private readonly NoteSigner? _signer;
    private readonly List<Finding> _findings = [];
    private readonly RepositorySettings _settings;
    private IDocumentStore _documents;
    private Replay _replay;
    private long _catalogued = -1; // the sequence up to which the catalogue is known to stand

    private Repository(RepositorySettings settings, Vault vault, NoteSigner? signer, KeyIndex keys, IDocumentStore documents)
    {
        (_settings, Vault, _signer, Keys, _documents) = (settings, vault, signer, keys, documents);
        _replay = new Replay(documents, Projections());
        vault.AccountIds = name => FollowKeys().Account(name) is { } sequence ? vault.ReadEvent(sequence).Record?.Account : null;
        Ingest = new IngestRun(vault, FollowInBatch);
        Records = new RecordsOffice(new RecordsJournal(vault, Views, FollowKeys, settings.Time));
        Inspections = new InspectionDesk(Records.Journal, vault, () => RoomTexts.All);
        Waiting = new WaitingRoom(vault.Disk, mayMake => KeyOfWaiting.Take(new KeyStore(settings.KeyFolder), vault.Descriptor, settings.Passphrase, mayMake && vault.CanAppend));
        Door = new CaseDoor(vault, Records, Inspections, Ingest, Waiting);
        Terms = new ArchivingTerms(Views);
    }

    /// <summary>The store.</summary>
    public Vault Vault { get; }

    /// <summary>Answers "is this new?".</summary>
    public KeyIndex Keys { get; private set; }

    /// <summary>Takes submissions in.</summary>
    public IngestRun Ingest { get; }

    /// <summary>Where packages wait for a decision.</summary>
    public WaitingRoom Waiting { get; }

    /// <summary>The way in for cases.</summary>
    public CaseDoor Door { get; }

    /// <summary>The law of records of this store.</summary>
    public RecordsOffice Records { get; }

    /// <summary>The inspections of this store: schemes, runs, decisions, reports.</summary>
    public InspectionDesk Inspections { get; }

    /// <summary>Inspects what is stored (BC).</summary>
    /// <param name="plan">By what means; for storage.</param>
    public StorageInspection InspectionInStorage(InspectionPlan plan) => new(Vault, Views, plan, _settings.Time, Inspections);

    /// <summary>The terms under which it takes packages, as its registers say now.</summary>
    public IArchivingTerms Terms { get; }

    /// <summary>The key that signs, or null when it is not at hand.</summary>
    public VerifierKey? SigningKey => _signer?.Verifier;

    /// <summary>What opening found: damage that was left alone, views that were made anew.</summary>
    public IReadOnlyList<Finding> Findings => [.. Vault.Findings, .. _findings, .. Keys.Findings];

    /// <summary>The catalogue, brought up to the ledger first.</summary>
    public AipList Aips
    {
        get
        {
            return new AipList(Views());
        }
    }

    /// <summary>Opens as owner: recovers the store, then brings the views up to it.</summary>
    /// <exception cref="StorageException">NotAStore, Locked, Damaged, or the disk failed.</exception>
    public static Repository Open(RepositorySettings settings)
    {
        var disk = new LocalDisk(settings.Root);
        var descriptor = Vault.ReadDescriptor(disk);
        var signer = KeyRotation.LoadCurrent(new KeyStore(settings.KeyFolder), disk, descriptor.Store, settings, out var problem);
        var folder = new KeyStore(settings.KeyFolder);
        var sm2 = KeyOfSm2.Load(folder, descriptor.Store, settings.Passphrase, out var sm2Problem);
        var vault = Vault.Open(disk, new VaultSettings(settings.Time, settings.Actor) { Sm2Keys = sm2 }, signer);
        KeyIndexOpening? keys = null;
        try
        {
            KeyOfSm2.Finish(vault, folder, sm2, settings.Passphrase);
            keys = KeyIndex.Open(disk, writes: true, vault.ReadEvents, CancellationToken.None);
            var documents = CatalogueFile.Open(disk.Root, Lookups(), out var renewed);
            var repository = new Repository(settings, vault, signer, keys.Keys, documents);
            repository._findings.AddRange(keys.Findings);
            repository._findings.AddRange(renewed is null ? [] : [renewed]);
            repository._findings.AddRange(problem is null ? [] : [problem]);
            repository._findings.AddRange(sm2Problem is null ? [] : [sm2Problem]);
            return repository;
        }
        catch
        {
            keys?.Keys.Dispose();
            vault.Dispose();
            signer?.Dispose();
            throw;
        }
    }

    /// <summary>Opens to read what is acknowledged, beside an owner: no lock, no database, nothing written; the catalogue is made in memory.</summary>
    /// <exception cref="StorageException">NotAStore, Damaged, or the disk failed.</exception>
    public static Repository OpenReadOnly(RepositorySettings settings)
    {
        var disk = new LocalDisk(settings.Root);
        var vault = Vault.OpenReadOnly(disk, settings.Time);
        var keys = KeyIndex.Open(disk, writes: false, vault.ReadEvents, CancellationToken.None);
        return new Repository(settings, vault, null, keys.Keys, new MemoryDocumentStore(Lookups()));
    }

    /// <summary>Brings all views up to the ledger.</summary>
    public void CatchUp()
    {
        var next = FollowKeys().Next;
        if (Volatile.Read(ref _catalogued) is var reached && reached >= next && reached < long.MaxValue)
        {
            return; // asked many times for each case: nobody but this process writes the catalogue, and nothing happened since
        }

        lock (_catalogue)
        {
            FollowCatalogue();
        }
    }

    /// <summary>What shows an event to be in the ledger; publishes a checkpoint over it when none is there yet.</summary>
    /// <exception cref="StorageException">A checkpoint is needed and the key is not at hand, or the event is damaged.</exception>
    public LedgerEvidence EvidenceOf(long sequence)
    {
        var stored = Vault.ReadEvent(sequence);
        if (stored.RecordJson is null || stored.Salt is null)
        {
            throw new StorageException(StorageProblem.Damaged, "ledger/" + sequence, null, stored.Findings[0]);
        }

        var note = Vault.CheckpointOver(sequence);
        _ = SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var parsed) & Checkpoint.TryRead(parsed?.Text ?? "", out var checkpoint);
        return new LedgerEvidence(
            Encoding.UTF8.GetString(stored.LeafBytes), sequence, stored.RecordJson, stored.Salt, checkpoint.Size,
            Vault.Inclusion(sequence, checkpoint.Size), note, Vault.StatedVerifierKey, Vault.Rotations());
    }

    /// <summary>The producer's receipt of a version, made and signed again: a signed note.</summary>
    /// <exception cref="StorageException">The key is not at hand, or the version's event or detail is damaged or gone.</exception>
    public byte[] ReceiptOf(AipVersion version)
    {
        var detail = Vault.ReadEvent(version.Sequence).Detail is { } body ? IngestionDetail.Read(body.Body) : null;
        if (_signer is null)
        {
            throw new StorageException(StorageProblem.KeyMissing, new KeyStore(_settings.KeyFolder).PathOf(Vault.Descriptor.Store));
        }

        return detail is null
            ? throw new StorageException(StorageProblem.Damaged, "ledger/" + version.Sequence, null, Finding.Error(Codes.DetailMissing, "ledger/" + version.Sequence))
            : Receipt.Of(Vault.Descriptor.Origin, EvidenceOf(version.Sequence), detail).Sign(_signer);
    }

    /// <summary>Finds a version by id, prefix of at least 8 characters, or <c>source/id</c>, each with <c>@N</c> if not the latest.</summary>
    /// <param name="reference">What the user wrote.</param>
    /// <param name="why">When null is returned: ADM-005 not found, ADM-006 ambiguous, ADM-007 no such version.</param>
    public AipVersion? Find(string reference, out Finding? why)
    {
        var at = reference.LastIndexOf('@');
        var number = at > 0 && long.TryParse(reference.AsSpan(at + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : (long?)null;
        var search = Aips.Find(number is null ? reference : reference[..at]);
        if (search is not AipSearch.Found found)
        {
            why = search is AipSearch.Ambiguous some
                ? Finding.Error("ADM-006", reference, ("some", string.Join(", ", some.Some.Select(e => e.Aip))))
                : Finding.Error("ADM-005", reference);
            return null;
        }

        var versions = Aips.Versions(found.Entry.Aip);
        var version = number is null ? versions[^1] : versions.FirstOrDefault(v => v.Version == number);
        why = version is null ? Finding.Error("ADM-007", reference, ("versions", versions.Count)) : null;
        return version;
    }

    /// <summary>Drops index and catalogue and makes them from packs and ledger; with <paramref name="compare"/> holds the live ones against new ones first.</summary>
    /// <param name="compare">Only compare: nothing is replaced.</param>
    /// <param name="progress">Told the sequence that was reached.</param>
    /// <param name="cancellation">Stops between transactions.</param>
    /// <param name="kind">What is to hold the new catalogue; null for what holds it now.</param>
    public ComparisonReport? Rebuild(bool compare, Action<long>? progress, CancellationToken cancellation, CatalogueKind? kind = null)
    {
        lock (_views)
        lock (_catalogue)
        {
            if (compare)
            {
                CatchUp();
                var report = RebuildComparison.Run(_documents, Keys, Projections(), Vault.ReadEvents, progress, cancellation);
                return report with { Findings = [.. report.Findings, .. Vault.CheckIndex(), .. Keys.Check()] };
            }

            Vault.RebuildIndex();
            Keys.Dispose();
            Keys = KeyIndex.Renew(Vault.Disk, Vault.CanAppend, Vault.ReadEvents, cancellation);
            _documents.Dispose();
            _documents = CatalogueFile.Renew(Vault.Disk.Root, kind, Lookups());
            _replay = new Replay(_documents, Projections());
            _catalogued = _replay.CatchUp(Vault.ReadEvents, progress, cancellation).Next;
            return null;
        }
    }

    /// <summary>Saves the key index, closes the views and gives the store back.</summary>
    public void Dispose()
    {
        try
        {
            if (Vault.CanAppend)
            {
                CatchUp();
                Keys.Save();
            }
        }
        catch (Exception problem) when (problem is StorageException or DocumentStoreException)
        {
            // Views are made again at the next opening; what was acknowledged does not depend on them.
        }
        finally
        {
            Keys.Dispose();
            _documents.Dispose();
            Vault.Dispose();
            _signer?.Dispose();
        }
    }

    private static IReadOnlyList<IProjection> Projections() => [new AipCatalogue(), .. RecordsViews.All, .. InspectionViews.All];

    /// <summary>All views, brought up to the ledger first.</summary>
    private IDocumentStore Views()
    {
        CatchUp();
        return _documents;
    }

    private static List<LookupField> Lookups() => [.. Projections().SelectMany(p => p.Lookups)];

    /// <summary>
    /// The key index, up to the ledger. Every so many events one of those who ask brings the catalogue up too, while the
    /// vault has the events at hand still: a long batch leaves no long replay behind it.
    /// </summary>
    private KeyIndex FollowInBatch()
    {
        var keys = FollowKeys();
        if (keys.Next - Volatile.Read(ref _catalogued) >= CatalogueEvery && _catalogue.TryEnter())
        {
            try
            {
                FollowCatalogue();
            }
            catch (DocumentStoreException)
            {
                // Of no concern to what is being taken in: whoever asks for the catalogue is told.
                Volatile.Write(ref _catalogued, long.MaxValue);
            }
            finally
            {
                _catalogue.Exit();
            }
        }

        return keys;
    }

    private void FollowCatalogue()
    {
        var done = _replay.CatchUp(Vault.ReadEvents, null, CancellationToken.None);
        Volatile.Write(ref _catalogued, done.Next);
        _findings.AddRange(done.Findings);
    }

    private KeyIndex FollowKeys()
    {
        lock (_views)
        {
            foreach (var stored in Vault.ReadEvents(Keys.Next))
            {
                Keys.Apply(stored);
            }

            return Keys;
        }
    }
}
