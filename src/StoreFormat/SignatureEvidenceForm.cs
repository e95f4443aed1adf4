using System.Diagnostics.CodeAnalysis;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;

namespace Lantai.StoreFormat;

/// <summary>The bytes of what was found when a received signature was checked.</summary>
/// <remarks>spec/formats/signature-evidence.md. Pure functions, safe for concurrent use.</remarks>
public static class SignatureEvidenceForm
{
    private const string Format = "lantai-signature-evidence/1";

    /// <summary>Writes it in canonical form.</summary>
    public static byte[] Write(SignatureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return CanonicalJson.Write(new JsonMap()
            .Set("format", Format).Set("form", evidence.Form).Set("signer", Clean(evidence.Signer)).Set("checked", evidence.Checked)
            .Set("verdict", VerdictName.Of(evidence.Verdict)).Set("at", evidence.At).Set("confidence", evidence.Confidence).Set("content", evidence.Content)
            .Set("digestAlgorithm", evidence.DigestAlgorithm).Set("signatureAlgorithm", evidence.SignatureAlgorithm)
            .Set("signature", Convert.ToBase64String(evidence.Signature.Span))
            .Set("chain", Parts(evidence.Chain)).Set("revocation", Parts(evidence.Revocation))
            .Set("timeStamps", evidence.TimeStamps.Count == 0 ? null : evidence.TimeStamps.Select(Stamp))
            .Set("findings", EventDetail.Write([.. evidence.Findings])));
    }

    /// <summary>Reads it; false when it has not the form. What it says is not checked again: that is another judgement.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignatureEvidence? evidence)
    {
        evidence = null;
        if (!CanonicalJson.TryRead(bytes, out var map) || map.Text("format") != Format
            || map.Text("form") is not { } form || map.Text("signer") is not { } signer || map.Time("checked") is not { } time
            || Verdict(map) is not { } verdict || map.Text("confidence") is not { } confidence || map.Text("digestAlgorithm") is not { } digest
            || map.Text("signatureAlgorithm") is not { } algorithm || Bytes(map.Text("signature")) is not { } signature
            || Parts(map, "chain") is not { } chain || Parts(map, "revocation") is not { } revocation || Stamps(map) is not { } stamps || !AreFindings(map))
        {
            return false;
        }

        var at = map.Time("at");
        if ((verdict == EvidenceVerdict.ValidAtTime) != at.HasValue || at.HasValue != Has(map, "at") || map.Digest("content").HasValue != Has(map, "content"))
        {
            return false;
        }

        evidence = new SignatureEvidence(
            form, signer, time, verdict, at, confidence, map.Digest("content"), digest, algorithm, signature, chain, revocation, stamps, EventDetail.ReadFindings(map));
        return true;
    }

    private static JsonMap Stamp(TimeStampEvidence stamp) => new JsonMap()
        .Set("verdict", VerdictName.Of(stamp.Verdict)).Set("time", stamp.Time).Set("token", Convert.ToBase64String(stamp.Token.Span))
        .Set("findings", EventDetail.Write([.. stamp.Findings]))
        .Set("chain", stamp.Chain is not { } chain ? null : new JsonMap()
            .Set("verdict", VerdictName.Of(chain.Verdict)).Set("at", chain.At)
            .Set("certificates", Parts([.. chain.Certificates.Select(c => c.Encoded)])).Set("revocation", Parts(chain.Revocation))
            .Set("findings", EventDetail.Write([.. chain.Findings])));

    private static List<TimeStampEvidence>? Stamps(JsonMap map)
    {
        var stamps = new List<TimeStampEvidence>();
        foreach (var stamp in Elements(map, "timeStamps"))
        {
            if (stamp is not JsonMap one || !AreFindings(one) || Verdict(one) is not { } verdict || one.Time("time") is not { } time || Bytes(one.Text("token")) is not { } token
                || (one.Map("chain") is { } held ? Chain(held) : null) is var chain && Has(one, "chain") && chain is null)
            {
                return null;
            }

            stamps.Add(new TimeStampEvidence(verdict, time, token, chain, EventDetail.ReadFindings(one)));
        }

        return stamps;
    }

    private static CertificateChain? Chain(JsonMap map)
    {
        if (Verdict(map) is not { } verdict || map.Time("at") is not { } at || Parts(map, "certificates") is not { } parts || Parts(map, "revocation") is not { } revocation || !AreFindings(map))
        {
            return null;
        }

        var certificates = new List<Certificate>();
        foreach (var part in parts)
        {
            if (!Certificate.TryParse(part, out var certificate))
            {
                return null;
            }

            certificates.Add(certificate);
        }

        return new CertificateChain(verdict, at, certificates, revocation, EventDetail.ReadFindings(map));
    }

    private static IEnumerable<object>? Parts(IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        parts.Count == 0 ? null : parts.Select(p => (object)Convert.ToBase64String(p.Span));

    private static List<ReadOnlyMemory<byte>>? Parts(JsonMap map, string name)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        foreach (var part in Elements(map, name))
        {
            if (Bytes(part as string) is not { } bytes)
            {
                return null;
            }

            parts.Add(bytes);
        }

        return parts;
    }

    private static bool Has(JsonMap map, string name) => map.Members.ContainsKey(name);

    /// <summary>The elements of an array, none where it is absent; one that is no element of anything where the member is no array.</summary>
    private static IEnumerable<object?> Elements(JsonMap map, string name) => map.List(name) as IEnumerable<object?> ?? (Has(map, name) ? [null] : []);

    private static bool AreFindings(JsonMap map) => Elements(map, "findings").All(f => f is JsonMap one && one.Text("code") is not null);

    /// <summary>Base64 in its one form; null for anything else.</summary>
    private static byte[]? Bytes(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == base64
            ? bytes[..length]
            : null;
    }

    private static EvidenceVerdict? Verdict(JsonMap map)
    {
        foreach (var verdict in Enum.GetValues<EvidenceVerdict>())
        {
            if (map.Text("verdict") == VerdictName.Of(verdict))
            {
                return verdict;
            }
        }

        return null;
    }

    // Names come from certificates that others wrote; a lone surrogate in one cannot stand in JSON.
    private static string Clean(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
