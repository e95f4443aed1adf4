using System.Globalization;
using Lantai.Characterization;
using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>签章保全: files that bear signatures or seals are taken in the bytes in which they were signed.</summary>
/// <remarks>A signature holds as long as the bytes do. Whether the signature of a PDF or a seal of an OFD is itself genuine is not judged here.</remarks>
internal static class SealsCheck
{
    // Findings by which the bytes of a file are not those that were recorded of it.
    private static readonly string[] Changed = ["PKG-030", "PKG-031", "PKG-032", "PKG-053", "PKG-148", "PKG-157", "PKG-181", "BAG-022", "SIP-010"];

    /// <summary>A sealed file that is broken, or is not what was recorded of it, is failed. Not applicable where nothing is signed.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var isSigned = facts.Package.Signatures.Count > 0 || facts.Package.Looked.Any(f => f.Content is null || f.Character?.Examination is not { } seen || Count(seen) > 0);
        if (!isSigned)
        {
            return RuleAnswer.NotApplicable("no-seals");
        }

        var changed = facts.Package.Findings.Where(f => f.Severity == Severity.Error && Changed.Contains(f.Code)).Select(f => f.Subject).ToHashSet(StringComparer.Ordinal);
        var answer = FileAnswers.Of(facts, (file, found) => Ask(file, found, changed));
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
            : [Finding.Information("INS-365", file.Path, ("count", count), ("found", "sha256:" + file.Content))];
    }

    private static long Count(FileExamination examination) => examination.Technical.GetValueOrDefault("signatures") switch
    {
        long number => number,
        IReadOnlyCollection<string> named => named.Count,
        string text => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 1,
        _ => 0,
    };
}
