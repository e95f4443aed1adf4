using System.Buffers;
using System.Text;

namespace Lantai.Characterization.Text;

/// <summary>Watches whether bytes that come in blocks are UTF-8 (RFC 3629).</summary>
internal sealed class Utf8Watch
{
    private readonly byte[] _rest = new byte[4];
    private int _restCount;

    /// <summary>Whether all was UTF-8.</summary>
    public bool IsValid => FaultOffset < 0;

    /// <summary>Whether all was but for a last letter that is not whole.</summary>
    public bool IsOnlyCutOff { get; private set; }

    /// <summary>The first byte that is none; -1 when all are.</summary>
    public long FaultOffset { get; private set; } = -1;

    /// <summary>Blocks with letters of several bytes that were right.</summary>
    public long Letters { get; private set; }

    /// <summary>Where the text ended.</summary>
    public long End { get; private set; }

    /// <summary>Takes the next block.</summary>
    public void Append(ReadOnlySpan<byte> block, long offset)
    {
        if (!IsValid)
        {
            return;
        }

        while (_restCount > 0 && !block.IsEmpty)
        {
            _rest[_restCount++] = block[0];
            block = block[1..];
            offset++;
            var status = Rune.DecodeFromUtf8(_rest.AsSpan(0, _restCount), out _, out _);
            if (status == OperationStatus.InvalidData)
            {
                FaultOffset = offset - _restCount;
                return;
            }

            Letters += status == OperationStatus.Done ? 1 : 0;
            _restCount = status == OperationStatus.Done ? 0 : _restCount;
        }

        var whole = block.Length - Unfinished(block);
        if (!System.Text.Unicode.Utf8.IsValid(block[..whole]))
        {
            FaultOffset = offset + FirstFault(block[..whole]);
            return;
        }

        Letters += CountLetters(block[..whole]);
        block[whole..].CopyTo(_rest);
        _restCount = block.Length - whole;
    }

    /// <summary>The text ends here.</summary>
    public void Finish(long offset)
    {
        End = offset;
        if (IsValid && _restCount > 0)
        {
            FaultOffset = offset - _restCount;
            IsOnlyCutOff = true;
        }
    }

    // Bytes at the end that begin a letter and do not end it.
    private static int Unfinished(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var one = block[^back];
            if (one >= 0xC0)
            {
                return Rune.DecodeFromUtf8(block[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
            }

            if (one < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }

    private static int FirstFault(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (at < block.Length && Rune.DecodeFromUtf8(block[at..], out _, out var count) == OperationStatus.Done)
        {
            at += count;
        }

        return at;
    }

    private static long CountLetters(ReadOnlySpan<byte> block)
    {
        var count = 0L;
        foreach (var one in block)
        {
            count += one >= 0xC0 ? 1 : 0;
        }

        return count;
    }
}

/// <summary>
/// Watches whether bytes that come in blocks are GB 18030 with Chinese in it: bytes that fit are not enough, since bytes
/// of many encodings do; most letters must be those that Chinese is written with.
/// </summary>
internal sealed class GbWatch
{
    private int _first;
    private int _second;
    private int _third;
    private bool _isBroken;
    private long _letters;
    private long _usual;

    /// <summary>Whether the text did not end within a letter.</summary>
    public bool IsWhole => _first == 0;

    /// <summary>Whether it is, with so many usual letters of a hundred.</summary>
    public bool IsPlausible(int ofHundred) => !_isBroken && _letters > 0 && _usual * 100 >= _letters * ofHundred;

    /// <summary>Takes the next block.</summary>
    public void Append(ReadOnlySpan<byte> block)
    {
        for (var at = 0; at < block.Length && !_isBroken; at++)
        {
            if (_first == 0)
            {
                var next = block[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (next < 0)
                {
                    return;
                }

                at += next;
                _first = block[at];
                _isBroken = _first is 0x80 or 0xFF;
            }
            else
            {
                Take(block[at]);
            }
        }
    }

    private void Take(int one)
    {
        if (_second == 0)
        {
            if (one is >= 0x30 and <= 0x39)
            {
                _second = one;
                return;
            }

            _isBroken = one is < 0x40 or 0x7F or 0xFF;
            _letters++;
            _usual += one >= 0xA1 && (_first is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xF7)) ? 1 : 0;
            _first = 0;
        }
        else if (_third == 0)
        {
            _third = one;
            _isBroken = one is < 0x81 or 0xFF;
        }
        else
        {
            _isBroken = one is < 0x30 or > 0x39;
            (_first, _second, _third) = (0, 0, 0);
        }
    }
}
