using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.National;

namespace Lantai.Evidence.Signatures;

/// <summary>Signs contents with SM2 and SM3 in the form of GB/T 35275.</summary>
/// <remarks>
/// Source: GB/T 35275 (GM/T 0010) by requirements 3.12, its own text not seen (confidence medium): the structure of PKCS #7 under
/// the national identifiers. Pure; safe for concurrent use.
/// </remarks>
public static class Gbt35275
{
    /// <summary>Signs a content.</summary>
    /// <param name="content">What is signed.</param>
    /// <param name="signer">The signer's key.</param>
    /// <param name="certificates">The signer's certificate, then those that lead from it to a trusted one; these are written into the message.</param>
    /// <param name="detached">Whether the content stays outside of the message.</param>
    /// <param name="signingTime">When the signer says that it signs; null to say nothing, and to sign the content without attributes.</param>
    /// <exception cref="ArgumentException">There is no certificate, or the first one is not of the signer's key.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> content, Sm2KeyPair signer, IReadOnlyList<Certificate> certificates, bool detached, DateTimeOffset? signingTime)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificates);
        if (certificates.Count == 0 || certificates[0].Sm2Key is not { } key || !key.Equals(signer.PublicKey))
        {
            throw new ArgumentException("The first certificate is the one of the signer's key.", nameof(certificates));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.GmSignedData);
            using (writer.PushSequence(Ber.Tag0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    WriteAlgorithm(writer, Oids.Sm3);
                }

                WriteContent(writer, content, detached);
                using (writer.PushSetOf(Ber.Tag0))
                {
                    foreach (var certificate in certificates)
                    {
                        writer.WriteEncodedValue(certificate.Encoded.Span);
                    }
                }

                using (writer.PushSetOf())
                {
                    WriteSigner(writer, content, signer, certificates[0], signingTime);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteContent(AsnWriter writer, ReadOnlySpan<byte> content, bool detached)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.GmData);
            if (!detached)
            {
                using (writer.PushSequence(Ber.Tag0))
                {
                    writer.WriteOctetString(content);
                }
            }
        }
    }

    private static void WriteSigner(AsnWriter writer, ReadOnlySpan<byte> content, Sm2KeyPair signer, Certificate certificate, DateTimeOffset? signingTime)
    {
        var attributes = signingTime is { } time ? Attributes(Sm3.Hash(content), time) : null;
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.IssuerName.Encoded.Span);
                writer.WriteInteger(Convert.FromHexString(certificate.SerialNumber));
            }

            WriteAlgorithm(writer, Oids.Sm3);
            if (attributes is not null)
            {
                var tagged = attributes.ToArray();
                tagged[0] = 0xA0; // in the message under its own tag, signed under that of a set
                writer.WriteEncodedValue(tagged);
            }

            WriteAlgorithm(writer, Oids.Sm2Signing);
            writer.WriteOctetString(Sm2Signature.ToDer(signer.Sign(attributes ?? content)));
        }
    }

    private static byte[] Attributes(byte[] digest, DateTimeOffset time)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(Oids.ContentType, w => w.WriteObjectIdentifier(Oids.GmData));
            Attribute(Oids.SigningTime, w =>
            {
                if (time.UtcDateTime.Year < 2050)
                {
                    w.WriteUtcTime(time);
                }
                else
                {
                    w.WriteGeneralizedTime(time, omitFractionalSeconds: true);
                }
            });
            Attribute(Oids.MessageDigest, w => w.WriteOctetString(digest));
        }

        return writer.Encode();

        void Attribute(string oid, Action<AsnWriter> value)
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                using (writer.PushSetOf())
                {
                    value(writer);
                }
            }
        }
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }
}
