using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Reads and judges packages of the profile dat85.</summary>
/// <remarks>Source: spec/formats/dat85-package.md.</remarks>
internal sealed class Dat85Reader(RecordCodeRule rule, PackageFindings findings, RecordedDigests digests, CancellationToken stop)
{
    private static readonly string[] Containers = ["关联", Dat85Profile.StepsElement, "fileset", "kzx"];
    private static readonly HashSet<string> BasicNames = NamesOf("basic");

    /// <summary>Reads a package; null when its metadata cannot be read.</summary>
    internal CasePackage? Read(PackageTree package)
    {
        stop.ThrowIfCancellationRequested();
        foreach (var folder in package.Folders("").Where(f => Dat85Profile.KindOf(f) == MaterialKind.Unknown))
        {
            findings.Error("PKG-040", folder, "", "group-1-5", Dat85Profile.Titles, folder);
        }

        var root = CaseMarkup.Open(package, "", Dat85Profile.MetadataName, "base_info", findings, stop);
        return root is null ? null : ReadCase(package, root);
    }

    private CasePackage ReadCase(PackageTree package, MarkupElement root)
    {
        var block = new CaseBlockReading(Dat85Profile.MetadataName, findings, rule);
        var materials = new CaseMaterials(package, "", block, digests, findings);
        var (steps, files) = (Demand(root, Dat85Profile.StepsElement), Demand(root, "fileset"));

        // Both blocks stand in one element: the first reads whatever is not the second's, so that what nobody knows is told once.
        var notBasic = root.Elements.Select(e => e.LocalName).Where(n => !BasicNames.Contains(n)).ToHashSet(StringComparer.Ordinal);
        var read = new CasePackage
        {
            Configuration = block.Read("configuration", root, [.. BasicNames, .. Containers]),
            Basic = block.Read("basic", root, notBasic),
            Relations = [.. root.All("关联").Select(r => block.Read("relation", r))],
            Steps = [.. (steps?.All("环节") ?? []).Select(s => block.Read("step", s))],
            Folders = [.. (files?.All("folder") ?? []).Select(f => ReadFolder(f, package, block, materials))],
            Extensions = block.Extensions(root.First("kzx")),
            Unknown = ReadOthers(root, steps, files, block),
        };
        new CaseRules(findings, rule).Check(read, steps?.Path, files?.Path ?? root.Path);
        var others = materials.Unlisted([Dat85Profile.MetadataName]);
        materials.TellOrphans(others.Where(f => !f.Path.Contains('/', StringComparison.Ordinal) || Dat85Profile.LetterOf(f.Path[..f.Path.IndexOf('/', StringComparison.Ordinal)]) is not null));
        return read with { OtherFiles = others };
    }

    private CaseFolder ReadFolder(MarkupElement element, PackageTree package, CaseBlockReading block, CaseMaterials materials)
    {
        var title = element.Attribute("title") ?? "";
        var kind = Dat85Profile.KindOf(title);
        if (title.Length == 0)
        {
            findings.Error("PKG-007", block.File, element.Path + "/@title", "group-2-2", "title");
        }
        else if (kind == MaterialKind.Unknown && !package.Below(title).Any())
        {
            findings.Error("PKG-040", title, "", "group-1-5", Dat85Profile.Titles, title);
        }

        var files = element.All("file").Select(f => materials.Read(f, title, kind)).ToList();
        foreach (var file in files)
        {
            CheckCode(file.Fields, title);
        }

        return new CaseFolder(title, kind, files)
        {
            Id = element.Attribute("id"),
            Source = new BlockSource(block.File, element),
            Unknown = block.Unknown(element.Elements.Where(e => e.LocalName != "file")),
        };
    }

    private void CheckCode(CaseFields fields, string title)
    {
        if (Dat85Profile.LetterOf(title) is { } letter && fields["file_code"] is { Length: > 0 } code && !code.StartsWith(letter, StringComparison.Ordinal))
        {
            findings.Error("PKG-047", fields.File, fields.PlaceOf("file_code"), "group-1-5", letter, code);
        }
    }

    private MarkupElement? Demand(MarkupElement root, string name)
    {
        var element = root.First(name);
        if (element is null)
        {
            findings.Error("PKG-007", Dat85Profile.MetadataName, $"{root.Path}/{name}", "group-2-2", name);
        }

        return element;
    }

    /// <summary>Containers that stand again, and what stands in containers and is unknown there.</summary>
    private List<MarkupElement> ReadOthers(MarkupElement root, MarkupElement? steps, MarkupElement? files, CaseBlockReading block)
    {
        var firsts = new HashSet<string>(StringComparer.Ordinal);
        var again = root.Elements.Where(e => e.LocalName is Dat85Profile.StepsElement or "fileset" or "kzx" && !firsts.Add(e.LocalName)).ToList();
        foreach (var element in again)
        {
            findings.Error("PKG-013", Dat85Profile.MetadataName, element.Path, "group-2-2", "once", element.LocalName);
        }

        _ = block.Unknown((steps?.Elements ?? []).Where(e => e.LocalName != "环节").Concat((files?.Elements ?? []).Where(e => e.LocalName != "folder")));
        return [.. again.Select(MarkupCopy.Of)];
    }

    private static HashSet<string> NamesOf(string block) =>
        CaseElements.Of(block).SelectMany(e => e.Alias is null ? [e.Xml] : new[] { e.Xml, e.Alias }).ToHashSet(StringComparer.Ordinal);
}
