namespace Lantai.Evidence.Certificates;

/// <summary>The names of verdicts, as records and answers write them and as the text keys <c>evidence.…</c> end.</summary>
/// <remarks>spec: <c>spec/formats/signature-evidence.md</c>. Pure, safe for concurrent use.</remarks>
public static class VerdictName
{
    /// <summary>The name of a verdict, such as <c>valid-at-time</c>.</summary>
    public static string Of(EvidenceVerdict verdict) => verdict switch
    {
        EvidenceVerdict.Valid => "valid",
        EvidenceVerdict.ValidAtTime => "valid-at-time",
        EvidenceVerdict.RevocationUnknown => "revocation-unknown",
        EvidenceVerdict.Expired => "expired",
        EvidenceVerdict.NotYetValid => "not-yet-valid",
        EvidenceVerdict.Unsuited => "unsuited",
        EvidenceVerdict.Revoked => "revoked",
        EvidenceVerdict.NotTrusted => "not-trusted",
        EvidenceVerdict.Unsupported => "unsupported",
        EvidenceVerdict.Wrong => "wrong",
        _ => "malformed",
    };
}
