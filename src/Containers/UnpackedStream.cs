using System.IO.Compression;
using System.Numerics;
using Lantai.Words;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Lantai.Containers;

/// <summary>
/// What a gzip or zstd file unpacks to, read forwards under the limits on bytes, ratio and time. All members and frames
/// are read one after the other; a file that is cut off, broken, or goes on with other bytes is noticed before the end.
/// </summary>
/// <remarks>Source: RFC 1952, RFC 8878. Not safe for concurrent use.</remarks>
public sealed class UnpackedStream : ForwardStream
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    private readonly string _subject;
    private readonly ContainerKind _kind;
    private readonly ContainerLimits _limits;
    private readonly ContainerClock _clock;
    private readonly PackedStream _packed;
    private readonly Stream _content;
    private long _read;
    private bool _ended;

    private UnpackedStream(string subject, ContainerKind kind, ContainerLimits limits, PackedStream packed, Stream content)
    {
        (_subject, _kind, _limits, _packed, _content) = (subject, kind, limits, packed, content);
        _clock = new ContainerClock(limits);
    }

    /// <summary>Begins to unpack.</summary>
    /// <param name="packed">The file, at its start.</param>
    /// <param name="kind">gzip or zstd, whether or not a tar is inside.</param>
    /// <param name="displayName">How findings call the file.</param>
    /// <param name="limits">How much may come out.</param>
    /// <param name="leaveOpen">Whether the file stays open when this is disposed.</param>
    /// <exception cref="ArgumentException">The kind is another.</exception>
    /// <exception cref="InvalidOperationException">The program runs without the setting under which the runtime notices a gzip file that is cut off.</exception>
    public static UnpackedStream Open(Stream packed, ContainerKind kind, string displayName, ContainerLimits limits, bool leaveOpen = false)
    {
        if (!AppContext.TryGetSwitch(StrictSwitch, out var isStrict) || !isStrict)
        {
            throw new InvalidOperationException($"Set {StrictSwitch} in the program's runtimeconfig.json.");
        }

        var counted = new PackedStream(packed, leaveOpen);
        Stream content = kind switch
        {
            ContainerKind.Gzip or ContainerKind.TarGzip => new GZipStream(counted, CompressionMode.Decompress, leaveOpen: true),
            ContainerKind.Zstd or ContainerKind.TarZstd => OpenZstd(counted, limits),
            _ => throw new ArgumentException($"{kind} is not a compressed stream.", nameof(kind)),
        };
        return new UnpackedStream(displayName, kind, limits, counted, content);
    }

    /// <inheritdoc/>
    /// <exception cref="ContentException">The file is broken or exceeds a limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var got = ReadContent(buffer);
        _read += got;
        if (got == 0)
        {
            _ended = true;
            if (!_packed.IsEndSeen)
            {
                throw Fail(Finding.Error("CON-013", _subject, ("kind", Kind), ("read", _read)));
            }
        }

        if (_read > _limits.MaxTotalBytes)
        {
            throw Fail(Finding.Error("CON-005", _subject, ("limit", _limits.MaxTotalBytes)));
        }

        if (!_limits.AllowsRatio(_packed.Count, _read))
        {
            throw Fail(Finding.Error("CON-006", _subject, ("packed", _packed.Count), ("length", _read), ("limit", _limits.MaxRatio)));
        }

        return _clock.FindOverrun(_subject) is { } late ? throw Fail(late) : got;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private string Kind => _kind is ContainerKind.Gzip or ContainerKind.TarGzip ? "gzip" : "zstd";

    private static DecompressionStream OpenZstd(PackedStream packed, ContainerLimits limits)
    {
        var content = new DecompressionStream(packed, bufferSize: 1 << 17, checkEndOfStream: true, leaveOpen: true);
        content.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, Math.Clamp(BitOperations.Log2((ulong)Math.Max(limits.MaxWindowBytes, 1)), 10, 30));
        return content;
    }

    private int ReadContent(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (ZstdException tooWide) when (tooWide.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            throw Fail(Finding.Error("CON-014", _subject, ("limit", _limits.MaxWindowBytes)), tooWide);
        }
        catch (Exception broken) when (broken is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw Fail(Finding.Error("CON-012", _subject, ("kind", Kind), ("read", _read)), broken);
        }
    }

    private ContentException Fail(Finding finding, Exception? cause = null)
    {
        _ended = true;
        return new ContentException(finding, cause);
    }

    /// <summary>
    /// Counts what is read of the packed file, and remembers whether its end was asked for: a decoder that stops before has
    /// bytes behind its last member that are none of it.
    /// </summary>
    private sealed class PackedStream(Stream packed, bool leaveOpen) : ForwardStream
    {
        private readonly byte[] _buffer = new byte[1 << 16];
        private int _at;
        private int _filled;

        internal long Count { get; private set; }

        internal bool IsEndSeen { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (_at == _filled)
            {
                _at = 0;
                _filled = packed.Read(_buffer);
            }

            var got = Math.Min(buffer.Length, _filled - _at);
            _buffer.AsSpan(_at, got).CopyTo(buffer);
            _at += got;
            Count += got;
            IsEndSeen |= _filled == 0;
            return got;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
