using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>共享调用电子证照: each licence that was called is archived with its content, its metadata and its digest; an address is no content.</summary>
/// <remarks>Pure. Article 8; R8-2. That content or metadata are missing altogether is told by the reading.</remarks>
internal static class LicencesCheck
{
    /// <summary>Judges what was called for the case and for the cases inside it.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, lead =>
    {
        var read = facts.FindingsOf("licences").ToList();
        var called = Asking.Cases(lead)
            .SelectMany(c => c.Case.Folders.SelectMany(d => d.Files.Where(f => d.Kind == MaterialKind.Called || f.Licence is not null).Select(f => (Case: c, File: f)))).ToList();
        return called.Count == 0 && read.Count == 0
            ? RuleAnswer.NotApplicable("no-licences")
            : RuleAnswer.Of([.. read, .. called.Where(c => !c.File.IsReference).SelectMany(c => OfLicence(facts, c.Case.PathOf(c.File), c.File))], called.Count);
    });

    private static IEnumerable<Finding> OfLicence(InspectionFacts facts, string path, CaseFile file)
    {
        var (list, name) = (Asking.FileOf(facts, file.Fields), file.Licence?["licence_name"] ?? file.Fields["file_standard_name"] ?? "");
        if (file.Content is null)
        {
            yield return Finding.Error("INS-244", list, ("at", file.Fields.PlaceOf("computer_file_name")), ("expected", path), ("licence", name));
        }

        if (string.IsNullOrWhiteSpace(file.Fields["digest"]) || string.IsNullOrWhiteSpace(file.Fields["digest_algorithm"]))
        {
            yield return Finding.Error("INS-245", list, ("at", file.Fields.PlaceOf("digest")), ("licence", name));
        }
    }
}
