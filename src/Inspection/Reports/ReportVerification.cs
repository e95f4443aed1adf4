using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>The keys by which a report is verified.</summary>
/// <param name="Expected">The verifier key that came from outside; null when none did, which is remarked.</param>
/// <param name="Sm2">The verifier key of SM2 that came from outside; null not to ask for its line.</param>
/// <param name="Claimed">Used when no key came from outside: the one that the store itself names. Without either no signature is checked.</param>
/// <param name="Rotations">Statements that may lead from the expected key to the one that signed.</param>
/// <remarks>Immutable.</remarks>
public sealed record ReportKeys(VerifierKey? Expected, Sm2VerifierKey? Sm2, VerifierKey? Claimed, IReadOnlyList<SignedNote> Rotations);

/// <summary>Verifies a report by its signed note, without any store.</summary>
/// <remarks>Pure; safe for concurrent use. spec/formats/inspection-report.md.</remarks>
public static class ReportVerification
{
    /// <summary>
    /// Verifies a report: its form (INS-010), the note's form (INS-011), the note's signatures (INS-012), the digests in the note
    /// against the bytes (INS-013), number and outcome in the note against the report (INS-014). Empty when all is well; a key that
    /// did not come from outside is remarked (INS-015).
    /// </summary>
    /// <param name="xml">The bytes of the report; not trusted.</param>
    /// <param name="note">The bytes of the note; null when there is none.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="subject">How findings call the report.</param>
    /// <param name="report">The report, when it could be read.</param>
    public static IReadOnlyList<Finding> Verify(byte[] xml, byte[]? note, ReportKeys keys, string subject, out InspectionReport? report)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var findings = new List<Finding>();
        report = ReportReader.TryRead(xml, subject, findings);
        if (note is null || !SignedNote.TryParse(note, out var signed) || !ReportSeal.TryRead(signed.Text, out var seal))
        {
            findings.Add(Finding.Error("INS-011", subject));
            return findings;
        }

        var trusted = keys.Expected ?? keys.Claimed;
        if (trusted is null || !KeyHistory.AnyVerifies(KeyHistory.Leads(trusted, seal.Origin, keys.Rotations), signed))
        {
            findings.Add(Finding.Error("INS-012", subject, ("key", trusted?.ToString() ?? "–")));
        }

        if (keys.Sm2 is { } sm2 && !sm2.Verifies(signed))
        {
            findings.Add(Finding.Error("INS-012", subject, ("key", sm2.ToString())));
        }

        var held = (Digest.Of(xml), Sm3Digest.Of(xml));
        if ((seal.Sha256, seal.Sm3) != held || seal.Bytes != xml.Length)
        {
            findings.Add(Finding.Error("INS-013", subject, (ReportWords.Expected, $"{seal.Sha256}, {seal.Bytes}"), (ReportWords.Found, $"{held.Item1}, {xml.Length}")));
        }

        if (report is not null && (report.Number, report.Id, report.Outcome) != (seal.Number, seal.Id, seal.Outcome))
        {
            findings.Add(Finding.Error("INS-014", subject, (ReportWords.Expected, seal.Number), (ReportWords.Found, report.Number)));
        }

        if (keys.Expected is null)
        {
            findings.Add(Finding.Information("INS-015", subject));
        }

        return findings;
    }
}
