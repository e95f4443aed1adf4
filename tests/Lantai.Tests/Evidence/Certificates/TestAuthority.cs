using Lantai.Evidence.Certificates;
using Lantai.Evidence.National;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;
using BcCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace Lantai.Tests.Evidence.Certificates;

/// <summary>
/// A holder of a key and its certificate, who may issue others: made by the library's own generators, so that what is read here was
/// written by somebody else's code.
/// </summary>
internal sealed class TestAuthority
{
    public const string Sm2 = "SM3WITHSM2";
    public const string Rsa = "SHA256WITHRSA";
    public const string Ecdsa = "SHA256WITHECDSA";

    public static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Middle = new(2025, 6, 1, 8, 0, 0, TimeSpan.Zero);

    private static long _serial = 0x1000;

    private readonly TestAuthority? _issuer;

    private TestAuthority(TestAuthority? issuer, AsymmetricCipherKeyPair keys, string algorithm, BcCertificate certificate)
    {
        (_issuer, Keys, Algorithm, Made) = (issuer, keys, algorithm, certificate);
        Assert.True(Certificate.TryParse(certificate.GetEncoded(), out var read));
        Certificate = read;
    }

    public AsymmetricCipherKeyPair Keys { get; }

    public string Algorithm { get; }

    public BcCertificate Made { get; }

    public Certificate Certificate { get; }

    public Sm2KeyPair Pair => Sm2KeyPair.TryImport(Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(32, ((ECPrivateKeyParameters)Keys.Private).D), out var pair) ? pair : throw new InvalidOperationException();

    public static TestAuthority Root(string name = "CN=Root,O=测试,C=CN", string algorithm = Sm2, Action<X509V3CertificateGenerator>? change = null, int? pathLength = null) =>
        Make(null, name, algorithm, Authority(pathLength) + change, algorithm);

    public TestAuthority Below(string name, string? algorithm = null, Action<X509V3CertificateGenerator>? change = null, int? pathLength = null, int uses = KeyUsage.KeyCertSign | KeyUsage.CrlSign) =>
        Make(this, name, algorithm ?? Algorithm, Authority(pathLength, uses) + change, Algorithm);

    public TestAuthority Person(string name = "CN=张三,O=审批局,C=CN", string? algorithm = null, Action<X509V3CertificateGenerator>? change = null, string? signedWith = null) =>
        Make(this, name, algorithm ?? Algorithm, Signer + change, signedWith ?? Algorithm);

    /// <summary>Another certificate for the key and name of this one.</summary>
    public TestAuthority Again(TestAuthority issuer, Action<X509V3CertificateGenerator>? change = null) =>
        new(issuer, Keys, Algorithm, Certify(issuer, Made.SubjectDN.ToString(), Keys, Authority(null) + change, issuer.Algorithm));

