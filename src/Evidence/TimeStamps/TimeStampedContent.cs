using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Evidence.TimeStamps;

/// <summary>A content and its time stamps in one file (TimeStampedData, <c>.tsd</c>), as it was received.</summary>
/// <remarks>
/// Source: RFC 5544 section 2. The first token is of the content, with the description before it where that is protected; further
/// tokens are of the tokens before and are not looked at. The given bytes are referred to and must not change. Immutable, safe for
/// concurrent use.
/// </remarks>
public sealed class TimeStampedContent
{
    private const int MostTokens = 64;

    private readonly ReadOnlyMemory<byte> _description;

    private TimeStampedContent(AsnReader outer, string subject)
    {
        var body = outer.ReadSequence();
        _ = Ber.Small(body);
        if (Ber.Is(body, new Asn1Tag(UniversalTagNumber.IA5String)))
        {
            _ = body.ReadEncodedValue(); // where the content lies; nothing is fetched
        }

        if (Ber.Is(body, Asn1Tag.Sequence))
        {
            var whole = body.PeekEncodedValue();
            var description = body.ReadSequence();
            _description = description.ReadBoolean() ? whole : default;
            FileName = Ber.Is(description, new Asn1Tag(UniversalTagNumber.UTF8String)) ? description.ReadCharacterString(UniversalTagNumber.UTF8String) : null;
        }

        Content = Ber.Is(body, Asn1Tag.PrimitiveOctetString) || Ber.Is(body, Asn1Tag.ConstructedOctetString) ? body.ReadOctetString() : default(ReadOnlyMemory<byte>?);
        var tokens = new List<TimeStampToken>();
        foreach (var element in Ber.Elements(body.ReadSequence(Ber.Tag0), MostTokens))
        {
            var pair = Ber.Open(element).ReadSequence();
            tokens.Add(TimeStampToken.TryParse(pair.ReadEncodedValue(), subject, out var token, out _) ? token : throw new AsnContentException("Not a token."));
            if (pair.HasData && RevocationList.TryParse(pair.ReadEncodedValue(), out var list))
            {
                RevocationLists = [.. RevocationLists, list];
            }
        }

        body.ThrowIfNotEmpty();
        Tokens = tokens.Count > 0 ? tokens : throw new AsnContentException("There is no token.");
    }

    /// <summary>What was stamped; null when it lies elsewhere.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>The name that the content is said to have had; null when none is said.</summary>
    public string? FileName { get; }

    /// <summary>The tokens, one at least.</summary>
    public IReadOnlyList<TimeStampToken> Tokens { get; }

    /// <summary>The revocation lists that came with the tokens; untrusted.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; } = [];

    /// <summary>Reads such a file in DER or BER, with nothing behind it. Untrusted: what is none gives false and a finding (SIG-001).</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="stamped">Content and tokens; null when there is a problem.</param>
    /// <param name="problem">Why there are none; null when there are.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, string subject, [NotNullWhen(true)] out TimeStampedContent? stamped, [NotNullWhen(false)] out Finding? problem)
    {
        problem = Ber.TryRead(bytes, Read, out stamped) ? null : Finding.Error(SignatureCodes.Malformed, subject, ("piece", "time-stamped-content"), ("length", bytes.Length));
        return stamped is not null;

        TimeStampedContent Read(AsnReader reader)
        {
            var outer = reader.ReadSequence();
            return Ber.Oid(outer) == Oids.TimeStampedData ? new TimeStampedContent(outer.ReadSequence(Ber.Tag0), subject) : throw new AsnContentException("Another type of message.");
        }
    }

    /// <summary>Judges the first token for the content.</summary>
    /// <param name="elsewhere">The content where it lies elsewhere; not looked at where the file holds it.</param>
    /// <param name="question">What may be used.</param>
    /// <param name="subject">What the file is, as a user knows it.</param>
    public TimeStampEvidence Judge(ReadOnlyMemory<byte>? elsewhere, ChainQuestion question, string subject)
    {
        ArgumentNullException.ThrowIfNull(question);
        var token = Tokens[0];
        var isOfContent = (Content ?? elsewhere) is { } content && token.IsOf(_description.Span, content.Span);
        return token.Judge(isOfContent, question with { RevocationLists = [.. question.RevocationLists, .. RevocationLists] }, subject);
    }
}
