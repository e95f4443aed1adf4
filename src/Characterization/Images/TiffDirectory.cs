using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>A field of a directory: where its values stand.</summary>
/// <param name="Type">Type of the values (TIFF 6.0 page 15, BigTIFF).</param>
/// <param name="Count">How many.</param>
/// <param name="Offset">Place of the first.</param>
internal readonly record struct TiffField(int Type, long Count, long Offset)
{
    /// <summary>Bytes of one value; 0 for a type that nobody knows.</summary>
    public int Size => Type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 or 16 or 17 or 18 => 8, _ => 0 };
}

/// <summary>A directory of TIFF, BigTIFF or Exif: its fields, all of whose values lie in the file.</summary>
internal sealed class TiffDirectory
{
    /// <summary>The most fields that one directory may have here.</summary>
    public const int MostFields = 4096;

    private const int MostLetters = 256;

    private readonly PlacedReader _reader;
    private readonly bool _isLittle;
    private readonly Dictionary<int, TiffField> _fields = [];

    private TiffDirectory(PlacedReader reader, bool isLittle, long place) => (_reader, _isLittle, Place) = (reader, isLittle, place);

    /// <summary>Where it begins.</summary>
    public long Place { get; }

    /// <summary>Where the next one begins; 0 after the last.</summary>
    public long Next { get; private set; }

    /// <summary>Reads the directory at a place.</summary>
    public static TiffDirectory Read(PlacedReader reader, long place, bool isLittle, bool isBig)
    {
        var directory = new TiffDirectory(reader, isLittle, place);
        reader.Demand("IFD", place, isBig ? 8 : 2);
        var count = isBig ? directory.Number(place, 16) : directory.Number(place, 3);
        var (size, first) = isBig ? (20, place + 8) : (12, place + 2);
        if (count > MostFields)
        {
            throw WalkStoppedException.Broken("IFD", place, "too-much");
        }

        reader.Demand("IFD", place, (isBig ? 16 : 6) + (count * size));
        for (var i = 0; i < count; i++)
        {
            directory.ReadField(first + (i * size), isBig);
        }

        directory.Next = directory.Number(first + (count * size), isBig ? 16 : 4);
        return directory;
    }

    /// <summary>A field; null when there is none of this tag.</summary>
    public TiffField? Find(int tag) => _fields.TryGetValue(tag, out var field) ? field : null;

    /// <summary>The first value as a whole number, or what stands for it when there is none.</summary>
    public long Number(int tag, long otherwise) => Find(tag) is { Count: > 0 } field ? Value(field, 0) : otherwise;

    /// <summary>A value of a field as a whole number; of a kind that is none: 0.</summary>
    public long Value(TiffField field, long index) => Number(field.Offset + (index * field.Size), field.Type);

    /// <summary>The first value as a fraction; 0 when there is none.</summary>
    public double Fraction(int tag)
    {
        if (Find(tag) is not { Count: > 0 } field)
        {
            return 0;
        }

        return field.Type == 5 && Number(field.Offset + 4, 4) is > 0 and var below ? (double)Number(field.Offset, 4) / below : field.Type == 5 ? 0 : Value(field, 0);
    }

    /// <summary>A text; null when there is none.</summary>
    public string? Text(int tag)
    {
        if (Find(tag) is not { Type: 2 or 7 } field)
        {
            return null;
        }

        var bytes = _reader.At(field.Offset, (int)Math.Min(field.Count, MostLetters));
        var end = bytes.IndexOf((byte)0);
        bytes = end < 0 ? bytes : bytes[..end];
        return (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes)).Trim();
    }

    private void ReadField(long place, bool isBig)
    {
        var (tag, type) = ((int)Number(place, 3), (int)Number(place + 2, 3));
        var count = Number(place + 4, isBig ? 16 : 4);
        var field = new TiffField(type, count, place + (isBig ? 12 : 8));
        if (field.Size == 0)
        {
            return;
        }

        if (count > _reader.Length / field.Size)
        {
            throw WalkStoppedException.Broken(WalkStoppedException.Place("IFD", Place) + "/" + tag.ToString(System.Globalization.CultureInfo.InvariantCulture), "cut-off");
        }

        if (count * field.Size > (isBig ? 8 : 4))
        {
            field = field with { Offset = Number(field.Offset, isBig ? 16 : 4) };
            _reader.Demand(tag.ToString(System.Globalization.CultureInfo.InvariantCulture), field.Offset, count * field.Size);
        }

        _ = _fields.TryAdd(tag, field);
    }

    private long Number(long place, int type) => type switch
    {
        1 or 6 or 7 => _reader.U8(place),
        3 or 8 => _isLittle ? _reader.Little16(place) : _reader.Big16(place),
        4 or 9 or 13 => _isLittle ? _reader.Little32(place) : _reader.Big32(place),
        16 or 17 or 18 => _isLittle ? _reader.Little64(place) : _reader.Big64(place),
        11 => Whole(BitConverter.Int32BitsToSingle(unchecked((int)(_isLittle ? _reader.Little32(place) : _reader.Big32(place))))),
        12 => Whole(_isLittle ? BinaryPrimitives.ReadDoubleLittleEndian(_reader.At(place, 8)) : BinaryPrimitives.ReadDoubleBigEndian(_reader.At(place, 8))),
        _ => 0,
    };

    private static long Whole(double value) => Math.Abs(value) < 1e15 ? (long)value : 0;
}
