using Lantai.Characterization;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>内容数据完整性: every content file is there, has bytes, is read to its end, is not cut off, and has the pages that are recorded.</summary>
/// <remarks>Pure. Group 2-3. That bits were changed belongs to authenticity; only what is shorter than recorded as well is incomplete.</remarks>
internal static class ContentCheck
{
    // Recorded digests of a file that do not hold.
    private static readonly string[] WrongDigests = ["PKG-031", "PKG-053"];

    /// <summary>Judges all files.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var package = facts.Package;
        return Asking.OfFindings(facts,
        [
            .. facts.FindingsOf("content"),
            .. package.Files.Where(f => f.Content is null).Select(f => Finding.Error("INS-217", f.Path, ("expected", f.Length))),
            .. Empty(package),
            .. package.Case is { } lead ? Asking.Cases(lead).SelectMany(c => c.Case.Files.SelectMany(f => OfMaterial(facts, f, c.PathOf(f)))) : [],
            .. package.Transfer?.Items.SelectMany(i => Pages(package, i)) ?? [],
        ]);
    }

    /// <summary>An empty material is told by the reading; this is about every other file.</summary>
    private static IEnumerable<Finding> Empty(InspectedPackage package) =>
        package.Files.Where(f => f.Length == 0 && !package.Findings.Any(t => t.Code == "PKG-038" && t.Subject == f.Path)).Select(f => Finding.Error("INS-218", f.Path));

    private static IEnumerable<Finding> OfMaterial(InspectionFacts facts, CaseFile file, string path)
    {
        if (file.Path.Length > 0 && file.Content is null)
        {
            yield return Finding.Error("INS-219", path, ("at", $"{Asking.FileOf(facts, file.Fields)}#{file.Fields.PlaceOf("computer_file_name")}"));
        }
        else if (file.Content is { } content && file.Fields.Number("computer_file_size") is { } recorded && recorded > content.Length
            && facts.Package.Findings.Any(f => f.Subject == path && WrongDigests.Contains(f.Code)))
        {
            yield return Finding.Error("INS-220", path, ("expected", recorded), ("found", content.Length));
        }
    }

    /// <summary>Pages are compared where every content of the record has some that can be counted.</summary>
    private static IEnumerable<Finding> Pages(InspectedPackage package, TransferItem item)
    {
        if (item.Pages is not > 0 || item.Contents.Count == 0)
        {
            yield break;
        }

        var counted = item.Contents.Select(c => PagesOf(package.Files.FirstOrDefault(f => f.Path == c.Path)?.Character)).ToList();
        if (counted.All(c => c is not null) && counted.Sum() is var sum && sum != item.Pages)
        {
            yield return Finding.Error("INS-221", item.Folder ?? item.ReferenceCode, ("expected", item.Pages), ("found", sum!), ("code", item.ReferenceCode));
        }
    }

    /// <summary>Only formats whose pages are fixed: what an office document says of its pages depends on the printer.</summary>
    private static long? PagesOf(FileCharacter? character) => character?.Examination switch
    {
        { Family: FileFamily.Pdf or FileFamily.Ofd or FileFamily.Tiff } seen => seen.Technical.GetValueOrDefault("pages") as long?,
        { Family: FileFamily.Jpeg or FileFamily.Jpeg2000 or FileFamily.Png or FileFamily.Bmp or FileFamily.WebP } => 1,
        _ => null,
    };
}
