using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Reads and judges packages of the profile gbt42727, those inside included.</summary>
/// <remarks>Source: spec/formats/gbt42727-package.md.</remarks>
internal sealed class Gbt42727Reader(RecordCodeRule rule, PackageFindings findings, RecordedDigests digests, CancellationToken stop)
{
    private static readonly string[] RootFiles = [Gbt42727Profile.DescriptionName, Gbt42727Profile.MetadataName, Gbt42727Profile.CheckListName];

    /// <summary>Reads a package; null when its metadata cannot be read.</summary>
    /// <param name="package">The package.</param>
    /// <param name="prefix">Where it lies in the one that is judged.</param>
    /// <param name="level">1 for that one, 2 for packages in it.</param>
    internal CasePackage? Read(PackageTree package, string prefix, int level)
    {
        stop.ThrowIfCancellationRequested();
        var description = ReadDescription(package, prefix);
        var parts = ReadParts(package, prefix, level, description);
        CheckFolders(package, prefix);
        var metadata = CaseMarkup.Open(package, prefix, Gbt42727Profile.MetadataName, "record", findings, stop);
        var read = metadata is null ? null : ReadCase(package, prefix, metadata, parts, description);
        var checkList = CaseMarkup.Open(package, prefix, Gbt42727Profile.CheckListName, "校验信息", findings, stop);
        if (checkList is not null)
        {
            new CheckListReading(package, prefix, digests, findings).Read(checkList);
        }

        return read is null ? null : read with { CheckList = checkList };
    }

    private CasePackage ReadCase(
        PackageTree package, string prefix, MarkupElement record, IReadOnlyList<KeyValuePair<string, CasePackage>> parts, CaseFields? description)
    {
        var block = new CaseBlockReading(prefix + Gbt42727Profile.MetadataName, findings, rule);
        var materials = new CaseMaterials(package, prefix, block, digests, findings);
        var blocks = record.All("description").ToLookup(d => d.Attribute("title") ?? "", StringComparer.Ordinal);
        var (configuration, basic, steps) = (blocks[Gbt42727Profile.ConfigurationTitle].FirstOrDefault(), blocks[Gbt42727Profile.BasicTitle].FirstOrDefault(), blocks[Gbt42727Profile.StepsTitle].FirstOrDefault());
        DemandBlock(record, configuration, Gbt42727Profile.ConfigurationTitle, block.File);
        DemandBlock(record, basic, Gbt42727Profile.BasicTitle, block.File);
        DemandBlock(record, steps, Gbt42727Profile.StepsTitle, block.File);
        var catalogue = configuration?.First("MaterialCatalog");
        if (configuration is not null && catalogue is null)
        {
            findings.Error("PKG-007", block.File, configuration.Path + "/MaterialCatalog", "group-2-2", "MaterialCatalog");
        }

        var read = new CasePackage
        {
            Description = description,
            Configuration = configuration is null ? Empty("configuration", block.File, record) : block.Read("configuration", configuration, ["MaterialCatalog"]),
            Basic = basic is null ? Empty("basic", block.File, record) : block.Read("basic", basic, ["关联"]),
            Relations = [.. (basic?.All("关联") ?? []).Select(r => block.Read("relation", r))],
            Steps = [.. (steps?.All("Process") ?? []).Select(p => block.Read("step", p))],
            Folders = [.. (catalogue?.All("FileDirectory") ?? []).Select(f => ReadFolder(f, package, prefix, block, materials))],
            Extensions = block.Extensions(record.First("kzx")),
            Parts = parts,
            Unknown = ReadOthers(record, [configuration, basic, steps], block, basic?.First("project_id")?.Value),
        };
        _ = block.Unknown((steps?.Elements ?? []).Where(e => e.LocalName != "Process").Concat((catalogue?.Elements ?? []).Where(e => e.LocalName != "FileDirectory")));
        new CaseRules(findings, rule).Check(read, steps?.Path, catalogue?.Path ?? record.Path);
        CheckDescription(read, package);
        if (prefix.Length == 0 && parts.Count > 0 && read.Basic["joint_role"] is { Length: > 0 } role and not "主办")
        {
            findings.Error("PKG-046", block.File, read.Basic.PlaceOf("joint_role"), "article-8", "主办", role);
        }

        var others = materials.Unlisted(RootFiles).Where(f => !f.Path.StartsWith(Gbt42727Profile.PartFolder + "/", StringComparison.Ordinal)).ToList();
        materials.TellOrphans(others.Where(f => !IsInUnknownFolder(f.Path)));
        return read with { OtherFiles = others };
    }

