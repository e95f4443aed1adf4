using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>The part of a 7z header that lists packed streams and the coders that unpack them.</summary>
internal sealed class SevenZipStreams
{
    internal const byte Header = 0x01;
    internal const byte EncodedHeader = 0x17;

    private const byte End = 0x00;
    private const byte ArchiveProperties = 0x02;
    private const byte AdditionalStreams = 0x03;
    private const byte MainStreams = 0x04;
    private const byte PackInfo = 0x06;
    private const byte UnpackInfo = 0x07;
    private const byte Size = 0x09;
    private const byte CheckValues = 0x0A;
    private const byte FilesInfo = 0x05;
    private const byte SubStreams = 0x08;
    private const byte Folder = 0x0B;
    private const byte UnpackSizes = 0x0C;
    private const byte StreamCounts = 0x0D;
    private const int MostCoders = 32;

    // A packed header of a few kilobytes can list millions, and a reader makes room for each.
    private const int MostListed = 100_000;

    private readonly List<FolderFacts> _folders = [];

    /// <summary>Whether more folders or files are listed than are read here; the rest was not read then.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Whether a coder is AES.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>The greatest dictionary or model of a coder.</summary>
    public long Memory { get; private set; }

    /// <summary>Where the first packed stream begins, counted from the end of the first header.</summary>
    public long PackedStart { get; private set; }

    /// <summary>Its length.</summary>
    public long Packed { get; private set; }

    /// <summary>What the first folder unpacks to.</summary>
    public long Unpacked { get; private set; }

    /// <summary>The properties of LZMA when it is the only coder.</summary>
    public byte[]? LzmaProperties { get; private set; }

    /// <summary>Whether the only coder copies.</summary>
    public bool IsCopied { get; private set; }

    /// <summary>Reads as far as the coders; null when the header makes no sense.</summary>
    public static SevenZipStreams? Read(ref SevenZipNumbers numbers, bool isEncoded)
    {
        var streams = new SevenZipStreams();
        if (isEncoded)
        {
            return (streams.ReadStreams(ref numbers) && !numbers.IsBeyond) || streams.IsTooLarge ? streams : null;
        }

        var kind = numbers.TakeByte();
        if (kind == ArchiveProperties)
        {
            while (numbers.TakeByte() != End && !numbers.IsBeyond)
            {
                _ = numbers.Take(numbers.TakeNumber());
            }

            kind = numbers.TakeByte();
        }

        foreach (var wanted in (ReadOnlySpan<byte>)[AdditionalStreams, MainStreams])
        {
            if (kind == wanted)
            {
                if (!streams.ReadStreams(ref numbers) || numbers.IsBeyond)
                {
                    return streams.IsTooLarge ? streams : null;
                }

                kind = numbers.TakeByte();
            }
        }

        // A reader makes room for as many files as are declared: each has a name of two bytes at least.
        var files = kind == FilesInfo ? numbers.TakeNumber() : 0;
        var isSound = kind == FilesInfo ? files <= numbers.Left / 2 : kind == End;
        streams.IsTooLarge = isSound && files > MostListed;
        return isSound && !numbers.IsBeyond ? streams : null;
    }

    private bool ReadStreams(ref SevenZipNumbers numbers)
    {
        _folders.Clear();
        var kind = numbers.TakeByte();
        if (kind == PackInfo)
        {
            ReadPackInfo(ref numbers);
            kind = numbers.TakeByte();
        }

        if (kind == UnpackInfo)
        {
            if (!ReadFolders(ref numbers))
            {
                return false;
            }

            kind = numbers.TakeByte();
        }

        if (kind == SubStreams)
        {
            if (!ReadSubStreams(ref numbers))
            {
                return false;
            }

            kind = numbers.TakeByte();
        }

        return kind == End;
    }

    private void ReadPackInfo(ref SevenZipNumbers numbers)
    {
        PackedStart = numbers.TakeNumber();
        var count = numbers.TakeNumber();
        for (var kind = numbers.TakeByte(); kind != End && !numbers.IsBeyond; kind = numbers.TakeByte())
        {
            if (kind == Size)
            {
                for (var i = 0L; i < count && !numbers.IsBeyond; i++)
                {
                    var length = numbers.TakeNumber();
                    Packed = i == 0 ? length : Packed;
                }
            }
            else if (kind == CheckValues)
            {
                SkipCheckValues(ref numbers, count);
            }
        }
    }

    // Which of so many have a check value, then those values. Bits: the first is the highest of its byte.
    private static ReadOnlySpan<byte> SkipCheckValues(ref SevenZipNumbers numbers, long count)
    {
        var bits = numbers.TakeByte() == 0 ? numbers.Take((count / 8) + (count % 8 > 0 ? 1 : 0)) : [];
        var defined = bits.IsEmpty ? count : 0;
        foreach (var some in bits)
        {
            defined += byte.PopCount(some);
        }

        _ = numbers.Take(defined * 4);
        return bits;
    }

