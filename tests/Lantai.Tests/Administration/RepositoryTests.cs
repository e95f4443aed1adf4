using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.Evidence;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Administration;

public sealed class RepositoryTests
{
    [Fact]
    public void A_key_folder_inside_the_root_and_a_folder_that_is_not_empty_are_refused()
    {
        using var place = new RepositoryPlace();
        var inside = place.Settings with { Root = Path.Combine(place.Root, "other"), KeyFolder = Path.Combine(place.Root, "other", "keys") };

        Assert.Null(RepositoryCreation.Create(inside, (1 << 20, 1 << 20, 1 << 20), new Dictionary<string, byte[]>(), out var first));
        Assert.Null(RepositoryCreation.Create(place.Settings, (1 << 20, 1 << 20, 1 << 20), new Dictionary<string, byte[]>(), out var second));
        Assert.Null(RepositoryCreation.Create(inside with { KeyFolder = place.Root }, (1, 1 << 20, 1 << 20), new Dictionary<string, byte[]>(), out var third));

        Assert.Equal(["ADM-002", "ADM-003", "ADM-001"], [first!.Code, second!.Code, third!.Code]);
        Assert.False(Directory.Exists(Path.Combine(place.Root, "other")));
    }

    [Fact]
    public void The_key_is_readable_by_its_owner_alone()
    {
        using var place = new RepositoryPlace();

        var file = Directory.GetFiles(Path.Combine(place.Root, "keys")).Single();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Without_index_and_catalogue_a_rebuild_gives_the_same_answers()
    {
        using var place = new RepositoryPlace();
        var kept = new List<IngestOutcome.Kept>();
        using (var repository = place.Open())
        {
            for (var i = 0; i < 5; i++)
            {
                kept.Add(await KeepAsync(repository, place.Folder($"办件{i}", ("a.txt", $"内容{i}"))));
            }
        }

        var before = Answers(place, kept);
        Directory.Delete(Path.Combine(place.Settings.Root, StoreLayout.Indexes), recursive: true);
        Directory.Delete(Path.Combine(place.Settings.Root, StoreLayout.Catalogue), recursive: true);

        Assert.Equal(before, Answers(place, kept));
        using var again = place.Open();
        Assert.True(again.Rebuild(compare: true, null, default)!.AreEqual);
    }

    [Fact]
    public async Task References_find_by_id_prefix_source_and_version_and_say_why_not()
    {
        using var place = new RepositoryPlace();
        using var repository = place.Open();
        var sip = place.Folder("办件", ("a", "1"));
        var first = await KeepAsync(repository, sip);
        File.WriteAllText(Path.Combine(sip, "a"), "2");
        _ = await KeepAsync(repository, sip);

        Assert.Equal(2, repository.Find(first.Aip.ToString("D"), out _)!.Version);
        Assert.Equal(2, repository.Find(first.Aip.ToString("D")[..8], out _)!.Version);
        Assert.Equal(1, repository.Find("local/办件@1", out _)!.Version);
        Assert.Null(repository.Find("local/别的", out var absent));
        Assert.Null(repository.Find("local/办件@3", out var beyond));
        Assert.Equal(["ADM-005", "ADM-007"], [absent!.Code, beyond!.Code]);
    }

    [Fact]
    public async Task After_a_rotation_old_receipts_and_the_old_key_still_lead_to_the_new_one()
    {
        using var place = new RepositoryPlace();
        byte[] old;
        using (var repository = place.Open())
        {
            var kept = await KeepAsync(repository, place.Folder("办件", ("a", "1")));
            old = repository.ReceiptOf(repository.Find(kept.Aip.ToString("D"), out _)!);
            _ = repository.RotateKey(null, RepositoryPlace.Actor);
        }

        using var again = place.Open();
        Assert.NotEqual(place.Key, again.SigningKey);
        Assert.Empty(Receipt.Verify(old, place.Key, [], "receipt"));
        var version = again.Find("local/办件", out _)!;
        var rotations = KeyHistory.Read(again.Vault.Rotations());
        Assert.Empty(Receipt.Verify(again.ReceiptOf(version), place.Key, rotations, "receipt"));
        var report = StoreVerification.Run(again.Vault.Disk, TimeProvider.System, new VerificationRequest(place.Key, null), null, default);
        Assert.True(report.IsClean, string.Join("; ", report.Findings));
    }

    [Fact]
    public void A_locked_key_is_said_and_the_store_stays_readable()
    {
        using var place = new RepositoryPlace();
        using (var locked = NoteSigner.Generate("lantai/x"))
        {
            File.WriteAllBytes(Directory.GetFiles(Path.Combine(place.Root, "keys")).Single(), locked.Export("open sesame"));
        }

        using var repository = place.Open();

        Assert.Contains(repository.Findings, f => f.Code == "ADM-004");
        Assert.False(repository.Vault.CanAppend);
        Assert.Equal(StorageProblem.KeyMissing, Assert.Throws<StorageException>(() => repository.Vault.Begin("unscheduled")).Problem);
    }

    private static async Task<IngestOutcome.Kept> KeepAsync(Repository repository, string path) =>
        (IngestOutcome.Kept)await repository.Ingest.ExecuteAsync(
            new IngestRequest(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default)), RepositoryPlace.Actor, null, default);

    private static string Answers(RepositoryPlace place, List<IngestOutcome.Kept> kept)
    {
        using var repository = place.Open();
        var page = string.Join("\n", repository.Aips.Page(0, 100).Select(e => e.ToString()));
        var keys = string.Join("\n", kept.Select(k => repository.Keys.Submission(k.Source, k.SubmissionId)));
        var contents = string.Join("\n", kept.Select((_, i) => repository.Vault.Holds(Digest.Of(System.Text.Encoding.UTF8.GetBytes($"内容{i}")))));
        return page + keys + contents + repository.Aips.Totals();
    }
}
