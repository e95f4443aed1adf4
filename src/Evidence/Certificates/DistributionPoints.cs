using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>The places at which revocation lists are given out: an authority that has many certificates cuts its list into parts, one for each place.</summary>
/// <remarks>Source: RFC 5280 sections 4.2.1.13 and 5.2.5. A place is the digest of a name as it stands. Pure functions.</remarks>
internal static class DistributionPoints
{
    private const int MostPoints = 64;

    /// <summary>All places that a certificate names.</summary>
    public static IReadOnlySet<Digest> OfCertificate(AsnReader points)
    {
        var places = new HashSet<Digest>();
        foreach (var element in Ber.Elements(points.ReadSequence(), MostPoints))
        {
            var point = Ber.Open(element).ReadSequence();
            if (Ber.Is(point, Ber.Tag0))
            {
                places.UnionWith(Names(point.ReadSequence(Ber.Tag0)));
            }
        }

        return places;
    }

    /// <summary>The names of one place; a name relative to the issuer's is one too.</summary>
    public static IReadOnlySet<Digest> Names(AsnReader name) => Ber.Is(name, Ber.Tag0)
        ? Ber.Elements(name.ReadSequence(Ber.Tag0), MostPoints).Select(n => Digest.Of(n.Span)).ToHashSet()
        : new HashSet<Digest> { Digest.Of(name.ReadEncodedValue().Span) };
}
