using Lantai.Administration;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.DataManagement;
using Lantai.Evidence.Signatures;
using Lantai.Inspection;
using Lantai.Inspection.Storage;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Tests.House;

namespace Lantai.Tests.Inspection.Storage;

/// <summary>Inspection where packages lie: all or a sample, each in its turn, and no work lost when it is cut off.</summary>
public sealed class StorageInspectionTests
{
    [Fact]
    public async Task A_flipped_bit_fails_the_package_that_has_it_and_no_other()
    {
        using var store = new DamagedStore();
        var hit = await KeepAsync(store, "plain");
        _ = await KeepAsync(store, "licences");
        using (var repository = store.Open())
        {
            var clean = await Of(repository).RunAsync(new StorageSelection(), RepositoryPlace.Actor, null, default);
            Assert.Equal((2L, 0L, 0L), (clean.Chosen, clean.Left, clean.Outcomes[InspectionOutcome.Failed]));
        }

        store.Flip(ContentOf(store, hit), FrameKind.Blob);
        using var again = store.Open();
        var report = await Of(again).RunAsync(new StorageSelection(), RepositoryPlace.Actor, null, default);

        var (result, told) = Assert.Single(report.Bad);
        Assert.Equal(hit.Aip, result.Aip);
        Assert.Contains("FN.BC.AUTH.AIP-UNCHANGED", result.Red);
        Assert.Equal(InspectionOutcome.Failed, told.Outcome);
        Assert.Equal("findings", again.Vault.ReadEvent(report.Events[0]).Record!.Outcome);
    }

    [Fact]
    public async Task A_package_whose_manifest_is_damaged_is_reported_and_the_run_goes_on()
    {
        using var store = new DamagedStore();
        var hit = await KeepAsync(store, "plain");
        _ = await KeepAsync(store, "licences");
        store.Flip(hit.Manifest, FrameKind.Manifest);
        using var repository = store.Open();

        var report = await Of(repository).RunAsync(new StorageSelection(), RepositoryPlace.Actor, null, default);

        Assert.Equal((2L, true), (report.Chosen, report.IsComplete));
        Assert.Equal(hit.Aip, Assert.Single(report.Bad).Package.Aip);
        var seen = Of(repository).Inspect(hit, "甲", default);
        Assert.False(seen.Facts!.Package.IsOpen);
        Assert.Contains(seen.Facts.Package.Findings, f => f.Code == "INS-504");
    }

