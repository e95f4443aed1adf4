using System.Globalization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>病毒 (4-1): there is an engine with new definitions, and it found nothing in any file.</summary>
internal static class AntivirusChecks
{
    /// <summary>An engine answers, and its definitions are at most <c>antivirus.days</c> old; those of a day to come prove nothing, for a clock is wrong.</summary>
    public static RuleAnswer Engine(InspectionFacts facts)
    {
        if (Absence(facts) is { } absent)
        {
            return absent;
        }

        var engine = facts.Antivirus!;
        var most = facts.Number("antivirus.days");
        var answer = engine.Definitions is not { } made ? RuleAnswer.CouldNotRun(Finding.Error("INS-372", engine.Engine!))
            : made - facts.Now > TimeSpan.FromDays(1) ? RuleAnswer.CouldNotRun(Finding.Error("INS-373", engine.Engine!, ("found", Day(made))))
            : facts.Now - made > TimeSpan.FromDays(most)
                ? RuleAnswer.Of([Finding.Error("INS-371", engine.Engine!, ("found", Day(made)), ("days", (long)(facts.Now - made).TotalDays), ("expected", most))])
                : RuleAnswer.Passed(1);
        return answer with { Tool = engine.Engine, Evidence = Evidence(engine) };
    }

    /// <summary>Every file was scanned, and the package where it is one file, and nothing was found.</summary>
    public static RuleAnswer Malware(InspectionFacts facts)
    {
        if (Absence(facts) is { } absent)
        {
            return absent;
        }

        var engine = facts.Antivirus!;
        List<Finding> missed = [.. engine.NotScanned.Take(100).Select(f => Finding.Error("INS-376", f.Key, ("unscanned", f.Value)))];
        var answer = engine.Infected.Count > 0
            ? RuleAnswer.Of(engine.Infected.Take(100).Select(f => Finding.Error("INS-375", f.Key, ("found", f.Value))).Concat(missed))
            : missed.Count > 0 ? new RuleAnswer(RuleVerdict.CouldNotRun, missed)
            : RuleAnswer.Passed();
        var unscanned = engine.NotScanned.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return answer with { Looked = facts.Package.Looked.Count(f => !unscanned.Contains(f.Path)), Tool = engine.Engine, Evidence = Evidence(engine) };
    }

    private static RuleAnswer? Absence(InspectionFacts facts) => facts.Antivirus switch
    {
        null => RuleAnswer.CouldNotRun(Finding.Error("INS-370", facts.Package.Name)),
        { Engine: null, Trouble: var trouble } => RuleAnswer.CouldNotRun(trouble ?? Finding.Error("INS-370", facts.Package.Name)),
        _ => null,
    };

    private static IReadOnlyList<KeyValuePair<string, string>> Evidence(AntivirusFacts engine) =>
        engine.Definitions is { } made ? [KeyValuePair.Create(engine.AreDefinitionsStated ? "definitions-stated" : "definitions", Day(made))] : [];

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
