using Lantai.Adapters.LiteDb;
using Lantai.DataManagement;
using Lantai.Tests.ArchivalStorage;
using Lantai.Tests.Faults;

namespace Lantai.Tests.DataManagement;

public sealed class VaultReplayTests
{
    [Fact]
    public async Task Views_of_a_real_store_follow_it_over_sessions_and_equal_a_rebuild()
    {
        using var test = new TestStore();
        var folder = Directory.CreateTempSubdirectory("lantai-views-");
        try
        {
            var path = Path.Combine(folder.FullName, "catalogue.db");
            var disk = new MemoryDisk();
            for (var session = 1; session <= 3; session++)
            {
                using var vault = test.Open();
                for (var i = 0; i < 20; i++)
                {
                    _ = await TestStore.Keep(vault, "unscheduled", ($"{session}-{i}.txt", TestStore.Noise(300, (session * 100) + i)));
                }

                using var live = LiteDocumentStore.OpenOrRenew(path, new AipCatalogue().Lookups, out var finding);
                var outcome = new Replay(live, new AipCatalogue()).CatchUp(vault.ReadEvents, null, TestContext.Current.CancellationToken);
                var opening = KeyIndex.Open(disk, writes: true, vault.ReadEvents, TestContext.Current.CancellationToken);
                var report = RebuildComparison.Run(live, opening.Keys, [new AipCatalogue()], vault.ReadEvents, null, TestContext.Current.CancellationToken);
                opening.Keys.Save();

                Assert.Null(finding);
                Assert.False(outcome.IsRenewed);
                Assert.Empty(opening.Findings);
                Assert.Equal(vault.Ledger.Size, outcome.Next);
                Assert.True(session == 1 || outcome.Read < vault.Ledger.Size, "a later session replays only what is new");
                Assert.True(report.AreEqual, string.Join('\n', report.Findings));
                Assert.Equal(20 * session, new AipList(live).Totals().Aips);
                var first = new AipList(live).Page(0, 1)[0];
                Assert.Equal(first.Sequence, opening.Keys.Submission(first.Source, first.Submission));
                Assert.Equal(0, opening.Keys.Account(TestStore.Actor.AccountName));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_store_restored_to_an_earlier_state_gets_its_views_anew()
    {
        using var later = new TestStore();
        using var earlier = new TestStore();
        using var live = new MemoryDocumentStore(new AipCatalogue().Lookups);
        var disk = new MemoryDisk();
        using (var vault = later.Open())
        {
            for (var i = 0; i < 30; i++)
            {
                _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(100, i)));
            }

            _ = new Replay(live, new AipCatalogue()).CatchUp(vault.ReadEvents, null, TestContext.Current.CancellationToken);
            using var keys = KeyIndex.Open(disk, writes: true, vault.ReadEvents, TestContext.Current.CancellationToken).Keys;
            keys.Save();
        }

        using var restored = earlier.Open();
        _ = await TestStore.Keep(restored, "unscheduled", ("a", TestStore.Noise(100, 1)));
        var outcome = new Replay(live, new AipCatalogue()).CatchUp(restored.ReadEvents, null, TestContext.Current.CancellationToken);
        var opening = KeyIndex.Open(disk, writes: true, restored.ReadEvents, TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.ViewDisagrees, Assert.Single(outcome.Findings).Code);
        Assert.Equal(ViewCodes.KeyIndexDisagrees, Assert.Single(opening.Findings).Code);
        Assert.Equal(1, new AipList(live).Totals().Aips);
    }
}
