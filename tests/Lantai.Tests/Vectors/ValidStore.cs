using System.Security.Cryptography;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Vectors;

/// <summary>Makes the one small store that all vectors start from, with every mechanism in it.</summary>
internal sealed class ValidStore : IDisposable
{
    private static readonly Actor Actor = new("os:archivist", "lantai 0.1.0");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly Dictionary<string, ManifestEntry> _known = [];
    private readonly IDisk _disk;

    public ValidStore(string root)
    {
        _disk = new LocalDisk(root);
        Descriptor = new StoreDescriptor(Guid.NewGuid(), StoreTime.Cut(_time.GetUtcNow()), 16384, 2048, 4096) { KeepsSm3 = true };
        First = NoteSigner.Generate(Descriptor.Origin);
        Current = NoteSigner.Generate(Descriptor.Origin);
        Sm2 = Sm2NoteSigner.Generate(Descriptor.Sm2KeyName);
    }

    public StoreDescriptor Descriptor { get; }

    public NoteSigner First { get; }

    public NoteSigner Current { get; }

    public Sm2NoteSigner Sm2 { get; }

    public string Addition { get; private set; } = "";

    public List<ManifestEntry> Entries { get; } = [];

    public Dictionary<Digest, byte[]> Content { get; } = [];

    public LedgerEvidence? Evidence { get; private set; }

    public byte[] ManifestRoot { get; private set; } = [];

    public IngestionDetail? Detail { get; private set; }

    private VaultSettings Settings => new(_time, Actor);

    public async Task Make()
    {
        VaultCreation.Create(_disk, Descriptor, First, new Dictionary<string, byte[]> { ["spec/README.md"] = "The specification of this store would stand here.\n"u8.ToArray() }, Actor, _time);
        var (aip, sequence) = (Guid.NewGuid(), 0L);
        using (var vault = Vault.Open(_disk, Settings, First))
        {
            var first = await Ingest(vault, aip, 1, null, Files("first"));
            _ = await vault.AppendAsync(
                new EventDraft(EventTypes.IngestionRefused, Guid.NewGuid().ToString("D"))
                {
                    Outcome = "refused",
                    Group = Vault.UnscheduledGroup,
                    Body = new JsonMap().Set("source", "local").Set("submission", "case-2").Set("name", "case-2").Set("form", "folder")
                        .Set("findings", EventDetail.Write([Finding.Error("ZIP-001", "case-2/scan.zip")])),
                },
                Actor, default);
            _ = await vault.SealAsync(default);
            sequence = (await Ingest(vault, aip, 2, first.Root, Files("second"))).Sequence;
            _ = new FixityAudit(vault).Run(new FixityRequest { Cached = true }, Actor, null, default);
            vault.RotateKey(Current, Actor);
        }

        using (var vault = Vault.Open(_disk, Settings, Current))
        {
            vault.AddKey(Sm2, Actor);
            Addition = vault.ReadEvents(0).Single(e => e.Leaf.Type == EventTypes.KeyAdded).Detail!.Body.Text("statement")!;
            _ = vault.Append(
                new EventDraft(EventTypes.Dissemination, aip.ToString("D")) { Aip = aip, Version = 2, Body = new JsonMap().Set("form", "folder").Set("files", 6) }, Actor);
            vault.Publish();
            var stored = vault.ReadEvent(sequence);
            var size = vault.Ledger.Checkpoint!.Size;
            Evidence = new LedgerEvidence(
                Encoding.UTF8.GetString(stored.LeafBytes), sequence, stored.RecordJson!, stored.Salt!, size, vault.Inclusion(sequence, size),
                vault.CheckpointOver(sequence), vault.StatedVerifierKey, vault.Rotations());
        }

        // Caches and the owner's lock are no part of the vector.
        _disk.List(StoreLayout.Indexes).Concat(_disk.List(StoreLayout.Run)).ToList().ForEach(_disk.Delete);
        foreach (var folder in (string[])[StoreLayout.Indexes, StoreLayout.Run, StoreLayout.Staging, StoreLayout.Catalogue])
        {
            if (Directory.Exists(Path.Combine(_disk.Root, folder)))
            {
                Directory.Delete(Path.Combine(_disk.Root, folder), recursive: true);
            }
        }
    }

    public void Dispose()
    {
        First.Dispose();
        Current.Dispose();
    }

