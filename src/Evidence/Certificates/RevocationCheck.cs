using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>Whether lists and answers say that a certificate was revoked at a time.</summary>
/// <remarks>
/// Source: RFC 5280 section 6.3, RFC 6960 section 3.2. What was issued before the time counts until the next was due; what was issued
/// later counts too, as long as the certificate had not ended by then, because ended certificates may be left out. A revocation that
/// began after the time does not count. Not safe for concurrent use.
/// </remarks>
internal sealed class RevocationCheck(ChainQuestion question, SignatureChecks checks, Certificate certificate, Certificate issuer)
{
    private const int Most = 16;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>How long what names no next time counts.</summary>
    private static readonly TimeSpan WithoutNext = TimeSpan.FromDays(1);

    /// <summary>What was not used, and why.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Since when the certificate is revoked, if that was by the time that is asked for.</summary>
    public DateTimeOffset? Since { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>Whether something usable says that it was not revoked.</summary>
    public bool IsGood { get; private set; }

    /// <summary>Looks at all that is given, and gives what counted.</summary>
    public List<ReadOnlyMemory<byte>> Run()
    {
        var used = new List<ReadOnlyMemory<byte>>();
        foreach (var response in question.OcspResponses.Where(r => r.Answers.Any(a => a.IsOf(certificate, issuer))).Take(Most))
        {
            var problem = Ask(response);
            Tell(problem, "ocsp", response.Encoded);
        }

        foreach (var list in question.RevocationLists.Where(l => l.IssuerName.Canonical == certificate.IssuerName.Canonical).Take(Most))
        {
            var problem = Ask(list);
            Tell(problem, "crl", list.Encoded);
        }

        return used;

        void Tell(string? problem, string part, ReadOnlyMemory<byte> encoded)
        {
            if (problem is null)
            {
                used.Add(encoded);
            }
            else
            {
                Findings.Add(Finding.Warning(SignatureCodes.RevocationUnusable, certificate.Subject, ("piece", part), ("obstacle", problem)));
            }
        }
    }

    private string? Ask(OcspResponse response)
    {
        var answer = response.Answers.First(a => a.IsOf(certificate, issuer));
        if (response.HasUnknownCondition || answer.HasUnknownCondition)
        {
            return "condition";
        }

        if (!answer.IsKnown)
        {
            return "unknown-certificate";
        }

        if (!IsBySomebodyInCharge(response))
        {
            return "signature";
        }

        return Take(answer.ThisUpdate, answer.NextUpdate, answer.Since is { } since ? (since, answer.Reason) : null);
    }

    private string? Ask(RevocationList list)
    {
        if (list.IsPartial || list.ForAuthorities is { } forAuthorities && forAuthorities != certificate.IsAuthority)
        {
            return "condition";
        }

        if (issuer.Usage is { } usage && (usage & KeyUses.CrlSign) == 0 || !checks.IsSigned(list.Algorithm, list.Signed, list.Signature, issuer))
        {
            return "signature";
        }

        try
        {
            return Take(list.ThisUpdate, list.NextUpdate, list.Find(certificate.SerialNumber));
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            return "entry"; // one that cannot be read: what stands behind it is not known either
        }
    }

    /// <summary>The issuer itself, or one to whom it gave a certificate for answering.</summary>
    private bool IsBySomebodyInCharge(OcspResponse response)
    {
        bool Signed(Certificate by) => response.IsBy(by) && checks.IsSigned(response.Algorithm, response.Signed, response.Signature, by);

        return Signed(issuer) || response.Certificates.Any(responder =>
            responder.Purposes?.Contains(Oids.ForOcspSigning) == true && responder.Extensions.Unknown.Count == 0
            && responder.NotBefore <= response.ProducedAt && response.ProducedAt <= responder.NotAfter
            && responder.IssuerName.Canonical == issuer.SubjectName.Canonical && checks.IsSigned(responder, issuer) && Signed(responder));
    }

    private string? Take(DateTimeOffset issued, DateTimeOffset? next, (DateTimeOffset Since, RevocationReason Reason)? entry)
    {
        if (entry is { } revoked && revoked.Since <= question.At)
        {
            // However old it is: a revocation is not taken back. One on hold may be, and counts until a later word says so.
            (Since, Reason) = (Since is { } before && before < revoked.Since ? before : revoked.Since, Name(revoked.Reason));
            return null;
        }

        var after = issued > question.At;
        if (after ? issued > certificate.NotAfter : question.At > (next ?? issued + WithoutNext) + ClockDifference)
        {
            return "too-old-or-too-late";
        }

        IsGood = true;
        return null;
    }

    private static string Name(RevocationReason reason) => reason switch
    {
        RevocationReason.KeyCompromise or RevocationReason.CaCompromise or RevocationReason.AaCompromise => "compromise",
        RevocationReason.AffiliationChanged => "affiliation-changed",
        RevocationReason.Superseded => "superseded",
        RevocationReason.CessationOfOperation => "ended",
        RevocationReason.CertificateHold => "hold",
        RevocationReason.PrivilegeWithdrawn => "withdrawn",
        _ => "unspecified",
    };
}
