using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.ArchivalStorage;

namespace Lantai.Tests.Ingest.Door;

/// <summary>The door over a disk, with views in memory.</summary>
internal sealed class DoorDesk : IDisposable
{
    private readonly MemoryDocumentStore _documents = new([.. Projections.SelectMany(v => v.Lookups)]);
    private static readonly IReadOnlyList<IProjection> Projections = [.. RecordsViews.All, .. InspectionViews.All];

    private readonly KeyIndex _keys;
    private readonly TimeProvider _time;

    public DoorDesk(TestStore store, IDisk disk)
    {
        _time = store.Time;
        Vault = store.Open(disk);
        _keys = KeyIndex.Open(null, writes: false, Vault.ReadEvents, default).Keys;
        Office = new RecordsOffice(new RecordsJournal(Vault, Views, Keys, store.Time));
        Inspections = new InspectionDesk(Office.Journal, Vault, () => Lantai.Administration.RoomTexts.All);
        Waiting = new WaitingRoom(disk, _ => new byte[32]);
        Door = new CaseDoor(Vault, Office, Inspections, new IngestRun(Vault, Keys), Waiting);
    }

    public Vault Vault { get; }

    public RecordsOffice Office { get; }

    public InspectionDesk Inspections { get; }

    public WaitingRoom Waiting { get; }

    public CaseDoor Door { get; }

    public DoorMeans Means(InspectionScheme? scheme = null) => DoorPlace.Means(scheme ?? DoorPlace.Scheme, new ArchivingTerms(Views), _time);

    public Task<IReadOnlyList<DoorOutcome>> AdmitAsync(IReadOnlyList<DoorRequest> requests) =>
        Door.AdmitAsync(requests, Means(), isDry: false, DoorPlace.Clerk, default);

    public void Dispose()
    {
        _keys.Dispose();
        _documents.Dispose();
        Vault.Dispose();
    }

    private MemoryDocumentStore Views()
    {
        lock (_documents)
        {
            _ = new Replay(_documents, Projections).CatchUp(Vault.ReadEvents, null, default);
            return _documents;
        }
    }

    private KeyIndex Keys()
    {
        lock (_keys)
        {
            foreach (var e in Vault.ReadEvents(_keys.Next))
            {
                _keys.Apply(e);
            }

            return _keys;
        }
    }
}
