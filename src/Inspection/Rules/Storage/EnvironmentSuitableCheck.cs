using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, environment still suitable: for every format held there is a reader here, which shows in that it read the file.</summary>
/// <remarks>Pure. A broken file or one without bytes says nothing about the environment. Support of hardware and operating systems is not known to a program.</remarks>
internal static class EnvironmentSuitableCheck
{
    private const string NoReader = "no-reader";

    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
    {
        var examined = facts.Package.Files.Where(f => f.Character?.Examination is not null).ToList();
        var without = examined.Where(f => f.Length > 0 && HasNoReader(f.Character!.Examination!))
            .GroupBy(f => f.Character!.Identification.Id ?? "unknown", StringComparer.Ordinal)
            .Select(g => Finding.Warning("INS-545", g.First().Path, ("format", g.Key), ("count", g.Count())));
        return examined.Count == 0 && facts.Package.Files.Count > 0
            ? RuleAnswer.CouldNotRun(Finding.Error("INS-544", Stored.NameOf(stored), ("retry", "later")))
            : RuleAnswer.Of(without, examined.Count) with { Evidence = [.. Readers(examined)] };
    });

    private static bool HasNoReader(FileExamination examination) =>
        examination.Readability == Readability.NotCheckable && examination.Findings.Any(f => f.Arguments.Any(a => a is { Key: "why", Value: NoReader }));

    /// <summary>Which formats are held, and by which family of readers each was read.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Readers(IEnumerable<InspectedFile> files) =>
        files.Where(f => f.Character!.Examination!.Readability == Readability.Readable)
            .Select(f => KeyValuePair.Create(f.Character!.Identification.Id ?? "unknown", f.Character.Examination!.Family.ToString()))
            .Distinct();
}
