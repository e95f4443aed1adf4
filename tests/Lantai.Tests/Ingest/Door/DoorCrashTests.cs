using Lantai.ArchivalStorage;
using Lantai.Cli.Demo.Day;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Tests.Faults;

namespace Lantai.Tests.Ingest.Door;

/// <summary>
/// The store dies at every change that archiving makes, in turn. Presenting the same packages again ends it: each case is archived once,
/// kept once, with one reference code and one receipt.
/// </summary>
public sealed class DoorCrashTests
{
    [Fact]
    public async Task A_crash_between_any_two_steps_is_mended_by_presenting_the_packages_again()
    {
        using var store = new TestStore(packSize: 1 << 20, largeFrom: 1 << 18, segmentSize: 1 << 16);
        store.Time.SetUtcNow(new DateTimeOffset(2026, 11, 27, 1, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateDirectory(Path.Combine(store.Root + "-sips")).FullName;
        try
        {
            List<DoorRequest> requests = [.. Enumerable.Range(1, 2).Select(i => DoorPlace.Request(DoorPlace.Write(DoorPlace.Case(i), folder, i + ".zip")))];
            var start = MemoryDisk.CopyOf(store.Root);
            using (var made = new DoorDesk(store, start))
            {
                DoorPlace.Enter(made.Office);
            }

            var whole = new DyingDisk(start.Copy(), int.MaxValue, StorageProblem.WriteFailed, half: false);
            using (var desk = new DoorDesk(store, whole))
            {
                AssertArchived(desk, await desk.AdmitAsync(requests), "no crash");
            }

            Assert.True(whole.Changes > 30, $"only {whole.Changes} changes");
            for (var at = 1; at <= whole.Changes; at++)
            {
                var disk = start.Copy();
                try
                {
                    using var dying = new DoorDesk(store, new DyingDisk(disk, at, StorageProblem.WriteFailed, half: at % 2 == 0));
                    _ = await dying.AdmitAsync(requests);
                }
                catch (StorageException)
                {
                    // It died there.
                }

                using var desk = new DoorDesk(store, disk);
                AssertArchived(desk, await desk.AdmitAsync(requests), $"change {at}");
                AssertArchived(desk, await desk.AdmitAsync(requests), $"change {at}, again");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_crash_of_a_supplement_is_mended_alike()
    {
        using var store = new TestStore(packSize: 1 << 20, largeFrom: 1 << 18, segmentSize: 1 << 16);
        store.Time.SetUtcNow(new DateTimeOffset(2026, 11, 27, 1, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateDirectory(Path.Combine(store.Root + "-sips")).FullName;
        try
        {
            var first = DoorPlace.Request(DoorPlace.Write(DoorPlace.Case(1), folder, "1.zip"));
            var added = DoorPlace.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray()), folder, "2.zip");
            DoorRequest[] supplement = [DoorPlace.Request(added) with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补正") }];
            var start = MemoryDisk.CopyOf(store.Root);
            using (var made = new DoorDesk(store, start))
            {
                DoorPlace.Enter(made.Office);
                _ = Assert.IsType<DoorOutcome.Archived>(Assert.Single(await made.AdmitAsync([first])));
            }

            var whole = new DyingDisk(start.Copy(), int.MaxValue, StorageProblem.WriteFailed, half: false);
            using (var desk = new DoorDesk(store, whole))
            {
                _ = AssertReports(desk, await desk.AdmitAsync(supplement), "no crash");
            }

            for (var at = 1; at <= whole.Changes; at++)
            {
                var disk = start.Copy();
                try
                {
                    using var dying = new DoorDesk(store, new DyingDisk(disk, at, StorageProblem.WriteFailed, half: at % 2 == 0));
                    _ = await dying.AdmitAsync(supplement);
                }
                catch (StorageException)
                {
                    // It died there.
                }

                using var desk = new DoorDesk(store, disk);
                Assert.Equal(2, Assert.Single(AssertReports(desk, await desk.AdmitAsync(supplement), $"change {at}")).Version);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertArchived(DoorDesk desk, IReadOnlyList<DoorOutcome> outcomes, string when)
    {
        var receipts = AssertReports(desk, outcomes, when);
        var events = desk.Vault.ReadEvents(0).ToList();
        Assert.True(events.Count(e => e.Leaf.Type == EventTypes.Ingestion) == 2, when);
        Assert.True(events.Count(e => e.Leaf.Type == RecordsEvents.CodeAssigned) == 2, when);
        Assert.Equal(["000001", "000002"], receipts.Select(r => r.ReferenceCode[^6..]).Order(StringComparer.Ordinal));
    }

    /// <summary>Each receipt names a report that lies in its AIP and that the ledger knows, once.</summary>
    private static List<CaseReceipt> AssertReports(DoorDesk desk, IReadOnlyList<DoorOutcome> outcomes, string when)
    {
        var receipts = outcomes.Select(o => o switch
        {
            DoorOutcome.Archived archived => archived.Receipt,
            DoorOutcome.AlreadyHeld held => held.Receipt,
            _ => throw new InvalidOperationException($"{when}: {o.GetType().Name} {string.Join("; ", o.Findings)}"),
        }).ToList();
        Assert.All(receipts, r =>
        {
            var record = desk.Vault.ReadEvent(r.Sequence).Record!;
            Assert.Equal((r.Aip, r.Version), (record.Aip!.Value, record.Version!.Value));
            Assert.Contains(VersionEntries.Of(desk.Vault, record.Manifest!.Value, default), e => e.Name.Display.EndsWith(r.Report + ".xml", StringComparison.Ordinal));
            Assert.True(desk.Inspections.RunsOf(r.Report).Count == 1, when + ": " + r.Report);
        });
        return receipts;
    }
}
