using Lantai.Evidence.Asn1;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>Judges one way from a certificate to a trusted one, and gathers what is found.</summary>
/// <remarks>Source: RFC 5280 section 6.1.3. Not safe for concurrent use.</remarks>
internal sealed class ChainJudgement(ChainQuestion question, SignatureChecks checks)
{
    private readonly List<Finding> _findings = [];
    private readonly List<ReadOnlyMemory<byte>> _revocation = [];
    private EvidenceVerdict _verdict = EvidenceVerdict.Valid;

    public CertificateChain Of(IReadOnlyList<Certificate> path, IReadOnlyList<Finding> others)
    {
        JudgeEach(path);
        for (var i = 0; i < path.Count - 1; i++)
        {
            JudgeIssuer(path[i + 1], below: path.Take(i + 1), isAnchor: i + 1 == path.Count - 1);
            JudgeRevocation(path[i], path[i + 1]);
        }

        return Answer(path, _verdict == EvidenceVerdict.Valid ? [] : others);
    }

    /// <summary>Where no way leads to a trusted certificate: what can be said of the certificates all the same.</summary>
    public CertificateChain OfUntrusted(IReadOnlyList<Certificate> path, IReadOnlyList<Finding> others)
    {
        JudgeEach(path);
        var last = path[^1];
        if (SignatureScheme.Of(last.Algorithm) is null)
        {
            Add(EvidenceVerdict.Unsupported, Finding.Error(SignatureCodes.UnknownAlgorithm, last.Subject, ("piece", "certificate"), ("algorithm", last.SignatureAlgorithm)));
        }

        if (checks.IsExhausted)
        {
            Add(EvidenceVerdict.NotTrusted, Finding.Error(SignatureCodes.TooMany, last.Subject, ("piece", "signature"), ("most", SignatureChecks.Most)));
        }

        Add(EvidenceVerdict.NotTrusted, Finding.Error(SignatureCodes.NotTrusted, path[0].Subject, ("issuer", last.Issuer)));
        return Answer(path, others);
    }

    private CertificateChain Answer(IReadOnlyList<Certificate> path, IReadOnlyList<Finding> others) =>
        new(_verdict, question.At, path, _revocation, [.. _findings, .. others]);

    private void JudgeEach(IReadOnlyList<Certificate> path)
    {
        JudgeUse(path[0]);
        foreach (var certificate in path)
        {
            JudgeTime(certificate);
            foreach (var extension in certificate.Extensions.Unknown)
            {
                Add(EvidenceVerdict.Unsupported, Finding.Error(SignatureCodes.UnknownCondition, certificate.Subject, ("extension", extension)));
            }

            if (certificate.Key is null)
            {
                Add(EvidenceVerdict.Unsupported, Finding.Error(SignatureCodes.UnknownAlgorithm, certificate.Subject, ("piece", "key"), ("algorithm", certificate.KeyAlgorithm)));
            }
            else if (certificate.Key.IsWeak)
            {
                Add(EvidenceVerdict.Valid, Finding.Warning(SignatureCodes.WeakAlgorithm, certificate.Subject, ("piece", "key"), ("algorithm", $"RSA {certificate.Key.Bits}")));
            }

            // A trusted certificate's own signature proves nothing to begin with.
            if (!question.Anchors.Contains(certificate) && SignatureScheme.Of(certificate.Algorithm) is { IsWeak: true })
            {
                Add(EvidenceVerdict.Valid, Finding.Warning(SignatureCodes.WeakAlgorithm, certificate.Subject, ("piece", "certificate"), ("algorithm", certificate.SignatureAlgorithm)));
            }
        }
    }

    private void JudgeTime(Certificate certificate)
    {
        if (question.At > certificate.NotAfter)
        {
            Add(EvidenceVerdict.Expired, Finding.Error(SignatureCodes.Expired, certificate.Subject, ("end", Text(certificate.NotAfter)), ("at", Text(question.At))));
        }
        else if (question.At < certificate.NotBefore)
        {
            Add(EvidenceVerdict.NotYetValid, Finding.Error(SignatureCodes.NotYetValid, certificate.Subject, ("begin", Text(certificate.NotBefore)), ("at", Text(question.At))));
        }
    }

    private void JudgeUse(Certificate certificate)
    {
        var signs = certificate.Usage is not { } usage || (usage & (KeyUses.DigitalSignature | KeyUses.ContentCommitment)) != 0;
        var suits = signs && question.Use switch
        {
            CertificateUse.TimeStamping => certificate.Purposes is [Oids.ForTimeStamping] && certificate.Extensions.ArePurposesCritical,
            CertificateUse.OcspSigning => certificate.Purposes?.Contains(Oids.ForOcspSigning) == true,

            // No purpose stands for documents in general; these two are for something else whoever asks.
            _ => certificate.Purposes?.All(p => p is Oids.ForTimeStamping or Oids.ForOcspSigning) != true,
        };
        if (!suits)
        {
            Add(EvidenceVerdict.Unsuited, Finding.Error(SignatureCodes.Unsuited, certificate.Subject, ("purpose", question.Use switch
            {
                CertificateUse.TimeStamping => "time-stamping",
                CertificateUse.OcspSigning => "ocsp-signing",
                _ => "signing",
            })));
        }
    }

    private void JudgeIssuer(Certificate issuer, IEnumerable<Certificate> below, bool isAnchor)
    {
        // Trusted certificates of the first version cannot say that they are authorities.
        if (!(issuer.IsAuthority || (isAnchor && issuer.Version < 3)) || issuer.Usage is { } usage && (usage & KeyUses.KeyCertSign) == 0)
        {
            Add(EvidenceVerdict.Unsuited, Finding.Error(SignatureCodes.NoAuthority, issuer.Subject, ("allowed", "none")));
        }

        var between = below.Skip(1).Count(c => c.SubjectName.Canonical != c.IssuerName.Canonical);
        if (issuer.Extensions.PathLength is { } most && between > most)
        {
            Add(EvidenceVerdict.Unsuited, Finding.Error(SignatureCodes.NoAuthority, issuer.Subject, ("allowed", most)));
        }
    }

    private void JudgeRevocation(Certificate certificate, Certificate issuer)
    {
        var check = new RevocationCheck(question, checks, certificate, issuer);
        var used = check.Run();
        _findings.AddRange(check.Findings);
        _revocation.AddRange(used.Where(u => !_revocation.Contains(u)));
        if (check.Since is { } since)
        {
            Add(EvidenceVerdict.Revoked, Finding.Error(SignatureCodes.Revoked, certificate.Subject, ("since", Text(since)), ("cause", check.Reason)));
        }
        else if (!check.IsGood && question.NeedsRevocation)
        {
            Add(EvidenceVerdict.RevocationUnknown, Finding.Warning(SignatureCodes.RevocationUnknown, certificate.Subject, ("at", Text(question.At))));
        }
    }

    private void Add(EvidenceVerdict verdict, Finding finding)
    {
        _verdict = verdict > _verdict ? verdict : _verdict;
        _findings.Add(finding);
    }

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
