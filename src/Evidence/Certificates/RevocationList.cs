using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>A certificate revocation list, as it was received.</summary>
/// <remarks>
/// Source: RFC 5280 section 5. Its entries are read when one is looked for, so a list of any length costs no memory but its own.
/// Immutable, safe for concurrent use.
/// </remarks>
public sealed class RevocationList
{
    /// <summary>The greatest length of a list that is read, in bytes.</summary>
    public const int MaxLength = 1 << 26;

    private readonly ReadOnlyMemory<byte> _entries;

    private RevocationList(AsnReader reader)
    {
        Encoded = reader.PeekEncodedValue();
        var outer = reader.ReadSequence();
        Signed = outer.PeekEncodedValue();
        var body = outer.ReadSequence();
        Algorithm = Ber.Algorithm(outer);
        Signature = Ber.WholeBytes(outer);
        outer.ThrowIfNotEmpty();

        if (Ber.Is(body, Asn1Tag.Integer))
        {
            _ = Ber.Small(body);
        }

        var inner = Ber.Algorithm(body);
        IssuerName = DistinguishedName.Read(body);
        ThisUpdate = Ber.Time(body);
        NextUpdate = body.HasData && (Ber.Is(body, new Asn1Tag(UniversalTagNumber.UtcTime)) || Ber.Is(body, new Asn1Tag(UniversalTagNumber.GeneralizedTime))) ? Ber.Time(body) : null;
        _entries = Ber.Is(body, Asn1Tag.Sequence) ? body.ReadEncodedValue() : default;
        if (Ber.Is(body, Ber.Tag0))
        {
            ReadExtensions(body.ReadSequence(Ber.Tag0).ReadSequence());
        }

        body.ThrowIfNotEmpty();
        if (inner.Oid != Algorithm.Oid)
        {
            throw new AsnContentException("The signed algorithm is another than the named one.");
        }
    }

    /// <summary>The bytes as they were received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Who issued it, for people (RFC 4514).</summary>
    public string Issuer => IssuerName.Text;

    /// <summary>When it was issued.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>By when the next one was to be issued; null when it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    internal DistinguishedName IssuerName { get; }

    internal AlgorithmName Algorithm { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    internal ReadOnlyMemory<byte> Signed { get; }

    /// <summary>Whether it is a part only, or of other issuers' certificates: then it says nothing here.</summary>
    internal bool IsPartial { get; private set; }

    /// <summary>The place whose part of the certificates it is of; null for all.</summary>
    internal IReadOnlySet<Digest>? Places { get; private set; }

    /// <summary>Whether it is of certificates of authorities only (true) or of others only (false); null for all.</summary>
    internal bool? ForAuthorities { get; private set; }

    /// <summary>Reads a list in DER or BER, with nothing behind it. Untrusted: what is none gives false.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out RevocationList? list)
    {
        list = null;
        return bytes.Length <= MaxLength && Ber.TryRead(bytes, reader => new RevocationList(reader), out list);
    }

    /// <summary>Looks for a certificate by its number: since when and why it is revoked, or null when it is not listed.</summary>
    /// <exception cref="AsnContentException">An entry cannot be read, or makes a condition that is not known.</exception>
    internal (DateTimeOffset Since, RevocationReason Reason)? Find(string serialNumber)
    {
        if (_entries.IsEmpty)
        {
            return null;
        }

        (DateTimeOffset Since, RevocationReason Reason)? found = null;
        for (var list = Ber.Open(_entries).ReadSequence(); list.HasData;)
        {
            var entry = list.ReadSequence();
            var serial = Ber.Serial(entry);
            var (since, reason) = (Ber.Time(entry), RevocationReason.Unspecified);
            for (var extensions = entry.HasData ? entry.ReadSequence() : null; extensions is { HasData: true };)
            {
                var (oid, critical, value) = CertificateExtensions.One(extensions);
                if (oid == Oids.ReasonCode)
                {
                    reason = (RevocationReason)(int)value.ReadEnumeratedBytes().Span[0];
                }
                else if (oid == Oids.InvalidityDate)
                {
                    since = Ber.Time(value) is var earlier && earlier < since ? earlier : since;
                }
                else if (critical)
                {
                    throw new AsnContentException("An entry makes a condition that is not known."); // of another issuer's certificate, most likely
                }
            }

            found = serial == serialNumber && reason != RevocationReason.RemoveFromCrl ? (since, reason) : found;
        }

        return found;
    }

    private void ReadExtensions(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var (oid, critical, value) = CertificateExtensions.One(extensions);
            if (oid == Oids.IssuingDistributionPoint)
            {
                ReadScope(value.ReadSequence());
            }
            else
            {
                IsPartial |= critical && oid is not (Oids.AuthorityKeyIdentifier or Oids.CrlNumber);
            }
        }
    }

    /// <summary>RFC 5280 section 5.2.5: [0] the place, [1] users only, [2] authorities only, [3] some reasons, [4] indirect, [5] attributes only.</summary>
    private void ReadScope(AsnReader scope)
    {
        while (scope.HasData)
        {
            if (Ber.Is(scope, Ber.Tag0))
            {
                Places = DistributionPoints.Names(scope.ReadSequence(Ber.Tag0));
                continue;
            }

            var number = scope.PeekTag() is { TagClass: TagClass.ContextSpecific } tag ? tag.TagValue : -1;
            var set = number is 1 or 2 or 4 or 5 ? scope.ReadBoolean(scope.PeekTag()) : !scope.ReadEncodedValue().IsEmpty;
            ForAuthorities = (number, set) switch { (1, true) => false, (2, true) => true, _ => ForAuthorities };
            IsPartial |= set && number is not (1 or 2);
        }
    }
}
