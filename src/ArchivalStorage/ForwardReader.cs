using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Reads a file from front to back through one lent buffer: every byte passes once and goes into the digest of the whole
/// while the caller looks at it. Reads are aligned, so that a file that is open past the page cache can serve them.
/// </summary>
/// <remarks>Not safe for concurrent use. What <see cref="Slice"/> gave is gone after <see cref="MoveTo"/>.</remarks>
internal sealed class ForwardReader : IDisposable
{
    private const int ReadLength = 1 << 20;

    private readonly IDiskFile _file;
    private readonly Memory<byte> _buffer;
    private readonly IncrementalHash? _digest;
    private readonly Action<int>? _passed;
    private readonly CancellationToken _cancellation;
    private long _start;
    private int _filled;

    /// <param name="file">The file.</param>
    /// <param name="end">Where to stop; a file that is shorter ends there.</param>
    /// <param name="buffer">At least two alignments long; its length a multiple of the alignment.</param>
    /// <param name="digests">Whether <see cref="Finish"/> is to be asked for the digest.</param>
    /// <param name="passed">Told of bytes read, or null.</param>
    /// <param name="cancellation">Stops before the next read.</param>
    public ForwardReader(IDiskFile file, long end, Memory<byte> buffer, bool digests, Action<int>? passed, CancellationToken cancellation)
    {
        (_file, End, _buffer, _passed, _cancellation) = (file, end, buffer, passed, cancellation);
        _digest = digests ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    /// <summary>Where the bytes end: less than asked for once the file turned out to be shorter.</summary>
    public long End { get; private set; }

    /// <summary>The most bytes that can be held at once, wherever they start.</summary>
    public int Capacity => _buffer.Length - AuditBuffers.Alignment;

    /// <summary>Whether a range lies in the buffer.</summary>
    public bool Holds(long offset, long count) => offset >= _start && offset + count <= _start + _filled;

    /// <summary>Bytes that lie in the buffer.</summary>
    public ReadOnlyMemory<byte> Slice(long offset, long count) => _buffer.Slice(checked((int)(offset - _start)), checked((int)count));

    /// <summary>Forgets what lies before an offset, which is never behind the last one, and reads on as far as the buffer reaches.</summary>
    public void MoveTo(long offset)
    {
        do
        {
            Forget(offset);
            Fill();
        }
        while (offset - _start >= AuditBuffers.Alignment && _start + _filled < End);
    }

    /// <summary>Copies a range that may be longer than the buffer; the reader stands behind it afterwards. False when the file ends before.</summary>
    public bool TryCopy(long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            MoveTo(offset);
            var count = (int)Math.Min(target.Length, _start + _filled - offset);
            if (count <= 0)
            {
                return false;
            }

            Slice(offset, count).Span.CopyTo(target);
            offset += count;
            target = target[count..];
        }

        return true;
    }

    /// <summary>Goes on to a later end: the file has grown.</summary>
    public void Extend(long end) => End = end;

    /// <summary>Reads what is left and gives the digest of everything.</summary>
    public Digest Finish()
    {
        MoveTo(End);
        Span<byte> hash = stackalloc byte[Digest.Size];
        _digest!.GetHashAndReset(hash);
        return new Digest(hash);
    }

    public void Dispose() => _digest?.Dispose();

    private void Forget(long offset)
    {
        var start = Math.Min(offset, _start + _filled) & -AuditBuffers.Alignment;
        var gone = (int)(start - _start);
        if (gone > 0)
        {
            _buffer.Span[gone.._filled].CopyTo(_buffer.Span);
            (_start, _filled) = (start, _filled - gone);
        }
    }

    private void Fill()
    {
        while (_filled < _buffer.Length && _start + _filled < End)
        {
            _cancellation.ThrowIfCancellationRequested();
            var room = _buffer.Span[_filled..];
            room = room[..Math.Min(room.Length, ReadLength)];
            var count = _file.Read(_start + _filled, room);
            var fresh = (int)Math.Min(count, End - _start - _filled);
            _digest?.AppendData(room[..fresh]);
            _filled += fresh;
            _passed?.Invoke(fresh);
            if (count < room.Length)
            {
                End = _start + _filled;
            }
        }
    }
}
