using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.Pdf;

/// <summary>The source of a PDF failed: that says nothing about the file, and must pass through a library that catches everything.</summary>
internal sealed class SourceFailedException(IOException failure) : Exception(failure.Message, failure);

/// <summary>
/// A file as PdfPig reads it. It is the brake: PdfPig takes no token, but all its loops over the file read here, and here
/// they stop. Once closed, nothing is read any more, so that a reading that was abandoned never touches a source that its
/// owner has closed since.
/// </summary>
internal sealed class PdfSource(FileContent content, CancellationToken cancellation) : SeekableStream
{
    private const int Window = 64 << 10;

    private readonly Lock _gate = new();
    private readonly byte[] _window = new byte[(int)Math.Min(Window, Math.Max(1, content.Length))];
    private readonly long _length = content.Length;
    private long _windowStart;
    private int _windowCount;
    private bool _isClosed;
    private ExceptionDispatchInfo? _failure;

    public override long Length => _length;

    /// <summary>Where the next byte is read; the library may ask for places before the beginning, and means that.</summary>
    public override long Position
    {
        get => base.Position;
        set => base.Position = Math.Max(0, value);
    }

    /// <summary>Throws what the source threw, if it did.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public void ThrowFailure() => _failure?.Throw();

    /// <summary>Lets go of the source; waits for a read that is under way.</summary>
    public void Seal()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && Fill())
        {
            var from = (int)(Position - _windowStart);
            var count = Math.Min(buffer.Length - total, _windowCount - from);
            _window.AsSpan(from, count).CopyTo(buffer[total..]);
            total += count;
            Position += count;
        }

        return total;
    }

    public override int ReadByte() => Fill() ? _window[(int)(Position++ - _windowStart)] : -1;

    // Whether the window holds the byte at the position.
    private bool Fill()
    {
        cancellation.ThrowIfCancellationRequested();

        // The library follows lengths that refer to one another without a limit: here it comes by before the stack ends.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Position >= _windowStart && Position < _windowStart + _windowCount)
        {
            return true;
        }

        if (Position >= _length)
        {
            return false;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                // Half a window back: the library looks backwards as often as forwards.
                _windowStart = Math.Max(0, Position - (_window.Length / 2));
                _windowCount = content.Read(_windowStart, _window);
                PdfGuard.HideDestinations(_window.AsSpan(0, _windowCount));
                if (_windowStart + _windowCount < _length)
                {
                    _windowCount -= PdfGuard.DestinationsLength - 1; // a name that the window cuts is read whole with the next one
                }
            }
            catch (IOException failure)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
                throw new SourceFailedException(failure);
            }
        }

        return Position < _windowStart + _windowCount;
    }
}
