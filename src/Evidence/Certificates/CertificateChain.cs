using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>The judgement of a certificate: the way to a trusted one, and what holds along it at the time that was asked for.</summary>
/// <param name="Verdict">What is to be held of the certificate.</param>
/// <param name="At">The time that was asked for.</param>
/// <param name="Certificates">The certificate, its issuers in order, and the trusted one last; where no way leads there, as far as it led.</param>
/// <param name="Revocation">The revocation lists and answers that counted, as they were received.</param>
/// <param name="Findings">All that was found, along the way that was taken.</param>
/// <remarks>
/// Source: RFC 5280 section 6.1 without policies and name constraints: a certificate that demands them critically is unsupported.
/// Immutable, safe for concurrent use.
/// </remarks>
public sealed record CertificateChain(
    EvidenceVerdict Verdict, DateTimeOffset At, IReadOnlyList<Certificate> Certificates, IReadOnlyList<ReadOnlyMemory<byte>> Revocation, IReadOnlyList<Finding> Findings)
{
    /// <summary>Judges a certificate. However many certificates are given, at most 256 signatures are checked and 16 ways tried.</summary>
    public static CertificateChain Judge(Certificate certificate, ChainQuestion question)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(question);
        return Judge(certificate, question, new SignatureChecks());
    }

    /// <summary>Judges a certificate with signatures that were checked before, and what is left of their number.</summary>
    internal static CertificateChain Judge(Certificate certificate, ChainQuestion question, SignatureChecks checks)
    {
        var paths = new ChainSearch(question, checks);
        CertificateChain? best = null;
        foreach (var path in paths.From(certificate))
        {
            var judged = new ChainJudgement(question, checks).Of(path, paths.Findings);
            best = best is null || judged.Verdict < best.Verdict ? judged : best;
            if (best.Verdict == EvidenceVerdict.Valid)
            {
                break;
            }
        }

        return best ?? new ChainJudgement(question, checks).OfUntrusted(paths.Longest, paths.Findings);
    }
}
