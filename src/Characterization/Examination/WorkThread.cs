using System.Runtime.ExceptionServices;

namespace Lantai.Characterization.Examination;

/// <summary>
/// A thread with a deep stack that does one work after another. It ends when nobody gives it any for a while, and after so many,
/// since a stack that was once used deeply keeps its memory.
/// </summary>
/// <remarks>It does not keep the program alive. Safe for concurrent use; one work at a time.</remarks>
internal sealed class WorkThread
{
    private const int MostWorks = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly object _gate = new(); // waited on, which a Lock cannot be
    private readonly Thread _thread;
    private Func<ExceptionDispatchInfo?>? _work;
    private TaskCompletionSource<ExceptionDispatchInfo?>? _ended;
    private int _begun;
    private bool _isLeft;

    /// <summary>Makes a thread; it starts with its first work.</summary>
    /// <param name="stackSize">Of its stack, in bytes.</param>
    public WorkThread(int stackSize) => _thread = new Thread(Live, stackSize) { IsBackground = true, Name = "examination" };

    /// <summary>Whether it may be given more.</summary>
    public bool IsFit => _begun < MostWorks;

    /// <summary>Whether it has ended, or is about to.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Begins a work and gives what it ends with: what it threw; null when the thread has ended meanwhile.</summary>
    public Task<ExceptionDispatchInfo?>? TryBegin(Func<ExceptionDispatchInfo?> work)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return null;
            }

            (_work, _ended) = (work, new TaskCompletionSource<ExceptionDispatchInfo?>(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_begun++ == 0)
            {
                _thread.Start();
            }

            Monitor.Pulse(_gate);
            return _ended.Task;
        }
    }

    /// <summary>Gives it up: it ends with the work that it has.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isLeft = true;
        }
    }

    private void Live()
    {
        while (Next() is ({ } work, { } ended))
        {
            ended.SetResult(work());
        }
    }

    private (Func<ExceptionDispatchInfo?>? Work, TaskCompletionSource<ExceptionDispatchInfo?>? Ended) Next()
    {
        lock (_gate)
        {
            var isLast = _isLeft || !IsFit;
            if (_work is null && !isLast)
            {
                _ = Monitor.Wait(_gate, Patience);
            }

            var next = (_work, _ended);
            IsOver = _work is null;
            (_work, _ended) = (null, null);
            return next;
        }
    }
}
