using Lantai.Containers;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A signature of a package with what was found of it.</summary>
/// <param name="Signature">The signature as the package has it.</param>
/// <param name="Verdict">What is to be held of it, of several signers the worst.</param>
/// <param name="Evidence">The judgement of each signer; none where the signature could not be taken for one.</param>
/// <param name="Findings">All that was found: PKG-190 to PKG-192 for the package, and what the judgement rests on.</param>
public sealed record JudgedPackageSignature(
    PackageSignature Signature, EvidenceVerdict Verdict, IReadOnlyList<SignatureEvidence> Evidence, IReadOnlyList<Finding> Findings);

/// <summary>
/// Judges the signatures that packages carry: whether each holds over what it should be over, and whether its certificate is trusted.
/// A wrong one refuses the package (PKG-190); one of which nothing good can be said counts as not verified (PKG-191).
/// </summary>
/// <remarks>
/// A signature is a signed message (CMS, GB/T 35275) or bytes beside a certificate. At most <see cref="MostSignatures"/> are looked at:
/// each may be over the whole package. Pure but for reading the package; safe for concurrent use.
/// </remarks>
public static class SignatureJudgement
{
    /// <summary>The greatest number of signatures of one package that are judged.</summary>
    public const int MostSignatures = 64;

    /// <summary>The greatest length of what a signature without a message may be over, in bytes; messages have no such bound.</summary>
    public const int MostBytes = 1 << 26;

    /// <summary>Algorithms by which a package may say that it is signed: SM2 with SM3, RSA and ECDSA with SHA-256.</summary>
    internal static IReadOnlyList<string> Known { get; } = ["1.2.156.10197.1.501", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"];

    /// <summary>Judges the signatures of a package that was judged; its findings then tell of them, and no more that they were not.</summary>
    /// <param name="verdict">What a profile said of the package, which is still open.</param>
    /// <param name="question">What may be used.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (PackageVerdict Verdict, IReadOnlyList<JudgedPackageSignature> Signatures) Judge(PackageVerdict verdict, EvidenceQuestion question, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(question);
        List<JudgedPackageSignature> judged = [.. verdict.Signatures.Take(MostSignatures).Select(s => Judge(s, question, stop))];
        var findings = new List<Finding>(verdict.Findings.Where(f => judged.Count == 0 || f.Code != "PKG-170"));
        var bounded = new BoundedFindings(findings, "PKG-001", verdict.Package);
        foreach (var finding in judged.SelectMany(j => j.Findings))
        {
            bounded.Add(finding);
        }

        if (verdict.Signatures.Count > MostSignatures)
        {
            bounded.Add(Finding.Warning("PKG-193", verdict.Package, ("found", verdict.Signatures.Count), ("expected", MostSignatures)));
        }

        bounded.Close();
        return (verdict with { Findings = findings }, judged);
    }

    /// <summary>Judges one signature.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static JudgedPackageSignature Judge(PackageSignature signature, EvidenceQuestion question, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(question);
        List<Certificate> beside = [.. signature.Certificates.Select(c => Certificate.TryParse(c, out var read) ? read : null).OfType<Certificate>()];
        var subject = Subject(signature);
        List<Finding> findings = [];
        IReadOnlyList<SignatureEvidence> evidence = [];
        var verdict = EvidenceVerdict.Malformed;
        try
        {
            if (signature.AlgorithmId.Length > 0 && !Known.Contains(signature.AlgorithmId))
            {
                verdict = EvidenceVerdict.Unsupported;
                findings.Add(Finding.Error(SignatureCodes.UnknownAlgorithm, subject, ("piece", "signature"), ("algorithm", signature.AlgorithmId)));
            }
            else if (SignedMessage.TryParse(signature.Value, subject, out var message, out var problem))
            {
                evidence = OfMessage(message, signature, question with { Others = [.. question.Others, .. beside] }, subject, stop);
                findings.AddRange(evidence.Count == 0 ? message.Findings : evidence.SelectMany(e => e.Findings));
                verdict = evidence.Count == 0 ? verdict : evidence.Max(e => e.Verdict);
            }
            else if (beside.Count > 0)
            {
                evidence = Alone(signature, beside, question, subject, stop);
                findings.AddRange(evidence.SelectMany(e => e.Findings));
                verdict = evidence.Count == 0 ? EvidenceVerdict.Unsupported : evidence[0].Verdict;
            }
            else
            {
                findings.Add(problem);
            }
        }
        catch (InvalidOperationException)
        {
            // Nothing in the package is what it is over.
            findings.Add(Finding.Error(SignatureCodes.ContentAbsent, subject));
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
        }

