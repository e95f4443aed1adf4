using Lantai.Evidence.Certificates;
using Lantai.Evidence.TimeStamps;
using Lantai.Words;

namespace Lantai.Evidence.Signatures;

/// <summary>Judges one signature: arithmetic, then the chain now, then the chain at a time since which the signature is proven to exist.</summary>
/// <remarks>Source: requirements R11-10. Pure.</remarks>
internal sealed class EvidenceJudgement(EvidenceQuestion question, SignedMessage? message, SignatureChecks checks, string subject)
{
    private const int MostStamps = 4;

    public SignatureEvidence Of(SignerCheck check, string form, string confidence, Digest? content)
    {
        List<Finding> findings = [.. message?.Findings ?? [], .. check.Findings];
        var stamps = check.Match == SignatureMatch.Matches ? Stamps(check, findings) : [];
        var chain = check.Certificate is { } certificate ? CertificateChain.Judge(certificate, question.For(question.Now, message), checks) : null;
        DateTimeOffset? at = null;
        var verdict = check.Match switch
        {
            SignatureMatch.Matches => chain!.Verdict,
            SignatureMatch.Unsupported => EvidenceVerdict.Unsupported,
            SignatureMatch.NoCertificate => EvidenceVerdict.NotTrusted,
            _ => Greater(EvidenceVerdict.Wrong, chain),
        };

        // What time has taken away, time can give back; what was never there, it cannot.
        if (check.Match == SignatureMatch.Matches && verdict is EvidenceVerdict.Expired or EvidenceVerdict.Revoked or EvidenceVerdict.RevocationUnknown)
        {
            foreach (var time in ProvenTimes(stamps))
            {
                var then = CertificateChain.Judge(check.Certificate!, question.For(time, message), checks);
                if (then.Verdict == EvidenceVerdict.Valid)
                {
                    // Why it is not valid any more stays said, but speaks no longer against it.
                    findings.AddRange(chain!.Findings.Select(f => f with { Severity = Severity.Information }));
                    List<ReadOnlyMemory<byte>> revocation = [.. then.Revocation, .. chain.Revocation.Where(r => !then.Revocation.Contains(r))];
                    (verdict, chain, at) = (EvidenceVerdict.ValidAtTime, then with { Revocation = revocation }, time);
                    findings.Add(Finding.Information(SignatureCodes.ValidByTime, subject, ("at", ChainJudgement.Text(time))));
                    break;
                }
            }
        }

        findings.AddRange(chain?.Findings ?? []);
        return new SignatureEvidence(
            form, check.Signer, question.Now, verdict, at, confidence, content, check.DigestAlgorithm, check.SignatureAlgorithm, check.Signature,
            [.. chain?.Certificates.Select(c => c.Encoded) ?? []], chain?.Revocation ?? [], [.. stamps.Select(s => s.Evidence)], findings);
    }

    private static EvidenceVerdict Greater(EvidenceVerdict verdict, CertificateChain? chain) => chain?.Verdict > verdict ? chain.Verdict : verdict;

    /// <summary>The time stamps, each with the latest time that its accuracy leaves open: by then the signature existed.</summary>
    private List<(TimeStampEvidence Evidence, DateTimeOffset Latest)> Stamps(SignerCheck check, List<Finding> findings)
    {
        var stamps = new List<(TimeStampEvidence Evidence, DateTimeOffset Latest)>();
        List<ReadOnlyMemory<byte>> given = [.. question.TimeStamps, .. check.TimeStamps]; // our own first, as with lists
        if (given.Count > MostStamps)
        {
            findings.Add(Finding.Warning(SignatureCodes.TooMany, subject, ("piece", "stamp"), ("most", MostStamps)));
        }

        foreach (var bytes in given.Take(MostStamps))
        {
            if (TimeStampToken.TryParse(bytes, subject, out var token, out var problem))
            {
                var asked = question.For(question.Now, message) with { Anchors = question.StampAnchors ?? question.Anchors };
                stamps.Add((TimeStampJudgement.Of(token, token.IsOf(check.Signature.Span), asked, checks, subject), token.Latest));
                findings.AddRange(stamps[^1].Evidence.Findings);
            }
            else
            {
                findings.Add(problem);
            }
        }

        return stamps;
    }

    /// <summary>The earliest first: it proves the most.</summary>
    private IEnumerable<DateTimeOffset> ProvenTimes(List<(TimeStampEvidence Evidence, DateTimeOffset Latest)> stamps) =>
        stamps.Where(s => s.Evidence.Verdict == EvidenceVerdict.Valid).Select(s => s.Latest)
            .Concat(question.HeldSince is { } held ? [held] : [])
            .Where(t => t <= question.Now).Order();
}
