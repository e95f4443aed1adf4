using System.Text.Json.Nodes;
using Lantai.Cli.Output;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;

namespace Lantai.Cli.Commands.Signatures;

/// <summary>A signature that was judged, and when its signer says that it was made; for a time stamp, its time.</summary>
internal sealed record JudgedSignature(SignatureEvidence Evidence, DateTimeOffset? Said)
{
    /// <summary>Whether it counts: now, or at a time by which it is proven to have existed.</summary>
    public bool Counts => Evidence.Verdict is EvidenceVerdict.Valid or EvidenceVerdict.ValidAtTime;

    /// <summary>Whom the certificate names; where it is not there, the signer as the message names it.</summary>
    private string Who => Evidence.Chain.Count > 0 && Certificate.TryParse(Evidence.Chain[0], out var certificate) ? certificate.Subject : Evidence.Signer;

    public void Tell(Report report, int number)
    {
        var codes = Evidence.Findings.Where(f => f.Severity != Words.Severity.Information).Select(f => f.Code).Distinct().ToList();
        report.Say(
            "signature.told", ("number", number), ("verdict", report.Speech.Say("evidence." + VerdictName.Of(Evidence.Verdict))), ("algorithm", Algorithm(report.Speech)), ("signer", Who),
            ("time", Time(report.Speech)), ("why", codes.Count == 0 ? "" : $" ({string.Join(", ", codes)})"));
        report.Tell(Evidence.Findings);
    }

    public JsonObject Describe(Speech speech) => new()
    {
        ["form"] = Evidence.Form, ["signer"] = Evidence.Signer, ["subject"] = Who, ["verdict"] = VerdictName.Of(Evidence.Verdict), ["counts"] = Counts, ["at"] = Evidence.At?.ToString("O"),
        ["said"] = Said?.ToString("O"), ["checked"] = Evidence.Checked.ToString("O"), ["confidence"] = Evidence.Confidence, ["digestAlgorithm"] = Evidence.DigestAlgorithm,
        ["signatureAlgorithm"] = Evidence.SignatureAlgorithm, ["content"] = Evidence.Content?.ToString(),
        ["findings"] = new JsonArray([.. Evidence.Findings.Select(f => (JsonNode)JsonAnswer.Of(f, speech))]),
    };

    private string Algorithm(Speech speech)
    {
        var (signature, digest) = (Algorithm(speech, Evidence.SignatureAlgorithm), Algorithm(speech, Evidence.DigestAlgorithm));
        return signature.Contains(digest, StringComparison.Ordinal) ? signature : $"{signature} + {digest}";
    }

    private static string Algorithm(Speech speech, string oid)
    {
        var key = "algorithm." + oid;
        return speech.Say(key) is var said && said != key ? said : oid;
    }

    private string Time(Speech speech) => Evidence.At is { } at ? speech.Say("signature.at", ("time", Amounts.Time(at)))
        : Said is { } said ? speech.Say("signature.said", ("time", Amounts.Time(said)))
        : speech.Say("signature.untimed");
}
