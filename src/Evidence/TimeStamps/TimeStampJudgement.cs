using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Words;

namespace Lantai.Evidence.TimeStamps;

/// <summary>Judges a time stamp.</summary>
/// <remarks>Source: RFC 3161 sections 2.3 and 2.4.2; RFC 5816 for the attribute that names the certificate. Pure.</remarks>
internal static class TimeStampJudgement
{
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    public static TimeStampEvidence Of(TimeStampToken token, bool isOfContent, ChainQuestion question, SignatureChecks checks, string subject)
    {
        var check = new SignedMessageCheck(token.Message, subject, question.Others).Finish()[0];
        var entry = token.Message.Signers[0];
        var findings = new List<Finding>(check.Findings);
        var verdict = check.Match switch
        {
            SignatureMatch.Matches => EvidenceVerdict.Valid,
            SignatureMatch.Unsupported => EvidenceVerdict.Unsupported,
            SignatureMatch.NoCertificate => EvidenceVerdict.NotTrusted,
            _ => EvidenceVerdict.Wrong,
        };

        if (ContentDigest.Begin(token.ImprintAlgorithm) is null)
        {
            Add(EvidenceVerdict.Unsupported, Finding.Error(SignatureCodes.UnknownAlgorithm, subject, ("piece", "imprint"), ("algorithm", token.ImprintAlgorithm)));
        }
        else if (!isOfContent)
        {
            Add(EvidenceVerdict.Wrong, Finding.Error(SignatureCodes.ImprintDiffers, subject, ("algorithm", token.ImprintAlgorithm)));
        }
        else if (ContentDigest.IsWeak(token.ImprintAlgorithm))
        {
            Add(EvidenceVerdict.Valid, Finding.Warning(SignatureCodes.WeakAlgorithm, subject, ("piece", "imprint"), ("algorithm", token.ImprintAlgorithm)));
        }

        if (token.Time - question.At > ClockDifference)
        {
            Add(EvidenceVerdict.NotYetValid, Finding.Error(SignatureCodes.StampOfFuture, subject, ("time", ChainJudgement.Text(token.Time)), ("at", ChainJudgement.Text(question.At))));
        }

        if (token.HasUnknownCondition)
        {
            Add(EvidenceVerdict.Unsupported, Finding.Error(SignatureCodes.UnknownCondition, subject, ("extension", "TSTInfo")));
        }

        CertificateChain? chain = null;
        if (check.Certificate is { } certificate)
        {
            // Without it anybody could put another certificate of the same key under the token.
            if (!entry.Names(certificate))
            {
                Add(EvidenceVerdict.Unsuited, Finding.Error(SignatureCodes.StampSignerUnnamed, subject));
            }

            // A time before the certificate began was dated back, whoever signed it.
            if (token.Time < certificate.NotBefore)
            {
                Add(EvidenceVerdict.NotYetValid, Finding.Error(SignatureCodes.NotYetValid, certificate.Subject, ("begin", ChainJudgement.Text(certificate.NotBefore)), ("at", ChainJudgement.Text(token.Time))));
            }

            chain = CertificateChain.Judge(certificate, question with
            {
                Use = CertificateUse.TimeStamping,
                Others = [.. question.Others, .. token.Message.Certificates],
                RevocationLists = [.. question.RevocationLists, .. token.Message.RevocationLists],
                OcspResponses = [.. question.OcspResponses, .. token.Message.OcspResponses],
            }, checks);
            verdict = chain.Verdict > verdict ? chain.Verdict : verdict;
            findings.AddRange(chain.Findings);
        }

        return new TimeStampEvidence(verdict, token.Time, token.Encoded, chain, findings);

        void Add(EvidenceVerdict weight, Finding finding)
        {
            verdict = weight > verdict ? weight : verdict;
            findings.Add(finding);
        }
    }
}
