using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>信息包内容数据完整性: as many files are recorded as there are.</summary>
/// <remarks>Pure. Group 2-4. That the recorded number is not that of the list is told by the reading; here the materials that are there are counted.</remarks>
internal static class PackageContentCheck
{
    /// <summary>Compares the recorded numbers of the case, and of the cases inside it, with the materials that are there.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfFindings(facts,
    [
        .. facts.FindingsOf("package-content"),
        .. facts.Package.Case is { } lead ? Asking.Cases(lead).Select(c => Compare(facts, c.Case)).OfType<Finding>() : [],
    ]);

    private static Finding? Compare(InspectionFacts facts, CasePackage of)
    {
        var (file, at) = (Asking.FileOf(facts, of.Configuration), of.Configuration.PlaceOf("total_number"));
        var there = of.Files.Count(f => f.Content is not null);
        var isTold = facts.Package.Findings.Any(f => f.Code == "PKG-043" && f.Subject == file && f.Arguments.Contains(KeyValuePair.Create("at", at)));
        return of.Configuration.Number("total_number") is { } recorded && recorded != there && !isTold
            ? Finding.Error("INS-230", file, ("at", at), ("expected", recorded), ("found", there))
            : null;
    }
}
