using Lantai.ArchivalStorage;
using Lantai.Ingest;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Tests.Faults;

namespace Lantai.Tests.Ingest.Door;

/// <summary>The store dies at every change that waiting makes, in turn: doing the same again ends it, and nothing is left in the room.</summary>
public sealed class WaitingCrashTests : IDisposable
{
    private readonly TestStore _store = new(packSize: 1 << 20, largeFrom: 1 << 18, segmentSize: 1 << 16);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lantai-waiting-");

    public WaitingCrashTests() => _store.Time.SetUtcNow(new DateTimeOffset(2026, 11, 27, 1, 0, 0, TimeSpan.Zero));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_crash_between_any_two_steps_is_mended_by_doing_them_again()
    {
        var request = DoorPlace.Request(DoorPlace.Write(WaitingPlace.Doubtful(1), _folder.FullName, "1.zip"));
        await AtEveryChangeAsync(
            async desk =>
            {
                var outcome = Assert.Single(await desk.AdmitAsync([request]));
                if (outcome is DoorOutcome.Waiting waiting)
                {
                    Assert.NotNull(waiting.Stay);
                    WaitingPlace.Decide(desk.Inspections, outcome);
                    var run = await desk.Door.AdmitWaitingAsync(desk.Means(), WaitingPlace.Reviewer, default);
                    Assert.IsType<DoorOutcome.Archived>(Assert.Single(run.Outcomes));
                }
                else
                {
                    Assert.True(outcome is DoorOutcome.Archived or DoorOutcome.AlreadyHeld, outcome.GetType().Name + string.Join("; ", outcome.Findings)); // it was decided before the crash
                    _ = await desk.Door.AdmitWaitingAsync(desk.Means(), WaitingPlace.Reviewer, default);
                }
            },
            desk =>
            {
                Assert.Single(desk.Vault.ReadEvents(0), e => e.Leaf.Type == EventTypes.Ingestion);
                Assert.Contains(WaitingPlace.Ended(desk.Vault), e => e.Cause is "admitted" or "leftover");
            },
            isBefore: _ => Task.CompletedTask);
    }

    [Fact]
    public async Task What_waits_too_long_is_destroyed_and_sent_back_and_that_is_told()
    {
        var c = WaitingPlace.Doubtful(1);
        var request = DoorPlace.Request(DoorPlace.Write(c, _folder.FullName, "1.zip"));
        var told = new List<DoorOutcome>();
        await AtEveryChangeAsync(
            async desk => told.AddRange((await desk.Door.AdmitWaitingAsync(desk.Means(), WaitingPlace.Reviewer, default)).Outcomes),
            desk =>
            {
                Assert.Equal(CaseState.Returned, desk.Office.Cases.Find("yz-cases", c.Number)!.State);
                Assert.Contains(WaitingPlace.Ended(desk.Vault), e => e.Cause is "expired" or "returned" or "leftover");
                Assert.Equal(0, desk.Vault.ReadEvents(0).Count(e => e.Leaf.Type == EventTypes.Ingestion));
            },
            async desk =>
            {
                Assert.NotNull(Assert.IsType<DoorOutcome.Waiting>(Assert.Single(await desk.AdmitAsync([request]))).Stay);
                _store.Time.Advance(TimeSpan.FromDays(29));
                Assert.Equal(1, (await desk.Door.AdmitWaitingAsync(desk.Means(), WaitingPlace.Reviewer, default)).Undecided);
                _store.Time.Advance(TimeSpan.FromDays(1));
            });

        var returned = Assert.IsType<DoorOutcome.Returned>(told[0]);
        Assert.Equal("ING-031", Assert.Single(returned.Findings).Code);
        Assert.Equal(new DateOnly(2027, 6, 30), returned.Due);
    }

    [Fact]
    public async Task What_was_decided_in_time_is_let_in_however_late()
    {
        var request = DoorPlace.Request(DoorPlace.Write(WaitingPlace.Doubtful(1), _folder.FullName, "1.zip"));
        var disk = Begin();
        using var desk = new DoorDesk(_store, disk);
        WaitingPlace.Decide(desk.Inspections, Assert.Single(await desk.AdmitAsync([request])));
        _store.Time.Advance(TimeSpan.FromDays(60));

        Assert.IsType<DoorOutcome.Archived>(Assert.Single((await desk.Door.AdmitWaitingAsync(desk.Means(), WaitingPlace.Reviewer, default)).Outcomes));
    }

    private MemoryDisk Begin()
    {
        var start = MemoryDisk.CopyOf(_store.Root);
        using var made = new DoorDesk(_store, start);
        DoorPlace.Enter(made.Office);
        return start;
    }

    /// <summary>Does something while the disk dies at its first change, at its second, and so on; each time does it again on a good disk.</summary>
    private async Task AtEveryChangeAsync(Func<DoorDesk, Task> act, Action<DoorDesk> after, Func<DoorDesk, Task> isBefore)
    {
        var start = Begin();
        using (var before = new DoorDesk(_store, start))
        {
            await isBefore(before);
        }

        var whole = new DyingDisk(start.Copy(), int.MaxValue, StorageProblem.WriteFailed, half: false);
        using (var desk = new DoorDesk(_store, whole))
        {
            await act(desk);
            after(desk);
        }

        Assert.True(whole.Changes > 10, $"only {whole.Changes} changes");
        for (var at = 1; at <= whole.Changes; at++)
        {
            var disk = start.Copy();
            try
            {
                using var dying = new DoorDesk(_store, new DyingDisk(disk, at, StorageProblem.WriteFailed, half: at % 2 == 0));
                await act(dying);
            }
            catch (StorageException)
            {
                // It died there.
            }

            using var desk = new DoorDesk(_store, disk);
            await act(desk);
            after(desk);
            Assert.True(disk.List("waiting").Count == 0, $"change {at}: {string.Join(' ', disk.List("waiting"))}");
        }
    }
}
