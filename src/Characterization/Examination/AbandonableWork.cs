using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Lantai.Characterization.Examination;

/// <summary>
/// Runs work of a library that cannot be asked to stop, on a thread of its own: when time is over it is left to itself.
/// </summary>
/// <remarks>
/// A thread cannot be ended from outside, and a child process for each file costs a hundred times what most files cost. So
/// the work reads through a source and filters that stop it wherever it comes by; whoever never comes by again is
/// abandoned: it holds no lock, writes into notes that nobody reads, does not keep the program alive, and can no longer
/// reach the file. It still burns a processor: so when several run on at the same time, no new work is begun until one of
/// them has ended. Safe for concurrent use.
/// </remarks>
/// <param name="most">How many abandoned runs are borne at the same time.</param>
/// <param name="grace">How long is waited, after time is over, for the work to come by.</param>
internal sealed class AbandonableWork(int most, TimeSpan grace)
{
    private const int StackSize = 96 << 20;

    private readonly ConcurrentStack<WorkThread> _idle = new();
    private int _abandoned;

    /// <summary>How many runs were abandoned and have not ended yet.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Runs the work and throws what it throws; false when it was not begun, for too many abandoned ones run.</summary>
    /// <exception cref="OperationCanceledException">Time is over; the work has ended or was abandoned.</exception>
    public bool TryRun(Action work, CancellationToken cancellation)
    {
        if (Abandoned >= most)
        {
            return false;
        }

        ExceptionDispatchInfo? fault = null;
        var (thread, ended) = Begin(() => fault = Run(work));
        try
        {
            ended.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            if (!ended.Wait(grace, CancellationToken.None))
            {
                thread.Leave();
                Abandon(ended);
                throw;
            }
        }

        if (thread.IsFit)
        {
            _idle.Push(thread);
        }

        fault?.Throw();
        cancellation.ThrowIfCancellationRequested();
        return true;
    }

    // A thread that waits is taken first: making one costs more than reading a short file.
    private (WorkThread Thread, Task<ExceptionDispatchInfo?> Ended) Begin(Func<ExceptionDispatchInfo?> work)
    {
        while (_idle.TryPop(out var idle))
        {
            if (idle.TryBegin(work) is { } ended)
            {
                return (idle, ended);
            }
        }

        var thread = new WorkThread(StackSize);
        return (thread, thread.TryBegin(work)!);
    }

    // Whatever it is, it is thrown again where the work was asked for; here it would end the program.
    private static ExceptionDispatchInfo? Run(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception fault)
        {
            return ExceptionDispatchInfo.Capture(fault);
        }
    }

    private void Abandon(Task ended)
    {
        _ = Interlocked.Increment(ref _abandoned);
        _ = ended.ContinueWith(_ => Interlocked.Decrement(ref _abandoned), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