    public TestAuthority Stamper(Action<X509V3CertificateGenerator>? change = null, string? algorithm = null) =>
        Make(this, "CN=TSA,O=测试,C=CN", algorithm ?? Algorithm, g => g.AddExtension(X509Extensions.ExtendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeID.id_kp_timeStamping)), Algorithm, change);

    public RevocationList List(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, Action<X509V2CrlGenerator>? change = null)
    {
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(Made.SubjectDN);
        generator.SetThisUpdate(thisUpdate.UtcDateTime);
        generator.SetNextUpdate(nextUpdate.UtcDateTime);
        change?.Invoke(generator);
        Assert.True(RevocationList.TryParse(generator.Generate(Factory(Algorithm)).GetEncoded(), out var list));
        return list;
    }

    /// <summary>An answer of this authority, or of a responder it charged, about one certificate.</summary>
    public OcspResponse Answer(TestAuthority about, CertificateStatus? status, DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, TestAuthority? by = null, TestAuthority? named = null)
    {
        by ??= this;
        var generator = new BasicOcspRespGenerator(new RespID((named ?? by).Made.SubjectDN));
        var id = new CertificateID(new AlgorithmIdentifier(Org.BouncyCastle.Asn1.Oiw.OiwObjectIdentifiers.IdSha1, DerNull.Instance), Made, about.Made.SerialNumber);
        generator.AddResponse(id, status, thisUpdate.UtcDateTime, nextUpdate?.UtcDateTime, null);
        var basic = generator.Generate(by.Factory(by.Algorithm), by == this ? [] : [by.Made], thisUpdate.UtcDateTime);
        var response = new OCSPRespGenerator().Generate(OcspRespStatus.Successful, basic);
        Assert.True(OcspResponse.TryParse(response.GetEncoded(), out var read));
        return read;
    }

    public ISignatureFactory Factory(string algorithm) => new Asn1SignatureFactory(algorithm, Keys.Private, new SecureRandom());

    /// <summary>What it takes to find this one valid: the trusted root, those between, and a list of each that revokes nobody.</summary>
    public ChainQuestion Question(DateTimeOffset? at = null)
    {
        var (others, lists) = (new List<Certificate>(), new List<RevocationList>());
        var top = this;
        for (; top._issuer is { } issuer; top = issuer)
        {
            others.Add(issuer.Certificate);
            lists.Add(issuer.List((at ?? Middle).AddDays(-1), (at ?? Middle).AddDays(1)));
        }

        return new ChainQuestion { Anchors = [top.Certificate], At = at ?? Middle, Others = others, RevocationLists = lists };
    }

    private static TestAuthority Make(TestAuthority? issuer, string name, string algorithm, Action<X509V3CertificateGenerator> extensions, string signedWith, Action<X509V3CertificateGenerator>? change = null)
    {
        var keys = NewKeys(algorithm);
        return new TestAuthority(issuer, keys, algorithm, Certify(issuer, name, keys, extensions + change, signedWith));
    }

    private static BcCertificate Certify(TestAuthority? issuer, string name, AsymmetricCipherKeyPair keys, Action<X509V3CertificateGenerator> extensions, string signedWith)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(BigInteger.ValueOf(Interlocked.Increment(ref _serial)));
        generator.SetIssuerDN(issuer?.Made.SubjectDN ?? new X509Name(name));
        generator.SetSubjectDN(new X509Name(name));
        generator.SetNotBefore(Begin.UtcDateTime);
        generator.SetNotAfter(End.UtcDateTime);
        generator.SetPublicKey(keys.Public);
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, false, X509ExtensionUtilities.CreateSubjectKeyIdentifier(keys.Public));
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, X509ExtensionUtilities.CreateAuthorityKeyIdentifier(issuer?.Keys.Public ?? keys.Public));
        extensions(generator);
        return generator.Generate(new Asn1SignatureFactory(signedWith, issuer?.Keys.Private ?? keys.Private, new SecureRandom()));
    }

    private static Action<X509V3CertificateGenerator> Authority(int? pathLength, int uses = KeyUsage.KeyCertSign | KeyUsage.CrlSign) => generator =>
    {
        generator.AddExtension(X509Extensions.BasicConstraints, true, pathLength is { } length ? new BasicConstraints(length) : new BasicConstraints(true));
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(uses));
    };

    private static void Signer(X509V3CertificateGenerator generator) =>
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.DigitalSignature | KeyUsage.NonRepudiation));

    private static AsymmetricCipherKeyPair NewKeys(string algorithm)
    {
        IAsymmetricCipherKeyPairGenerator generator;
        if (algorithm.Contains("RSA", StringComparison.Ordinal))
        {
            generator = new RsaKeyPairGenerator();
            generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), new SecureRandom(), 1024, 20));
        }
        else
        {
            generator = new ECKeyPairGenerator();
            var curve = algorithm == Sm2 ? GMObjectIdentifiers.sm2p256v1 : Org.BouncyCastle.Asn1.X9.X9ObjectIdentifiers.Prime256v1;
            generator.Init(new ECKeyGenerationParameters(curve, new SecureRandom()));
        }

        return generator.GenerateKeyPair();
    }
}
