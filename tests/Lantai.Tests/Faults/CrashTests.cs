using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>
/// The store dies at every change it makes in turn: what was acknowledged reads back (I1), what was not is wholly absent
/// or wholly valid (I3), the ledger goes on (I4), and recovering twice changes nothing (I11).
/// </summary>
public sealed class CrashTests
{
    private static readonly (string Group, (string, byte[])[] Files)[] Deposits =
    [
        ("unscheduled", [("一.txt", "第一件"u8.ToArray()), ("b", TestStore.Noise(2000, 1))]),
        ("D10-2024", [("大图.tif", TestStore.Noise(9000, 2)), ("c", TestStore.Noise(2500, 3))]),
        ("unscheduled", [("again", TestStore.Noise(2000, 1)), ("d", TestStore.Noise(3000, 4))]),
        ("unscheduled", [("e", TestStore.Noise(3000, 5))]),
    ];

    [Theory]
    [InlineData(StorageProblem.WriteFailed, false)]
    [InlineData(StorageProblem.SyncFailed, true)]
    [InlineData(StorageProblem.DiskFull, true)]
    public async Task Dying_at_any_change_loses_nothing_acknowledged_and_leaves_nothing_half_made(StorageProblem problem, bool half)
    {
        using var store = new TestStore(packSize: 6000, largeFrom: 8000, segmentSize: 2500);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("zero", [0]));
            vault.Publish();
        }

        var start = MemoryDisk.CopyOf(store.Root);
        var whole = new DyingDisk(start.Copy(), int.MaxValue, problem, half);
        var (all, _) = await RunAsync(store, whole);
        Assert.Equal(Deposits.Length, all.Count);
        Assert.True(whole.Changes > 60, $"only {whole.Changes} changes: the workload does not reach every mechanism");

        for (var at = 1; at <= whole.Changes; at++)
        {
            var disk = start.Copy();
            var (acknowledged, cause) = await RunAsync(store, new DyingDisk(disk, at, problem, half));
            Assert.True(cause is null || cause.Problem == problem, $"change {at}: the cause was {cause}");
            try
            {
                AssertSound(store, disk, acknowledged, at);
            }
            catch (StorageException found)
            {
                Assert.Fail($"change {at}: {found}");
            }
        }
    }

    private static async Task<(List<(Guid Aip, int Deposit)> Acknowledged, StorageException? Cause)> RunAsync(TestStore store, IDisk disk)
    {
        var acknowledged = new List<(Guid, int)>();
        try
        {
            using var vault = store.Open(disk);
            for (var i = 0; i < Deposits.Length; i++)
            {
                var (aip, _) = await TestStore.Keep(vault, Deposits[i].Group, Deposits[i].Files);
                acknowledged.Add((aip, i));
                if (i == 1)
                {
                    vault.Publish();
                }
            }

            _ = await vault.SealAsync(default);
            return (acknowledged, null);
        }
        catch (StorageException cause)
        {
            return (acknowledged, cause);
        }
    }

    private static void AssertSound(TestStore store, MemoryDisk disk, List<(Guid Aip, int Deposit)> acknowledged, int at)
    {
        // Somebody looks before the owner comes back: nothing may look damaged.
        var before = StoreVerification.Run(disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(before.IsClean, $"change {at}, before recovery: {string.Join("; ", before.Findings)}");

        byte[]? recovered = null;
        for (var opening = 0; opening < 2; opening++)
        {
            using var vault = store.Open(disk);
            Assert.True(vault.Findings.Count == 0, $"change {at}: {string.Join("; ", vault.Findings)}");
            var kept = vault.ReadEvents(0).Where(e => e.Leaf.Type == EventTypes.Ingestion).Select(e => e.Record!.Aip!.Value).ToHashSet();
            foreach (var (aip, deposit) in acknowledged)
            {
                Assert.True(kept.Contains(aip), $"change {at}: deposit {deposit} was acknowledged and is gone");
                foreach (var (_, content) in Deposits[deposit].Files)
                {
                    using var stream = vault.OpenContent(Digest.Of(content));
                    using var copy = new MemoryStream();
                    stream.CopyTo(copy);
                    Assert.Equal(content, copy.ToArray());
                }
            }

            var report = new FixityAudit(vault).Run(new FixityRequest { Deep = true }, TestStore.Actor, null, default);
            Assert.True(report.IsClean, $"change {at}: {string.Join("; ", report.Results.SelectMany(r => r.Findings))}");
            Assert.Empty(disk.List(StoreLayout.Staging));
            vault.Publish();
            recovered ??= disk[StoreLayout.Checkpoint];
        }

        var after = StoreVerification.Run(disk, store.Time, new VerificationRequest(store.Key, Evidence(recovered!)), null, default);
        Assert.True(after.IsClean, $"change {at}, after recovery: {string.Join("; ", after.Findings)}");
    }

    private static Lantai.Evidence.SignedNote Evidence(byte[] note) =>
        Lantai.Evidence.SignedNote.TryParse(note, out var parsed) ? parsed : throw new InvalidOperationException();
}
