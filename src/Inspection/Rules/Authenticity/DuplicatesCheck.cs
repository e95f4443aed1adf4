using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>元数据项数据重复性 (1-2): keys stand once in the package, and nothing in the holdings has them.</summary>
internal static class DuplicatesCheck
{
    /// <summary>Keys are record code, running number and reference code, and inside one case the codes of its files.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => 
        Asking.AlsoAsksRegisters(facts, Asking.OfFindings(facts, [.. facts.FindingsOf("duplicates"), .. Inside(facts.Package), .. Elsewhere(facts)]));

    private static IEnumerable<Finding> Inside(InspectedPackage package)
    {
        List<CasePackage> cases = package.Case is { } lead ? [.. Asking.Cases(lead).Select(c => c.Case)] : [];
        return
        [
            .. Twice(cases.Select(c => (c.Configuration, "electronic_record_code"))),
            .. Twice(cases.Select(c => (c.Basic, "project_id"))),
            .. cases.SelectMany(c => Twice(c.Files.Select(f => (f.Fields, "file_code")))),
        ];
    }

    private static IEnumerable<Finding> Twice(IEnumerable<(CaseFields Fields, string Name)> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (fields, name) in keys)
        {
            if (fields[name] is { Length: > 0 } value && !seen.Add(value))
            {
                yield return Finding.Error("INS-140", fields.File, ("at", fields.PlaceOf(name)), ("key", name), ("found", value));
            }
        }
    }

    private static IEnumerable<Finding> Elsewhere(InspectionFacts facts) =>
        (facts.Terms?.Collisions ?? []).Select(c => Finding.Error("INS-141", facts.Package.Name, ("key", c.Key), ("found", c.Value)));
}
