using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.National;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>An X.509 certificate, as it was received. It proves nothing by itself: <see cref="CertificateChain"/> says what holds.</summary>
/// <remarks>
/// Source: RFC 5280 section 4.1; GB/T 20518 for SM2 as far as requirements 3.12 confirms it. Equal by content. Immutable, safe for
/// concurrent use.
/// </remarks>
public sealed class Certificate : IEquatable<Certificate>
{
    /// <summary>The greatest length of a certificate that is read, in bytes.</summary>
    public const int MaxLength = 1 << 18;

    private readonly Lazy<SubjectKey?> _key;

    private Certificate(AsnReader reader)
    {
        Encoded = reader.PeekEncodedValue().ToArray();
        var outer = Ber.Open(Encoded).ReadSequence();
        _ = reader.ReadEncodedValue();
        Signed = outer.PeekEncodedValue();
        var body = outer.ReadSequence();
        Algorithm = Ber.Algorithm(outer);
        Signature = Ber.WholeBytes(outer);
        outer.ThrowIfNotEmpty();

        Version = Ber.Is(body, Ber.Tag0) ? 1 + Ber.Small(body.ReadSequence(Ber.Tag0)) : 1;
        SerialNumber = Ber.Serial(body);
        var inner = Ber.Algorithm(body);
        IssuerName = DistinguishedName.Read(body);
        var validity = body.ReadSequence();
        (NotBefore, NotAfter) = (Ber.Time(validity), Ber.Time(validity));
        SubjectName = DistinguishedName.Read(body);
        SubjectPublicKey = body.PeekEncodedValue();
        var key = body.ReadSequence();
        KeyName = Ber.Algorithm(key);
        KeyBits = Ber.WholeBytes(key);
        Skip(body, Ber.Tag1);
        Skip(body, Ber.Tag2);
        Extensions = Ber.Is(body, Ber.Tag3) ? CertificateExtensions.Read(body.ReadSequence(Ber.Tag3)) : CertificateExtensions.None;
        body.ThrowIfNotEmpty();
        if (inner.Oid != Algorithm.Oid || !inner.Parameters.Span.SequenceEqual(Algorithm.Parameters.Span))
        {
            throw new AsnContentException("The signed algorithm is another than the named one."); // RFC 5280 section 4.1.1.2
        }

        Fingerprint = Digest.Of(Encoded.Span);
        _key = new Lazy<SubjectKey?>(() => SubjectKey.Read(KeyName, KeyBits));
    }

    /// <summary>The bytes as they were received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The SHA-256 of these bytes.</summary>
    public Digest Fingerprint { get; }

    /// <summary>1 to 3.</summary>
    public int Version { get; }

    /// <summary>For whom it is, for people (RFC 4514); a name proves nothing.</summary>
    public string Subject => SubjectName.Text;

    /// <summary>Who issued it, for people (RFC 4514).</summary>
    public string Issuer => IssuerName.Text;

    /// <summary>The issuer's number for it, in lower-case hexadecimal digits.</summary>
    public string SerialNumber { get; }

    /// <summary>From when on it is valid.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when it is valid, that second included.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The object identifier of the algorithm that it is signed with.</summary>
    public string SignatureAlgorithm => Algorithm.Oid;

    /// <summary>The object identifier of its key: of the curve, where it has a named one.</summary>
    public string KeyAlgorithm => Key?.Algorithm ?? KeyName.Oid;

    /// <summary>The SM2 key, when it has one.</summary>
    public Sm2PublicKey? Sm2Key => Key?.Sm2;

    /// <summary>The DER structure that holds its key (SubjectPublicKeyInfo).</summary>
    public ReadOnlyMemory<byte> SubjectPublicKey { get; }

    /// <summary>Whether it may issue others.</summary>
    public bool IsAuthority => Extensions.IsAuthority;

    /// <summary>What its key may be used for; null when it does not say.</summary>
    public KeyUses? Usage => Extensions.Usage;

    /// <summary>The purposes that it is limited to, by object identifier; null when it is not.</summary>
    public IReadOnlyList<string>? Purposes => Extensions.Purposes;

    internal DistinguishedName SubjectName { get; }

    internal DistinguishedName IssuerName { get; }

    internal CertificateExtensions Extensions { get; }

    internal AlgorithmName Algorithm { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    internal ReadOnlyMemory<byte> Signed { get; }

    internal AlgorithmName KeyName { get; }

    internal ReadOnlyMemory<byte> KeyBits { get; }

    /// <summary>The key; null when its algorithm is not known.</summary>
    internal SubjectKey? Key => _key.Value;

    /// <summary>Reads a certificate in DER or BER, with nothing behind it. Untrusted: what is none gives false, in time linear in its length.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        return bytes.Length <= MaxLength && Ber.TryRead(bytes, reader => new Certificate(reader), out certificate);
    }

    /// <summary>Whether the two are the same bytes.</summary>
    public bool Equals(Certificate? other) => other is not null && Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode();

    /// <summary>Subject and serial number, for logs.</summary>
    public override string ToString() => $"{Subject} ({SerialNumber})";

    private static void Skip(AsnReader reader, Asn1Tag tag)
    {
        if (Ber.Is(reader, tag))
        {
            _ = reader.ReadEncodedValue(); // unique identifiers, which nobody uses
        }
    }
}
