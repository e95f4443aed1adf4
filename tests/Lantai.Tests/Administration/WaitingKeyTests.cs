using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Administration;

/// <summary>The key of the waiting room lies outside the store, locked as the log key is.</summary>
public sealed class WaitingKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_made_for_the_first_package_and_opens_it_ever_after()
    {
        using var place = new RepositoryPlace();
        using (var repository = place.Open())
        {
            Assert.Null(repository.Waiting.Find("a", "1", Digest.Of([1])));
            Assert.False(File.Exists(Path.Combine(place.Settings.KeyFolder, repository.Vault.Descriptor.Store + ".waiting.key")));
            Hold(repository, "1");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key(place, repository)));
        }

        using (var repository = place.Open())
        {
            using var held = repository.Waiting.Open(repository.Waiting.Find("a", "1", Digest.Of([1]))!.Name);
            held.Check(default);
        }
    }

    [Fact]
    public void A_new_passphrase_locks_it_too_and_without_it_nothing_opens()
    {
        using var place = new RepositoryPlace();
        using (var repository = place.Open())
        {
            Hold(repository, "1");
            _ = repository.RotateKey("correct horse", RepositoryPlace.Actor);
        }

        using (var repository = Repository.Open(place.Settings with { Passphrase = "wrong" }))
        {
            Assert.Null(repository.Waiting.Find("a", "1", Digest.Of([1])));
            var refused = Assert.Throws<StorageException>(() => repository.Waiting.Open(Assert.Single(repository.Waiting.List()).Name));
            Assert.Equal((StorageProblem.KeyMissing, "ADM-010"), (refused.Problem, refused.Finding!.Code));
        }

        using (var repository = Repository.Open(place.Settings with { Passphrase = "correct horse" }))
        {
            Assert.NotNull(repository.Waiting.Find("a", "1", Digest.Of([1])));
        }
    }

    [Fact]
    public void One_that_is_lost_is_not_made_anew_over_packages_that_wait_under_it()
    {
        using var place = new RepositoryPlace();
        using (var repository = place.Open())
        {
            Hold(repository, "1");
            File.Move(Key(place, repository), Key(place, repository) + ".away");
        }

        using (var repository = place.Open())
        {
            Assert.Equal("STO-021", Assert.Throws<StorageException>(() => Hold(repository, "2")).Finding!.Code);
            File.Move(Key(place, repository) + ".away", Key(place, repository));
            Hold(repository, "2");
            Assert.Equal(2, repository.Waiting.List().Count);
        }
    }

    [Fact]
    public void The_file_is_that_of_its_page()
    {
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        var file = SecretKeyFile.Write("archive.example/log/waiting", secret, null);

        Assert.Contains(System.Text.Encoding.UTF8.GetString(file), House.Tree.Read("spec/formats/key-file.md"), StringComparison.Ordinal);
        Assert.Equal((KeyFileProblem.None, Convert.ToHexString(secret)), (SecretKeyFile.TryRead(file, null, out var read), Convert.ToHexString(read)));
        Assert.Equal(KeyFileProblem.PassphraseNeeded, SecretKeyFile.TryRead(SecretKeyFile.Write("a", secret, "locked"), null, out _));
        Assert.Equal(KeyFileProblem.NotAKeyFile, SecretKeyFile.TryRead(NoteSigner.Generate("archive.example/log").Export(null), null, out _));
        Assert.Throws<ArgumentException>(() => SecretKeyFile.Write("a", secret, ""));
        Assert.Throws<ArgumentException>(() => SecretKeyFile.Write("a", secret.AsSpan(1), null));
    }

    private static string Key(RepositoryPlace place, Repository repository) => Path.Combine(place.Settings.KeyFolder, repository.Vault.Descriptor.Store.ToString("D") + ".waiting.key");

    private static void Hold(Repository repository, string number)
    {
        using var draft = repository.Waiting.Begin("a", number, Digest.Of([1]), new JsonMap(), Now, Now);
        draft.Append([1, 2, 3]);
        draft.Commit();
    }
}
