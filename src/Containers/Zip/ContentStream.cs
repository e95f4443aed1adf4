using System.IO.Compression;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// The content of an entry, checked while it is read: never more bytes than declared, and at the end exactly as
/// many, with the declared check value, from exactly the packed bytes.
/// </summary>
internal sealed class ContentStream : ForwardStream
{
    private readonly string _subject;
    private readonly ZipEntry _entry;
    private readonly SliceStream _packed;
    private readonly Stream _content;
    private readonly ContainerClock _clock;
    private Crc32 _crc;
    private long _read;
    private bool _ended;

    internal ContentStream(string subject, ZipEntry entry, SliceStream packed, ContainerClock clock)
    {
        _clock = clock;
        _subject = subject;
        _entry = entry;
        _packed = packed;
        _content = entry.Header.Method == ZipHeader.Deflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
    }

    public override long Length => _entry.Length;

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        if (_clock.FindOverrun(_subject) is { } late)
        {
            _ended = true;
            throw new ContentException(late);
        }

        var got = ReadContent(buffer);
        _read += got;
        if (_read > _entry.Length)
        {
            throw Fail("ZIP-020");
        }

        _crc.Append(buffer[..got]);
        if (got == 0 || _read == _entry.Length)
        {
            End();
        }

        return got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadContent(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (InvalidDataException broken)
        {
            throw Fail("ZIP-021", broken);
        }
    }

    // Runs before the last bytes are handed out: whoever asks for exactly the declared length is told of the fault too.
    private void End()
    {
        Span<byte> beyond = stackalloc byte[1];
        if (_read != _entry.Length || ReadContent(beyond) != 0)
        {
            throw Fail("ZIP-020");
        }

        _ended = true;

        if (_packed.Left > 0)
        {
            throw Fail("ZIP-021");
        }

        if (_crc.Value != _entry.Header.Crc)
        {
            throw Fail("ZIP-019");
        }
    }

    private ContentException Fail(string code, Exception? cause = null)
    {
        _ended = true;
        return new ContentException(
            Finding.Error(code, _subject, ("entry", _entry.Name.Display), ("declared", _entry.Length), ("read", _read)), cause);
    }
}
