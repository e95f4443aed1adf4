using System.Buffers.Binary;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Text;

/// <summary>What reading a text once from end to end found.</summary>
/// <param name="Encoding"><c>ASCII</c>, <c>UTF-8</c>, <c>UTF-16LE</c>, <c>UTF-16BE</c>, <c>GB18030</c> (GBK and GB 2312 included) or <c>unknown</c>.</param>
/// <param name="HasMark">Whether a byte order mark says so.</param>
/// <param name="Lines">Lines, a last one without an end included.</param>
/// <param name="LineEndings"><c>lf</c>, <c>crlf</c>, <c>cr</c>, <c>mixed</c> or <c>none</c>.</param>
/// <param name="Nuls">Characters U+0000.</param>
/// <param name="Fault">How the bytes break the encoding that is certain: a text key without its prefix <c>fault.</c>; else null.</param>
/// <param name="FaultOffset">The first byte that does.</param>
internal sealed record TextShape(string Encoding, bool HasMark, long Lines, string LineEndings, long Nuls, string? Fault, long FaultOffset)
{
    /// <summary>An encoding that is none of those that are known here.</summary>
    public const string Unknown = "unknown";
}

/// <summary>Reads a text in blocks and watches all encodings at once. Memory does not grow with the text.</summary>
internal sealed class TextPass
{
    private const int Block = 1 << 16;
    private const int PlausibleOfHundred = 90;

    private readonly Utf8Watch _utf8 = new();
    private readonly GbWatch _gb = new();
    private bool _isAscii = true;
    private long _nuls;
    private long _feeds;
    private long _returns;
    private long _pairs;
    private int _last = -1;

    /// <summary>Reads the whole text.</summary>
    public static TextShape Read(FileContent content, CancellationToken cancellation)
    {
        var start = content.ReadBytes(0, 3);
        return start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? new TextPass().ReadWide(content, start[0] == 0xFF, cancellation)
            : new TextPass().ReadNarrow(content, start.AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]), cancellation);
    }

    private TextShape ReadNarrow(FileContent content, bool hasMark, CancellationToken cancellation)
    {
        var buffer = new byte[(int)Math.Clamp(content.Length, 2, Block)];
        var at = hasMark ? 3L : 0;
        for (int count; (count = content.Read(at, buffer)) > 0; at += count)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = buffer.AsSpan(0, count);
            CountLines(block);
            if (_isAscii && !block.ContainsAnyInRange((byte)0x80, (byte)0xFF))
            {
                continue;
            }

            _isAscii = false;
            _utf8.Append(block, at);
            _gb.Append(block);
        }

        _utf8.Finish(at);
        return Judge(hasMark);
    }

    private TextShape Judge(bool hasMark)
    {
        if (_isAscii)
        {
            return Shape(hasMark ? "UTF-8" : "ASCII", hasMark, null, 0);
        }

        if (_utf8.IsValid || hasMark)
        {
            return Shape("UTF-8", hasMark, _utf8.IsValid ? null : _utf8.IsOnlyCutOff ? "cut-off" : "encoding", _utf8.FaultOffset);
        }

        // A text that is UTF-8 up to its last letter was cut; that two encodings fit so far does not happen by chance.
        return _gb.IsPlausible(PlausibleOfHundred) ? Shape("GB18030", hasMark, _gb.IsWhole ? null : "cut-off", _utf8.End)
            : _utf8.IsOnlyCutOff && _utf8.Letters > 1 ? Shape("UTF-8", hasMark, "cut-off", _utf8.FaultOffset)
            : Shape(TextShape.Unknown, hasMark, null, 0);
    }

    private TextShape ReadWide(FileContent content, bool isLittle, CancellationToken cancellation)
    {
        var buffer = new byte[(int)Math.Clamp(content.Length, 2, Block)];
        var (at, fault, isHigh) = (2L, -1L, false);
        for (int count; (count = content.Read(at, buffer) & ~1) > 0; at += count)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < count; i += 2)
            {
                var unit = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(i)) : BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(i));
                CountUnit(unit);

                // A low half must follow each high half, and nothing else may.
                var isLow = unit is >= 0xDC00 and <= 0xDFFF;
                fault = fault < 0 && isLow != isHigh ? at + i : fault;
                isHigh = unit is >= 0xD800 and <= 0xDBFF;
            }
        }

        var isCut = isHigh || content.Length % 2 != 0;
        return Shape(isLittle ? "UTF-16LE" : "UTF-16BE", true, fault >= 0 ? "encoding" : isCut ? "cut-off" : null, fault >= 0 ? fault : at);
    }

    private void CountUnit(int unit)
    {
        _nuls += unit == 0 ? 1 : 0;
        _feeds += unit == '\n' ? 1 : 0;
        _returns += unit == '\r' ? 1 : 0;
        _pairs += unit == '\n' && _last == '\r' ? 1 : 0;
        _last = unit;
    }

    // No byte of a longer letter is a line end or zero, in UTF-8 and in GB18030.
    private void CountLines(ReadOnlySpan<byte> block)
    {
        _nuls += block.Count((byte)0);
        _feeds += block.Count((byte)'\n');
        _returns += block.Count((byte)'\r');
        _pairs += block.Count("\r\n"u8) + (_last == '\r' && block[0] == '\n' ? 1 : 0);
        _last = block[^1];
    }

    private TextShape Shape(string encoding, bool hasMark, string? fault, long offset)
    {
        var ends = _feeds + _returns - _pairs;
        var lines = ends + (_last is -1 or '\n' or '\r' ? 0 : 1);
        var endings = ends == 0 ? "none"
            : _pairs == ends ? "crlf"
            : _pairs == 0 && _feeds == ends ? "lf"
            : _pairs == 0 && _returns == ends ? "cr"
            : "mixed";
        return new TextShape(encoding, hasMark, lines, endings, _nuls, fault, offset);
    }
}
