using System.Formats.Tar;
using System.IO.Compression;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Containers;
using Lantai.Evidence;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Tests.Evidence.National;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Tests.Ingest;

/// <summary>Where SM3 is wanted, every entry has that of its content, whichever way the content went in.</summary>
public sealed class Sm3IngestTests
{
    private const int Large = 1 << 20;

    // Short, one that is read alone, one that is a large object.
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["empty"] = [],
        ["a.txt"] = "一、收文"u8.ToArray(),
        ["b/one.bin"] = Noise(70_000, 1),
        ["c.bin"] = Noise(Deposit.Short + 5, 2),
        ["film.bin"] = Noise((2 * Large) + 77, 3),
    };

    [Theory]
    [InlineData("folder", false)]
    [InlineData("folder", true)]
    [InlineData("zip", false)]
    [InlineData("tar", false)]
    [InlineData("tar.gz", true)]
    public async Task A_store_that_asks_for_it_has_the_SM3_of_every_file(string form, bool characterized)
    {
        using var place = new RepositoryPlace(largeFrom: 2 * Large, packSize: 8 << 20, sm3: true);
        using var repository = place.Open();

        var kept = await KeepAsync(repository, Sip(place, form), characterized: characterized);

        CheckAll(Entries(repository, kept));
    }

    [Fact]
    public async Task Contents_that_are_held_already_get_theirs_all_the_same()
    {
        using var place = new RepositoryPlace(largeFrom: 2 * Large, packSize: 8 << 20);
        using var repository = place.Open();
        var first = await KeepAsync(repository, Sip(place, "folder"));

        var other = place.Folder("other", ("new.txt", "new"));
        foreach (var (name, bytes) in Files)
        {
            await File.WriteAllBytesAsync(Path.Combine(other, name.Replace('/', '-')), bytes);
        }

        var second = await KeepAsync(repository, other, withSm3: true);

        Assert.All(Entries(repository, first), e => Assert.Empty(e.Digests));
        var entries = Entries(repository, second);
        Assert.Equal(Files.Count + 1, entries.Count);
        Assert.All(entries.Where(e => e.Name.Display != "new.txt"), e => Assert.Equal(Sm3BatchTests.ByBouncyCastle(Files[e.Name.Display.Replace("b-", "b/", StringComparison.Ordinal)]).ToString(), e.Digests["sm3"]));
    }

    [Fact]
    public async Task Submissions_that_are_hashed_together_get_SM3_where_they_asked_for_it()
    {
        using var place = new RepositoryPlace();
        using var repository = place.Open();
        var together = new DigestGroup();
        var tasks = Enumerable.Range(0, 20).Select(i => repository.Ingest.ExecuteAsync(
            Request(place.Folder("case-" + i, ("a.txt", new string('a', i * 40)), ("b.txt", "b" + i)), i % 2 == 0) with { Together = together }, RepositoryPlace.Actor, null, default)).ToList();
        together.Close();

        for (var i = 0; i < tasks.Count; i++)
        {
            var entries = Entries(repository, Assert.IsType<IngestOutcome.Kept>(await tasks[i]));
            Assert.All(entries, e => Assert.Equal(i % 2 == 0, e.Digests.ContainsKey("sm3")));
            if (i % 2 == 0)
            {
                Assert.Equal(Sm3BatchTests.ByBouncyCastle(System.Text.Encoding.UTF8.GetBytes(new string('a', i * 40))).ToString(), entries[0].Digests["sm3"]);
            }
        }
    }

    [Theory]
    [InlineData(700, 5 << 20)]
    [InlineData((2 * Large) + 1, 10)]
    [InlineData(70_000, null)]
    public async Task A_content_of_another_length_than_was_said_has_the_SM3_of_its_bytes(int length, int? said)
    {
        using var place = new RepositoryPlace(largeFrom: 2 * Large, packSize: 8 << 20);
        using var repository = place.Open();
        var bytes = Noise(length, 9);
        using var deposit = repository.Vault.Begin(Vault.UnscheduledGroup, withSm3: true);

        var alone = await deposit.KeepAsync(new MemoryStream(bytes), said, [], default);
        var again = await deposit.KeepAsync(new MemoryStream(bytes), bytes.Length, [], default);

        Assert.Equal(Sm3BatchTests.ByBouncyCastle(bytes), alone.Sm3);
        Assert.Equal(alone, again);
        if (said < Deposit.Short)
        {
            using var read = deposit.Read(new MemoryStream(bytes), said.Value, [], default);
            Assert.Equal(alone, Assert.Single(await deposit.KeepAllAsync([read], null, default)));
        }
    }

    [Fact]
    public async Task Digests_that_were_declared_stand_beside_it()
    {
        using var place = new RepositoryPlace(sm3: true);
        using var repository = place.Open();
        var bag = place.Folder("bag", ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), ("data/a.txt", "abc"), ("manifest-md5.txt", "900150983cd24fb0d6963f7d28e17f72  data/a.txt\n"));

        var entries = Entries(repository, await KeepAsync(repository, bag));

        var digests = entries.Single(e => e.Name.Display == "data/a.txt").Digests;
        Assert.Equal(("900150983cd24fb0d6963f7d28e17f72", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"), (digests["md5"], digests["sm3"]));
    }

    [Fact]
    public async Task A_deep_verification_reads_all_contents_and_finds_their_digests_right()
    {
        using var place = new RepositoryPlace(largeFrom: 2 * Large, packSize: 8 << 20, sm3: true);
        using (var repository = place.Open())
        {
            _ = await KeepAsync(repository, Sip(place, "folder"));
        }

        var report = StoreVerification.Run(new LocalDisk(place.Settings.Root), TimeProvider.System, new VerificationRequest(place.Key, null) { Deep = true }, null, default);

        Assert.Empty(report.Findings);
        Assert.Equal(Files.Count, report.Entries);
    }

    [Fact]
    public async Task A_deep_verification_tells_every_digest_that_is_not_its_contents_whatever_the_content_is_kept_in()
    {
        using var place = new RepositoryPlace(largeFrom: 2 * Large, packSize: 8 << 20);
        using (var repository = place.Open())
        {
            await KeepFalseAsync(repository.Vault);
        }

        var disk = new LocalDisk(place.Settings.Root);
        var report = StoreVerification.Run(disk, TimeProvider.System, new VerificationRequest(place.Key, null) { Deep = true }, null, default);
        var plain = StoreVerification.Run(disk, TimeProvider.System, new VerificationRequest(place.Key, null), null, default);

        Assert.Empty(plain.Findings);
        Assert.All(report.Findings, f => Assert.Equal("MAN-008", f.Code));
        Assert.Equal(Files.Count * 2, report.Findings.Count);
        Assert.Equal(Files.Keys.Order(), report.Findings.Select(f => f.Arguments.Single(a => a.Key == "path").Value).Distinct().Order());
    }

    /// <summary>Keeps all files with an SM3 and an MD5 that are not theirs, a digest of an algorithm that nobody knows, and a SHA-512 that is right.</summary>
    private static async Task KeepFalseAsync(Vault vault)
    {
        using var deposit = vault.Begin(Vault.UnscheduledGroup);
        var writer = new ManifestWriter(b => deposit.KeepManifest(b), []);
        using var content = new ContentDigest();
        foreach (var (name, bytes) in Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var kept = await deposit.KeepAsync(new MemoryStream(bytes), bytes.Length, [], default);
            var digests = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["md5"] = new('0', 32), ["sm3"] = new('0', 64), ["unknown"] = "x", ["sha512"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(bytes)),
            };
            var entry = new ManifestEntry(EntryKind.File, Lantai.Words.EntryName.OfText(name), new string('a', 32), bytes.Length, kept.Digest, digests, null, null);
            writer.Add(entry);
            content.Add(entry);
        }

        var manifest = writer.Build(Guid.NewGuid(), 1, null);
        deposit.KeepManifest(manifest.ToBytes());
        _ = await deposit.CommitAsync(
            new EventDraft(EventTypes.Ingestion, manifest.Aip.ToString("D"))
            {
                Aip = manifest.Aip, Version = 1, Manifest = Lantai.Words.Digest.Of(manifest.ToBytes()),
                Body = new IngestionDetail("local", "x", "x", "folder", content.Result(), null, null, null, []).ToBody(),
                Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = 0 },
            },
            RepositoryPlace.Actor, default);
        vault.Publish();
    }

    private static void CheckAll(IReadOnlyList<ManifestEntry> entries)
    {
        Assert.Equal(Files.Keys.Order(), entries.Select(e => e.Name.Display).Order());
        Assert.All(entries, e => Assert.Equal(Sm3BatchTests.ByBouncyCastle(Files[e.Name.Display]).ToString(), e.Digests["sm3"]));
    }

    private static string Sip(RepositoryPlace place, string form)
    {
        var folder = place.Folder("办件");
        foreach (var (name, bytes) in Files)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }

        var path = folder + "." + form;
        switch (form)
        {
            case "zip":
                ZipFile.CreateFromDirectory(folder, path);
                return path;
            case "tar":
                TarFile.CreateFromDirectory(folder, path, includeBaseDirectory: false);
                return path;
            case "tar.gz":
                using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                {
                    TarFile.CreateFromDirectory(folder, gzip, includeBaseDirectory: false);
                }

                return path;
            default:
                return folder;
        }
    }

    private static IngestRequest Request(string path, bool withSm3, bool characterized = false) => new(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default))
    {
        WithSm3 = withSm3,
        Characterization = characterized ? new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Identify) : null,
    };

    private static async Task<IngestOutcome.Kept> KeepAsync(Repository repository, string path, bool withSm3 = false, bool characterized = false)
    {
        var outcome = await repository.Ingest.ExecuteAsync(Request(path, withSm3, characterized), RepositoryPlace.Actor, null, default);
        return outcome as IngestOutcome.Kept ?? throw new InvalidOperationException(string.Join("; ", outcome.Findings));
    }

    private static List<ManifestEntry> Entries(Repository repository, IngestOutcome.Kept kept)
    {
        var entries = new List<ManifestEntry>();
        Assert.True(Manifest.TryRead(repository.Vault.ReadFrame(repository.Vault.ReadEvent(kept.Sequence).Record!.Manifest!.Value, FrameKind.Manifest), out var manifest));
        foreach (var shard in manifest.Shards)
        {
            _ = Manifest.TrySplit(repository.Vault.ReadFrame(shard.Digest, FrameKind.Manifest), out var lines);
            foreach (var line in lines)
            {
                Assert.True(ManifestEntry.TryRead(line.Span, out var entry));
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
