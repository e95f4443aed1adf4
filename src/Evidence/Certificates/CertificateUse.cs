namespace Lantai.Evidence.Certificates;

/// <summary>What a certificate is asked to prove.</summary>
public enum CertificateUse
{
    /// <summary>
    /// That its holder signed a document: digital signature or content commitment, where it limits its key, and not for time stamps or
    /// OCSP answers alone.
    /// </summary>
    Signing,

    /// <summary>That its holder stamped a time: for this purpose alone, said critically (RFC 3161 section 2.3).</summary>
    TimeStamping,

    /// <summary>That its holder answers for an issuer about revocation (RFC 6960 section 4.2.2.2).</summary>
    OcspSigning,
}
