using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>
/// Judges the identifiers of an encapsulated record: each stands once in the file, references meet one, and the entities of the three
/// blocks that stand together name each other.
/// </summary>
internal sealed class EepIdentifiers(EepPackage package, PackageFindings findings)
{
    private const string Structure = "reading-dat48";

    internal void Check()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, at) in Identifiers().Where(i => !ids.Add(i.Id)))
        {
            findings.Error("PKG-174", package.File.Path, at(), Structure, "", id);
        }

        var encoded = All(EepPackage.EncodedName).Select(e => e.Attribute("编码数据ID") ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var reference in All(EepPackage.EncodedName).Where(e => e.Attribute("引用编码数据ID") is { } id && !encoded.Contains(id)))
        {
            findings.Error("PKG-175", package.File.Path, reference.Path + "/@引用编码数据ID", Structure, "", reference.Attribute("引用编码数据ID")!);
        }

        var signatures = All("签名标识符").Select(e => e.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var locked in All("被锁定签名标识符").Where(e => e.Value.Length > 0 && !signatures.Contains(e.Value)))
        {
            findings.Error("PKG-175", package.File.Path, locked.Path, Structure, "", locked.Value);
        }

        foreach (var content in package.Document.Everything().Where(e => e.LocalName is "封装内容" or "修订内容"))
        {
            CheckEntities(content);
        }
    }

    private IEnumerable<(string Id, Func<string> At)> Identifiers()
    {
        foreach (var element in package.Document.Everything())
        {
            var attribute = element.LocalName switch { "文档数据" => "文档数据ID", "编码" => "编码ID", EepPackage.EncodedName => "编码数据ID", _ => null };
            if (attribute is not null && element.Attribute(attribute) is { Length: > 0 } id)
            {
                yield return (id, () => $"{element.Path}/@{attribute}");
            }
            else if (element.LocalName is "文档标识符" or "签名标识符" or "修改标识符" && element.Value.Length > 0)
            {
                yield return (element.Value, () => element.Path);
            }
        }
    }

    private void CheckEntities(MarkupElement content)
    {
        var records = Values(content, "文件实体块", "文件实体", "电子文件号");
        var activities = Values(content, "业务实体块", "业务实体", "业务标识符");
        var agents = Values(content, "机构人员实体块", "机构人员实体", "机构人员标识符");
        foreach (var entity in content.Elements.SelectMany(b => b.Elements).Where(e => e.LocalName is not ("文件实体" or "机构人员实体")))
        {
            foreach (var reference in entity.Elements.Where(e => e.Value.Length > 0))
            {
                // A related record may lie in another package; agents and activities are told here or nowhere.
                var known = reference.LocalName switch
                {
                    "文件标识符" => records,
                    "业务标识符" or "被关联业务标识符" => activities,
                    "机构人员标识符" or "被关联机构人员标识符" => agents,
                    _ => null,
                };
                if (known?.Contains(reference.Value) == false)
                {
                    findings.Error("PKG-176", package.File.Path, reference.Path, Structure, Some(known), reference.Value);
                }
            }
        }
    }

    /// <summary>Ten of the values, in the order of the file: to sort them for each fault would cost the square of their number.</summary>
    private static string Some(HashSet<string> values) => string.Join(", ", values.Take(10));

    private static HashSet<string> Values(MarkupElement content, string block, string entity, string name) =>
        content.All(block).SelectMany(b => b.All(entity)).Select(e => e.First(name)?.Value ?? "").ToHashSet(StringComparer.Ordinal);

    private IEnumerable<MarkupElement> All(string name) => package.Document.Everything().Where(e => e.LocalName == name);
}