    [Fact]
    public async Task What_is_read_from_the_store_is_read_by_the_profile_as_it_came()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store, "plain");
        using var repository = store.Open();

        var seen = Of(repository).Inspect(kept, "甲", default);

        Assert.Equal(("gbt42727", "yz-cases"), (seen.Facts!.Package.Profile, seen.Facts.Channel.Source));
        Assert.NotNull(seen.Facts.Package.Case);
        Assert.DoesNotContain(seen.Facts.Package.Findings, f => f.Severity == Lantai.Words.Severity.Error);
        Assert.Equal(seen.Facts.Package.Bytes, seen.Facts.Channel.DeclaredBytes);
        Assert.All(seen.Facts.Package.Files, f => Assert.NotNull(f.Character));
    }

    [Fact]
    public async Task A_run_that_is_stopped_goes_on_where_it_was_and_inspects_nothing_twice()
    {
        using var store = new DamagedStore();
        var all = new List<Guid>();
        foreach (var i in Enumerable.Range(0, 9))
        {
            all.Add((await store.KeepFolderAsync($"办件{i}", ("a.txt", $"内容{i}"))).Aip);
        }

        StorageRunReport first;
        using (var repository = store.Open())
        {
            using var stop = new CancellationTokenSource();
            first = await Of(repository).RunAsync(new StorageSelection { Sample = new StorageSample(7, null, "种子") }, RepositoryPlace.Actor, p => Stop(p, stop), stop.Token);
        }

        Assert.False(first.IsComplete);
        using var again = store.Open();
        var second = (await Of(again).ResumeAsync(RepositoryPlace.Actor, null, default))!;

        Assert.Equal((first.Run.Id, 7L, 0L), (second.Run.Id, second.Chosen, second.Left));
        Assert.Null(await Of(again).ResumeAsync(RepositoryPlace.Actor, null, default));
        var done = first.Events.Concat(second.Events).SelectMany(s => StorageRunBody.ReadResults(again.Vault.ReadEvent(s).Detail!.Body)).Select(r => r.Aip).ToList();
        Assert.Equal(7, done.Count);
        Assert.Equal(7, done.Distinct().Intersect(all).Count());
    }

    [Fact]
    public async Task A_failure_of_the_disk_is_told_as_such_after_what_was_done_is_kept()
    {
        using var store = new DamagedStore();
        foreach (var i in Enumerable.Range(0, 6))
        {
            _ = await store.KeepFolderAsync($"办件{i}", ("a.txt", $"内容{i}"));
        }

        using var repository = store.Open();
        void Progress(StorageProgress progress)
        {
            if (progress.Done >= 2)
            {
                throw new IOException("介质已移除");
            }
        }

        var told = await Assert.ThrowsAsync<IOException>(() => Of(repository).RunAsync(new StorageSelection(), RepositoryPlace.Actor, Progress, default));
        var rest = (await Of(repository).ResumeAsync(RepositoryPlace.Actor, null, default))!;

        Assert.Equal("介质已移除", told.Message);
        Assert.Equal((6L, 0L), (rest.Chosen, rest.Left));
        Assert.InRange(rest.Outcomes.Values.Sum(), 1, 4); // two or more were kept before it failed
    }

    [Fact]
    public async Task Due_runs_bring_every_package_to_its_turn()
    {
        using var store = new DamagedStore();
        foreach (var i in Enumerable.Range(0, 5))
        {
            _ = await store.KeepFolderAsync($"办件{i}", ("a.txt", $"内容{i}"));
        }

        using var repository = store.Open();
        var due = new StorageSelection { OlderThanDays = 1, Sample = new StorageSample(2, null, "甲") };
        var left = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            var report = await Of(repository).RunAsync(due, RepositoryPlace.Actor, null, default);
            left.Add(Of(repository).Overdue(1));
            Assert.Equal(Math.Max(0, Math.Min(2, 5 - (2 * i))), report.Chosen);
        }

        Assert.Equal([3, 1, 0, 0], left);
        Assert.Equal(5, Of(repository).Overdue(0));
        Assert.True(repository.Rebuild(compare: true, null, default)!.AreEqual);
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed_in_whatever_order_and_another_for_another()
    {
        List<StorageCandidate> all = [.. Enumerable.Range(1, 1000).Select(i => new StorageCandidate(i, Guid.NewGuid(), null, false))];
        var percent = new StorageSelection { Sample = new StorageSample(null, 0.015, "2026-11") };

        var one = Draw(all, percent);
        var other = Draw([.. all.AsEnumerable().Reverse()], percent);
        var next = Draw(all, percent with { Sample = percent.Sample! with { Seed = "2026-12" } });

        Assert.Equal(15, one.Count);
        Assert.Equal(one, other);
        Assert.NotEqual(one, next);
    }

    [Fact]
    public void Those_that_were_not_inspected_for_longest_come_first()
    {
        var now = new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);
        StorageCandidate[] all = [new(1, Guid.NewGuid(), now.AddDays(-1), false), new(2, Guid.NewGuid(), null, false), new(3, Guid.NewGuid(), now.AddDays(-400), false), new(4, Guid.NewGuid(), now.AddDays(-365), false)];

        var (left, chosen) = StorageDraw.Draw(all, new StorageSelection { OlderThanDays = 365 }, now);

        Assert.Equal([2, 3, 4], left.Select(c => c.Place));
        Assert.Equal(3, chosen);
    }

    private static List<long> Draw(IReadOnlyList<StorageCandidate> all, StorageSelection selection) =>
        [.. StorageDraw.Draw(all, selection, DateTimeOffset.UnixEpoch).Left.Select(c => c.Place).Order()];

    private static void Stop(StorageProgress progress, CancellationTokenSource stop)
    {
        if (progress.Done == 2)
        {
            stop.Cancel();
        }
    }

    private static StorageInspection Of(Repository repository) => repository.InspectionInStorage(new InspectionPlan(
        RunPoint.Storage, SchemeCatalogue.Of(RunPoint.Storage), new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full), new EvidenceQuestion { Anchors = [], Now = DateTimeOffset.UnixEpoch }));

    private static Task<AipVersion> KeepAsync(DamagedStore store, string sample) => store.KeepAsync(Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727/good", sample));

    private static Lantai.Words.Digest ContentOf(DamagedStore store, AipVersion version)
    {
        using var repository = store.Open();
        return VersionEntries.Of(repository.Vault, version.Manifest, default).First(e => e.Length > 200).Content!.Value;
    }
}
