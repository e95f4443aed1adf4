using System.Globalization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>总件数相符性 and 总字节数相符性: what came is what the register that came with it says.</summary>
/// <remarks>Pure. Group 2-1; the register is 电子文件归档登记表, or the description of a transfer package, which its reading compares.</remarks>
internal static class CountChecks
{
    /// <summary>Compares the number of items (件): cases, those inside included, or records of a transfer package.</summary>
    public static RuleAnswer Items(InspectionFacts facts) => Compare(facts, "item-count", "INS-210", facts.Channel.DeclaredItems, ItemsIn(facts.Package));

    /// <summary>Compares the number of bytes: the sum over all files of the package, metadata included.</summary>
    public static RuleAnswer Bytes(InspectionFacts facts) => Compare(facts, "byte-count", "INS-211", facts.Channel.DeclaredBytes, facts.Package.Bytes);

    /// <summary>That a package agrees with itself does not say yet that it agrees with the register, which is handed in with it.</summary>
    private static RuleAnswer Compare(InspectionFacts facts, string check, string code, long? declared, long? counted) =>
        Judge(facts, check, code, declared, counted) is var answer && facts.Channel.IsForeseen && answer.Verdict == RuleVerdict.Passed ? RuleAnswer.NotApplicable("not-sent") : answer;

    private static RuleAnswer Judge(InspectionFacts facts, string check, string code, long? declared, long? counted)
    {
        List<Finding> found = [.. facts.FindingsOf(check)];
        if (declared is null && found.Count == 0 && facts.Package.Transfer is not { EncodingName: null })
        {
            return facts.Package.Transfer is { } transfer ? RuleAnswer.Passed(transfer.Items.Count) : RuleAnswer.NotApplicable("no-register");
        }

        if (found.Count == 0 && counted is null)
        {
            return RuleAnswer.CouldNotRun(Finding.Error("INS-201", facts.Package.Name, ("retry", "after-fix")));
        }

        if (declared is not null && counted is not null && declared != counted)
        {
            found.Add(Finding.Error(code, facts.Package.Name, ("expected", declared), ("found", counted)));
        }

        return RuleAnswer.Of(found, counted) with { Evidence = [Pair("declared", declared), Pair("counted", counted)] };
    }

    /// <summary>An encapsulated record is one item; a transfer package whose catalogue could not be read has a number that nobody knows.</summary>
    private static long? ItemsIn(InspectedPackage package) =>
        package.Case is { } lead ? Asking.Cases(lead).Count()
        : package.Transfer is { } transfer ? transfer.EncodingName is null ? null : transfer.Items.Count
        : Asking.WasRead(package) ? 1 : null;

    private static KeyValuePair<string, string> Pair(string name, long? number) => KeyValuePair.Create(name, number?.ToString(CultureInfo.InvariantCulture) ?? "");
}
