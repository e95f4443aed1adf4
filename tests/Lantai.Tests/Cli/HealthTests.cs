using Lantai.Cli.Commands;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;
using Lantai.ArchivalStorage;

namespace Lantai.Tests.Cli;

public sealed class HealthTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_store_that_was_audited_lately_is_well()
    {
        Audit();

        var health = StoreHealth.Read(_store.Root, _store.Time.GetUtcNow(), Day);

        Assert.Empty(health.Findings);
        Assert.NotNull(health.Audited);
        Assert.InRange(health.Size!.Value, 1, 100);
    }

    [Fact]
    public void A_store_that_was_never_audited_is_not_well() => Assert.Equal(["CLI-003"], Codes());

    [Fact]
    public void A_package_that_waits_past_its_time_is_not_well_and_one_in_its_time_is()
    {
        Audit();
        var room = new WaitingRoom(_store.Disk, _ => new byte[32]);
        Hold("SP1", 1);
        Hold("SP2", 30);
        _store.Time.Advance(TimeSpan.FromHours(24)); // the run of that day may be an hour away

        Assert.Empty(Codes());
        Assert.Equal(2, StoreHealth.Read(_store.Root, _store.Time.GetUtcNow(), Day).Waiting.Count);
        _store.Time.Advance(TimeSpan.FromHours(25));
        Assert.Contains(StoreHealth.Read(_store.Root, _store.Time.GetUtcNow(), Day).Findings, f => f.Code == "CLI-007" && f.Arguments[0].Value == "1");

        void Hold(string number, int days)
        {
            using var draft = room.Begin("yz-cases", number, Digest.Of([1]), new Lantai.StoreFormat.JsonMap(), _store.Time.GetUtcNow(), _store.Time.GetUtcNow().AddDays(days));
            draft.Commit();
        }
    }

    [Fact]
    public void An_audit_that_is_too_old_is_not_enough()
    {
        Audit();
        _store.Time.Advance(TimeSpan.FromHours(26));

        Assert.Equal(["CLI-004"], Codes());
    }

    [Fact]
    public void A_store_without_a_checkpoint_is_not_well()
    {
        Audit();
        File.Delete(Path.Combine(_store.Root, "ledger/checkpoint"));

        Assert.Equal(["CLI-001"], Codes());
    }

    [Fact]
    public void A_checkpoint_that_was_changed_is_not_well()
    {
        Audit();
        var path = Path.Combine(_store.Root, "ledger/checkpoint");
        var lines = File.ReadAllLines(path);
        lines[1] = "1" + lines[1];
        File.WriteAllLines(path, lines);

        Assert.Equal(["CLI-002"], Codes());
    }

    [Fact]
    public void An_audit_file_that_was_changed_is_not_well()
    {
        Audit();
        File.AppendAllText(Directory.GetFiles(Path.Combine(_store.Root, "audit"), "*.jsonl")[0], "{}\n");

        Assert.Equal(["CLI-006"], Codes());
    }

    [Fact]
    public void An_audit_that_found_damage_stays_in_sight()
    {
        Audit();
        var folder = Path.Combine(_store.Root, "audit");
        File.Delete(Directory.GetFiles(folder, "*.jsonl")[0]);
        var result = "{\"bytes\":1,\"object\":\"packs/a\",\"state\":\"missing\"}\n"u8.ToArray();
        File.WriteAllBytes(Path.Combine(folder, $"{_store.Time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{Digest.Of(result).ToString()[..16]}.jsonl"), result);

        Assert.Equal(["CLI-005"], Codes());
    }

    private void Audit()
    {
        using var vault = _store.Open();
        _ = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, TestContext.Current.CancellationToken);
        vault.Publish();
    }

    private IEnumerable<string> Codes() => StoreHealth.Read(_store.Root, _store.Time.GetUtcNow(), Day).Findings.Select(f => f.Code);
}
