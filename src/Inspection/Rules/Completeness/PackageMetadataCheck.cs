using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>信息包元数据完整性: the package says of the case what its source system said when it was completed.</summary>
/// <remarks>Pure. Group 2-4. What an EEP must have around its content is told by its reading.</remarks>
internal static class PackageMetadataCheck
{
    /// <summary>Compares the case with its notice.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var read = RuleAnswer.Of(facts.FindingsOf("package-metadata"), facts.Package.Files.Count);
        return facts.Package.Case is not { } of
            ? read.Findings.Count > 0 ? read : Asking.OfCase(facts, _ => read)
            : facts.Terms is not { } terms ? Asking.AlsoAsksRegisters(facts, read)
            : terms.Notice is { } notice ? RuleAnswer.Of([.. read.Findings, .. Compare(facts, of, notice)], read.Looked)
            : read.Findings.Count > 0 ? read : RuleAnswer.NotApplicable("no-notice");
    }

    private static IEnumerable<Finding> Compare(InspectionFacts facts, CasePackage of, ServiceCase notice)
    {
        (CaseFields Fields, string Name, string? Expected, string? Found)[] pairs =
        [
            (of.Basic, "project_id", notice.Number, of.Basic["project_id"]),
            (of.Configuration, "social_code", notice.Agency, of.Configuration["social_code"]),
            (of.Configuration, "fonds_identifier", notice.Fonds, of.Configuration["fonds_identifier"]),
            (of.Basic, "task_code", notice.Item, of.Basic["task_code"]),
            (of.Basic, "transact_time", notice.Completed.Given, IsSame(of.Completed, notice.Completed) ? notice.Completed.Given : of.Basic["transact_time"]),
        ];
        return pairs.Where(p => p.Expected is not null && p.Expected != p.Found).Select(p => Finding.Error(
            "INS-229", Asking.FileOf(facts, p.Fields), ("at", p.Fields.PlaceOf(p.Name)), ("expected", p.Expected!), ("found", p.Found ?? ""),
            ("element", CaseElements.Of(p.Fields.Block).First(e => e.English == p.Name).Chinese)));
    }

    /// <summary>To the second: systems cut fractions off, and write one moment in several ways.</summary>
    private static bool IsSame(DateTimeOffset? said, CompletionTime notice) => said?.ToUnixTimeSeconds() == notice.Moment.ToUnixTimeSeconds();
}
