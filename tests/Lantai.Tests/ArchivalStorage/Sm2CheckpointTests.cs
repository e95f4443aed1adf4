using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>The line of a key of SM2 in checkpoints: from the event that adds the key, behind the log key's, by that key only.</summary>
public sealed class Sm2CheckpointTests
{
    [Fact]
    public void From_its_event_on_every_checkpoint_bears_the_line_behind_the_log_keys()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        using (var vault = store.Open())
        {
            Assert.Single(Note(store).Signatures);
            vault.AddKey(key, TestStore.Actor);
            Assert.Equal([store.Descriptor.Origin, store.Descriptor.Sm2KeyName], Note(store).Signatures.Select(s => s.Name));
        }

        using (var vault = Open(store, key))
        {
            Append(vault);
        }

        var note = Note(store);
        Assert.Equal([store.Descriptor.Origin, store.Descriptor.Sm2KeyName], note.Signatures.Select(s => s.Name));
        Assert.True(key.Verifier.Verifies(note));
        Assert.True(store.Key.Verifies(note));
        var report = Verify(store, key.Verifier);
        Assert.Empty(report.Findings);
        Assert.Equal(key.Verifier.ToString(), report.SignedBySm2);
        Assert.Equal(("CHK-006", StoreLayout.Sm2VerifierKey), Assert.Single(Verify(store, null).Findings.Select(f => (f.Code, f.Subject))));
    }

    [Fact]
    public void Without_the_key_the_store_goes_on_and_both_opening_and_verification_say_so()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
        }

        using (var vault = Open(store, Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName)))
        {
            Assert.Contains(vault.Findings, f => f.Code == "STO-004");
            Append(vault);
        }

        Assert.Single(Note(store).Signatures); // never a line of a key that the ledger does not name
        Assert.Equal("CHK-008", Assert.Single(Verify(store, key.Verifier).Findings).Code);

        using (var vault = Open(store, key))
        {
            Append(vault);
        }

        Assert.Empty(Verify(store, key.Verifier).Findings);
    }

    [Fact]
    public void A_new_key_takes_the_place_of_one_that_was_lost_and_an_old_checkpoint_keeps_its_own()
    {
        using var store = new TestStore();
        var (lost, found) = (Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName), Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName));
        using (var vault = store.Open())
        {
            vault.AddKey(lost, TestStore.Actor);
            var early = Note(store);
            vault.AddKey(found, TestStore.Actor);
            Assert.Equal(found.Verifier, vault.AddedKey(vault.Ledger.Size));
            Assert.Equal(lost.Verifier, vault.AddedKey(vault.Ledger.Size - 1));

            var report = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, early) { ExpectedSm2 = found.Verifier }, null, default);
            Assert.Empty(report.Findings);
            var stripped = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, new SignedNote(early.Text, [early.Signatures[0]])) { ExpectedSm2 = found.Verifier }, null, default);
            Assert.Equal("CHK-008 checkpoint", Assert.Single(stripped.Findings.Select(f => $"{f.Code} {f.Subject}")));
        }

        Assert.Equal(found.Verifier + "\n", File.ReadAllText(Path.Combine(store.Root, StoreLayout.Sm2VerifierKey)));
        Assert.Contains(Verify(store, lost.Verifier).Findings, f => f.Code == "CHK-008");
        Assert.Null(Verify(store, lost.Verifier).SignedBySm2);
    }

    [Fact]
    public void An_addition_that_a_crash_cut_off_before_the_checkpoint_is_finished_at_the_next_opening()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        var before = File.ReadAllBytes(Path.Combine(store.Root, StoreLayout.Checkpoint));
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
        }

        File.WriteAllBytes(Path.Combine(store.Root, StoreLayout.Checkpoint), before);
        File.Delete(Path.Combine(store.Root, StoreLayout.Sm2VerifierKey));
        using (var vault = Open(store, key))
        {
            vault.Publish();
        }

        Assert.Empty(Verify(store, key.Verifier).Findings);
    }

    [Fact]
    public void The_log_key_rotates_under_it_and_all_three_sign_once()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        using var successor = NoteSigner.Generate(store.Descriptor.Origin);
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
            vault.RotateKey(successor, TestStore.Actor);
        }

        var note = Note(store);
        Assert.Equal(3, note.Signatures.Count);
        Assert.Equal(store.Descriptor.Sm2KeyName, note.Signatures[2].Name);
        Assert.Empty(Verify(store, key.Verifier).Findings);
        using (var vault = Vault.Open(store.Disk, new VaultSettings(store.Time, TestStore.Actor) { Sm2Keys = [key] }, successor))
        {
            Append(vault);
            vault.AddKey(Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName), TestStore.Actor); // named by the log key of now
        }

        Assert.DoesNotContain(Verify(store, null).Findings, f => f.Severity == Lantai.Words.Severity.Error);
    }

    [Fact]
    public void A_root_that_states_another_key_or_one_without_an_event_is_told()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        File.WriteAllText(Path.Combine(store.Root, StoreLayout.Sm2VerifierKey), key.Verifier + "\n");

        Assert.Equal("CHK-007 sm2.vkey", Assert.Single(Verify(store, null).Findings.Select(f => $"{f.Code} {f.Subject}")));
        Assert.Contains(Verify(store, key.Verifier).Findings, f => f.Code == "CHK-008");
    }

    [Fact]
    public void A_store_with_such_a_key_is_opened_without_reading_its_ledger_through()
    {
        using var store = new TestStore(segmentSize: 1 << 20);
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
            for (var i = 0; i < 300; i++)
            {
                _ = vault.Append(new EventDraft(EventTypes.Dissemination, Guid.NewGuid().ToString("D")) { Body = new JsonMap().Set("form", "folder") }, TestStore.Actor);
            }

            vault.Publish();
        }

        var disk = new CountingDisk(store.Disk);
        using (store.Open(disk))
        {
        }

        var without = disk.Taken().Bytes;
        using (Vault.Open(disk, new VaultSettings(store.Time, TestStore.Actor) { Sm2Keys = [key] }, store.Signer()))
        {
        }

        Assert.InRange(disk.Taken().Bytes, 1, without - (64 << 10)); // a key that is not at hand is looked for in all leaves
    }

    [Fact]
    public void No_byte_of_a_checkpoint_with_two_lines_changes_unseen()
    {
        using var store = new TestStore();
        var key = Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName);
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
        }

        var path = Path.Combine(store.Root, StoreLayout.Checkpoint);
        var good = File.ReadAllBytes(path);
        for (var at = 0; at < good.Length; at += 3)
        {
            var bytes = good.ToArray();
            bytes[at] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.True(!Verify(store, key.Verifier).IsClean, $"byte {at}");
        }
    }

    /// <summary>Whoever can write to the disk can append a leaf that the owner signs with all others at the next opening.</summary>
    [Fact]
    public void A_statement_by_another_key_than_the_log_key_of_its_time_adds_nothing()
    {
        using var store = new TestStore();
        var (key, strange) = (Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName), Sm2NoteSigner.Generate(store.Descriptor.Sm2KeyName));
        using var stranger = NoteSigner.Generate(store.Descriptor.Origin);
        using (var vault = store.Open())
        {
            vault.AddKey(key, TestStore.Actor);
            var text = KeyAddition.Write(store.Descriptor.Origin, stranger.Verifier, strange.Verifier);
            var statement = System.Text.Encoding.UTF8.GetString(new SignedNote(text, [stranger.Sign(text), strange.Sign(text)]).ToBytes());
            _ = vault.Append(new EventDraft(EventTypes.KeyAdded, store.Descriptor.Store.ToString("D")) { Body = new JsonMap().Set("statement", statement) }, TestStore.Actor);
            vault.Publish();
            Assert.Equal(key.Verifier, vault.AddedKey(vault.Ledger.Size));
        }

        using (var vault = Open(store, key))
        {
            Assert.DoesNotContain(vault.Findings, f => f.Code == StorageCodes.FurtherKeyAbsent);
        }

        Assert.Equal(Codes.DetailForm, Assert.Single(Verify(store, key.Verifier).Findings).Code);
        using var reader = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "python3", [Path.Combine(House.Tree.Root, "tools/lantai-read.py"), "--json", "verify", store.Root, "--key", store.Key.ToString(), "--sm2-key", key.Verifier.ToString()]) { RedirectStandardOutput = true })!;
        var said = reader.StandardOutput.ReadToEnd();
        Assert.Contains("EVT-004", said, StringComparison.Ordinal);
        Assert.DoesNotContain("CHK-008", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_name_is_misuse()
    {
        using var store = new TestStore();
        using var vault = store.Open();

        _ = Assert.Throws<ArgumentException>(() => vault.AddKey(Sm2NoteSigner.Generate("lantai/another/sm2"), TestStore.Actor));
    }

    private static Vault Open(TestStore store, Sm2NoteSigner key) => Vault.Open(store.Disk, new VaultSettings(store.Time, TestStore.Actor) { Sm2Keys = [key] }, store.Signer());

    private static void Append(Vault vault)
    {
        _ = vault.Append(new EventDraft(EventTypes.Dissemination, Guid.NewGuid().ToString("D")) { Body = new JsonMap().Set("form", "folder") }, TestStore.Actor);
        vault.Publish();
    }

    private static SignedNote Note(TestStore store) =>
        SignedNote.TryParse(File.ReadAllBytes(Path.Combine(store.Root, StoreLayout.Checkpoint)), out var note) ? note : throw new InvalidOperationException();

    private static VerificationReport Verify(TestStore store, Sm2VerifierKey? key) =>
        StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null) { ExpectedSm2 = key }, null, default);
}
