using System.Formats.Asn1;
using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>What a responder says of one certificate, which it names by digests of its issuer and by its number.</summary>
/// <remarks>Source: RFC 6960 sections 4.1.1 and 4.2.1.</remarks>
internal sealed record OcspAnswer(string Digest, string IssuerName, string IssuerKey, string SerialNumber)
{
    /// <summary>Whether the responder knows the certificate at all.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>Since when it is revoked; null when it is not.</summary>
    public DateTimeOffset? Since { get; private init; }

    public RevocationReason Reason { get; private init; }

    public DateTimeOffset ThisUpdate { get; private init; }

    public DateTimeOffset? NextUpdate { get; private init; }

    public bool HasUnknownCondition { get; private init; }

    public static OcspAnswer Read(AsnReader reader)
    {
        var answer = reader.ReadSequence();
        var id = answer.ReadSequence();
        var read = new OcspAnswer(Ber.Algorithm(id).Oid, Convert.ToHexStringLower(id.ReadOctetString()), Convert.ToHexStringLower(id.ReadOctetString()), Ber.Serial(id));
        id.ThrowIfNotEmpty();
        read = Status(answer, read) with { ThisUpdate = Ber.Time(answer) };
        if (Ber.Is(answer, Ber.Tag0))
        {
            read = read with { NextUpdate = Ber.Time(answer.ReadSequence(Ber.Tag0)) };
        }

        if (Ber.Is(answer, Ber.Tag1))
        {
            for (var extensions = answer.ReadSequence(Ber.Tag1).ReadSequence(); extensions.HasData;)
            {
                read = CertificateExtensions.One(extensions).IsCritical ? read with { HasUnknownCondition = true } : read;
            }
        }

        answer.ThrowIfNotEmpty();
        return read;
    }

    /// <summary>Whether it is of the certificate with this number by this issuer.</summary>
    public bool IsOf(Certificate certificate, Certificate issuer) => SerialNumber == certificate.SerialNumber
        && ContentDigest.Of(Digest, certificate.IssuerName.Encoded.Span) is { } name && Convert.ToHexStringLower(name) == IssuerName
        && ContentDigest.Of(Digest, issuer.KeyBits.Span) is { } key && Convert.ToHexStringLower(key) == IssuerKey;

    private static OcspAnswer Status(AsnReader answer, OcspAnswer read)
    {
        if (!Ber.Is(answer, Ber.Tag1))
        {
            var good = Ber.Is(answer, Ber.Tag0);
            _ = answer.ReadEncodedValue();
            return read with { IsKnown = good };
        }

        var revoked = answer.ReadSequence(Ber.Tag1);
        read = read with { IsKnown = true, Since = Ber.Time(revoked) };
        return Ber.Is(revoked, Ber.Tag0)
            ? read with { Reason = (RevocationReason)(int)revoked.ReadSequence(Ber.Tag0).ReadEnumeratedBytes().Span[0] }
            : read;
    }
}
