using Lantai.Words;

namespace Lantai.Containers;

/// <summary>The bytes of a tar, read through one buffer; what is passed over is not read where the stream can seek.</summary>
internal sealed class TarSource(Stream stream, string subject)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _filled;

    /// <summary>The place of the next byte.</summary>
    internal long Position { get; private set; }

    /// <summary>The next block; valid until the next call.</summary>
    /// <exception cref="ContentException">TAR-003: the tar stops without its end; TAR-002: inside a block.</exception>
    internal ReadOnlySpan<byte> ReadBlock()
    {
        if (_filled - _at < TarHeader.BlockSize)
        {
            _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
            (_at, _filled) = (0, _filled - _at);
            _filled += stream.ReadAtLeast(_buffer.AsSpan(_filled), TarHeader.BlockSize - _filled, throwOnEndOfStream: false);
            if (_filled < TarHeader.BlockSize)
            {
                throw Stop(_filled == 0 ? "TAR-003" : "TAR-002");
            }
        }

        _at += TarHeader.BlockSize;
        Position += TarHeader.BlockSize;
        return _buffer.AsSpan(_at - TarHeader.BlockSize, TarHeader.BlockSize);
    }

    /// <summary>Some next bytes, at least one.</summary>
    /// <exception cref="ContentException">TAR-002: there are none.</exception>
    internal int Read(Span<byte> target)
    {
        int got;
        if (_at < _filled)
        {
            got = Math.Min(target.Length, _filled - _at);
            _buffer.AsSpan(_at, got).CopyTo(target);
            _at += got;
        }
        else if (target.Length < _buffer.Length)
        {
            (_at, _filled) = (0, stream.Read(_buffer));
            return _filled == 0 ? throw Stop("TAR-002") : Read(target);
        }
        else
        {
            got = stream.Read(target);
        }

        Position += got;
        return got == 0 ? throw Stop("TAR-002") : got;
    }

    /// <summary>Exactly so many bytes, which the caller has bounded.</summary>
    internal byte[] ReadExactly(int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            at += Read(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>Refuses a content that is longer than what is left, where that is known.</summary>
    internal void Demand(long length)
    {
        if (stream.CanSeek && length > stream.Length - Position)
        {
            throw new ContentException(Finding.Error("TAR-002", subject, ("at", Position)));
        }
    }

    internal void Skip(long count)
    {
        var buffered = (int)Math.Min(count, _filled - _at);
        _at += buffered;
        Position += buffered;
        count -= buffered;
        if (count > 0 && stream.CanSeek)
        {
            if (count > stream.Length - stream.Position)
            {
                throw Stop("TAR-002");
            }

            _ = stream.Seek(count, SeekOrigin.Current);
            Position += count;
            return;
        }

        while (count > 0)
        {
            (_at, _filled) = (0, stream.Read(_buffer));
            var got = (int)Math.Min(count, _filled);
            _at = got;
            Position += got;
            count -= _filled == 0 ? throw Stop("TAR-002") : got;
        }
    }

    /// <summary>After a first empty block: the second one, then nothing but zeros. False when it is otherwise.</summary>
    internal bool ReadEnd(BoundedFindings findings)
    {
        if (!TarHeader.IsEmpty(ReadBlock()))
        {
            findings.Add(Finding.Error("TAR-003", subject, ("at", Position)));
            return false;
        }

        var isClean = true;
        do
        {
            isClean &= !_buffer.AsSpan(_at, _filled - _at).ContainsAnyExcept((byte)0);
            Position += _filled - _at;
            (_at, _filled) = (0, stream.Read(_buffer));
        }
        while (_filled > 0);

        if (!isClean)
        {
            findings.Add(Finding.Error("TAR-004", subject));
        }

        return isClean;
    }

    private ContentException Stop(string code) => new(Finding.Error(code, subject, ("at", Position)));
}
