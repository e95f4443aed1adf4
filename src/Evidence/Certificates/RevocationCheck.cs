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

    private const int CompareBytes = 32;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>How long what names no next time counts.</summary>
    private static readonly TimeSpan WithoutNext = TimeSpan.FromDays(1);

    private (DateTimeOffset Issued, DateTimeOffset Since)? _hold;
    private DateTimeOffset? _goodIssued;

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
        var answers = Different(question.OcspResponses.Where(r => r.Answers.Any(a => a.IsOf(certificate, issuer))), r => r.Encoded);
        foreach (var response in answers.Take(Most))
        {
            var problem = Ask(response);
            Tell(problem, "ocsp", response.Encoded);
        }

        var lists = Different(question.RevocationLists.Where(l => l.IssuerName.Canonical == certificate.IssuerName.Canonical), l => l.Encoded);
        foreach (var list in lists.Take(Most))
        {
            var problem = Ask(list);
            Tell(problem, "crl", list.Encoded);
        }

        if (Since is null && _hold is { } hold && !(_goodIssued > hold.Issued))
        {
            (Since, Reason) = (hold.Since, Name(RevocationReason.CertificateHold));
        }

        TellUnread(answers.Count > Most, "ocsp-answer", Most);
        TellUnread(lists.Count > Most, "revocation-list", Most);
        TellUnread(checks.IsExhausted, "signature", SignatureChecks.Most);
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

    /// <summary>What was not looked at may say that the certificate was revoked: whoever sent so much of it proves nothing by the rest.</summary>
    private void TellUnread(bool isUnread, string piece, int most)
    {
        if (isUnread)
        {
            IsGood = false;
            Findings.Add(Finding.Warning(SignatureCodes.TooMany, certificate.Subject, ("piece", piece), ("most", most)));
        }
    }

    /// <summary>Those with different bytes in their order, up to one more than is looked at.</summary>
    private static List<T> Different<T>(IEnumerable<T> all, Func<T, ReadOnlyMemory<byte>> bytes)
    {
        var different = new List<T>();
        foreach (var one in all)
        {
            // The ends first, which are signatures: so long lists are compared whole only where they are the same.
            if (!different.Exists(d => bytes(d).Length == bytes(one).Length && End(d).SequenceEqual(End(one)) && bytes(d).Span.SequenceEqual(bytes(one).Span)))
            {
                different.Add(one);
            }

            if (different.Count > Most)
            {
                break;
            }
        }

        return different;

        ReadOnlySpan<byte> End(T of) => bytes(of).Span[^int.Min(CompareBytes, bytes(of).Length)..];
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
            // A part for other places can say that it is revoked, and is silent of it when it is not.
            var entry = list.Find(certificate.SerialNumber);
            return entry is null && list.Places is { } places && !places.Overlaps(certificate.Extensions.Places)
                ? "condition"
                : Take(list.ThisUpdate, list.NextUpdate, entry);
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
            // However old it is: a revocation is not taken back. One on hold may be, by a word of a later time up to the one that is asked for.
            if (revoked.Reason != RevocationReason.CertificateHold)
            {
                (Since, Reason) = Since is { } before && before < revoked.Since ? (before, Reason) : (revoked.Since, Name(revoked.Reason));
            }
            else if (_hold is null || issued > _hold.Value.Issued)
            {
                _hold = (issued, revoked.Since);
            }

            return null;
        }

        var after = issued > question.At;
        if (after ? issued > certificate.NotAfter : question.At > (next ?? issued + WithoutNext) + ClockDifference)
        {
            return "too-old-or-too-late";
        }

        IsGood = true;
        _goodIssued = !after && !(issued < _goodIssued) ? issued : _goodIssued;
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
