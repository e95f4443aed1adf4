namespace Lantai.Evidence.Certificates;

/// <summary>What is asked of a certificate, and what may be used to answer. Nothing is ever fetched: what is not given is not known.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record ChainQuestion
{
    /// <summary>The certificates that are trusted, from outside of what is judged. Their dates count too.</summary>
    public required IReadOnlyList<Certificate> Anchors { get; init; }

    /// <summary>The time that is asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Other certificates that may lie between, in any order; untrusted.</summary>
    public IReadOnlyList<Certificate> Others { get; init; } = [];

    /// <summary>Revocation lists, in any order; untrusted.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>Answers of OCSP responders, in any order; untrusted.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; init; } = [];

    /// <summary>What the certificate is to prove.</summary>
    public CertificateUse Use { get; init; } = CertificateUse.Signing;

    /// <summary>Whether a certificate of which nothing says that it was not revoked is told as that; true unless a policy says otherwise.</summary>
    public bool NeedsRevocation { get; init; } = true;
}