    private CaseFolder ReadFolder(MarkupElement element, PackageTree package, string prefix, CaseBlockReading block, CaseMaterials materials)
    {
        var title = element.First("FileDirectoryName")?.Value ?? "";
        var folder = $"{Gbt42727Profile.MaterialFolder}/{title}";
        var kind = Gbt42727Profile.KindOf(title);
        if (title.Length == 0)
        {
            findings.Error("PKG-007", block.File, element.Path + "/FileDirectoryName", "group-2-2", "FileDirectoryName");
        }
        else if (kind == MaterialKind.Unknown && !package.Below(folder).Any())
        {
            findings.Error("PKG-040", prefix + folder, "", "group-1-5", ValueLists.Of("material-category").ToString(), title);
        }

        return new CaseFolder(
            title, kind, [.. element.All("ArchiveFiles").SelectMany(a => a.All("ArchiveFileInformation")).Select(f => materials.Read(f, folder, kind))])
        {
            Source = new BlockSource(block.File, element),
            Unknown = block.Unknown(element.Elements.Where(e => e.LocalName is not ("FileDirectoryName" or "ArchiveFiles"))
                .Concat(element.All("ArchiveFiles").SelectMany(a => a.Elements).Where(e => e.LocalName != "ArchiveFileInformation"))),
        };
    }

    /// <summary>Blocks that stand again or that nobody knows, and elements beside the blocks.</summary>
    private List<MarkupElement> ReadOthers(MarkupElement record, MarkupElement?[] read, CaseBlockReading block, string? caseNumber)
    {
        var extensions = record.First("kzx");
        var others = record.Elements.Where(e => !read.Contains(e) && e != extensions).ToList();
        foreach (var other in others.Where(o => o.LocalName is "description" or "kzx"))
        {
            var title = other.Attribute("title");
            if (title == Gbt42727Profile.BasicTitle && other.First("project_id") is { } number && number.Value != caseNumber)
            {
                findings.Error("PKG-004", block.File, other.Path, "article-8", caseNumber ?? "", number.Value);
            }
            else if (other.LocalName == "kzx" || title is Gbt42727Profile.BasicTitle or Gbt42727Profile.ConfigurationTitle or Gbt42727Profile.StepsTitle)
            {
                findings.Error("PKG-013", block.File, other.Path, "group-2-2", "once", title ?? other.LocalName);
            }
            else
            {
                findings.Error("PKG-010", block.File, other.Path, "group-2-2", "extension", title ?? "");
            }
        }

        _ = block.Unknown(others.Where(o => o.LocalName is not ("description" or "kzx")));
        return [.. others.Select(MarkupCopy.Of)];
    }

    private void DemandBlock(MarkupElement record, MarkupElement? block, string title, string file)
    {
        if (block is null)
        {
            findings.Error("PKG-007", file, $"{record.Path}/description[@title='{title}']", "group-2-2", title);
        }
    }

    private CaseFields? ReadDescription(PackageTree package, string prefix)
    {
        var root = CaseMarkup.Open(package, prefix, Gbt42727Profile.DescriptionName, "说明文件", findings, stop);
        if (root is null)
        {
            return null;
        }

        var fields = new CaseBlockReading(prefix + Gbt42727Profile.DescriptionName, findings, rule).Read("description", root);
        var materials = package.Below(Gbt42727Profile.MaterialFolder).ToList();
        CheckCount(fields, "file_count", materials.Count, "group-2-1");
        CheckCount(fields, "byte_count", materials.Sum(f => f.Length), "group-2-1");
        foreach (var algorithm in fields.All.Where(f => f.Name == "digest_algorithm" && DigestAlgorithm.Find(f.Value) is null))
        {
            findings.Error("PKG-034", fields.File, fields.PlaceOf("digest_algorithm"), "group-1-1", "digest-algorithms", algorithm.Value);
        }

        return fields;
    }

