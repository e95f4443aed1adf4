using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>软硬件环境合规性: what is recorded of the systems and programs that made the record holds none that nobody keeps up any more.</summary>
/// <remarks>
/// Pure. Group 3-3. Recorded are the system of the case, the environment of a transfer package, and the program that each file names as its
/// maker. Parameter <c>environment.unfit</c>: names, apart by semicolons; where a scheme says nothing, systems that their maker no longer
/// kept up in 2023.
/// </remarks>
internal static class EnvironmentCheck
{
    private static readonly string[] Systems = ["information_system_description", "case_system"];
    private static readonly string[] Makers = ["creating-application", "producer"];

    /// <summary>Compares what is recorded with the list.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        List<(string File, string At, string Text)> recorded =
            [.. OfCase(facts), .. OfTransfer(facts), .. facts.Package.Files.SelectMany(OfFile)];
        var unfit = SchemeParameter.Names(facts.Parameter("environment.unfit"));
        return recorded.Count == 0
            ? RuleAnswer.NotApplicable("nothing-recorded")
            : RuleAnswer.Of(
                from record in recorded
                let name = unfit.FirstOrDefault(u => Names(record.Text, u))
                where name is not null
                select Finding.Warning("INS-256", record.File, ("at", record.At), ("expected", name), ("found", record.Text)),
                recorded.Count);
    }

    private static IEnumerable<(string, string, string)> OfCase(InspectionFacts facts) =>
        from placed in facts.Package.Case is { } lead ? Asking.Cases(lead) : []
        from fields in new[] { placed.Case.Configuration, placed.Case.Description }.OfType<CaseFields>()
        from name in Systems
        where !string.IsNullOrWhiteSpace(fields[name])
        select (Asking.FileOf(facts, fields), fields.PlaceOf(name), fields[name]!);

    private static IEnumerable<(string, string, string)> OfTransfer(InspectionFacts facts) =>
        from field in facts.Package.Transfer?.DescriptionFields ?? []
        where field.Name == "软硬件环境" && field.Value.Length > 0
        select ("说明文件.TXT", field.Name, field.Value);

    private static IEnumerable<(string, string, string)> OfFile(InspectedFile file) =>
        from maker in Makers
        let said = file.Character?.Examination?.Technical.GetValueOrDefault(maker) as string
        where !string.IsNullOrWhiteSpace(said)
        select (file.Path, maker, said);

    /// <summary>Whether a text names a system: the whole name, so that Windows 7 is not found in Windows 70 or Windows 7.1.</summary>
    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if (end == text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            {
                return true;
            }
        }

        return false;
    }
}
