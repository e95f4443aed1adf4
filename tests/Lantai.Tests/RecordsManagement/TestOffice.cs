using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.Tests.ArchivalStorage;
using Lantai.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.RecordsManagement;

/// <summary>An office over a real store in a temporary folder, its views in memory.</summary>
internal sealed class TestOffice : IDisposable
{
    public static readonly Actor Clerk = new("os:clerk", "lantai test");

    private readonly TestStore _store = new();
    private readonly Vault _vault;
    private readonly MemoryDocumentStore _documents = new([.. RecordsViews.All.SelectMany(v => v.Lookups)]);
    private readonly KeyIndex _keys;

    /// <summary>Opens an office.</summary>
    /// <param name="syncs">Whether its events are synced to the disk one by one; thousands of them are quicker in memory.</param>
    public TestOffice(bool syncs = true)
    {
        _vault = _store.Open(syncs ? null : MemoryDisk.CopyOf(_store.Root));
        _keys = KeyIndex.Open(null, writes: false, _vault.ReadEvents, default).Keys;
        Office = new RecordsOffice(new RecordsJournal(_vault, Views, Keys, _store.Time));
    }

    public RecordsOffice Office { get; }

    public FakeTimeProvider Time => _store.Time;

    public Vault Vault => _vault;

    /// <summary>The views, brought up to the ledger.</summary>
    public MemoryDocumentStore Views()
    {
        _ = new Replay(_documents, RecordsViews.All).CatchUp(_vault.ReadEvents, null, default);
        return _documents;
    }

    /// <summary>What is wrong with the live views and keys, held against ones made anew from the first event: nothing, or a test fails.</summary>
    public ComparisonReport CompareWithRebuild()
    {
        _ = Views();
        return RebuildComparison.Run(_documents, Keys(), RecordsViews.All, _vault.ReadEvents, null, default);
    }

    /// <summary>A second office over the same events whose views and keys were made anew.</summary>
    public RecordsOffice Rebuilt()
    {
        var documents = new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]);
        _ = new Replay(documents, RecordsViews.All).CatchUp(_vault.ReadEvents, null, default);
        var keys = KeyIndex.Open(null, writes: false, _vault.ReadEvents, default).Keys;
        return new RecordsOffice(new RecordsJournal(_vault, () => documents, () => keys, _store.Time));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _documents.Dispose();
        _vault.Dispose();
        _store.Dispose();
    }

    private KeyIndex Keys()
    {
        foreach (var e in _vault.ReadEvents(_keys.Next))
        {
            _keys.Apply(e);
        }

        return _keys;
    }
}
