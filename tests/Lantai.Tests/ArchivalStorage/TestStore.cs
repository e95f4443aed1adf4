using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>A store in a temporary folder, small enough that every mechanism shows: packs, segments, large objects.</summary>
internal sealed class TestStore : IDisposable
{
    public static readonly Actor Actor = new("os:tester", "lantai test");

    private readonly byte[] _key;

    public TestStore(long packSize = 64 * 1024, long largeFrom = 8 * 1024, long segmentSize = 4096)
    {
        Root = Directory.CreateTempSubdirectory("lantai-store-").FullName;
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        Descriptor = new StoreDescriptor(Guid.NewGuid(), StoreTime.Cut(Time.GetUtcNow()), packSize, largeFrom, segmentSize);
        using var signer = NoteSigner.Generate(Descriptor.Origin);
        _key = signer.Export(null);
        Key = signer.Verifier;
        VaultCreation.Create(Disk, Descriptor, signer, new Dictionary<string, byte[]> { ["spec/README.md"] = "the specification"u8.ToArray() }, Actor, Time);
    }

    public string Root { get; }

    public FakeTimeProvider Time { get; }

    public StoreDescriptor Descriptor { get; }

    public VerifierKey Key { get; }

    public IDisk Disk => new LocalDisk(Root);

    public NoteSigner Signer() => NoteSigner.TryImport(_key, null, out var signer, out _) ? signer : throw new InvalidOperationException();

    public Vault Open(IDisk? disk = null) => Vault.Open(disk ?? Disk, new VaultSettings(Time, Actor), Signer());

    public Vault OpenReadOnly() => Vault.OpenReadOnly(Disk, Time);

    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Keeps files as version 1 of a new AIP.</summary>
    public static async Task<(Guid Aip, CommittedEvent Committed)> Keep(Vault vault, string group, params (string Path, byte[] Content)[] files)
    {
        using var deposit = vault.Begin(group);
        var writer = new ManifestWriter(b => deposit.KeepManifest(b), []);
        using var contentDigest = new ContentDigest();
        foreach (var (path, content) in files.OrderBy(f => EntryName.OfText(f.Path)))
        {
            var kept = await deposit.KeepAsync(new MemoryStream(content), content.Length, [], default);
            var entry = new ManifestEntry(
                EntryKind.File, EntryName.OfText(path), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), kept.Length, kept.Digest,
                new Dictionary<string, string>(), null, null);
            writer.Add(entry);
            contentDigest.Add(entry);
        }

        var aip = Guid.NewGuid();
        var manifest = writer.Build(aip, 1, null);
        var root = manifest.ToBytes();
        deposit.KeepManifest(root);
        var detail = new IngestionDetail("local", aip.ToString("N"), "test", "folder", contentDigest.Result(), null, null, null, []);
        var committed = await deposit.CommitAsync(
            new EventDraft(EventTypes.Ingestion, aip.ToString("D")) { Aip = aip, Version = 1, Manifest = Digest.Of(root), Body = detail.ToBody(), Group = group,
                Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = manifest.Folders } },
            Actor, default);
        return (aip, committed);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
