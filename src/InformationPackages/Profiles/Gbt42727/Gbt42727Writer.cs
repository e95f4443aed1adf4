using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Writes packages of the profile gbt42727.</summary>
/// <remarks>Source: spec/formats/gbt42727-package.md.</remarks>
internal sealed class Gbt42727Writer(CancellationToken stop)
{
    private static readonly DigestAlgorithm Sm3 = DigestAlgorithm.Find("sm3")!;
    private static readonly DigestAlgorithm Sha256 = DigestAlgorithm.Find("sha256")!;

    internal IReadOnlyList<PackageFile> Write(CasePackage package)
    {
        var files = new List<PackageFile>();
        if (package.Description is { } description)
        {
            files.Add(CaseMarkup.ToFile(Gbt42727Profile.DescriptionName, CaseMarkup.Write(new MarkupElement("说明文件"), description)));
        }

        files.Add(CaseMarkup.ToFile(Gbt42727Profile.MetadataName, Record(package)));
        files.AddRange(package.Folders.SelectMany(f => f.Files.Where(m => m.Content is not null).Select(m => ContentOf(f, m))).DistinctBy(f => f.Path));
        files.AddRange(package.OtherFiles);
        foreach (var (folder, part) in package.Parts)
        {
            files.AddRange(Write(part).Select(f => f.At(Words.EntryName.OfText($"{Gbt42727Profile.PartFolder}/{folder}/{f.Path}"))));
        }

        files.Add(CheckList(files, package.CheckList));
        return files;
    }

    private static PackageFile ContentOf(CaseFolder folder, CaseFile file) => file.Content!.At(Words.EntryName.OfText(
        file.Path.Length > 0 ? file.Path : $"{Gbt42727Profile.MaterialFolder}/{folder.Title}/{file.Fields["computer_file_name"]}"));

    private static MarkupElement Record(CasePackage package)
    {
        var record = new MarkupElement("record");
        var catalogue = new MarkupElement("MaterialCatalog");
        foreach (var folder in package.Folders)
        {
            _ = catalogue.Add(Directory(folder));
        }

        _ = record.Add(CaseMarkup.Write(Block(Gbt42727Profile.ConfigurationTitle), package.Configuration).Add(catalogue));
        var basic = CaseMarkup.Write(Block(Gbt42727Profile.BasicTitle), package.Basic);
        foreach (var relation in package.Relations)
        {
            _ = basic.Add(CaseMarkup.Write(new MarkupElement("关联"), relation));
        }

        var steps = Block(Gbt42727Profile.StepsTitle);
        foreach (var step in package.Steps)
        {
            _ = steps.Add(CaseMarkup.Write(new MarkupElement("Process"), step));
        }

        return CaseMarkup.Write(CaseMarkup.Write(record.Add(basic).Add(steps), package.Extensions), package.Unknown);
    }

    private static MarkupElement Block(string title) => new MarkupElement("description").With("title", title);

    private static MarkupElement Directory(CaseFolder folder)
    {
        var files = new MarkupElement("ArchiveFiles");
        foreach (var file in folder.Files)
        {
            var element = CaseMarkup.Write(new MarkupElement("ArchiveFileInformation"), file.Fields);
            _ = files.Add(file.Licence is { } licence ? element.Add(CaseMarkup.Write(new MarkupElement(CaseMaterials.LicenceElement), licence)) : element);
        }

        return CaseMarkup.Write(new MarkupElement("FileDirectory").Add("FileDirectoryName", folder.Title).Add(files), folder.Unknown);
    }

    /// <summary>The list of all other files. What stood beside the files of a list that was read, a signature, is kept as long as the files are the same.</summary>
    private PackageFile CheckList(List<PackageFile> files, MarkupElement? before)
    {
        var list = new MarkupElement("校验信息");
        files.Sort((a, b) => a.Name.CompareTo(b.Name));
        foreach (var file in files)
        {
            _ = list.Add(Entry(file));
        }

        var listed = before?.All(CheckListReading.FileElement).ToList() ?? [];
        var isSame = listed.Count == files.Count && listed.Zip(list.Elements).All(p => MarkupCopy.AreEqual(p.First, p.Second));
        return CaseMarkup.ToFile(
            Gbt42727Profile.CheckListName, isSame ? CaseMarkup.Write(list, before!.Elements.Where(e => e.LocalName != CheckListReading.FileElement)) : list);
    }

    private MarkupElement Entry(PackageFile file)
    {
        var digests = ContentDigests.Of(file, [Sm3, Sha256], stop);
        return new MarkupElement(CheckListReading.FileElement)
            .Add("路径", file.Path)
            .Add("字节数", file.Length.ToString(CultureInfo.InvariantCulture))
            .Add(Digest("SM3", digests[Sm3])).Add(Digest("SHA-256", digests[Sha256]));
    }

    private static MarkupElement Digest(string algorithm, byte[] digest) =>
        new MarkupElement("摘要").With("算法", algorithm).Add(new MarkupText(Convert.ToHexStringLower(digest)));
}
