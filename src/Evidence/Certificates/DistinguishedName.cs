using System.Formats.Asn1;
using System.Text;
using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>The name of a subject or an issuer: for people, and in a form in which equal names are equal texts.</summary>
/// <remarks>Source: RFC 5280 sections 4.1.2.4 and 7.1 (case and white space do not count), RFC 4514 (the text). Immutable.</remarks>
internal sealed class DistinguishedName
{
    private const int MostParts = 64;

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN", ["2.5.4.5"] = "SERIALNUMBER", ["2.5.4.6"] = "C", ["2.5.4.7"] = "L", ["2.5.4.8"] = "ST", ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O", ["2.5.4.11"] = "OU", ["2.5.4.12"] = "T", ["0.9.2342.19200300.100.1.1"] = "UID",
        ["0.9.2342.19200300.100.1.25"] = "DC", ["1.2.840.113549.1.9.1"] = "E",
    };

    private DistinguishedName(ReadOnlyMemory<byte> encoded, string text, string canonical) => (Encoded, Text, Canonical) = (encoded, text, canonical);

    /// <summary>The bytes as they stand.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>For people, the most particular part first.</summary>
    public string Text { get; }

    /// <summary>Equal for names that are equal.</summary>
    public string Canonical { get; }

    public static DistinguishedName Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var sequence = reader.ReadSequence();
        var (texts, canonical) = (new List<string>(), new StringBuilder());
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf();
            var parts = new List<(string Text, string Canonical)>();
            while (set.HasData)
            {
                parts.Add(Part(set.ReadSequence()));
                if (texts.Count + parts.Count > MostParts)
                {
                    throw new AsnContentException("A name has too many parts.");
                }
            }

            texts.Add(string.Join('+', parts.Select(p => p.Text)));
            canonical.AppendJoin('+', parts.Select(p => p.Canonical).Order(StringComparer.Ordinal)).Append('\n');
        }

        texts.Reverse();
        return new DistinguishedName(encoded, string.Join(',', texts), canonical.ToString());
    }

    private static (string Text, string Canonical) Part(AsnReader part)
    {
        var oid = Ber.Oid(part);
        var raw = part.PeekEncodedValue();
        var name = ShortNames.GetValueOrDefault(oid, oid);
        var value = Value(part);
        part.ThrowIfNotEmpty();
        if (value is null)
        {
            var hex = "#" + Convert.ToHexStringLower(raw.Span);
            return ($"{name}={hex}", $"{oid}={hex}");
        }

        var folded = string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        return ($"{name}={Escaped(value)}", $"{oid}={Escaped(folded)}");
    }

    /// <summary>The text of a part; null when it is of no kind of text, or not in the encoding that it says.</summary>
    private static string? Value(AsnReader part)
    {
        var tag = part.PeekTag();
        var kind = (UniversalTagNumber)tag.TagValue;
        if (tag.TagClass == TagClass.Universal
            && kind is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString)
        {
            try
            {
                return Ber.Open(part.PeekEncodedValue()).ReadCharacterString(kind) is var text && !text.Any(char.IsControl) ? Read(part, text) : Read(part, null);
            }
            catch (AsnContentException)
            {
                return Read(part, null); // bytes of another encoding under this tag, as older issuers wrote them
            }
        }

        return Read(part, null);

        static string? Read(AsnReader part, string? text)
        {
            _ = part.ReadEncodedValue();
            return text;
        }
    }

    private static string Escaped(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var edge = (i == 0 && value[i] is ' ' or '#') || (i == value.Length - 1 && value[i] == ' ');
            text.Append(edge || value[i] is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' ? "\\" : "").Append(value[i]);
        }

        return text.ToString();
    }
}
