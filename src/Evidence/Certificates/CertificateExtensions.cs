using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>What the extensions of a certificate say, as far as a judgement needs it.</summary>
/// <remarks>Source: RFC 5280 section 4.2. Immutable.</remarks>
internal sealed record CertificateExtensions
{
    private const int MostExtensions = 64;
    private const int MostPurposes = 64;

    public static readonly CertificateExtensions None = new();

    public bool IsAuthority { get; private init; }

    /// <summary>How many authorities may follow below; null when any number may.</summary>
    public int? PathLength { get; private init; }

    public KeyUses? Usage { get; private init; }

    /// <summary>Purposes by object identifier; null when any will do.</summary>
    public IReadOnlyList<string>? Purposes { get; private init; }

    public bool ArePurposesCritical { get; private init; }

    public string? SubjectKeyId { get; private init; }

    public string? AuthorityKeyId { get; private init; }

    /// <summary>The places of the revocation lists in which it would stand; none when it does not say.</summary>
    public IReadOnlySet<Digest> Places { get; private init; } = new HashSet<Digest>();

    /// <summary>Critical extensions that are not known here: without them nothing can be said of the certificate.</summary>
    public IReadOnlyList<string> Unknown { get; private init; } = [];

    public static CertificateExtensions Read(AsnReader reader)
    {
        var (sequence, read, seen) = (reader.ReadSequence(), None, new HashSet<string>(StringComparer.Ordinal));
        while (sequence.HasData)
        {
            var (oid, critical, value) = One(sequence);
            if (!seen.Add(oid) || seen.Count > MostExtensions)
            {
                throw new AsnContentException("An extension stands twice, or there are too many.");
            }

            read = read.With(oid, critical, value);
        }

        return read;
    }

    /// <summary>One extension of a certificate, a revocation list or an entry of it.</summary>
    public static (string Oid, bool IsCritical, AsnReader Value) One(AsnReader sequence)
    {
        var extension = sequence.ReadSequence();
        var oid = Ber.Oid(extension);
        var critical = Ber.Is(extension, Asn1Tag.Boolean) && extension.ReadBoolean();
        var value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return (oid, critical, Ber.Open(value));
    }

    private CertificateExtensions With(string oid, bool critical, AsnReader value)
    {
        switch (oid)
        {
            case Oids.BasicConstraints:
                var constraints = value.ReadSequence();
                return this with
                {
                    IsAuthority = Ber.Is(constraints, Asn1Tag.Boolean) && constraints.ReadBoolean(),
                    PathLength = constraints.HasData ? Ber.Small(constraints) : null,
                };
            case Oids.KeyUsage:
                var bits = value.ReadBitString(out _);
                return this with { Usage = (KeyUses)((bits.Length > 0 ? bits[0] << 8 : 0) | (bits.Length > 1 ? bits[1] : 0)) };
            case Oids.ExtendedKeyUsage:
                var (inside, purposes) = (value.ReadSequence(), new List<string>());
                while (inside.HasData)
                {
                    purposes.Add(purposes.Count < MostPurposes ? Ber.Oid(inside) : throw new AsnContentException("There are too many purposes."));
                }

                return this with { Purposes = purposes, ArePurposesCritical = critical };
            case Oids.SubjectKeyIdentifier:
                return this with { SubjectKeyId = Convert.ToHexStringLower(value.ReadOctetString()) };
            case Oids.AuthorityKeyIdentifier:
                var identifier = value.ReadSequence();
                return this with { AuthorityKeyId = Ber.Is(identifier, Ber.Tag0) ? Convert.ToHexStringLower(identifier.ReadOctetString(Ber.Tag0)) : null };

            // One that cannot be read names no place, as older issuers' do; it asks for nothing unless it is critical.
            case Oids.DistributionPoints when Ber.TryRead(value.PeekEncodedValue(), DistributionPoints.OfCertificate, out var places):
                return this with { Places = places };

            // Neither limits what a signature proves; policies would only if a policy were asked for.
            case Oids.SubjectAlternativeName or Oids.CertificatePolicies:
                return this;
            default:
                return critical ? this with { Unknown = [.. Unknown, oid] } : this;
        }
    }
}
