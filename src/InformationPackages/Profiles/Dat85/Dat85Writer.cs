using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Writes packages of the profile dat85.</summary>
/// <remarks>Source: spec/formats/dat85-package.md.</remarks>
internal static class Dat85Writer
{
    internal static IReadOnlyList<PackageFile> Write(CasePackage package)
    {
        if (package.Parts.Count > 0)
        {
            throw new ArgumentException("The profile has no packages inside others.", nameof(package));
        }

        return
        [
            CaseMarkup.ToFile(Dat85Profile.MetadataName, Root(package)),
            .. package.Folders.SelectMany(f => f.Files.Where(m => m.Content is not null).Select(m => ContentOf(f, m))).DistinctBy(f => f.Path),
            .. package.OtherFiles,
        ];
    }

    private static PackageFile ContentOf(CaseFolder folder, CaseFile file) =>
        file.Content!.At(EntryName.OfText(file.Path.Length > 0 ? file.Path : $"{folder.Title}/{file.Fields["computer_file_name"]}"));

    private static MarkupElement Root(CasePackage package)
    {
        var root = CaseMarkup.Write(CaseMarkup.Write(new MarkupElement("base_info"), package.Configuration), package.Basic);
        foreach (var relation in package.Relations)
        {
            _ = root.Add(CaseMarkup.Write(new MarkupElement("关联"), relation));
        }

        var steps = new MarkupElement(Dat85Profile.StepsElement);
        foreach (var step in package.Steps)
        {
            _ = steps.Add(CaseMarkup.Write(new MarkupElement("环节"), step));
        }

        var files = new MarkupElement("fileset");
        foreach (var folder in package.Folders)
        {
            _ = files.Add(Folder(folder));
        }

        return CaseMarkup.Write(CaseMarkup.Write(root.Add(steps).Add(files), package.Extensions), package.Unknown);
    }

    private static MarkupElement Folder(CaseFolder folder)
    {
        var element = new MarkupElement("folder").With("id", folder.Id ?? Dat85Profile.LetterOf(folder.Title) ?? "").With("title", folder.Title);
        foreach (var file in folder.Files)
        {
            var written = CaseMarkup.Write(new MarkupElement("file"), file.Fields);
            _ = element.Add(file.Licence is { } licence ? written.Add(CaseMarkup.Write(new MarkupElement(CaseMaterials.LicenceElement), licence)) : written);
        }

        return CaseMarkup.Write(element, folder.Unknown);
    }
}
