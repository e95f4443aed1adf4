using Lantai.Characterization.Envelopes;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Words;

namespace Lantai.Characterization.Text;

/// <summary>
/// What the header of a mail or of one of its parts says of the part (RFC 2045), and the bytes of one that is packed in base64:
/// attachments, and messages that only their receiver opens (S/MIME, RFC 8551; OpenPGP, RFC 3156).
/// </summary>
/// <remarks>For one part. Not safe for concurrent use.</remarks>
internal sealed class MailPart
{
    private readonly SixBitLetters _letters = new();
    private MemoryStream? _bytes;
    private bool _isTooLong;

    /// <summary>The media type in lower case; empty when none is said.</summary>
    public string Type { get; set; } = "";

    /// <summary>How the part is packed, in lower case; empty when that is not said.</summary>
    public string Encoding { get; set; } = "";

    /// <summary>The kind of S/MIME or the protocol of an encrypted multipart that the type names.</summary>
    public string Protection { get; set; } = "";

    /// <summary>The name of the file; empty when it has none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether the body is a mail in turn, whose header follows.</summary>
    public bool IsMail => Type is "message/rfc822" or "message/global" && Encoding != "base64";

    /// <summary>Whether the body is in base64.</summary>
    public bool IsPacked => Encoding == "base64";

    private bool IsCms => Type is "application/pkcs7-mime" or "application/x-pkcs7-mime";

    /// <summary>Takes the next line of the body.</summary>
    public void Append(ReadOnlySpan<char> line, ExaminationLimits limits)
    {
        _bytes ??= new MemoryStream();
        _isTooLong |= _bytes.Length + line.Length > limits.MaxWhole;
        if (!_isTooLong)
        {
            _letters.Append(line, _bytes);
        }
    }

    /// <summary>The part has ended: looks into it.</summary>
    /// <param name="number">Which part it is, for one without a name.</param>
    /// <param name="nested">Looks into files inside.</param>
    /// <param name="notes">Takes what is found.</param>
    public void Finish(int number, NestedFiles nested, ExaminationNotes notes)
    {
        var place = Name.Length > 0 ? EntryName.OfBytes(System.Text.Encoding.Latin1.GetBytes(Name)).Display : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"part {number}");
        if (_isTooLong)
        {
            notes.Unseen(place, "too-long");
        }
        else if (_bytes is { Length: > 0 })
        {
            _bytes.Position = 0;
            nested.Look(_bytes, _bytes.Length, place);
        }

        // Its own word counts where its bytes were not seen: it may be packed in another way.
        if (IsCms && !notes.IsEncrypted && Protection.Contains("enveloped", StringComparison.Ordinal))
        {
            notes.Encrypted("cms", place);
        }
        else if (IsCms && !IsPacked && Protection.Length == 0)
        {
            notes.Unseen(place, "packed-otherwise");
        }
        else if (Type == "multipart/encrypted" && !notes.IsEncrypted)
        {
            notes.Encrypted(Protection.Contains("pgp", StringComparison.Ordinal) ? "openpgp" : "cms", place);
        }
    }
}
