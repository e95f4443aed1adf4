namespace Lantai.Evidence.Certificates;

/// <summary>Why a certificate was revoked.</summary>
/// <remarks>Source: RFC 5280 section 5.3.1; a number that stands not here is kept as it is.</remarks>
internal enum RevocationReason
{
    Unspecified = 0,
    KeyCompromise = 1,
    CaCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    RemoveFromCrl = 8,
    PrivilegeWithdrawn = 9,
    AaCompromise = 10,
}
