using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Evidence.Signatures;

/// <summary>A signed message as it was received (SignedData): signers, certificates, revocation lists, and the content or none.</summary>
/// <remarks>
/// Source: RFC 5652 section 5, with the content of any type of PKCS #7; GB/T 35275 (GM/T 0010) for its identifiers and SM2, by
/// requirements 3.12, its own text not seen. The given bytes are referred to and must not change. Immutable, safe for concurrent use.
/// </remarks>
public sealed class SignedMessage
{
    /// <summary>The greatest number of signers that a message may have.</summary>
    public const int MaxSigners = 64;

    /// <summary>The greatest number of certificates, and of revocation lists and answers, that are looked at.</summary>
    public const int MaxCertificates = 1000;

    private bool _hasMore;

    private SignedMessage(MessageForm form, AsnReader outer, string subject)
    {
        Form = form;
        var message = outer.ReadSequence();
        _ = Ber.Small(message);
        _ = message.ReadEncodedValue(); // digests, named again by each signer
        var inside = message.ReadSequence();
        ContentType = Ber.Oid(inside);
        Content = Ber.Is(inside, Ber.Tag0) ? ContentOf(inside.ReadSequence(Ber.Tag0)) : default(ReadOnlyMemory<byte>?);
        inside.ThrowIfNotEmpty();
        var (certificates, lists, answers) = (new List<Certificate>(), new List<RevocationList>(), new List<OcspResponse>());
        if (Ber.Is(message, Ber.Tag0))
        {
            ReadCertificates(message.ReadSetOf(skipSortOrderValidation: true, Ber.Tag0), certificates);
        }

        if (Ber.Is(message, Ber.Tag1))
        {
            ReadRevocation(message.ReadSetOf(skipSortOrderValidation: true, Ber.Tag1), lists, answers);
        }

        (Certificates, RevocationLists, OcspResponses) = (certificates, lists, answers);
        Signers = [.. Ber.Elements(message.ReadSetOf(skipSortOrderValidation: true), MaxSigners).Select(e => SignerEntry.Read(Ber.Open(e)))];
        message.ThrowIfNotEmpty();
        Findings =
        [
            .. Signers.Count == 0 ? [Finding.Error(SignatureCodes.NoSigner, subject)] : Array.Empty<Finding>(),
            .. _hasMore ? [Finding.Warning(SignatureCodes.TooMany, subject, ("piece", "certificate"), ("most", MaxCertificates))] : Array.Empty<Finding>(),
        ];
    }

    /// <summary>By which standard it is built.</summary>
    public MessageForm Form { get; }

    /// <summary>The object identifier of what is signed.</summary>
    public string ContentType { get; }

    /// <summary>What is signed; null when it lies elsewhere (detached).</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>The certificates that came with it, in any order; untrusted.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The revocation lists that came with it; untrusted.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; }

    /// <summary>The answers of OCSP responders that came with it (RFC 5940); untrusted.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; }

    /// <summary>How many signed it.</summary>
    public int SignerCount => Signers.Count;

    internal IReadOnlyList<SignerEntry> Signers { get; }

    /// <summary>That nobody signed (SIG-021), or that certificates or lists were left unread, being too many or none (SIG-018).</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>
    /// Reads a message in DER or BER, with nothing behind it. Untrusted: what is none gives false and a finding that says what it is
    /// instead (SIG-001, SIG-017 for encrypted contents), in time linear in its length.
    /// </summary>
    /// <param name="bytes">The whole message.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="message">The message; null when there is a problem.</param>
    /// <param name="problem">Why there is none; null when there is one.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, string subject, [NotNullWhen(true)] out SignedMessage? message, [NotNullWhen(false)] out Finding? problem)
    {
        problem = null;
        var type = "";
        if (Ber.TryRead(bytes, Read, out message))
        {
            return true;
        }

        problem = IsEncrypted(type)
            ? Finding.Error(SignatureCodes.Encrypted, subject, ("type", type))
            : Finding.Error(SignatureCodes.Malformed, subject, ("piece", "message"), ("length", bytes.Length));
        return false;

        SignedMessage Read(AsnReader reader)
        {
            var outer = reader.ReadSequence();
            type = Ber.Oid(outer);
            return type switch
            {
                Oids.CmsSignedData => new SignedMessage(MessageForm.Cms, outer.ReadSequence(Ber.Tag0), subject),
                Oids.GmSignedData => new SignedMessage(MessageForm.Gbt35275, outer.ReadSequence(Ber.Tag0), subject),
                _ => throw new AsnContentException("Another type of message."),
            };
        }
    }

    /// <summary>Whether an object identifier names a content that only a secret opens.</summary>
    internal static bool IsEncrypted(string type) => type is Oids.CmsEnvelopedData or Oids.CmsSignedAndEnvelopedData or Oids.CmsEncryptedData or Oids.CmsAuthEnvelopedData
        or Oids.GmEnvelopedData or Oids.GmSignedAndEnvelopedData or Oids.GmEncryptedData;

    /// <summary>An octet string in one piece or several; a content of another type without its tag and length (PKCS #7).</summary>
    private static ReadOnlyMemory<byte> ContentOf(AsnReader content)
    {
        var bytes = Ber.Is(content, Asn1Tag.PrimitiveOctetString) || Ber.Is(content, Asn1Tag.ConstructedOctetString) ? content.ReadOctetString() : Ber.ContentOf(content.ReadEncodedValue());
        content.ThrowIfNotEmpty();
        return bytes;
    }

    private void ReadCertificates(AsnReader set, List<Certificate> certificates)
    {
        for (var count = 0; set.HasData; count++)
        {
            var element = set.ReadEncodedValue();
            if (count < MaxCertificates && Certificate.TryParse(element, out var certificate))
            {
                certificates.Add(certificate);
            }
            else
            {
                _hasMore = true; // attribute certificates too
            }
        }
    }

    private void ReadRevocation(AsnReader set, List<RevocationList> lists, List<OcspResponse> answers)
    {
        for (var count = 0; set.HasData; count++)
        {
            var isOther = Ber.Is(set, Ber.Tag1);
            var element = set.ReadEncodedValue();
            if (count < MaxCertificates && !isOther && RevocationList.TryParse(element, out var list))
            {
                lists.Add(list);
            }
            else if (count < MaxCertificates && isOther && Other(Ber.Open(element).ReadSequence(Ber.Tag1)) is { } answer)
            {
                answers.Add(answer);
            }
            else
            {
                _hasMore = true;
            }
        }
    }

    private static OcspResponse? Other(AsnReader other) =>
        Ber.Oid(other) == Oids.OcspRevocation && OcspResponse.TryParse(other.ReadEncodedValue(), out var response) ? response : null;
}
