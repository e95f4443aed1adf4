using System.Globalization;
using Lantai.Characterization;
using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>签章保全: files that bear signatures or seals are taken in the bytes in which they were signed, and each signature was checked over them.</summary>
/// <remarks>
/// A signature holds by the certificate in it; whether that is to be trusted is another question, which the findings leave open. What
/// cannot be checked here, such as the seals of an OFD (GB/T 38540), is a warning: a sealed file is not held up for being sealed (R9-4),
/// and nothing counts as good that nobody checked (R11-9).
/// </remarks>
internal static class SealsCheck
{
    // Findings by which the bytes of a file are not those that were recorded of it.
    private static readonly string[] Changed = ["PKG-030", "PKG-031", "PKG-032", "PKG-053", "PKG-148", "PKG-157", "PKG-181", "BAG-022", "SIP-010"];

    /// <summary>
    /// A sealed file that is broken, is not what was recorded of it, or bears a signature that does not hold, is failed; one with a
    /// signature that cannot be checked is warned of. Not applicable where nothing is signed.
    /// </summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var isSigned = facts.Package.Signatures.Count > 0 || facts.Package.Looked.Any(f => f.Content is null || f.Character?.Examination is not { } seen || Count(seen) > 0);
        if (!isSigned)
        {
            return RuleAnswer.NotApplicable("no-seals");
        }

        var changed = facts.Package.Findings.Where(f => f.Severity == Severity.Error && Changed.Contains(f.Code)).Select(f => f.Subject).ToHashSet(StringComparer.Ordinal);
        var unknown = facts.Package.Signatures.Where(s => s.Verdict == EvidenceVerdict.Unsupported)
            .Select(s => Finding.Warning("INS-369", facts.Package.Name, ("count", 1), ("seal", "algorithm"), ("found", string.Join("; ", s.Evidence.Select(e => e.SignatureAlgorithm)))));
        var answer = FileAnswers.Of(facts, (file, found) => Ask(file, found, changed), unknown);
        return answer with
        {
            Evidence = [.. facts.Package.Signatures.Select(s => KeyValuePair.Create("signature", $"{VerdictName.Of(s.Verdict)} {string.Join("; ", s.Evidence.Select(e => e.Signer))}".TrimEnd()))],
        };
    }

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination examination, HashSet<string> changed)
    {
        var count = Count(examination);
        return count == 0 ? []
            : examination.Readability == Readability.Broken ? [Finding.Error("INS-366", file.Path, ("count", count))]
            : changed.Contains(file.Path) ? [Finding.Error("INS-367", file.Path, ("count", count))]
            : Judge(file, examination, count);
    }

    private static IEnumerable<Finding> Judge(InspectedFile file, FileExamination examination, long count)
    {
        var holding = file.Seals.Where(s => s.Match == SealMatch.Holds).ToList();
        var failing = file.Seals.Where(s => s.Match == SealMatch.Fails).ToList();
        if (failing is [var wrong, ..])
        {
            yield return Finding.Error("INS-368", file.Path, ("count", failing.Count), ("at", wrong.Place), ("seal", wrong.Why));
        }

        if (count > holding.Count + failing.Count)
        {
            var unknown = file.Seals.FirstOrDefault(s => s.Match == SealMatch.Unknown);
            yield return Finding.Warning(
                "INS-369", file.Path, ("count", count - holding.Count - failing.Count), ("seal", unknown?.Why ?? "form"), ("found", unknown?.Form ?? examination.Family.ToString()));
        }

        if (holding.Count > 0)
        {
            yield return Finding.Information("INS-365", file.Path, ("count", holding.Count), ("found", "sha256:" + file.Content), ("signers", string.Join("; ", holding.Select(s => s.Signers).Distinct())));
        }

        if (holding.Count > 0 && !holding.Exists(s => s.IsToEnd))
        {
            yield return Finding.Warning("INS-364", file.Path, ("count", holding.Count));
        }
    }

    private static long Count(FileExamination examination) => examination.Technical.GetValueOrDefault("signatures") switch
    {
        long number => number,
        IReadOnlyCollection<string> named => named.Count,
        string text => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 1,
        _ => 0,
    };
}
