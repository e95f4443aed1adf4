using Lantai.Characterization.Identification;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>内容数据的电子属性一致性 (1-3): recorded lengths and formats are those of the files.</summary>
internal static class AttributesCheck
{
    /// <summary>Lengths were compared when the package was read; a recorded format is compared where it names an ending of known formats.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var files = facts.Package.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        var materials = facts.Package.Case is { } lead ? Asking.Cases(lead).SelectMany(c => c.Case.Files.Select(f => (File: f, Path: c.PathOf(f)))) : [];
        return Asking.OfFindings(facts, facts.FindingsOf("attributes").Concat(materials.SelectMany(m => OfFormat(m.File, m.Path, files))));
    }

    private static IEnumerable<Finding> OfFormat(CaseFile file, string path, Dictionary<string, InspectedFile> files)
    {
        if (file.Fields["format_information"]?.Trim().TrimStart('.').ToLowerInvariant() is { Length: > 0 } said && FormatRegistry.BuiltIn.WithExtension(said).Count > 0
            && files.GetValueOrDefault(path)?.Character?.Identification is { Best: { Basis: not IdentificationBasis.Extension } best } found
            && !found.Candidates.Append(best).Any(c => c.Format.Extensions.Contains(said, StringComparer.Ordinal)))
        {
            yield return Finding.Error("INS-150", path, ("at", $"{file.Fields.File}#{file.Fields.PlaceOf("format_information")}"), ("expected", string.Join(", ", best.Format.Extensions)), ("found", said));
        }
    }
}
