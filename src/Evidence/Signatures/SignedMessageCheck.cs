using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Evidence.Signatures;

/// <summary>Checks all signatures of a message while its content goes by, once and of any length.</summary>
/// <remarks>
/// Source: RFC 5652 sections 5.4 and 5.6. SM2 signs SM3 of the signer's identity Z and what is signed, under the default user id
/// (GB/T 35276); the digest among signed attributes is SM3 of the content alone, which is our reading of GB/T 35275.
/// Not safe for concurrent use.
/// </remarks>
public sealed class SignedMessageCheck
{
    private const int LongestAttributes = 1 << 16;
    private const int MostOfOneName = 16;

    private readonly SignedMessage _message;
    private readonly string _subject;
    private readonly (SignerEntry Entry, Certificate? Certificate, SignatureScheme? Scheme)[] _signers;
    private readonly Dictionary<string, ContentDigest> _digests = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ContentDigest> _direct = [];
    private readonly List<byte> _start = [];
    private bool _hasContent;

    /// <summary>Begins to check a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="others">Certificates from elsewhere, for signers whose certificate did not come with the message.</param>
    public SignedMessageCheck(SignedMessage message, string subject, params IReadOnlyList<Certificate> others)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(others);
        (_message, _subject) = (message, subject);
        _signers = [.. message.Signers.Select(entry =>
        {
            List<Certificate> named = [.. message.Certificates.Concat(others).Where(entry.IsBy).Take(MostOfOneName)];
            var certificate = named.Find(entry.Names) ?? named.FirstOrDefault();
            return (entry, certificate, certificate?.Key is { } key ? SignatureScheme.Of(entry.Digest.Oid, entry.Algorithm, key) : null);
        })];
        for (var i = 0; i < _signers.Length; i++)
        {
            Prepare(i);
        }
    }

    /// <summary>Checks a message whose content is at hand.</summary>
    /// <param name="message">The message.</param>
    /// <param name="content">Its content where that lies elsewhere; not looked at where the message holds it.</param>
    /// <param name="subject">What the message is, as a user knows it.</param>
    public static IReadOnlyList<SignerCheck> Run(SignedMessage message, ReadOnlyMemory<byte>? content, string subject)
    {
        var check = new SignedMessageCheck(message, subject);
        if (message.Content is null && content is { } elsewhere)
        {
            check.Append(elsewhere.Span);
        }

        return check.Finish();
    }

    /// <summary>Takes in the next piece of a content that lies elsewhere. A content of no bytes is given as an empty piece.</summary>
    /// <exception cref="InvalidOperationException">The message holds its content.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (_message.Content is not null)
        {
            throw new InvalidOperationException("The message holds its content: no other can be given.");
        }

        Take(piece);
    }

    /// <summary>The answer for each signer, in the order of the message; to be called once.</summary>
    public IReadOnlyList<SignerCheck> Finish()
    {
        if (_message.Content is { } content)
        {
            Take(content.Span);
        }

        var hashes = _digests.ToDictionary(d => d.Key, d => d.Value.Finish(), StringComparer.Ordinal);
        return [.. _signers.Select((_, i) => Check(i, hashes))];
    }

    private void Prepare(int index)
    {
        var (entry, certificate, scheme) = _signers[index];
        if (scheme is null || certificate!.Key is not { } key || !key.Fits(scheme))
        {
            return;
        }

        if (entry.SignedForms.Count == 0)
        {
            _direct[index] = key.BeginDigest(scheme)!;
        }
        else if (!_digests.ContainsKey(entry.Digest.Oid))
        {
            _digests[entry.Digest.Oid] = ContentDigest.Begin(entry.Digest.Oid)!;
        }
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        _hasContent = true;
        if (_direct.Count > 0 && _start.Count <= LongestAttributes)
        {
            _start.AddRange(piece[..int.Min(piece.Length, LongestAttributes + 1 - _start.Count)]);
        }

        foreach (var digest in _digests.Values.Concat(_direct.Values))
        {
            digest.Append(piece);
        }
    }

    private SignerCheck Check(int index, Dictionary<string, byte[]> hashes)
    {
        var (entry, certificate, scheme) = _signers[index];
        var findings = new List<Finding>();
        var match = Match(index, hashes, findings);
        if (match is SignatureMatch.Matches or SignatureMatch.Differs && scheme is { IsWeak: true })
        {
            findings.Add(Finding.Warning(SignatureCodes.WeakAlgorithm, _subject, ("piece", "signature"), ("algorithm", entry.Digest.Oid)));
        }

        return new SignerCheck(entry.Name, match, certificate, entry.Digest.Oid, entry.Algorithm.Oid, entry.Signature, entry.SigningTime, entry.Stamps, findings);
    }

    private SignatureMatch Match(int index, Dictionary<string, byte[]> hashes, List<Finding> findings)
    {
        var (entry, certificate, scheme) = _signers[index];
        if (certificate is null)
        {
            findings.Add(Finding.Error(SignatureCodes.NoCertificate, _subject, ("signer", entry.Name)));
            return SignatureMatch.NoCertificate;
        }

        if (scheme is null || certificate.Key is not { } key || !key.Fits(scheme))
        {
            findings.Add(Finding.Error(SignatureCodes.UnknownAlgorithm, _subject, ("piece", "signature"), ("algorithm", $"{entry.Digest.Oid} {entry.Algorithm.Oid} {certificate.KeyAlgorithm}")));
            return SignatureMatch.Unsupported;
        }

        if (!_hasContent)
        {
            findings.Add(Finding.Error(SignatureCodes.ContentAbsent, _subject));
            return SignatureMatch.NoContent;
        }

        var agrees = entry.SignedForms.Count == 0 ? IsContent(entry, findings) : AttributesAgree(entry, hashes, findings);
        var signed = entry.SignedForms.Count == 0
            ? key.Verifies(scheme, _direct[index].Finish(), entry.Signature)
            : entry.SignedForms.Any(form => key.VerifiesMessage(scheme, form, entry.Signature));
        if (!signed)
        {
            findings.Add(Finding.Error(SignatureCodes.Wrong, _subject, ("piece", "signature"), ("by", entry.Name)));
        }

        // RFC 5035 section 5.4: by another certificate of the same key it is no signature. Of time stamps SIG-020 says so.
        var isMeant = entry.SigningCertificate is null || entry.Names(certificate) || _message.ContentType == Oids.TstInfo;
        if (!isMeant)
        {
            findings.Add(Finding.Error(SignatureCodes.OtherCertificate, _subject, ("signer", entry.Name)));
        }

        return agrees && signed && isMeant ? SignatureMatch.Matches : SignatureMatch.Differs;
    }

    private bool IsContent(SignerEntry entry, List<Finding> findings)
    {
        if (_start.Count > LongestAttributes || !SignerEntry.IsAttributes(_start.ToArray()))
        {
            return true;
        }

        findings.Add(Finding.Error(SignatureCodes.ContentDiffers, _subject, ("algorithm", entry.Digest.Oid)));
        return false;
    }

    /// <summary>RFC 5652 section 5.3: signed attributes hold the type of the content and its digest, or the content is not signed at all.</summary>
    private bool AttributesAgree(SignerEntry entry, Dictionary<string, byte[]> hashes, List<Finding> findings)
    {
        var before = findings.Count;
        if (entry.ContentType != _message.ContentType)
        {
            findings.Add(Finding.Error(SignatureCodes.AttributeAbsent, _subject, ("attribute", "content-type")));
        }

        if (entry.MessageDigest is null)
        {
            findings.Add(Finding.Error(SignatureCodes.AttributeAbsent, _subject, ("attribute", "message-digest")));
        }
        else if (!entry.MessageDigest.AsSpan().SequenceEqual(hashes[entry.Digest.Oid]))
        {
            findings.Add(Finding.Error(SignatureCodes.ContentDiffers, _subject, ("algorithm", entry.Digest.Oid)));
        }

        return findings.Count == before;
    }
}
