using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;

namespace Lantai.Tests.Administration;

/// <summary>The key of SM2 in the key folder: made with the store or later, locked as the log key is, never lost to a crash.</summary>
public sealed class Sm2KeyTests
{
    [Fact]
    public void A_store_made_with_a_key_of_SM2_signs_with_both_from_its_first_checkpoint_on()
    {
        using var place = new RepositoryPlace(sm2: true);
        var key = Stated(place);

        using (var repository = place.Open())
        {
            Assert.DoesNotContain(repository.Findings, f => f.Code is "STO-004" or "ADM-009");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Keys(place).PathOfSm2(Store(place))));
        Assert.Empty(Verify(place, key).Findings);
    }

    [Fact]
    public void A_key_is_added_later_and_another_takes_its_place()
    {
        using var place = new RepositoryPlace();
        Sm2VerifierKey one, two;
        using (var repository = place.Open())
        {
            one = repository.AddSm2Key(RepositoryPlace.Actor);
        }

        Assert.Empty(Verify(place, one).Findings);
        using (var repository = place.Open())
        {
            two = repository.AddSm2Key(RepositoryPlace.Actor);
        }

        Assert.NotEqual(one, two);
        Assert.Equal(two, Stated(place));
        Assert.Empty(Verify(place, two).Findings);
        Assert.Equal([Path.GetFileName(Keys(place).PathOf(Store(place))), Path.GetFileName(Keys(place).PathOfSm2(Store(place)))], Directory.GetFiles(Keys(place).Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_crash_while_adding_leaves_the_key_that_the_ledger_names(bool isNamed)
    {
        using var place = new RepositoryPlace(sm2: true);
        var (keys, old) = (Keys(place), Stated(place));
        var waiting = Sm2NoteSigner.Generate(Vault.ReadDescriptor(new LocalDisk(place.Settings.Root)).Sm2KeyName);
        keys.SaveSm2(keys.PathOfNextSm2(Store(place)), waiting, null);
        if (isNamed)
        {
            using var repository = place.Open();
            keys.SaveSm2(keys.PathOfNextSm2(Store(place)), waiting, null); // opening took it away: the ledger did not name it
            repository.Vault.AddKey(waiting, RepositoryPlace.Actor);
        }

        using (var repository = place.Open())
        {
            Assert.False(File.Exists(keys.PathOfNextSm2(Store(place))));
            Assert.Empty(repository.Findings);
        }

        Assert.Equal(isNamed ? waiting.Verifier : old, keys.LoadSm2(Store(place), null, out _)!.Verifier);
        Assert.Empty(Verify(place, isNamed ? waiting.Verifier : old).Findings);
    }

    [Fact]
    public void The_key_is_locked_as_the_log_key_is_and_a_rotation_locks_both_anew()
    {
        using var place = new RepositoryPlace(sm2: true);
        using (var repository = place.Open())
        {
            _ = repository.RotateKey("first", RepositoryPlace.Actor);
        }

        var (keys, key) = (Keys(place), Stated(place));
        _ = keys.LoadSm2(Store(place), null, out var problem);
        Assert.Equal(KeyFileProblem.PassphraseNeeded, problem);
        Assert.Equal(key, keys.LoadSm2(Store(place), "first", out _)!.Verifier);
        using (var repository = Repository.Open(place.Settings with { Passphrase = "first" }))
        {
            _ = repository.AddSm2Key(RepositoryPlace.Actor);
        }

        Assert.Equal(Stated(place), keys.LoadSm2(Store(place), "first", out _)!.Verifier);
        Assert.Null(keys.LoadSm2(Store(place), null, out _));
    }

    [Fact]
    public void A_rotation_that_cannot_be_leaves_both_keys_locked_as_they_were()
    {
        using var place = new RepositoryPlace(sm2: true);
        File.Delete(Keys(place).PathOf(Store(place)));
        using var repository = place.Open();

        _ = Assert.Throws<StorageException>(() => repository.RotateKey("first", RepositoryPlace.Actor));

        Assert.NotNull(Keys(place).LoadSm2(Store(place), null, out _));
        _ = Assert.Throws<StorageException>(() => repository.AddSm2Key(RepositoryPlace.Actor));
        Assert.Equal([Keys(place).PathOfSm2(Store(place))], Directory.GetFiles(Keys(place).Folder)); // no secret lies about that nothing names
    }

    [Theory]
    [InlineData(StoreLayout.Sm2VerifierKey, Codes.VerifierKeyBad)]
    [InlineData(StoreLayout.VerifierKey, Codes.VerifierKeyBad)]
    [InlineData(StoreLayout.Checkpoint, Codes.CheckpointForm)]
    [InlineData(StoreLayout.Descriptor, Codes.DescriptorBad)]
    public void A_file_of_the_root_that_is_longer_than_any_memory_is_a_finding(string file, string code)
    {
        using var place = new RepositoryPlace(sm2: true);
        var key = Stated(place);
        using (var long_ = File.OpenWrite(Path.Combine(place.Settings.Root, file)))
        {
            long_.SetLength(5L << 30); // with nothing behind it on the disk
        }

        Assert.Contains(Verify(place, key).Findings, f => f.Code == code && f.Subject == file);
    }

    [Fact]
    public void A_key_that_cannot_be_opened_is_said_and_the_store_goes_on()
    {
        using var place = new RepositoryPlace(sm2: true);
        File.WriteAllText(Keys(place).PathOfSm2(Store(place)), "lantai sm2 key v1\nrubbish\n");

        using var repository = place.Open();

        Assert.Equal(["ADM-009", "STO-004"], repository.Findings.Select(f => f.Code).Order());
        Assert.True(repository.Vault.CanAppend);
    }

    private static KeyStore Keys(RepositoryPlace place) => new(place.Settings.KeyFolder);

    private static Guid Store(RepositoryPlace place) => Vault.ReadDescriptor(new LocalDisk(place.Settings.Root)).Store;

    private static Sm2VerifierKey Stated(RepositoryPlace place) =>
        Sm2VerifierKey.TryParse(File.ReadAllText(Path.Combine(place.Settings.Root, StoreLayout.Sm2VerifierKey)).Trim(), out var key) ? key : throw new InvalidOperationException();

    private static VerificationReport Verify(RepositoryPlace place, Sm2VerifierKey key) =>
        StoreVerification.Run(new LocalDisk(place.Settings.Root), TimeProvider.System, new VerificationRequest(place.Key, null) { ExpectedSm2 = key }, null, default);
}
