using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>PNG (ISO/IEC 15948): every chunk with its check value, and the picture inflated to exactly the length it must have.</summary>
internal sealed class PngImage(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private const int SignatureLength = 8;
    private const int MostText = 4096;

    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private long _width;
    private long _height;
    private int _bits;
    private int _samples;
    private bool _isInterlaced;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        var (hasPalette, hasPicture) = (false, false);
        ReadHeader();
        for (var at = SignatureLength + 25L; ;)
        {
            reader.Step();
            var (length, type) = (reader.Big32(at), reader.Letters(at + 4, 4));
            reader.Demand(type, at, length + 12);
            if (type == "IDAT" && !hasPicture)
            {
                hasPicture = true;
                if (reader.U8(25) == 3 && !hasPalette)
                {
                    throw WalkStoppedException.Broken("PLTE", at, "missing-part");
                }

                at = ReadPicture(at);
                continue;
            }

            CheckValue(type, at, length);
            hasPalette |= type == "PLTE";
            if (type == "IEND")
            {
                if (!hasPicture)
                {
                    throw WalkStoppedException.Broken("IDAT", at, "missing-part");
                }

                notes.Readable();
                ImageFacts.Trailing(notes, reader.Length - at - 12);
                return;
            }

            ReadChunk(type, at + 8, length);
            at += length + 12;
        }
    }

    private void ReadHeader()
    {
        if (reader.Big32(SignatureLength) != 13 || reader.Letters(SignatureLength + 4, 4) != "IHDR")
        {
            throw WalkStoppedException.Broken("IHDR", SignatureLength, "missing-part");
        }

        CheckValue("IHDR", SignatureLength, 13);
        (_width, _height, _bits) = (reader.Big32(16), reader.Big32(20), reader.U8(24));
        var colour = reader.U8(25);
        _samples = colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (_samples == 0 || _bits is not (1 or 2 or 4 or 8 or 16) || reader.U8(28) > 1)
        {
            throw WalkStoppedException.Broken("IHDR", SignatureLength, "bad-header");
        }

        _isInterlaced = reader.U8(28) == 1;
        notes.Set("bits-per-sample", _bits);
        notes.Set("samples", _samples);
        notes.Set("colour-model", colour switch { 0 => "grey", 2 => "RGB", 3 => "palette", 4 => "grey-alpha", _ => "RGBA" });
        notes.Set("compression", "deflate");
        ImageFacts.Size(notes, limits, "IHDR", _width, _height);
    }

    private void CheckValue(string type, long at, long length)
    {
        reader.Demand(type, at, length + 12);
        var check = new System.IO.Hashing.Crc32();
        for (long from = at + 4, end = at + 8 + length; from < end;)
        {
            var some = reader.Some(from, (int)Math.Min(end - from, 1 << 16));
            check.Append(some);
            from += some.Length;
        }

        if (reader.Big32(at + 8 + length) != check.GetCurrentHashAsUInt32())
        {
            throw WalkStoppedException.Broken(type, at, "check-value");
        }
    }

    private void ReadChunk(string type, long at, long length)
    {
        switch (type)
        {
            case "pHYs" when length == 9 && reader.U8(at + 8) == 1:
                ImageFacts.Resolution(notes, reader.Big32(at) / 100.0, reader.Big32(at + 4) / 100.0, isByCentimetre: true);
                break;
            case "iCCP":
                notes.Set("colour-profile", Words(at, length).Keyword);
                break;
            case "sRGB":
                notes.Set("colour-profile", "sRGB");
                break;
            case "acTL" when length == 8:
                notes.Set("frames", reader.Big32(at));
                break;
            case "eXIf":
                Exif.Read(reader.Content.ReadBytes(at, (int)Math.Min(length, 1 << 20)), notes, reader.Cancellation);
                break;
            case "tEXt":
                var (keyword, text) = Words(at, length);
                notes.Set("creating-program", keyword == "Software" ? text : null);
                notes.Set("created", keyword == "Creation Time" ? text : null);
                break;
        }
    }

    private (string Keyword, string Text) Words(long at, long length)
    {
        var bytes = reader.Some(at, (int)Math.Min(length, MostText));
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? ("", "") : (Encoding.Latin1.GetString(bytes[..end]), Encoding.Latin1.GetString(bytes[(end + 1)..]));
    }

    private long ReadPicture(long at)
    {
        using var packed = new PngPicture(reader, at);
        using var picture = new ZLibStream(packed, CompressionMode.Decompress);
        try
        {
            foreach (var (x, y, stepX, stepY) in _isInterlaced ? Passes : [(0, 0, 1, 1)])
            {
                var (columns, rows) = ((_width - x + stepX - 1) / stepX, (_height - y + stepY - 1) / stepY);
                ReadRows(picture, packed, columns, columns > 0 ? rows : 0);
            }

            Span<byte> more = stackalloc byte[1];
            if (picture.Read(more) != 0)
            {
                throw WalkStoppedException.Broken("IDAT", packed.Place, "too-much");
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && !packed.IsReading))
        {
            // A header that asks for a dictionary, which PNG forbids, makes an IOException too: it is not the disk that failed.
            throw WalkStoppedException.Broken("IDAT", packed.Place, "not-unpackable");
        }

        return packed.Finish();
    }

    private void ReadRows(ZLibStream picture, PngPicture packed, long columns, long rows)
    {
        // A row of the widest picture that is allowed is a lie about memory too: it is read in pieces.
        var length = 1 + (((columns * _bits * _samples) + 7) / 8);
        var piece = new byte[(int)Math.Min(length, 1 << 16)];
        for (long row = 0; row < rows; row++)
        {
            for (var left = length; left > 0;)
            {
                var wanted = (int)Math.Min(left, piece.Length);
                var count = picture.ReadAtLeast(piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
                if (count < wanted)
                {
                    throw WalkStoppedException.Broken("IDAT", packed.Place, "cut-off");
                }

                if (left == length && piece[0] > 4)
                {
                    throw WalkStoppedException.Broken("IDAT", packed.Place, "bad-row");
                }

                left -= count;
            }
        }
    }
}

