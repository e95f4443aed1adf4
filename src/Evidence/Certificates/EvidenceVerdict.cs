namespace Lantai.Evidence.Certificates;

/// <summary>
/// What is to be held of a signature, a certificate or a time stamp. The values stand in the order in which they weigh: of several
/// that apply, the greatest is told, and the findings tell all.
/// </summary>
public enum EvidenceVerdict
{
    /// <summary>It holds at the time that was asked for.</summary>
    Valid,

    /// <summary>It does not hold any more, and held at a time from which on it is proven to exist.</summary>
    ValidAtTime,

    /// <summary>Nothing usable says whether a certificate was revoked.</summary>
    RevocationUnknown,

    /// <summary>A certificate had ended at the time that was asked for.</summary>
    Expired,

    /// <summary>A certificate had not begun at the time that was asked for.</summary>
    NotYetValid,

    /// <summary>A certificate is not for this use, or an issuer may not issue.</summary>
    Unsuited,

    /// <summary>A certificate was revoked.</summary>
    Revoked,

    /// <summary>No way leads to a trusted certificate, or the signer's certificate is not there.</summary>
    NotTrusted,

    /// <summary>An algorithm, or a condition that a certificate makes, is not known here; never to be taken for valid.</summary>
    Unsupported,

    /// <summary>The signature is not that key's, or what was signed was changed.</summary>
    Wrong,

    /// <summary>The bytes are not what they should be.</summary>
    Malformed,
}
