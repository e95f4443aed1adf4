using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>The metadata that rules look at, whichever profile they came by.</summary>
internal static class Metadata
{
    /// <summary>
    /// The answer of a check whose findings the reading made, beside further ones: metadata that could not be read have passed nothing.
    /// </summary>
    /// <param name="facts">What was observed.</param>
    /// <param name="check">The name of the check.</param>
    /// <param name="further">What the check found itself.</param>
    /// <param name="looked">How many things were looked at; the number of values when null.</param>
    public static RuleAnswer Ask(InspectionFacts facts, string check, IEnumerable<Finding>? further = null, long? looked = null)
    {
        var answer = RuleAnswer.Of(facts.FindingsOf(check).Concat(further ?? []), looked ?? Count(facts.Package));
        return answer.Verdict == RuleVerdict.Passed && !IsReadable(facts.Package) ? RuleAnswer.CouldNotRun(Finding.Error("INS-100", facts.Package.Name)) : answer;
    }

    /// <summary>The answer of a check that asks the registers too: without them it has not passed.</summary>
    public static RuleAnswer AskRegisters(InspectionFacts facts, string check, IEnumerable<Finding> further, long? looked = null)
    {
        var answer = Ask(facts, check, further, looked);
        return answer.Verdict == RuleVerdict.Passed && facts.Terms is null ? RuleAnswer.CouldNotRun(Finding.Error("INS-102", facts.Package.Name)) : answer;
    }

    /// <summary>Whether there are metadata to look at.</summary>
    public static bool IsReadable(InspectedPackage package) => package.Case is not null || package.Eep is not null || package.Transfer is { Items.Count: > 0 };

    /// <summary>All cases of a package: its own and those of the packages inside it.</summary>
    public static IEnumerable<CasePackage> Cases(InspectedPackage package) => package.Case is { } read ? WithParts(read) : [];

    /// <summary>All blocks of the metadata of a case.</summary>
    public static IEnumerable<CaseFields> Blocks(CasePackage read) =>
    [
        read.Configuration, read.Basic, .. read.Relations, .. read.Steps,
        .. read.Files.Select(f => f.Fields), .. read.Files.Select(f => f.Licence).OfType<CaseFields>(), .. read.Description is { } said ? [said] : Array.Empty<CaseFields>(),
    ];

    private static IEnumerable<CasePackage> WithParts(CasePackage read) => [read, .. read.Parts.SelectMany(p => WithParts(p.Value))];

    private static long? Count(InspectedPackage package) =>
        package.Case is not null ? Cases(package).SelectMany(Blocks).Sum(b => (long)b.All.Count) : package.Transfer?.Items.Count;
}