    private static List<(EntryName Name, byte[]? Content)> Files(string edition) =>
    [
        (EntryName.OfText("readme.txt"), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"This is the {edition} edition of the case. ", 20)))),
        (EntryName.OfText("empty folder"), null),
        (EntryName.OfText("卷内/目录.txt"), Encoding.UTF8.GetBytes("一、收文\n二、发文\n")),
        (EntryName.OfText("卷内/photo.raw"), Noise(600, 1)),
        (EntryName.OfText("卷内/zero"), []),
        (EntryName.OfText("film.bin"), Noise(2500, 2)),
        (EntryName.OfBytes([0xB5, 0xB5, 0xB0, 0xB8, .. ".txt"u8]), Encoding.UTF8.GetBytes("The name of this file is GB18030.\n")),
    ];

    private static SortedDictionary<string, string> Digests(EntryName name, byte[]? bytes, KeptContent? kept)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (name.Display == "readme.txt")
        {
            digests["md5"] = Convert.ToHexStringLower(MD5.HashData(bytes!));
        }

        if (kept?.Sm3 is { } sm3)
        {
            digests[Sm3Digest.Algorithm] = sm3.ToString();
        }

        return digests;
    }

    private static JsonMap Looked() => new JsonMap()
        .Set("basis", "text").Set("readability", "readable").Set("verdict", "archival")
        .Set("technical", new JsonMap().Set("encoding", "us-ascii").Set("lines", 1));

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task<(Digest Root, long Sequence)> Ingest(Vault vault, Guid aip, long version, Digest? predecessor, List<(EntryName Name, byte[]? Content)> files)
    {
        using var deposit = vault.Begin(Vault.UnscheduledGroup);
        var writer = new ManifestWriter(b => deposit.KeepManifest(b), []);
        using var content = new ContentDigest();
        Entries.Clear();
        foreach (var (name, bytes) in files.OrderBy(f => f.Name))
        {
            var kept = bytes is null ? null : await deposit.KeepAsync(new MemoryStream(bytes), bytes.Length, [], default);
            var entry = new ManifestEntry(
                bytes is null ? EntryKind.Folder : EntryKind.File, name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), bytes?.Length ?? 0, kept?.Digest,
                Digests(name, bytes, kept),
                name.Display == "readme.txt" ? "x-fmt/111" : null, bytes is null ? null : new DateTimeOffset(2025, 12, 31, 16, 0, 0, TimeSpan.Zero))
            {
                Characterization = name.Display == "readme.txt" ? Looked() : null,
            };
            entry = _known.TryGetValue(name.Display, out var before) && before.SaysTheSameAs(entry) ? before : entry;
            _known[name.Display] = entry;
            Entries.Add(entry);
            writer.Add(entry);
            content.Add(entry);
            if (bytes is not null)
            {
                Content[kept!.Digest] = bytes;
            }
        }

        var manifest = writer.Build(aip, version, predecessor);
        ManifestRoot = manifest.ToBytes();
        deposit.KeepManifest(ManifestRoot);
        var order = new byte[Entries.Count * 4];
        for (var i = 0; i < Entries.Count; i++)
        {
            order[i * 4] = (byte)(Entries.Count - 1 - i);
        }

        var container = version == 1 ? null : new ContainerFacts("case-1.zip", 4321, Digest.Of("case-1.zip"u8), Convert.ToBase64String(order));
        Detail = new IngestionDetail("local", "case-1", "case-1", version == 1 ? "folder" : "zip", content.Result(), null, null, container, [])
        {
            Characterization = new JsonMap().Set("depth", "full").Set("registry", "Lantai 1").Set("policy", "lantai-default 1").Set(
                "formats", [new JsonMap().Set("format", "x-fmt/111").Set("readability", "readable").Set("verdict", "archival").Set("files", 1).Set("bytes", 780)]),
        };
        var committed = await deposit.CommitAsync(
            new EventDraft(EventTypes.Ingestion, aip.ToString("D"))
            {
                Aip = aip,
                Version = version,
                Manifest = Digest.Of(ManifestRoot),
                Body = Detail.ToBody(),
                Group = Vault.UnscheduledGroup,
                Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = manifest.Folders },
            },
            Actor, default);
        return (Digest.Of(ManifestRoot), committed.Event.Leaf.Sequence);
    }
}
