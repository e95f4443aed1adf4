using System.Text;

namespace Lantai.Adapters.OutsideTools;

/// <summary>Drains one output of a program into memory up to a bound, on a thread of its own, so that neither output holds up the other.</summary>
internal sealed class BoundedOutput
{
    private readonly Stream _source;
    private readonly byte[] _bytes;
    private readonly Task _draining;
    private int _count;
    private volatile bool _isTooMuch;

    public BoundedOutput(Stream source, int most)
    {
        _source = source;
        _bytes = new byte[most];
        _draining = Task.Factory.StartNew(Drain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether the program wrote more than the bound.</summary>
    public bool IsTooMuch => _isTooMuch;

    /// <summary>What was written, once the output has ended; a child that fled and holds it open is waited for no longer than this.</summary>
    public string Take(TimeSpan patience)
    {
        _ = _draining.Wait(patience);
        return Encoding.UTF8.GetString(_bytes, 0, Volatile.Read(ref _count));
    }

    private void Drain()
    {
        try
        {
            while (_count < _bytes.Length && _source.Read(_bytes, _count, _bytes.Length - _count) is > 0 and var count)
            {
                Volatile.Write(ref _count, _count + count);
            }

            // A full array means too much only if something follows.
            _isTooMuch = _count == _bytes.Length && _source.ReadByte() >= 0;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The program was ended and its output closed under us: what was read before stands.
            Volatile.Write(ref _count, _count);
        }
    }
}
