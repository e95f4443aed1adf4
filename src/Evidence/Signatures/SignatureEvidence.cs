using Lantai.Evidence.Certificates;
using Lantai.Evidence.TimeStamps;
using Lantai.Words;

namespace Lantai.Evidence.Signatures;

/// <summary>
/// What was found when a received signature was checked, with all that the answer rests on, so that it can be checked again without
/// asking anybody. It is this archive's own record and no evidence record of RFC 4998.
/// </summary>
/// <param name="Form">How the signature came: <c>cms</c>, <c>gbt35275</c> or <c>raw</c>.</param>
/// <param name="Signer">The signer as the message names it.</param>
/// <param name="Checked">When it was checked.</param>
/// <param name="Verdict">What is to be held of it.</param>
/// <param name="At">The time at which it is valid, for <see cref="EvidenceVerdict.ValidAtTime"/>; else null.</param>
/// <param name="Confidence"><c>high</c>, or <c>medium</c> where the text of the standard that it was read by was not seen.</param>
/// <param name="Content">The SHA-256 of what was signed; null when that was not there.</param>
/// <param name="DigestAlgorithm">The object identifier of the digest.</param>
/// <param name="SignatureAlgorithm">The object identifier of the signature.</param>
/// <param name="Signature">The signature's bytes.</param>
/// <param name="Chain">The certificates from the signer's to the trusted one, in DER, as far as the way led.</param>
/// <param name="Revocation">The revocation lists and answers that counted, in DER.</param>
/// <param name="TimeStamps">The time stamps of the signature.</param>
/// <param name="Findings">All that was found.</param>
/// <remarks>spec: <c>spec/formats/signature-evidence.md</c>. Source: requirements R11-10. Immutable, safe for concurrent use.</remarks>
public sealed record SignatureEvidence(
    string Form, string Signer, DateTimeOffset Checked, EvidenceVerdict Verdict, DateTimeOffset? At, string Confidence, Digest? Content,
    string DigestAlgorithm, string SignatureAlgorithm, ReadOnlyMemory<byte> Signature, IReadOnlyList<ReadOnlyMemory<byte>> Chain,
    IReadOnlyList<ReadOnlyMemory<byte>> Revocation, IReadOnlyList<TimeStampEvidence> TimeStamps, IReadOnlyList<Finding> Findings)
{
    /// <summary>Judges all signatures of a message whose content is at hand.</summary>
    /// <param name="message">The message.</param>
    /// <param name="content">Its content where that lies elsewhere; not looked at where the message holds it.</param>
    /// <param name="question">What is asked, and what may be used.</param>
    /// <param name="subject">What the message is, as a user knows it.</param>
    public static IReadOnlyList<SignatureEvidence> Judge(SignedMessage message, ReadOnlyMemory<byte>? content, EvidenceQuestion question, string subject)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(question);
        var check = new SignedMessageCheck(message, subject, question.Others);
        if (message.Content is null && content is { } elsewhere)
        {
            check.Append(elsewhere.Span);
        }

        var digest = (message.Content ?? content) is { } signed ? Digest.Of(signed.Span) : (Digest?)null;
        return Judge(message, check.Finish(), digest, question, subject);
    }

    /// <summary>Judges all signatures of a message that were checked while its content went by.</summary>
    /// <param name="message">The message.</param>
    /// <param name="checks">What <see cref="SignedMessageCheck.Finish"/> gave.</param>
    /// <param name="content">The SHA-256 of the content; null when it was not there.</param>
    /// <param name="question">What is asked, and what may be used.</param>
    /// <param name="subject">What the message is, as a user knows it.</param>
    public static IReadOnlyList<SignatureEvidence> Judge(SignedMessage message, IReadOnlyList<SignerCheck> checks, Digest? content, EvidenceQuestion question, string subject)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(question);
        var (form, confidence) = message.Form == MessageForm.Gbt35275 ? ("gbt35275", "medium") : ("cms", "high");
        var shared = new SignatureChecks();
        return [.. checks.Select(check => new EvidenceJudgement(question, message, shared, subject).Of(check, form, confidence, content))];
    }

    /// <summary>Judges a signature that stands alone, beside a certificate and the name of an algorithm, as in an EEP package.</summary>
    /// <param name="signature">The signature's bytes; for SM2 and ECDSA a DER sequence, for SM2 also r and s.</param>
    /// <param name="algorithm">The object identifier of an algorithm that names its digest, such as SM2-with-SM3.</param>
    /// <param name="certificate">The signer's certificate.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="question">What is asked, and what may be used.</param>
    /// <param name="subject">What the signature is, as a user knows it.</param>
    public static SignatureEvidence Judge(ReadOnlyMemory<byte> signature, string algorithm, Certificate certificate, ReadOnlyMemory<byte> content, EvidenceQuestion question, string subject)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(question);
        var scheme = SignatureScheme.Of(new Asn1.AlgorithmName(algorithm, default));
        var known = scheme is not null && certificate.Key?.Fits(scheme) == true;
        var match = !known ? SignatureMatch.Unsupported
            : certificate.Key!.VerifiesMessage(scheme!, content, signature) ? SignatureMatch.Matches
            : SignatureMatch.Differs;
        List<Finding> findings = match switch
        {
            SignatureMatch.Unsupported => [Finding.Error(SignatureCodes.UnknownAlgorithm, subject, ("piece", "signature"), ("algorithm", $"{algorithm} {certificate.KeyAlgorithm}"))],
            SignatureMatch.Differs => [Finding.Error(SignatureCodes.Wrong, subject, ("piece", "signature"), ("by", certificate.Subject))],
            _ => [],
        };
        if (scheme is { IsWeak: true })
        {
            findings.Add(Finding.Warning(SignatureCodes.WeakAlgorithm, subject, ("piece", "signature"), ("algorithm", algorithm)));
        }

        var check = new SignerCheck(certificate.ToString(), match, certificate, scheme?.Digest ?? "", algorithm, signature, null, [], findings);
        return new EvidenceJudgement(question, null, new SignatureChecks(), subject).Of(check, "raw", "high", Digest.Of(content.Span));
    }
}
