namespace Lantai.Inspection;

/// <summary>Checks of a package's parts against each other, all of which the reading made: groups 1-4 and 1-5.</summary>
internal static class PackageChecks
{
    /// <summary>元数据是否关联内容数据 (1-4): nothing missing, nothing that nobody names, nothing named twice.</summary>
    public static RuleAnswer Linkage(InspectionFacts facts) => Asking.OfReading(facts, "linkage");

    /// <summary>说明文件和目录文件规范性 (1-5): only where the profile has such files.</summary>
    public static RuleAnswer Description(InspectionFacts facts)
    {
        var answer = RuleAnswer.Of(facts.FindingsOf("description"));
        return answer.Verdict == RuleVerdict.Passed && facts.Package is { Profile: "dat85" or "eep" } ? RuleAnswer.NotApplicable("no-description") : OfRead(facts, answer);
    }

    /// <summary>信息包目录结构规范性 (1-5): folders, names and depth are those of the profile.</summary>
    public static RuleAnswer Structure(InspectionFacts facts) => OfRead(facts, RuleAnswer.Of(facts.FindingsOf("structure"), facts.Package.Files.Count));

    /// <summary>EEP封装包规范性 (1-5, storage): only where it is one.</summary>
    public static RuleAnswer Encapsulation(InspectionFacts facts)
    {
        var answer = RuleAnswer.Of(facts.FindingsOf("eep"));
        return answer.Verdict == RuleVerdict.Passed && facts.Package.Profile != "eep" ? RuleAnswer.NotApplicable("no-eep")
            : Asking.OfReading(facts, "eep");
    }

    /// <summary>Nothing can be said of the parts of a package of no known profile.</summary>
    private static RuleAnswer OfRead(InspectionFacts facts, RuleAnswer answer) =>
        answer.Verdict == RuleVerdict.Passed && facts.Package.Profile.Length == 0 ? Asking.MetadataNotRead(facts) : answer;
}
