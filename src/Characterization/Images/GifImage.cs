using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>GIF87a and GIF89a: every block to the trailer, and of every picture all codes, which must make all its pixels.</summary>
internal sealed class GifImage(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private int _frames;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        var flags = reader.U8(10);
        ImageFacts.Size(notes, limits, "screen", reader.Little16(6), reader.Little16(8));
        notes.Set("bits-per-sample", (flags & 7) + 1);
        notes.Set("samples", 1);
        notes.Set("colour-model", "palette");
        notes.Set("compression", "lzw");
        var at = 13L + Palette(flags);
        long pixels = 0;
        while (true)
        {
            reader.Step();
            switch (reader.U8(at))
            {
                case 0x21:
                    at = Skip(at + 2);
                    break;
                case 0x2C:
                    _frames++;
                    pixels += (long)reader.Little16(at + 5) * reader.Little16(at + 7);
                    if (pixels > limits.MaxPixels * 4)
                    {
                        throw WalkStoppedException.NotCheckable("too-many-pixels");
                    }

                    at = ReadPicture(at);
                    break;
                case 0x3B:
                    End(at);
                    return;
                default:
                    throw WalkStoppedException.Broken("block", at, "bad-header");
            }
        }
    }

    private void End(long at)
    {
        if (_frames == 0)
        {
            throw WalkStoppedException.Broken("block", at, "missing-part");
        }

        notes.Set("frames", _frames);
        notes.Readable();
        ImageFacts.Trailing(notes, reader.Length - at - 1);
    }

    private long ReadPicture(long at)
    {
        var (width, height, flags) = (reader.Little16(at + 5), reader.Little16(at + 7), reader.U8(at + 9));
        var start = at + 10 + Palette(flags);
        var codes = new GifCodes(reader.U8(start));
        for (var block = start + 1; ;)
        {
            reader.Step();
            var length = reader.U8(block);
            if (length == 0)
            {
                if (codes.Pixels < (long)width * height)
                {
                    throw WalkStoppedException.Broken("picture", at, "cut-off");
                }

                return block + 1;
            }

            if (!codes.Read(reader.At(block + 1, length)))
            {
                throw WalkStoppedException.Broken("picture", at, "not-unpackable");
            }

            block += 1 + length;
        }
    }

    private long Skip(long at)
    {
        for (int length; (length = reader.U8(at)) != 0;)
        {
            reader.Step();
            at += 1 + length;
        }

        return at + 1;
    }

    private static int Palette(int flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
}

/// <summary>The codes of one picture: only how many pixels each stands for is kept, not which.</summary>
internal sealed class GifCodes
{
    private const int MostCodes = 4096;

    private readonly int[] _length = new int[MostCodes];
    private readonly int _first;
    private readonly bool _isKnown;
    private int _next;
    private int _width;
    private int _previous = -1;
    private uint _bits;
    private int _count;
    private bool _isOver;

    public GifCodes(int codeSize)
    {
        _isKnown = codeSize is >= 1 and <= 8;
        _first = 1 << Math.Clamp(codeSize, 1, 8);
        Array.Fill(_length, 1, 0, _first);
        Clear();
    }

    /// <summary>Pixels so far.</summary>
    public long Pixels { get; private set; }

    /// <summary>Reads a block; false when it holds a code that cannot be.</summary>
    public bool Read(ReadOnlySpan<byte> block)
    {
        foreach (var one in block)
        {
            _bits |= (uint)one << _count;
            _count += 8;
            while (_count >= _width && !_isOver)
            {
                var code = (int)(_bits & ((1u << _width) - 1));
                _bits >>= _width;
                _count -= _width;
                if (!Take(code))
                {
                    return false;
                }
            }

            if (_isOver)
            {
                // What stands behind the end code is padding.
                return _isKnown;
            }
        }

        return _isKnown;
    }

    private bool Take(int code)
    {
        if (code == _first)
        {
            Clear();
            return true;
        }

        if (code == _first + 1)
        {
            _isOver = true;
            return true;
        }

        if (code > _next || (code == _next && _previous < 0))
        {
            return false;
        }

        if (_previous >= 0 && _next < MostCodes)
        {
            _length[_next++] = _length[_previous] + 1;
            _width += _next == 1 << _width && _width < 12 ? 1 : 0;
        }

        // A code may name the entry that it makes itself; with a full table nothing is made.
        if (code >= _next)
        {
            return false;
        }

        Pixels += _length[code];
        _previous = code;
        return true;
    }

    private void Clear() => (_next, _width, _previous) = (_first + 2, int.Log2(_first) + 1, -1);
}
