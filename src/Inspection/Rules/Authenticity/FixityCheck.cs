using System.Globalization;
using Lantai.Evidence.Certificates;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>固化信息有效性 (1-1): recorded digests are those of the bytes, signatures hold.</summary>
internal static class FixityCheck
{
    private static readonly string[] Unverified = ["PKG-191", "PKG-193"];

    /// <summary>Wrong is failed; what could not be verified, for lack of trusted certificates above all, is for a person.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        List<Finding> findings = [.. facts.FindingsOf("fixity"), .. Absence(facts.Package)];
        var answer = RuleAnswer.Of(findings, facts.Package.DigestsCompared + facts.Package.Signatures.Count);
        if (answer.Verdict != RuleVerdict.Failed && findings.Exists(f => Unverified.Contains(f.Code)))
        {
            answer = answer with { Verdict = RuleVerdict.Manual };
        }

        return answer.Verdict == RuleVerdict.Passed && answer.Looked == 0
            ? Asking.MetadataNotRead(facts)
            : answer with { Evidence = [.. Evidence(facts.Package)] };
    }

    /// <summary>A case without a digest of its bytes proves nothing; other profiles leave it to the agency, and that there is none is worth a look.</summary>
    private static IEnumerable<Finding> Absence(InspectedPackage package) =>
        package.DigestsCompared > 0 || package.Signatures.Count > 0 || !Asking.WasRead(package) ? []
        : package.Case is not null ? [Finding.Error("INS-101", package.Name)]
        : [Finding.Warning("INS-101", package.Name)];

    private static IEnumerable<KeyValuePair<string, string>> Evidence(InspectedPackage package)
    {
        yield return KeyValuePair.Create("digests", package.DigestsCompared.ToString(CultureInfo.InvariantCulture));
        foreach (var signature in package.Signatures)
        {
            yield return KeyValuePair.Create("signature", $"{VerdictName.Of(signature.Verdict)} {string.Join("; ", signature.Evidence.Select(e => e.Signer).DefaultIfEmpty(signature.Signature.Signer))}".TrimEnd());
        }
    }
}
