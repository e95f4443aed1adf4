using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;
using Lantai.Words;

namespace Lantai.Cli.Commands.Signatures;

/// <summary>A file that holds signatures: a signed message, a time stamp token, or a content with its time stamps.</summary>
internal sealed class SignedFile
{
    private readonly string _name;
    private readonly SignedMessage? _message;
    private readonly TimeStampToken? _token;
    private readonly TimeStampedContent? _stamped;

    private SignedFile(string name, SignedMessage? message, TimeStampToken? token, TimeStampedContent? stamped) =>
        (_name, _message, _token, _stamped) = (name, message, token, stamped);

    /// <summary>What it is: the rest of a text key <c>piece.…</c>.</summary>
    public string Kind => _stamped is not null ? "time-stamped-content" : _token is not null ? "time-stamp" : "message";

    /// <summary>How many signatures there are to judge.</summary>
    public int Count => _message?.SignerCount ?? 1;

    /// <summary>What is to be said of the file where nobody signed it.</summary>
    public IReadOnlyList<Finding> Findings => Count == 0 ? _message!.Findings : [];

    /// <summary>Reads a file; what is none of these gives null and the reason.</summary>
    public static SignedFile? Read(ReadOnlyMemory<byte> bytes, string name, out Finding? problem)
    {
        if (TimeStampedContent.TryParse(bytes, name, out var stamped, out problem))
        {
            return new SignedFile(name, null, null, stamped);
        }

        // A token is a signed message too, but its signer may stamp times and nothing else.
        return TimeStampToken.TryParse(bytes, name, out var token, out problem) ? new SignedFile(name, null, token, null)
            : SignedMessage.TryParse(bytes, name, out var message, out problem) ? new SignedFile(name, message, null, null)
            : null;
    }

    /// <summary>Judges every signature.</summary>
    /// <param name="content">The content where it lies elsewhere; null when it was not given.</param>
    /// <param name="question">What is asked, and what may be used.</param>
    public IReadOnlyList<JudgedSignature> Judge(ReadOnlyMemory<byte>? content, EvidenceQuestion question)
    {
        if (_message is not { } message)
        {
            return [Stamp(content, question)];
        }

        var check = new SignedMessageCheck(message, _name, question.Others);
        if (message.Content is null && content is { } elsewhere)
        {
            check.Append(elsewhere.Span);
        }

        var checks = check.Finish();
        var digest = (message.Content ?? content) is { } signed ? Digest.Of(signed.Span) : (Digest?)null;
        var judged = checks.Count > 1 && question.TimeStamps.Count > 0
            ? [.. checks.Select(c => SignatureEvidence.Judge(message, [c], digest, question with { TimeStamps = StampsOf(c, checks, question) }, _name)[0])]
            : SignatureEvidence.Judge(message, checks, digest, question, _name);
        return [.. judged.Zip(checks, (e, c) => new JudgedSignature(e, c.SigningTime))];
    }

    /// <summary>A stamp that is of another signer's signature says nothing of this one; one that is of nobody's is told at each.</summary>
    private IReadOnlyList<ReadOnlyMemory<byte>> StampsOf(SignerCheck check, IReadOnlyList<SignerCheck> all, EvidenceQuestion question) =>
    [
        .. question.TimeStamps.Where(s => !TimeStampToken.TryParse(s, _name, out var token, out _) || token.IsOf(check.Signature.Span) || !all.Any(c => token.IsOf(c.Signature.Span))),
    ];

    private JudgedSignature Stamp(ReadOnlyMemory<byte>? content, EvidenceQuestion question)
    {
        var token = _token ?? _stamped!.Tokens[0];
        var asked = new ChainQuestion
        {
            Anchors = question.Anchors, At = question.Now, Others = question.Others, RevocationLists = question.RevocationLists, OcspResponses = question.OcspResponses,
            NeedsRevocation = question.NeedsRevocation,
        };
        var stamped = _stamped?.Content ?? content;

        // Without the content a stamp can be right, but of nothing that anybody knows.
        var stamp = stamped is null ? token.Judge(isOfContent: true, asked, _name)
            : _stamped is { } file ? file.Judge(content, asked, _name)
            : token.Judge(stamped.Value.Span, asked, _name);
        if (stamped is null)
        {
            var verdict = stamp.Verdict > EvidenceVerdict.Wrong ? stamp.Verdict : EvidenceVerdict.Wrong;
            stamp = stamp with { Verdict = verdict, Findings = [.. stamp.Findings, Finding.Error(SignatureCodes.ContentAbsent, _name)] };
        }

        var check = new SignedMessageCheck(token.Message, _name, question.Others).Finish()[0];
        var evidence = new SignatureEvidence(
            "cms", check.Signer, question.Now, stamp.Verdict, null, "high", stamped is { } bytes ? Digest.Of(bytes.Span) : null, check.DigestAlgorithm, check.SignatureAlgorithm,
            check.Signature, [.. stamp.Chain?.Certificates.Select(c => c.Encoded) ?? []], stamp.Chain?.Revocation ?? [], [stamp], stamp.Findings);
        return new JudgedSignature(evidence, token.Time);
    }
}
