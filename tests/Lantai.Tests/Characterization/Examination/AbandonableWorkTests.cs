using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization.Examination;

public sealed class AbandonableWorkTests
{
    [Fact]
    public void Work_that_never_comes_by_is_abandoned_and_too_many_of_them_keep_new_work_out()
    {
        var work = new AbandonableWork(2, TimeSpan.FromMilliseconds(10));
        using var release = new ManualResetEventSlim();
        for (var i = 0; i < 2; i++)
        {
            using var time = new CancellationTokenSource(20);
            _ = Assert.ThrowsAny<OperationCanceledException>(() => work.TryRun(() => release.Wait(TestContext.Current.CancellationToken), time.Token));
        }

        Assert.Equal(2, work.Abandoned);
        Assert.False(work.TryRun(() => Assert.Fail("begun"), CancellationToken.None));

        release.Set();

        Assert.True(SpinWait.SpinUntil(() => work.Abandoned == 0, TimeSpan.FromSeconds(10)));
        Assert.True(work.TryRun(() => { }, CancellationToken.None));
    }

    [Fact]
    public void Work_that_stops_when_asked_is_not_abandoned()
    {
        var work = new AbandonableWork(1, TimeSpan.FromSeconds(10));
        using var time = new CancellationTokenSource(20);

        _ = Assert.ThrowsAny<OperationCanceledException>(() => work.TryRun(
            () =>
            {
                while (true)
                {
                    time.Token.ThrowIfCancellationRequested();
                }
            },
            time.Token));

        Assert.Equal(0, work.Abandoned);
    }

    [Fact]
    public void What_the_work_throws_is_thrown_where_it_was_asked_for() =>
        Assert.Equal("x", Assert.Throws<InvalidDataException>(() => new AbandonableWork(1, TimeSpan.Zero).TryRun(() => throw new InvalidDataException("x"), CancellationToken.None)).Message);

    [Fact]
    public void Deep_recursion_has_room()
    {
        Assert.True(new AbandonableWork(1, TimeSpan.Zero).TryRun(() => Assert.Equal(50_000, Depth(50_000)), CancellationToken.None));

        static int Depth(int more) => more == 0 ? 0 : 1 + Depth(more - 1);
    }

    [Fact]
    public void One_thread_does_one_work_after_another_and_one_that_was_abandoned_none_more()
    {
        var work = new AbandonableWork(2, TimeSpan.Zero);
        using var release = new ManualResetEventSlim();
        var threads = new List<int>();
        Assert.True(work.TryRun(Note, CancellationToken.None));
        Assert.True(work.TryRun(Note, CancellationToken.None));
        using var time = new CancellationTokenSource(20);
        _ = Assert.ThrowsAny<OperationCanceledException>(() => work.TryRun(Stay, time.Token));

        Assert.True(work.TryRun(Note, CancellationToken.None)); // beside the abandoned one
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => work.Abandoned == 0, TimeSpan.FromSeconds(10)));
        Assert.True(work.TryRun(Note, CancellationToken.None));

        Assert.Equal(threads[0], threads[1]);
        Assert.NotEqual(threads[1], threads[2]);
        Assert.Equal(threads[2], threads[3]);

        void Note() => threads.Add(Environment.CurrentManagedThreadId);

        void Stay()
        {
            release.Wait(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_thread_ends_after_so_many_works_and_when_nobody_asks_for_it()
    {
        var thread = new WorkThread(1 << 20);
        for (var i = 0; thread.IsFit; i++)
        {
            Assert.InRange(i, 0, 1000);
            Assert.Null(await thread.TryBegin(() => null)!);
        }

        Assert.True(SpinWait.SpinUntil(() => thread.TryBegin(() => null) is null, TimeSpan.FromSeconds(10)));

        var idle = new WorkThread(1 << 20);
        Assert.Null(await idle.TryBegin(() => null)!);
        Assert.True(SpinWait.SpinUntil(() => idle.IsOver, TimeSpan.FromSeconds(20)));
        Assert.Null(idle.TryBegin(() => null));
    }
}
