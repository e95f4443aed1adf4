using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>An answer of an OCSP responder, as it was received: whether certificates were revoked.</summary>
/// <remarks>Source: RFC 6960 section 4.2.1. Immutable, safe for concurrent use.</remarks>
public sealed class OcspResponse
{
    /// <summary>The greatest length of an answer that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private const int MostAnswers = 256;
    private const int MostCertificates = 16;

    private OcspResponse(AsnReader reader)
    {
        Encoded = reader.PeekEncodedValue();
        var outer = reader.ReadSequence();
        var status = outer.ReadEnumeratedBytes();
        if (status.Span is not [0] || !outer.HasData)
        {
            throw new AsnContentException("The responder did not answer.");
        }

        var typed = outer.ReadSequence(Ber.Tag0).ReadSequence();
        if (Ber.Oid(typed) != Oids.OcspBasic)
        {
            throw new AsnContentException("An answer of another type.");
        }

        var basic = Ber.Open(typed.ReadOctetString()).ReadSequence();
        Signed = basic.PeekEncodedValue();
        var body = basic.ReadSequence();
        Algorithm = Ber.Algorithm(basic);
        Signature = Ber.WholeBytes(basic);
        Certificates = Ber.Is(basic, Ber.Tag0) ? ReadCertificates(basic.ReadSequence(Ber.Tag0).ReadSequence()) : [];

        if (Ber.Is(body, Ber.Tag0))
        {
            _ = body.ReadEncodedValue();
        }

        (ResponderName, ResponderKey) = Responder(body);
        ProducedAt = Ber.Time(body);
        Answers = [.. Ber.Elements(body.ReadSequence(), MostAnswers).Select(a => OcspAnswer.Read(Ber.Open(a)))];
        if (Ber.Is(body, Ber.Tag1))
        {
            for (var extensions = body.ReadSequence(Ber.Tag1).ReadSequence(); extensions.HasData;)
            {
                HasUnknownCondition |= CertificateExtensions.One(extensions).IsCritical;
            }
        }

        body.ThrowIfNotEmpty();
    }

    /// <summary>The bytes as they were received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset ProducedAt { get; }

    /// <summary>The certificates that came with it.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    internal IReadOnlyList<OcspAnswer> Answers { get; }

    internal DistinguishedName? ResponderName { get; }

    /// <summary>SHA-1 of the responder's key, in hexadecimal digits, where it is not named.</summary>
    internal string? ResponderKey { get; }

    internal bool HasUnknownCondition { get; }

    internal AlgorithmName Algorithm { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    internal ReadOnlyMemory<byte> Signed { get; }

    /// <summary>Reads an answer in DER or BER, with nothing behind it. Untrusted: what is none, or says that there was no answer, gives false.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out OcspResponse? response)
    {
        response = null;
        return bytes.Length <= MaxLength && Ber.TryRead(bytes, reader => new OcspResponse(reader), out response);
    }

    /// <summary>Whether a certificate is the one that the answer says it was signed with.</summary>
    internal bool IsBy(Certificate certificate) => ResponderName is { } name
        ? name.Canonical == certificate.SubjectName.Canonical
        : ResponderKey == Convert.ToHexStringLower(ContentDigest.Of(Oids.Sha1, certificate.KeyBits.Span)!);

    private static (DistinguishedName? Name, string? Key) Responder(AsnReader body) => Ber.Is(body, Ber.Tag1)
        ? (DistinguishedName.Read(body.ReadSequence(Ber.Tag1)), null)
        : (null, Convert.ToHexStringLower(body.ReadSequence(Ber.Tag2).ReadOctetString()));

    private static List<Certificate> ReadCertificates(AsnReader inside) => [.. Ber.Elements(inside, MostCertificates)
        .Select(c => Certificate.TryParse(c, out var certificate) ? certificate : null).OfType<Certificate>()];
}