    private bool ReadSubStreams(ref SevenZipNumbers numbers)
    {
        var kind = numbers.TakeByte();
        if (kind == StreamCounts)
        {
            for (var i = 0; i < _folders.Count && !numbers.IsBeyond; i++)
            {
                _folders[i] = _folders[i] with { Streams = Math.Min(numbers.TakeNumber(), int.MaxValue) };
            }

            IsTooLarge = _folders.Sum(f => f.Streams) > MostListed;
            if (IsTooLarge)
            {
                return false;
            }

            kind = numbers.TakeByte();
        }

        for (var i = 0; kind == Size && i < _folders.Count; i++)
        {
            for (var j = 1L; j < _folders[i].Streams && !numbers.IsBeyond; j++)
            {
                _ = numbers.TakeNumber();
            }
        }

        kind = kind == Size ? numbers.TakeByte() : kind;
        for (; kind != End && !numbers.IsBeyond; kind = numbers.TakeByte())
        {
            if (kind == CheckValues)
            {
                _ = SkipCheckValues(ref numbers, _folders.Sum(f => f.Streams == 1 && f.HasCheckValue ? 0 : f.Streams));
            }
        }

        return true;
    }

    private bool ReadFolders(ref SevenZipNumbers numbers)
    {
        if (numbers.TakeByte() != Folder)
        {
            return false;
        }

        var count = numbers.TakeNumber();
        if (numbers.TakeByte() != 0 || count > numbers.Left / 2)
        {
            return false;
        }

        IsTooLarge = count > MostListed;
        if (IsTooLarge)
        {
            return false;
        }

        for (var i = 0L; i < count && !numbers.IsBeyond; i++)
        {
            if (!ReadFolder(ref numbers))
            {
                return false;
            }
        }

        return numbers.TakeByte() == UnpackSizes && ReadUnpackSizes(ref numbers);
    }

    private bool ReadUnpackSizes(ref SevenZipNumbers numbers)
    {
        for (var i = 0; i < _folders.Count; i++)
        {
            for (var j = 0L; j < _folders[i].Outputs && !numbers.IsBeyond; j++)
            {
                var length = numbers.TakeNumber();
                Unpacked = i == 0 && j == 0 ? length : Unpacked;
            }
        }

        for (var kind = numbers.TakeByte(); kind != End && !numbers.IsBeyond; kind = numbers.TakeByte())
        {
            if (kind == CheckValues)
            {
                var bits = SkipCheckValues(ref numbers, _folders.Count);
                for (var i = 0; i < _folders.Count; i++)
                {
                    _folders[i] = _folders[i] with { HasCheckValue = bits.IsEmpty || (bits[i / 8] & (0x80 >> (i % 8))) != 0 };
                }
            }
        }

        return !numbers.IsBeyond;
    }

    private bool ReadFolder(ref SevenZipNumbers numbers)
    {
        var coders = numbers.TakeNumber();
        if (coders is < 1 or > MostCoders)
        {
            return false;
        }

        var (inputs, outputs) = (0L, 0L);
        for (var i = 0; i < coders; i++)
        {
            var flags = numbers.TakeByte();
            var id = numbers.Take(flags & 0x0F);
            var (ins, outs) = (flags & 0x10) != 0 ? (numbers.TakeNumber(), numbers.TakeNumber()) : (1L, 1L);
            var properties = (flags & 0x20) != 0 ? numbers.Take(numbers.TakeNumber()) : [];
            if (ins > MostCoders || outs > MostCoders || (flags & 0x80) != 0)
            {
                return false;
            }

            (inputs, outputs) = (inputs + ins, outputs + outs);
            NoteCoder(id, properties, coders == 1);
        }

        var pairs = Math.Max(0, outputs - 1);
        for (var i = 0; i < pairs * 2; i++)
        {
            _ = numbers.TakeNumber();
        }

        for (var i = 0; inputs - pairs > 1 && i < inputs - pairs; i++)
        {
            _ = numbers.TakeNumber();
        }

        _folders.Add(new FolderFacts(outputs, 1, HasCheckValue: false));
        return true;
    }

    private void NoteCoder(ReadOnlySpan<byte> id, ReadOnlySpan<byte> properties, bool isAlone)
    {
        IsEncrypted |= id.SequenceEqual((ReadOnlySpan<byte>)[0x06, 0xF1, 0x07, 0x01]);
        if (id.SequenceEqual((ReadOnlySpan<byte>)[0x03, 0x01, 0x01]) && properties.Length == 5)
        {
            Memory = Math.Max(Memory, BinaryPrimitives.ReadUInt32LittleEndian(properties[1..]));
            LzmaProperties = isAlone ? properties.ToArray() : null;
        }
        else if (id.SequenceEqual((ReadOnlySpan<byte>)[0x21]) && properties.Length == 1)
        {
            var step = properties[0] & 0x3F;
            Memory = Math.Max(Memory, step > 39 ? uint.MaxValue : (2L | (step & 1L)) << ((step / 2) + 11));
        }
        else if (id.SequenceEqual((ReadOnlySpan<byte>)[0x03, 0x04, 0x01]) && properties.Length == 5)
        {
            Memory = Math.Max(Memory, BinaryPrimitives.ReadUInt32LittleEndian(properties[1..]));
        }
        else
        {
            IsCopied |= isAlone && id.SequenceEqual((ReadOnlySpan<byte>)[0x00]);
        }
    }

    /// <summary>What counts of a folder: streams that its coders give, files in it, and whether it has a check value of its own.</summary>
    private readonly record struct FolderFacts(long Outputs, long Streams, bool HasCheckValue);
}
