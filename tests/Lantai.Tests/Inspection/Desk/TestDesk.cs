using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.ArchivalStorage;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Inspection.Desk;

/// <summary>A desk over a real store in a temporary folder, its views in memory.</summary>
internal sealed class TestDesk : IDisposable
{
    public static readonly Actor Archivist = new("os:李档案", "lantai test");
    public static readonly Actor Reviewer = new("os:王复核", "lantai test");

    private static readonly IReadOnlyList<IProjection> Projections = [.. RecordsViews.All, .. InspectionViews.All];

    private readonly TestStore _store = new();
    private readonly MemoryDocumentStore _documents = Empty();
    private readonly KeyIndex _keys;

    public TestDesk()
    {
        Vault = _store.Open();
        _keys = KeyIndex.Open(null, writes: false, Vault.ReadEvents, default).Keys;
        Desk = new InspectionDesk(new RecordsJournal(Vault, () => CatchUp(_documents), () => _keys, _store.Time), Vault, () => SampleReport.Texts);
    }

    public InspectionDesk Desk { get; }

    public Vault Vault { get; }

    public FakeTimeProvider Time => _store.Time;

    /// <summary>A second desk over the same events, whose views were made anew.</summary>
    public InspectionDesk Rebuilt()
    {
        var documents = Empty();
        return new InspectionDesk(new RecordsJournal(Vault, () => CatchUp(documents), () => _keys, _store.Time), Vault, () => SampleReport.Texts);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _documents.Dispose();
        Vault.Dispose();
        _store.Dispose();
    }

    private static MemoryDocumentStore Empty() => new([.. Projections.SelectMany(v => v.Lookups)]);

    private MemoryDocumentStore CatchUp(MemoryDocumentStore documents)
    {
        _ = new Replay(documents, Projections).CatchUp(Vault.ReadEvents, null, default);
        return documents;
    }
}