    private void CheckDescription(CasePackage read, PackageTree package)
    {
        if (read.Description is not { } description)
        {
            return;
        }

        CheckCount(description, "sub_package_count", package.Folders(Gbt42727Profile.PartFolder).Count, "group-2-1");
        Compare(description, "package_name", read.RecordCode, "PKG-027");
        Compare(description, "fonds_constituting_unit_name", read.Configuration["fonds_constituting_unit_name"], "PKG-054");
        Compare(description, "social_code", read.Configuration["social_code"], "PKG-054");
    }

    private void Compare(CaseFields description, string name, string? expected, string code)
    {
        if (description[name] is { Length: > 0 } said && expected is { Length: > 0 } && said != expected)
        {
            findings.Error(code, description.File, description.PlaceOf(name), "group-1-5", expected, said);
        }
    }

    private void CheckCount(CaseFields fields, string name, long counted, string clause)
    {
        if (fields.Number(name) is { } said && said != counted)
        {
            findings.Error("PKG-043", fields.File, fields.PlaceOf(name), clause, counted.ToString(CultureInfo.InvariantCulture), fields[name]!);
        }
    }

    private List<KeyValuePair<string, CasePackage>> ReadParts(PackageTree package, string prefix, int level, CaseFields? description)
    {
        var folders = package.Folders(Gbt42727Profile.PartFolder);
        if (folders.Count > 0 && description?["package_structure"] == "单一")
        {
            findings.Error("PKG-044", prefix + Gbt42727Profile.PartFolder, "", "article-8", "嵌套", "单一");
        }

        if (folders.Count > 0 && level == Gbt42727Profile.MostNesting)
        {
            findings.Error("PKG-051", prefix + Gbt42727Profile.PartFolder, "", "group-1-5", Gbt42727Profile.MostNesting.ToString(CultureInfo.InvariantCulture));
            return [];
        }

        var parts = new List<KeyValuePair<string, CasePackage>>();
        foreach (var folder in folders)
        {
            var path = $"{Gbt42727Profile.PartFolder}/{folder}";
            if (Read(package.Inside(path), prefix + path + "/", level + 1) is { } part)
            {
                parts.Add(KeyValuePair.Create(folder, part));
                if (part.RecordCode.Length > 0 && part.RecordCode != folder)
                {
                    findings.Error("PKG-052", prefix + path, "", "group-1-5", part.RecordCode, folder);
                }
            }
        }

        foreach (var file in package.Below(Gbt42727Profile.PartFolder).Where(f => f.Path.Count(c => c == '/') == 1))
        {
            findings.Error("PKG-036", prefix + file.Path, "", "group-1-4", prefix + Gbt42727Profile.MetadataName);
        }

        return parts;
    }

    private void CheckFolders(PackageTree package, string prefix)
    {
        foreach (var folder in package.Folders("").Where(f => f is not (Gbt42727Profile.MaterialFolder or Gbt42727Profile.PartFolder)))
        {
            findings.Error("PKG-040", prefix + folder, "", "group-1-5", $"{Gbt42727Profile.MaterialFolder}, {Gbt42727Profile.PartFolder}", folder);
        }

        foreach (var folder in package.Folders(Gbt42727Profile.MaterialFolder).Where(f => Gbt42727Profile.KindOf(f) == MaterialKind.Unknown))
        {
            findings.Error("PKG-040", $"{prefix}{Gbt42727Profile.MaterialFolder}/{folder}", "", "group-1-5", ValueLists.Of("material-category").ToString(), folder);
        }
    }

    /// <summary>A folder that does not belong was told as a whole; its files are not told again.</summary>
    private static bool IsInUnknownFolder(string path)
    {
        var names = path.Split('/');
        return names.Length > 1 && (names[0] != Gbt42727Profile.MaterialFolder || (names.Length > 2 && Gbt42727Profile.KindOf(names[1]) == MaterialKind.Unknown));
    }

    private static CaseFields Empty(string block, string file, MarkupElement record) => new(block, [], new BlockSource(file, record));
}
