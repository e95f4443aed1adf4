using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Bench.Replay;

/// <summary>Makes a store of many small ingestions through the vault itself: it opens, verifies and audits like any other.</summary>
internal static class SyntheticStore
{
    private const int Accounts = 4;
    private const int PerVersion = 50; // every so many submissions, one is a second version of an earlier one

    public static async Task MakeAsync(string root, string keyFolder, long count)
    {
        var descriptor = new StoreDescriptor(
            Guid.NewGuid(), StoreTime.Cut(TimeProvider.System.GetUtcNow()), StoreDescriptor.DefaultPackSize, StoreDescriptor.DefaultLargeFrom, StoreDescriptor.DefaultSegmentSize);
        var actor = new Actor("os:bench", "lantai 0.1.0");
        _ = Directory.CreateDirectory(root);
        var disk = new UnsyncedDisk(root);
        using var signer = NoteSigner.Generate(descriptor.Origin);
        new KeyStore(keyFolder).Save(descriptor.Store, signer, null);
        VaultCreation.Create(disk, descriptor, signer, new Dictionary<string, byte[]>(), actor, TimeProvider.System);

        using var vault = Vault.Open(disk, new VaultSettings(TimeProvider.System, actor), signer);
        var recent = new Queue<(string Submission, Guid Aip, Digest Root)>();
        var clock = Stopwatch.StartNew();
        for (var i = 0L; i < count; i++)
        {
            var isUpdate = i % PerVersion == PerVersion - 1;
            var earlier = isUpdate ? recent.Dequeue() : default;
            var submission = isUpdate ? earlier.Submission : $"2026-{i:D7}";
            var by = new Actor("os:archivist-" + (i % Accounts).ToString(CultureInfo.InvariantCulture), "lantai 0.1.0");
            var kept = await DepositAsync(vault, submission, isUpdate ? earlier.Aip : Guid.NewGuid(), isUpdate ? 2 : 1, isUpdate ? earlier.Root : null, i, by);
            if (i % PerVersion == 0)
            {
                recent.Enqueue((submission, kept.Aip, kept.Root));
            }

            if ((i + 1) % 100_000 == 0)
            {
                Console.WriteLine($"{i + 1} made, {clock.Elapsed.TotalSeconds:F1} s");
            }
        }

        vault.Publish();
    }

    private static async Task<(Guid Aip, Digest Root)> DepositAsync(
        Vault vault, string submission, Guid aip, long version, Digest? before, long number, Actor actor)
    {
        using var deposit = vault.Begin(Vault.UnscheduledGroup);
        using var content = new ContentDigest();
        var bytes = Encoding.UTF8.GetBytes($"Case file {number}: one sheet, nothing else.\n");
        var kept = await deposit.KeepAsync(new MemoryStream(bytes), bytes.Length, [], CancellationToken.None);
        var entry = new ManifestEntry(
            EntryKind.File, EntryName.OfText("sheet.txt"), Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), kept.Length, kept.Digest,
            new Dictionary<string, string>(), null, null);
        content.Add(entry);
        var writer = new ManifestWriter(shard => deposit.KeepManifest(shard), []);
        writer.Add(entry);
        var manifest = writer.Build(aip, version, before);
        var root = manifest.ToBytes();
        deposit.KeepManifest(root);
        var detail = new IngestionDetail("bench", submission, $"Case {number} of the registry", "folder", content.Result(), null, null, null, []);
        var draft = new EventDraft(EventTypes.Ingestion, aip.ToString("D"))
        {
            Aip = aip,
            Version = version,
            Manifest = Digest.Of(root),
            Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = manifest.Folders },
            Body = detail.ToBody(),
            Group = Vault.UnscheduledGroup,
        };
        _ = await deposit.CommitAsync(draft, actor, CancellationToken.None);
        return (aip, Digest.Of(root));
    }
}
