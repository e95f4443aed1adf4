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
        return Metadata.Ask(facts, "attributes", Metadata.Cases(facts.Package).SelectMany(c => c.Files).SelectMany(f => OfFormat(f, files)), facts.Package.Files.Count);
    }

    private static IEnumerable<Finding> OfFormat(CaseFile file, Dictionary<string, InspectedFile> files)
    {
        if (file.Fields["format_information"]?.Trim().TrimStart('.').ToLowerInvariant() is { Length: > 0 } said && FormatRegistry.BuiltIn.WithExtension(said).Count > 0
            && file.Content is { } content && files.GetValueOrDefault(content.Path)?.Character?.Identification is { Best: { Basis: not IdentificationBasis.Extension } best } found
            && !found.Candidates.Append(best).Any(c => c.Format.Extensions.Contains(said, StringComparer.Ordinal)))
        {
            var place = file.Fields.Place("format_information");
            yield return Finding.Error("INS-150", content.Path, ("at", $"{place.File}#{place.At}"), ("expected", string.Join(", ", best.Format.Extensions)), ("found", said));
        }
    }
}
