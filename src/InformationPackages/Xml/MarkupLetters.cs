using System.Text;

namespace Lantai.InformationPackages.Xml;

/// <summary>Why the letters of a file ended before their time.</summary>
internal enum MarkupStop
{
    /// <summary>They did not.</summary>
    None,

    /// <summary>Bytes are not in the declared encoding.</summary>
    Encoding,

    /// <summary>A document type begins.</summary>
    Type,

    /// <summary>The file is too long.</summary>
    Bytes,

    /// <summary>A tag, a comment or white space is too long.</summary>
    Text,
}

/// <summary>
/// The letters of a file, decoded strictly and watched. A fault ends them as if the file ended there, and stays here to be
/// told: the parser's own complaint about the sudden end is not the cause.
/// </summary>
internal sealed class MarkupLetters : TextReader
{
    private const int BlockBytes = 1 << 14;

    private readonly Stream _stream;
    private readonly Decoder _decoder;
    private readonly Decoder? _suspicion;
    private readonly MarkupLimits _limits;
    private readonly MarkupWatch _watch;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _bytes = new byte[BlockBytes];
    private readonly char[] _letters;
    private readonly char[] _suspected;
    private int _next;
    private int _count;
    private bool _ended;
    private bool _begun;
    private bool _isUtf8;
    private long _manyBytes;

    public MarkupLetters(Stream stream, MarkupEncoding encoding, MarkupLimits limits, CancellationToken cancellation)
    {
        _stream = stream;
        _decoder = encoding.Codec.GetDecoder();
        _suspicion = encoding.IsNational ? MarkupEncoding.Utf8.Codec.GetDecoder() : null;
        _isUtf8 = encoding.IsNational;
        _limits = limits;
        _watch = new MarkupWatch(limits.MostText);
        _cancellation = cancellation;
        _letters = new char[encoding.Codec.GetMaxCharCount(BlockBytes)];
        _suspected = _suspicion is null ? [] : new char[MarkupEncoding.Utf8.Codec.GetMaxCharCount(BlockBytes)];
    }

    /// <summary>Why they ended before their time.</summary>
    public MarkupStop Stop { get; private set; }

    /// <summary>The line of the fault, or of the last letter read, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The byte of the fault, or the number of bytes read.</summary>
    public long Offset { get; private set; }

    /// <summary>
    /// Whether bytes read as a national encoding are UTF-8 throughout, and so many outside ASCII that it cannot be chance:
    /// one character in five of GB2312 is well-formed UTF-8 too, eight in a row are not.
    /// </summary>
    public bool LooksLikeUtf8 => _isUtf8 && _manyBytes >= 24;

    /// <inheritdoc/>
    public override int Peek() => Fill() ? _letters[_next] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? _letters[_next++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        if (!Fill())
        {
            return 0;
        }

        var length = Math.Min(count, _count - _next);
        _letters.AsSpan(_next, length).CopyTo(buffer.AsSpan(index));
        _next += length;
        return length;
    }

    private bool Fill()
    {
        while (_next == _count && !_ended)
        {
            _cancellation.ThrowIfCancellationRequested();
            var got = _stream.ReadAtLeast(_bytes, BlockBytes, throwOnEndOfStream: false);
            (_next, _count, _ended) = (0, 0, got < BlockBytes);
            if (Offset + got > _limits.MostBytes)
            {
                End(MarkupStop.Bytes);
                return false;
            }

            Decode(_bytes.AsSpan(0, got));
        }

        return _next < _count;
    }

    private void Decode(ReadOnlySpan<byte> bytes)
    {
        int letters;
        try
        {
            letters = _decoder.GetChars(bytes, _letters, flush: _ended);
        }
        catch (DecoderFallbackException fault)
        {
            var good = bytes[..Math.Clamp(fault.Index, 0, bytes.Length)];
            Offset += good.Length;
            Line += good.Count((byte)'\n');
            End(MarkupStop.Encoding);
            return;
        }

        Suspect(bytes);
        var first = !_begun && letters > 0 && _letters[0] == '\uFEFF' ? 1 : 0;
        _begun |= letters > 0;
        var passed = _watch.Take(_letters.AsSpan(first, letters - first));
        (_next, _count) = (first, first + passed);
        Offset += bytes.Length;
        Line += _letters.AsSpan(first, passed).Count('\n');
        if (passed < letters - first)
        {
            End(_watch.HasType ? MarkupStop.Type : MarkupStop.Text);
        }
    }

    private void Suspect(ReadOnlySpan<byte> bytes)
    {
        if (_isUtf8)
        {
            try
            {
                _ = _suspicion!.GetChars(bytes, _suspected, flush: _ended);
                foreach (var b in bytes)
                {
                    _manyBytes += b >> 7;
                }
            }
            catch (DecoderFallbackException)
            {
                _isUtf8 = false;
            }
        }
    }

    private void End(MarkupStop why)
    {
        Stop = why;
        _ended = true;
    }
}
