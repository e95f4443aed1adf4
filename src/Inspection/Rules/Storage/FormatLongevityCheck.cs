using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, formats fit for long-term preservation, by the policy of today: archival ones are, those to be converted are at risk, forbidden ones are given up.</summary>
/// <remarks>Pure. One finding for each format: a case with eight pictures of one format has one risk. That a file is broken says nothing of its format and is told by <c>readable</c>.</remarks>
internal static class FormatLongevityCheck
{
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var known = facts.Package.Files.Where(f => f.Character is not null).ToList();
        var findings = known.Where(f => f.Character!.Verdict.Verdict != FormatVerdict.Archival && !f.Character.Verdict.Reasons.Contains("broken"))
            .GroupBy(f => (Format: f.Character!.Identification.Id ?? "", f.Character.Verdict.Verdict, Reason: f.Character.Verdict.Reasons is [var reason, ..] ? reason : ""))
            .Select(g => Risk(facts, g.Key.Verdict, g.Key.Format, g.Key.Reason, [.. g]))
            .Concat(known.Where(f => IsOther(facts, f)).Select(f => Other(facts, f)));
        return known.Count == 0 && facts.Package.Files.Count > 0
            ? RuleAnswer.CouldNotRun(Finding.Error("INS-544", facts.Package.Name, ("retry", "later")))
            : RuleAnswer.Of(findings, known.Count) with { Evidence = [.. Policies(known)] };
    }

    private static Finding Risk(InspectionFacts facts, FormatVerdict verdict, string format, string reason, IReadOnlyList<InspectedFile> files)
    {
        (string, object)[] arguments = [("format", format.Length == 0 ? "unknown" : format), ("reason", reason), ("count", files.Count), ("package", facts.Package.Name)];
        return verdict switch
        {
            FormatVerdict.Forbidden => Finding.Error("INS-541", files[0].Path, arguments),
            FormatVerdict.Review => Finding.Warning("INS-542", files[0].Path, arguments),
            _ => Finding.Warning("INS-540", files[0].Path, arguments),
        };
    }

    private static bool IsOther(InspectionFacts facts, InspectedFile file) =>
        facts.Storage?.FormatsAtIngest.TryGetValue(file.Path, out var then) == true && file.Character!.Identification.Id is { } now && now != then;

    private static Finding Other(InspectionFacts facts, InspectedFile file) => Finding.Information(
        "INS-543", file.Path, ("expected", facts.Storage!.FormatsAtIngest[file.Path]), ("found", file.Character!.Identification.Id!));

    private static IEnumerable<KeyValuePair<string, string>> Policies(IEnumerable<InspectedFile> files) =>
        files.Select(f => $"{f.Character!.Verdict.Policy} {f.Character.Verdict.Version}").Distinct(StringComparer.Ordinal).Select(p => KeyValuePair.Create("policy", p));
}