        // What was said of it weighs for the signature; for the package, its own codes say what it means.
        return new JudgedPackageSignature(
            signature, verdict, evidence, [.. findings.Select(f => f with { Severity = f.Severity == Severity.Error && !Refuses(verdict) ? Severity.Warning : f.Severity }), Told(verdict, signature, evidence, subject)]);
    }

    /// <summary>A message that holds its own content is over that, and over the package only where the two are the same bytes.</summary>
    private static IReadOnlyList<SignatureEvidence> OfMessage(SignedMessage message, PackageSignature signature, EvidenceQuestion question, string subject, CancellationToken stop)
    {
        var check = new SignedMessageCheck(message, subject, question.Others);
        using var target = new SignedObjectStream(message.Content is null ? check.Append : static _ => { });
        signature.WriteSignedObject(target, stop);
        var digest = target.Finish();
        var judged = SignatureEvidence.Judge(message, check.Finish(), digest, question, subject);
        return message.Content is not { } inside || Digest.Of(inside.Span) == digest
            ? judged
            : [.. judged.Select(e => e with
            {
                Verdict = e.Verdict > EvidenceVerdict.Wrong ? e.Verdict : EvidenceVerdict.Wrong, At = null,
                Findings = [.. e.Findings, Finding.Error(SignatureCodes.ContentDiffers, subject, ("algorithm", e.DigestAlgorithm))],
            })];
    }

    /// <summary>Bytes beside certificates, of which the first is the signer's; none where the object is too long to be held.</summary>
    private static IReadOnlyList<SignatureEvidence> Alone(PackageSignature signature, List<Certificate> beside, EvidenceQuestion question, string subject, CancellationToken stop)
    {
        using var held = new MemoryStream();
        var isWhole = true;
        using (var target = new SignedObjectStream(piece =>
        {
            isWhole &= held.Length + piece.Length <= MostBytes;
            held.Write(isWhole ? piece : default);
        }))
        {
            signature.WriteSignedObject(target, stop);
        }

        return isWhole
            ? [SignatureEvidence.Judge(signature.Value, signature.AlgorithmId, beside[0], held.ToArray(), question with { Others = [.. question.Others, .. beside.Skip(1)] }, subject)]
            : [];
    }

    private static bool Refuses(EvidenceVerdict verdict) => verdict is EvidenceVerdict.Wrong or EvidenceVerdict.Malformed;

    private static Finding Told(EvidenceVerdict verdict, PackageSignature signature, IReadOnlyList<SignatureEvidence> evidence, string subject)
    {
        var who = evidence.Count == 0 ? signature.Signer : string.Join("; ", evidence.Select(e => e.Signer));
        (string, object)[] arguments = [("evidence", VerdictName.Of(verdict)), ("by", who), ("algorithm", signature.AlgorithmId), ("at", evidence.Count == 0 ? "" : Time(evidence.Max(e => e.At ?? e.Checked)))];
        return Refuses(verdict) ? Finding.Error("PKG-190", subject, arguments)
            : verdict is EvidenceVerdict.Valid or EvidenceVerdict.ValidAtTime ? Finding.Information("PKG-192", subject, arguments)
            : Finding.Warning("PKG-191", subject, arguments);
    }

    private static string Subject(PackageSignature signature) => signature switch
    {
        { Id.Length: > 0 } => signature.Id,
        { Locks.Length: > 0 } => $"锁定签名 {signature.Locks}",
        _ => "签名",
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
