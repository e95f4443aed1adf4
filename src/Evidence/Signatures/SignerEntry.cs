using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;

namespace Lantai.Evidence.Signatures;

/// <summary>One signer of a message as the message names it (SignerInfo).</summary>
/// <remarks>Source: RFC 5652 section 5.3. Immutable.</remarks>
internal sealed class SignerEntry
{
    private const int MostAttributes = 64;
    private const int MostStamps = 16;

    private readonly string? _issuer;
    private readonly string? _serial;
    private readonly string? _keyId;

    private SignerEntry(AsnReader reader)
    {
        var entry = reader.ReadSequence();
        _ = Ber.Small(entry);
        if (Ber.Is(entry, Ber.Tag0))
        {
            _keyId = Convert.ToHexStringLower(entry.ReadOctetString(Ber.Tag0));
            Name = "key " + _keyId;
        }
        else
        {
            var id = entry.ReadSequence();
            var issuer = DistinguishedName.Read(id);
            (_issuer, _serial) = (issuer.Canonical, Ber.Serial(id));
            id.ThrowIfNotEmpty();
            Name = $"{issuer.Text} ({_serial})";
        }

        Digest = Ber.Algorithm(entry);
        if (Ber.Is(entry, Ber.Tag0))
        {
            ReadSigned(entry.ReadEncodedValue());
        }

        Algorithm = Ber.Algorithm(entry);
        Signature = entry.ReadOctetString();
        if (Ber.Is(entry, Ber.Tag1))
        {
            ReadUnsigned(entry.ReadSetOf(skipSortOrderValidation: true, Ber.Tag1));
        }

        entry.ThrowIfNotEmpty();
    }

    /// <summary>How the signer is named, for people.</summary>
    public string Name { get; }

    public AlgorithmName Digest { get; }

    public AlgorithmName Algorithm { get; }

    public byte[] Signature { get; }

    /// <summary>What the signature is over, where there are signed attributes: as they stand, and in the order of DER where that is another.</summary>
    public IReadOnlyList<byte[]> SignedForms { get; private set; } = [];

    public string? ContentType { get; private set; }

    public byte[]? MessageDigest { get; private set; }

    /// <summary>When the signer says that it signed.</summary>
    public DateTimeOffset? SigningTime { get; private set; }

    /// <summary>The certificate that the signer signed itself to be of: algorithm of the digest, digest. Null when it did not.</summary>
    public (string Digest, byte[] Hash)? SigningCertificate { get; private set; }

    /// <summary>The time stamps of the signature, as they stand.</summary>
    public List<ReadOnlyMemory<byte>> Stamps { get; } = [];

    public static SignerEntry Read(AsnReader reader) => new(reader);

    /// <summary>
    /// Whether a content is a set of signed attributes. Who holds a message can leave its attributes out and put them in the place
    /// of the content: the signature fits, and nobody meant to sign that.
    /// </summary>
    public static bool IsAttributes(ReadOnlyMemory<byte> content) => content.Span is [0x31, ..] && Ber.TryRead(
        content, reader => Ber.Elements(reader.ReadSetOf(skipSortOrderValidation: true), MostAttributes).Exists(e => Attribute(e).Oid == Oids.MessageDigest), out var holds) && holds;

    public bool IsBy(Certificate certificate) => _keyId is { } key
        ? certificate.Extensions.SubjectKeyId == key
        : certificate.SerialNumber == _serial && certificate.IssuerName.Canonical == _issuer;

    /// <summary>Whether the signer signed that it is this certificate, byte for byte; false when it names none.</summary>
    public bool Names(Certificate certificate) => SigningCertificate is { } named
        && ContentDigest.Of(named.Digest, certificate.Encoded.Span) is { } hash && hash.AsSpan().SequenceEqual(named.Hash);

    private void ReadSigned(ReadOnlyMemory<byte> attributes)
    {
        var elements = Ber.Elements(Ber.Open(attributes).ReadSetOf(skipSortOrderValidation: true, Ber.Tag0), MostAttributes);
        foreach (var (oid, value) in elements.Select(Attribute))
        {
            switch (oid)
            {
                case Oids.ContentType:
                    ContentType = Once(ContentType) ?? Ber.Oid(value);
                    break;
                case Oids.MessageDigest:
                    MessageDigest = Once(MessageDigest) ?? value.ReadOctetString();
                    break;
                case Oids.SigningTime:
                    SigningTime = SigningTime is null ? Ber.Time(value) : throw new AsnContentException("An attribute stands twice.");
                    break;
                case Oids.SigningCertificate:
                    SigningCertificate ??= (Oids.Sha1, value.ReadSequence().ReadSequence().ReadSequence().ReadOctetString());
                    break;
                case Oids.SigningCertificateV2:
                    SigningCertificate = Second(value.ReadSequence().ReadSequence().ReadSequence());
                    break;
            }
        }

        var standing = Set(elements);
        var ordered = Set([.. elements.OrderBy(e => e, Comparer<ReadOnlyMemory<byte>>.Create(static (a, b) => a.Span.SequenceCompareTo(b.Span)))]);
        SignedForms = standing.AsSpan().SequenceEqual(ordered) ? [standing] : [standing, ordered];
    }

    private void ReadUnsigned(AsnReader attributes)
    {
        foreach (var (oid, value) in Ber.Elements(attributes, MostAttributes).Select(Attribute))
        {
            if (oid == Oids.SignatureTimeStamp && Stamps.Count < MostStamps)
            {
                Stamps.Add(value.ReadEncodedValue());
            }
        }
    }

    /// <summary>An attribute with its first value; more than one is for attributes that are not read here.</summary>
    private static (string Oid, AsnReader Value) Attribute(ReadOnlyMemory<byte> element)
    {
        var attribute = Ber.Open(element).ReadSequence();
        var oid = Ber.Oid(attribute);
        var values = attribute.ReadSetOf(skipSortOrderValidation: true);
        attribute.ThrowIfNotEmpty();
        return (oid, Ber.Open(values.ReadEncodedValue()));
    }

    /// <summary>RFC 5035: the digest is SHA-256 where no other is named.</summary>
    private static (string Digest, byte[] Hash) Second(AsnReader certificate) =>
        (Ber.Is(certificate, Asn1Tag.Sequence) ? Ber.Algorithm(certificate).Oid : Oids.Sha256, certificate.ReadOctetString());

    /// <summary>RFC 5652 section 5.4: what is signed has the tag of a set and a length in DER, whatever stands in the message.</summary>
    private static byte[] Set(IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER); // which keeps the order
        using (writer.PushSetOf())
        {
            foreach (var element in elements)
            {
                writer.WriteEncodedValue(element.Span);
            }
        }

        return writer.Encode();
    }

    private static T? Once<T>(T? held)
        where T : class => held is null ? null : throw new AsnContentException("An attribute stands twice.");
}
