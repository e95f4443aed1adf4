using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>Contents of several deposits hashed together: each is told its own digests, and nobody waits for ever.</summary>
public sealed class DigestGroupTests
{
    [Fact]
    public async Task Deposits_wait_for_their_group_and_hear_their_own_digests_in_order()
    {
        using var store = new TestStore(packSize: 8 << 20, largeFrom: 1 << 20);
        using var vault = store.Open();
        var together = new DigestGroup();
        var contents = Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, i % 5).Select(j => TestStore.Noise(i * j * 211 % 70_000, (i * j) + 1)).ToList()).ToList();
        var deposits = contents.ConvertAll(_ => vault.Begin("unscheduled"));

        var kept = deposits.Select((d, i) => d.KeepAllAsync(contents[i].ConvertAll(c => Read(d, c)), together, default)).ToList();

        Assert.All(kept, k => Assert.False(k.IsCompleted));
        Assert.Equal(contents.Sum(c => c.Sum(b => b.Length)), together.Bytes);
        together.Close();
        for (var i = 0; i < kept.Count; i++)
        {
            var told = await kept[i].WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(contents[i].ConvertAll(c => (Digest.Of(c), (long)c.Length)), told.Select(t => (t.Digest, t.Length)));
        }

        deposits.ForEach(d => d.Dispose());
    }

    [Fact]
    public async Task A_group_that_was_closed_keeps_nobody_waiting()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        using var deposit = vault.Begin("unscheduled");
        var together = new DigestGroup();
        together.Close();
        together.Close();

        var kept = await deposit.KeepAllAsync([Read(deposit, "late"u8.ToArray())], together, default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(Digest.Of("late"u8), Assert.Single(kept).Digest);
    }

    [Fact]
    public async Task A_deposit_that_is_given_up_while_it_waits_is_told_so_and_others_are_not()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        using var one = vault.Begin("unscheduled");
        using var two = vault.Begin("unscheduled");
        var together = new DigestGroup();
        var ofOne = one.KeepAllAsync([Read(one, TestStore.Noise(900, 1))], together, default);
        var ofTwo = two.KeepAllAsync([Read(two, TestStore.Noise(900, 2))], together, default);
        one.Abandon();

        together.Close();

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => ofOne);
        Assert.Equal(Digest.Of(TestStore.Noise(900, 2)), Assert.Single(await ofTwo).Digest);
    }

    [Fact]
    public async Task A_content_longer_than_was_said_is_kept_all_the_same()
    {
        using var store = new TestStore(largeFrom: 8 * 1024);
        using var vault = store.Open();
        using var deposit = vault.Begin("unscheduled");
        var (large, small) = (TestStore.Noise(50_000, 3), TestStore.Noise(5_000, 4));

        using var lying = deposit.Read(new MemoryStream(large), 10, [], default);
        using var growing = deposit.Read(new MemoryStream(small), 10, [], default);
        var kept = await deposit.KeepAllAsync([lying, growing], null, default);

        Assert.Equal([(Digest.Of(large), 50_000L, true), (Digest.Of(small), 5_000L, false)], kept.Select(k => (k.Digest, k.Length, k.LargeObject is not null)));
    }

    [Fact]
    public void What_is_not_short_is_not_read_ahead()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        using var deposit = vault.Begin("unscheduled");
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => deposit.Read(new MemoryStream(Encoding.UTF8.GetBytes("x")), Deposit.Short + 1, [], default));
    }

    private static ReadContent Read(Deposit deposit, byte[] content) => deposit.Read(new MemoryStream(content), content.Length, [], default);
}
