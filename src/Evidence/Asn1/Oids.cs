namespace Lantai.Evidence.Asn1;

/// <summary>The object identifiers that this room reads and writes. Those of the national standards by requirements 3.12.</summary>
internal static class Oids
{
    public const string Md5 = "1.2.840.113549.2.5";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha224 = "2.16.840.1.101.3.4.2.4";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string Sm3 = "1.2.156.10197.1.401";
    public const string Sm4 = "1.2.156.10197.1.104";

    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string Mgf1 = "1.2.840.113549.1.1.8";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";
    public const string Sm2Curve = "1.2.156.10197.1.301";
    public const string Sm2Signing = "1.2.156.10197.1.301.1";
    public const string Sm2WithSm3 = "1.2.156.10197.1.501";

    public const string CmsData = "1.2.840.113549.1.7.1";
    public const string CmsSignedData = "1.2.840.113549.1.7.2";
    public const string CmsEnvelopedData = "1.2.840.113549.1.7.3";
    public const string CmsSignedAndEnvelopedData = "1.2.840.113549.1.7.4";
    public const string CmsEncryptedData = "1.2.840.113549.1.7.6";
    public const string CmsAuthEnvelopedData = "1.2.840.113549.1.9.16.1.23";
    public const string GmData = "1.2.156.10197.6.1.4.2.1";
    public const string GmSignedData = "1.2.156.10197.6.1.4.2.2";
    public const string GmEnvelopedData = "1.2.156.10197.6.1.4.2.3";
    public const string GmSignedAndEnvelopedData = "1.2.156.10197.6.1.4.2.4";
    public const string GmEncryptedData = "1.2.156.10197.6.1.4.2.5";
    public const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    public const string TimeStampedData = "1.2.840.113549.1.9.16.1.31";

    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string CrlNumber = "2.5.29.20";
    public const string ReasonCode = "2.5.29.21";
    public const string InvalidityDate = "2.5.29.24";
    public const string DistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    public const string ForTimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string ForOcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    public const string OcspRevocation = "1.3.6.1.5.5.7.16.2";
}
