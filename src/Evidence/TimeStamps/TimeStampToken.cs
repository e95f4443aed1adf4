using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Words;

namespace Lantai.Evidence.TimeStamps;

/// <summary>A time stamp token as it was received: an authority's signed word that a digest existed at a time.</summary>
/// <remarks>
/// Source: RFC 3161 section 2.4.2; GB/T 20520 is the same structure with SM2 and SM3 (requirements 3.12, its own text not seen).
/// The given bytes are referred to and must not change. Immutable, safe for concurrent use.
/// </remarks>
public sealed class TimeStampToken
{
    /// <summary>The greatest length of a token that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private TimeStampToken(ReadOnlyMemory<byte> encoded, SignedMessage message, AsnReader reader)
    {
        (Encoded, Message) = (encoded, message);
        var body = reader.ReadSequence();
        if (Ber.Small(body) != 1)
        {
            throw new AsnContentException("Another version.");
        }

        Policy = Ber.Oid(body);
        var imprint = body.ReadSequence();
        ImprintAlgorithm = Ber.Algorithm(imprint).Oid;
        Imprint = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        SerialNumber = Ber.Serial(body);
        Time = body.ReadGeneralizedTime();
        Accuracy = Ber.Is(body, Asn1Tag.Sequence) ? ReadAccuracy(body.ReadSequence()) : null;
        IsOrdered = Ber.Is(body, Asn1Tag.Boolean) && body.ReadBoolean();
        if (Ber.Is(body, Asn1Tag.Integer))
        {
            _ = Ber.Serial(body); // what the one who asked sent to recognise the answer by
        }

        if (Ber.Is(body, Ber.Tag0))
        {
            _ = body.ReadEncodedValue(); // a name of the authority, which its certificate says too
        }

        if (Ber.Is(body, Ber.Tag1))
        {
            HasUnknownCondition = HasCritical(body.ReadSequence(Ber.Tag1));
        }

        body.ThrowIfNotEmpty();
    }

    /// <summary>The bytes as they were received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>When the authority says that the digest existed.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>By how much the time may be off in either direction; null when the authority does not say.</summary>
    public TimeSpan? Accuracy { get; }

    /// <summary>The latest time that the accuracy leaves open: by then the digest existed.</summary>
    internal DateTimeOffset Latest => Accuracy is { Ticks: > 0 } off ? (DateTimeOffset.MaxValue - Time > off ? Time + off : DateTimeOffset.MaxValue) : Time;

    /// <summary>Whether tokens of this authority may be ordered by their times whatever the accuracy.</summary>
    public bool IsOrdered { get; }

    /// <summary>The object identifier of the authority's policy.</summary>
    public string Policy { get; }

    /// <summary>The authority's number for it, in lower-case hexadecimal digits.</summary>
    public string SerialNumber { get; }

    /// <summary>The object identifier of the digest.</summary>
    public string ImprintAlgorithm { get; }

    /// <summary>The digest that existed.</summary>
    public ReadOnlyMemory<byte> Imprint { get; }

    /// <summary>The signed message that it is.</summary>
    public SignedMessage Message { get; }

    internal bool HasUnknownCondition { get; }

    /// <summary>Reads a token in DER or BER, with nothing behind it. Untrusted: what is none gives false and a finding (SIG-001, SIG-017).</summary>
    /// <param name="bytes">The whole token.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="token">The token; null when there is a problem.</param>
    /// <param name="problem">Why there is none; null when there is one.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, string subject, [NotNullWhen(true)] out TimeStampToken? token, [NotNullWhen(false)] out Finding? problem)
    {
        (token, problem) = (null, null);
        if (bytes.Length <= MaxLength && SignedMessage.TryParse(bytes, subject, out var message, out problem)
            && message is { ContentType: Oids.TstInfo, SignerCount: 1, Content: { } content }
            && Ber.TryRead(content, reader => new TimeStampToken(bytes, message, reader), out token))
        {
            return true;
        }

        problem = problem is { Code: SignatureCodes.Encrypted } ? problem : Finding.Error(SignatureCodes.Malformed, subject, ("piece", "time-stamp"), ("length", bytes.Length));
        return false;
    }

    /// <summary>Whether the token is of this content; false too when its digest algorithm is not known.</summary>
    public bool IsOf(ReadOnlySpan<byte> content) => IsOf([], content);

    /// <summary>Whether the token is of a content that is read to its end; false too when its digest algorithm is not known.</summary>
    public bool IsOf(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (ContentDigest.Begin(ImprintAlgorithm) is not { } digest)
        {
            return false;
        }

        var buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            digest.Append(buffer.AsSpan(0, read));
        }

        return digest.Finish().AsSpan().SequenceEqual(Imprint.Span);
    }

    /// <summary>
    /// Judges the token for a content: its digest, its signature, the certificate that it names, and the way from there to a trusted
    /// authority at the time that is asked for.
    /// </summary>
    /// <param name="content">What it should be of.</param>
    /// <param name="question">What may be used; its use is ignored, being time-stamping.</param>
    /// <param name="subject">What the token is, as a user knows it.</param>
    public TimeStampEvidence Judge(ReadOnlySpan<byte> content, ChainQuestion question, string subject) => Judge(IsOf(content), question, subject);

    /// <summary>Judges the token when it is known from elsewhere whether it is of the content (<see cref="IsOf(Stream)"/>).</summary>
    public TimeStampEvidence Judge(bool isOfContent, ChainQuestion question, string subject) =>
        TimeStampJudgement.Of(this, isOfContent, question, new SignatureChecks(), subject);

    internal bool IsOf(ReadOnlySpan<byte> before, ReadOnlySpan<byte> content)
    {
        if (ContentDigest.Begin(ImprintAlgorithm) is not { } digest)
        {
            return false;
        }

        digest.Append(before);
        digest.Append(content);
        return digest.Finish().AsSpan().SequenceEqual(Imprint.Span);
    }

    private static TimeSpan ReadAccuracy(AsnReader accuracy)
    {
        var time = Ber.Is(accuracy, Asn1Tag.Integer) ? TimeSpan.FromSeconds(Ber.Small(accuracy)) : TimeSpan.Zero;
        time += Ber.Is(accuracy, Ber.Tag0) ? TimeSpan.FromMilliseconds(Part(accuracy, Ber.Tag0)) : TimeSpan.Zero;
        time += Ber.Is(accuracy, Ber.Tag1) ? TimeSpan.FromMicroseconds(Part(accuracy, Ber.Tag1)) : TimeSpan.Zero;
        accuracy.ThrowIfNotEmpty();
        return time;

        static int Part(AsnReader accuracy, Asn1Tag tag) =>
            accuracy.TryReadInt32(out var value, tag) ? value : throw new AsnContentException("A number is out of range.");
    }

    private static bool HasCritical(AsnReader extensions)
    {
        var critical = false;
        while (extensions.HasData)
        {
            critical |= CertificateExtensions.One(extensions).IsCritical;
        }

        return critical;
    }
}
