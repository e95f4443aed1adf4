using System.IO.Compression;
using System.Text;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Words;

namespace Lantai.Tests.Ingest;

public sealed class IngestRunTests
{
    [Fact]
    public async Task The_same_submission_again_gets_its_first_version_and_stores_nothing()
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("办件一", ("申请.txt", "申请"), ("结果/决定.txt", "决定"));
        using var repository = place.Open();
        var first = await KeepAsync(repository, sip);
        var before = repository.Vault.Measure();

        var again = await KeepAsync(repository, sip);

        Assert.True(again.WasHeld);
        Assert.Equal((first.Aip, first.Version, first.Sequence), (again.Aip, again.Version, again.Sequence));
        Assert.Equal(before with { FreeBytes = 0 }, repository.Vault.Measure() with { FreeBytes = 0 });
    }

    [Fact]
    public async Task Other_content_is_the_next_version_and_unchanged_entries_keep_their_salts()
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("办件一", ("a.txt", "same"), ("b.txt", "old"));
        using var repository = place.Open();
        var first = await KeepAsync(repository, sip);
        File.WriteAllText(Path.Combine(sip, "b.txt"), "new");

        var second = await KeepAsync(repository, sip);

        Assert.Equal((first.Aip, 2L), (second.Aip, second.Version));
        var (old, now) = (Entries(repository, first), Entries(repository, second));
        Assert.Equal(old["a.txt"].Salt, now["a.txt"].Salt);
        Assert.NotEqual(old["b.txt"].Salt, now["b.txt"].Salt);
        File.WriteAllText(Path.Combine(sip, "b.txt"), "old");
        File.SetLastWriteTimeUtc(Path.Combine(sip, "b.txt"), DateTime.UnixEpoch.AddYears(40));
        Assert.Equal(1, (await KeepAsync(repository, sip)).Version); // the content of any version counts
    }

    [Theory]
    [InlineData(Severity.Warning, 3)]
    [InlineData(Severity.Error, 0)]
    public async Task However_many_warnings_stop_no_reading_and_only_a_refused_submission_is_left_unread(Severity severity, long files)
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("办件一", ("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c"));
        using var repository = place.Open();
        var findings = Enumerable.Range(0, 2000).Select(i => new Finding("SIP-004", severity, $"{i}", [])).ToList();
        using var submission = Submission.Open(new SubmissionSource(sip, SubmissionForm.Folder, ContainerLimits.Default), findings)!;
        using var deposit = repository.Vault.Begin(Vault.UnscheduledGroup);
        using var draft = new ManifestDraft(deposit, () => null);
        using var content = new ContentDigest();
        using var reading = new SubmissionReading(deposit, draft, content, findings, (3, 3), null, null, null, null, null);

        await reading.ReadAsync(submission, TestContext.Current.CancellationToken);

        Assert.Equal(files, draft.Build().Files);
    }

    [Fact]
    public async Task The_version_before_is_read_only_for_another_content_or_when_too_many_entries_wait()
    {
        using var place = new RepositoryPlace();
        using var repository = place.Open();
        _ = await KeepAsync(repository, place.Folder("办件一", ("a.txt", "same")));
        var asked = 0;
        PreviousVersion? None()
        {
            asked++;
            return null;
        }

        using var deposit = repository.Vault.Begin(Vault.UnscheduledGroup);
        using var same = new ManifestDraft(deposit, None);
        Add(same, 1000);
        Assert.Equal(0, asked);
        Assert.Equal(1000, same.Build().Files);
        Assert.Equal(1, asked);
        using var many = new ManifestDraft(deposit, None);
        Add(many, 5000);
        Assert.Equal(2, asked);
        Assert.Equal(5000, many.Build().Files);
        Assert.Equal(2, asked);

        static void Add(ManifestDraft draft, int count)
        {
            for (var i = 0; i < count; i++)
            {
                draft.Add(new ManifestEntry(
                    Lantai.StoreFormat.EntryKind.File, EntryName.OfText($"f{i:D5}"), new string('0', 32), 1, Digest.Of("x"u8), new Dictionary<string, string>(), null, null));
            }
        }
    }

    [Fact]
    public async Task A_long_submission_that_is_held_stores_nothing_and_a_changed_one_keeps_its_salts()
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("long", [.. Enumerable.Range(0, 1100).Select(i => ($"f{i:D5}", $"{i}"))]);
        using var repository = place.Open();
        var first = await KeepAsync(repository, sip);
        var before = repository.Vault.Measure();

        var again = await KeepAsync(repository, sip);

        Assert.Equal((true, first.Aip, 1L, first.Sequence), (again.WasHeld, again.Aip, again.Version, again.Sequence));
        Assert.Equal(before with { FreeBytes = 0 }, repository.Vault.Measure() with { FreeBytes = 0 });
        File.WriteAllText(Path.Combine(sip, "f00003"), "changed");
        var second = await KeepAsync(repository, sip);
        var (old, now) = (Entries(repository, first), Entries(repository, second));
        Assert.Equal(["f00003"], old.Keys.Where(name => old[name].Salt != now[name].Salt));
    }

    [Fact]
    public async Task A_version_of_many_files_shares_the_shards_that_did_not_change()
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("many", [.. Enumerable.Range(0, 9000).Select(i => ($"f{i:D5}", $"{i}"))]);
        using var repository = place.Open();
        var first = await KeepAsync(repository, sip);
        File.WriteAllText(Path.Combine(sip, "f08999"), "changed");

        var second = await KeepAsync(repository, sip);

        var (old, now) = (ManifestOf(repository, first), ManifestOf(repository, second));
        Assert.True(old.Shards.Count >= 3);
        Assert.Equal(old.Shards.Count - 1, old.Shards.Intersect(now.Shards).Count());
        Assert.Equal(ManifestOf(repository, first).ToBytes(), repository.Vault.ReadFrame(now.Predecessor!.Value, FrameKind.Manifest));
    }

    [Fact]
    public async Task A_bag_with_a_wrong_digest_is_refused_and_nothing_of_it_is_kept()
    {
        using var place = new RepositoryPlace();
        var bag = place.Folder("bag", ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), ("data/一.txt", "内容"),
            ("manifest-sha256.txt", Digest.Of("别的"u8) + "  data/一.txt\n"));
        using var repository = place.Open();

        var outcome = await repository.Ingest.ExecuteAsync(Request(bag), TestActor, null, default);

        var refused = Assert.IsType<IngestOutcome.Refused>(outcome);
        Assert.Contains(refused.Findings, f => f is { Code: "BAG-022", Severity: Severity.Error } && f.Subject.Contains("一.txt", StringComparison.Ordinal));
        Assert.False(repository.Vault.Holds(Digest.Of("内容"u8)));
        Assert.Equal(EventTypes.IngestionRefused, repository.Vault.ReadEvent(refused.Sequence!.Value).Leaf.Type);
        Assert.Equal(0, repository.Aips.Totals().Aips);
    }

    [Fact]
    public async Task A_declared_sha512_is_checked_in_the_same_read_and_kept_in_the_manifest()
    {
        using var place = new RepositoryPlace();
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData("内容"u8));
        var bag = place.Folder("bag", ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), ("data/一.txt", "内容"), ("manifest-sha512.txt", sum + "  data/一.txt\n"));
        using var repository = place.Open();

        var kept = await KeepAsync(repository, bag);

        Assert.Equal(sum, Entries(repository, kept)["data/一.txt"].Digests["sha512"]);
    }

    [Fact]
    public async Task A_zip_is_kept_by_its_files_and_its_facts_stand_in_the_detail()
    {
        using var place = new RepositoryPlace();
        var zip = Path.Combine(place.Root, "案卷.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["乙.txt", "甲.txt", "空/"])
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(name.EndsWith('/') ? [] : Encoding.UTF8.GetBytes(name));
            }
        }

        using var repository = place.Open();
        var kept = await KeepAsync(repository, zip);

        var detail = IngestionDetail.Read(repository.Vault.ReadEvent(kept.Sequence).Detail!.Body)!;
        Assert.Equal(("案卷", "zip", "案卷.zip"), (detail.Submission, detail.Form, detail.Container!.Name));
        Assert.Equal(Digest.Of(File.ReadAllBytes(zip)), detail.Container.Content);
        Assert.Equal(["乙.txt", "甲.txt", "空"], Entries(repository, kept).Keys.Order(StringComparer.Ordinal).Select(k => k));
    }

    [Fact]
    public async Task A_submission_that_the_disk_cannot_hold_is_not_begun()
    {
        using var place = new RepositoryPlace();
        var sip = place.Folder("huge");
        using (var file = File.Create(Path.Combine(sip, "sparse")))
        {
            file.SetLength(1L << 42);
        }

        using var repository = place.Open();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => repository.Ingest.ExecuteAsync(Request(sip), TestActor, null, default));

        Assert.Equal(("ING-001", StorageProblem.DiskFull), (refusal.Finding!.Code, refusal.Problem));
    }

    [Fact]
    public async Task A_file_that_vanishes_or_an_empty_folder_is_refused_by_name()
    {
        using var place = new RepositoryPlace();
        using var repository = place.Open();

        var empty = await repository.Ingest.ExecuteAsync(Request(place.Folder("空")), TestActor, null, default);

        var refused = Assert.IsType<IngestOutcome.Refused>(empty);
        Assert.Contains(refused.Findings, f => f.Severity == Severity.Error);
        Assert.Equal("空", refused.Name);
    }

    private static readonly Actor TestActor = RepositoryPlace.Actor;

    private static IngestRequest Request(string path) => new(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default));

    private static async Task<IngestOutcome.Kept> KeepAsync(Repository repository, string path)
    {
        var outcome = await repository.Ingest.ExecuteAsync(Request(path), TestActor, null, default);
        return outcome as IngestOutcome.Kept ?? throw new InvalidOperationException(string.Join("; ", outcome.Findings));
    }

    private static Manifest ManifestOf(Repository repository, IngestOutcome.Kept kept) =>
        Manifest.TryRead(repository.Vault.ReadFrame(repository.Vault.ReadEvent(kept.Sequence).Record!.Manifest!.Value, FrameKind.Manifest), out var manifest)
            ? manifest
            : throw new InvalidOperationException();

    private static Dictionary<string, ManifestEntry> Entries(Repository repository, IngestOutcome.Kept kept)
    {
        var entries = new Dictionary<string, ManifestEntry>();
        foreach (var shard in ManifestOf(repository, kept).Shards)
        {
            _ = Manifest.TrySplit(repository.Vault.ReadFrame(shard.Digest, FrameKind.Manifest), out var lines);
            foreach (var line in lines)
            {
                _ = ManifestEntry.TryRead(line.Span, out var entry);
                entries.Add(entry.Name.Display, entry);
            }
        }

        return entries;
    }
}