/// <summary>The packed picture of a PNG: what stands in its IDAT chunks, one after the other, each with its check value.</summary>
internal sealed class PngPicture : Stream
{
    private readonly PlacedReader _reader;
    private System.IO.Hashing.Crc32 _check = new();
    private long _chunk;
    private long _at;
    private long _end;
    private bool _isOver;

    public PngPicture(PlacedReader reader, long chunk)
    {
        _reader = reader;
        Open(chunk);
    }

    /// <summary>The chunk that is being read.</summary>
    public long Place => _chunk;

    /// <summary>Whether the file is being read: what is thrown then is about the disk.</summary>
    public bool IsReading { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads what is left; returns where the next chunk begins.</summary>
    public long Finish()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
        {
            // The check value of each chunk is compared at its end.
        }

        return _chunk;
    }

    public override int Read(Span<byte> buffer)
    {
        IsReading = true;
        var count = ReadSome(buffer);
        IsReading = false;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // nothing is written here
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadSome(Span<byte> buffer)
    {
        while (_at == _end && !_isOver)
        {
            Close(_end);
        }

        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        var some = _reader.Some(_at, (int)Math.Min(_end - _at, buffer.Length));
        if (some.IsEmpty)
        {
            throw WalkStoppedException.Broken("IDAT", _chunk, "cut-off");
        }

        some.CopyTo(buffer);
        _check.Append(some);
        _at += some.Length;
        return some.Length;
    }

    private void Close(long end)
    {
        if (_reader.Big32(end) != _check.GetCurrentHashAsUInt32())
        {
            throw WalkStoppedException.Broken("IDAT", _chunk, "check-value");
        }

        Open(end + 4);
    }

    private void Open(long chunk)
    {
        _reader.Step();
        _chunk = chunk;
        _isOver = BinaryPrimitives.ReadUInt32BigEndian(_reader.At(chunk + 4, 4)) != 0x49444154;
        if (!_isOver)
        {
            var length = _reader.Big32(chunk);
            _reader.Demand("IDAT", chunk, length + 12);
            _check = new System.IO.Hashing.Crc32();
            _check.Append("IDAT"u8);
            (_at, _end) = (chunk + 8, chunk + 8 + length);
        }
    }
}
