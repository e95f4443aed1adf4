namespace Lantai.Evidence;

/// <summary>The codes of findings about received signatures, certificates and time stamps; spec/codes/evidence.md has their rules.</summary>
public static class SignatureCodes
{
    /// <summary>Bytes are not what they should be: arguments piece, length.</summary>
    public const string Malformed = "SIG-001";

    /// <summary>An algorithm is not known: arguments piece, algorithm.</summary>
    public const string UnknownAlgorithm = "SIG-002";

    /// <summary>An algorithm or key proves little by now: arguments piece, algorithm.</summary>
    public const string WeakAlgorithm = "SIG-003";

    /// <summary>A signature is not its key's, or what was signed was changed: arguments piece, by.</summary>
    public const string Wrong = "SIG-004";

    /// <summary>The content is not the signed one: argument algorithm.</summary>
    public const string ContentDiffers = "SIG-005";

    /// <summary>The signer's certificate is not there: argument signer.</summary>
    public const string NoCertificate = "SIG-006";

    /// <summary>A certificate names an issuer that did not sign it: argument issuer.</summary>
    public const string WrongIssuer = "SIG-007";

    /// <summary>No way leads to a trusted certificate: argument issuer.</summary>
    public const string NotTrusted = "SIG-008";

    /// <summary>A certificate had ended: arguments end, at.</summary>
    public const string Expired = "SIG-009";

    /// <summary>A certificate had not begun: arguments begin, at.</summary>
    public const string NotYetValid = "SIG-010";

    /// <summary>A certificate was revoked: arguments since, cause.</summary>
    public const string Revoked = "SIG-011";

    /// <summary>Nothing says whether a certificate was revoked: argument at.</summary>
    public const string RevocationUnknown = "SIG-012";

    /// <summary>A revocation list or answer says nothing that counts: arguments piece, obstacle.</summary>
    public const string RevocationUnusable = "SIG-013";

    /// <summary>A certificate is not for this use: argument purpose.</summary>
    public const string Unsuited = "SIG-014";

    /// <summary>An issuer may not issue: argument allowed.</summary>
    public const string NoAuthority = "SIG-015";

    /// <summary>A certificate makes a condition that is not known: argument extension.</summary>
    public const string UnknownCondition = "SIG-016";

    /// <summary>Content is encrypted: argument type.</summary>
    public const string Encrypted = "SIG-017";

    /// <summary>There is more than is looked at: arguments piece, most.</summary>
    public const string TooMany = "SIG-018";

    /// <summary>A time stamp is of something else: argument algorithm.</summary>
    public const string ImprintDiffers = "SIG-019";

    /// <summary>A time stamp does not name its signer's certificate, or names another.</summary>
    public const string StampSignerUnnamed = "SIG-020";

    /// <summary>Nobody signed.</summary>
    public const string NoSigner = "SIG-021";

    /// <summary>Signed attributes lack what they must hold: argument attribute.</summary>
    public const string AttributeAbsent = "SIG-022";

    /// <summary>The signed content lies elsewhere and was not given.</summary>
    public const string ContentAbsent = "SIG-023";

    /// <summary>A signature counts because it existed while its certificate was valid: argument at.</summary>
    public const string ValidByTime = "SIG-024";

    /// <summary>The signer signed another certificate to be meant than the one that is there: argument signer.</summary>
    public const string OtherCertificate = "SIG-025";

    /// <summary>A time stamp says a time that is yet to come: arguments time, at.</summary>
    public const string StampOfFuture = "SIG-026";
}
