using System.Formats.Asn1;

namespace Lantai.Evidence.Asn1;

/// <summary>An algorithm as it is named in certificates and messages, with its parameters as they stand there; empty when absent.</summary>
internal readonly record struct AlgorithmName(string Oid, ReadOnlyMemory<byte> Parameters);

/// <summary>
/// Reads what others encoded. Every reader goes down along the structure that it expects and no further, so that nesting costs
/// nothing, and lies about lengths end at the bytes that are there.
/// </summary>
/// <remarks>
/// Source: ITU-T X.690. BER, because signed messages come with open lengths and in pieces; what is signed is taken byte for byte as it
/// stands. Pure functions; what is wrong is an <see cref="AsnContentException"/>, which <see cref="TryRead"/> turns into false.
/// </remarks>
internal static class Ber
{
    public static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    public static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);
    public static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);
    public static readonly Asn1Tag Tag3 = new(TagClass.ContextSpecific, 3);

    // The runtime makes a number of any length out of each arc, which takes more than linear time.
    private const int LongestOid = 64;
    private const int LongestSerial = 64;

    private static readonly AsnReaderOptions Options = new() { SkipSetSortOrderVerification = true, UtcTimeTwoDigitYearMax = 2049 };

    public static AsnReader Open(ReadOnlyMemory<byte> bytes) => new(bytes, AsnEncodingRules.BER, Options);

    /// <summary>Reads one value that is all of the bytes; false when it is not what the function expects.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> bytes, Func<AsnReader, T> read, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
        where T : notnull
    {
        try
        {
            var reader = Open(bytes);
            value = read(reader);
            if (!reader.HasData)
            {
                return true;
            }
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException or OverflowException)
        {
            // not such a value: dates and numbers beyond all bounds come as the other two
        }

        value = default;
        return false;
    }

    public static bool Is(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    /// <summary>Bits that must be whole bytes, as those of keys and signatures: a number of unused bits would be a second form of the same value.</summary>
    public static ReadOnlyMemory<byte> WholeBytes(AsnReader reader)
    {
        var bits = reader.ReadBitString(out var unused);
        return unused == 0 ? bits : throw new AsnContentException("These bits are whole bytes.");
    }

    public static string Oid(AsnReader reader) => reader.PeekEncodedValue().Length <= LongestOid
        ? reader.ReadObjectIdentifier()
        : throw new AsnContentException("An object identifier is too long.");

    public static AlgorithmName Algorithm(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = Oid(sequence);
        var parameters = sequence.HasData ? sequence.ReadEncodedValue() : default;
        sequence.ThrowIfNotEmpty();
        return new AlgorithmName(oid, parameters);
    }

    /// <summary>A number that only names something, as lower-case hexadecimal digits of its two's complement.</summary>
    public static string Serial(AsnReader reader)
    {
        var bytes = reader.ReadIntegerBytes().Span;
        return bytes.Length <= LongestSerial ? Convert.ToHexStringLower(bytes) : throw new AsnContentException("A serial number is too long.");
    }

    public static int Small(AsnReader reader) => reader.TryReadInt32(out var value) ? value : throw new AsnContentException("A number is out of range.");

    public static DateTimeOffset Time(AsnReader reader) => Is(reader, new Asn1Tag(UniversalTagNumber.UtcTime)) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    /// <summary>The content of a value without its tag and length, also where the length is open.</summary>
    public static ReadOnlyMemory<byte> ContentOf(ReadOnlyMemory<byte> encoded)
    {
        _ = AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.BER, out var start, out var length, out _);
        return encoded.Slice(start, length);
    }

    /// <summary>The elements of a sequence or set, each as it stands.</summary>
    public static List<ReadOnlyMemory<byte>> Elements(AsnReader inside, int most)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        while (inside.HasData)
        {
            elements.Add(elements.Count < most ? inside.ReadEncodedValue() : throw new AsnContentException("There are too many elements."));
        }

        return elements;
    }
}
