using System.Globalization;
using System.Text.RegularExpressions;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Judges the rows of a catalogue against each other, against the folders, and against the metadata in them.</summary>
internal sealed partial class TransferItemsCheck(TransferPackage package, PackageFindings findings)
{
    private const string Catalogue = TransferPackage.CatalogueName;
    private const string Reading = "reading-dat93";

    /// <summary>The parts of a reference code; null when it does not follow the rule of item level.</summary>
    internal static Match? Split(string code) => ReferenceCode().Match(code) is { Success: true } parts ? parts : null;

    internal void Check()
    {
        CheckSequence();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in package.Items)
        {
            if (item.ReferenceCode.Length > 0 && !codes.Add(item.ReferenceCode))
            {
                findings.Error("PKG-141", Catalogue, At(item, "档号"), "reading-dat13", "", item.ReferenceCode);
                continue;
            }

            CheckCode(item);
            CheckFolder(item);
        }

        CheckFonds();
        CheckOrphans(codes);
    }

    private void CheckSequence()
    {
        var expected = 1L;
        foreach (var item in package.Items)
        {
            if (ShapeCheck.ReadNumber(item.Sequence) is not { } number)
            {
                expected++; // that it is no number was told
                continue;
            }

            if (number != expected)
            {
                findings.Error("PKG-140", Catalogue, At(item, "顺序号"), "group-2-2", expected.ToString(CultureInfo.InvariantCulture), item.Sequence);
            }

            expected = number + 1;
        }
    }

    private void CheckCode(TransferItem item)
    {
        if (item.ReferenceCode.Length == 0)
        {
            return;
        }

        if (Split(item.ReferenceCode) is not { } parts)
        {
            findings.Error("PKG-142", Catalogue, At(item, "档号"), "reading-dat13", "reference-code", item.ReferenceCode);
        }
        else if (Dat93Profile.Shapes["文件目录"].Of("保管期限").List!.Find(item.Retention) is { } period && parts.Groups["retention"].Value != period.Code)
        {
            findings.Error("PKG-143", Catalogue, At(item, "保管期限"), "reading-dat13", parts.Groups["retention"].Value, item.Retention);
        }
    }

    private void CheckFolder(TransferItem item)
    {
        if (item.Folder is not { } folder)
        {
            if (item.ReferenceCode.Length > 0)
            {
                findings.Error("PKG-138", Catalogue, At(item, "档号"), Reading, item.ReferenceCode);
            }

            return;
        }

        if (item.Metadata.Count == 0)
        {
            findings.Error("PKG-145", folder, "", Reading);
        }

        if (item.Contents.Count == 0)
        {
            findings.Error("PKG-146", folder, "", Reading);
        }

        CheckMetadata(item, folder);
    }

    private void CheckMetadata(TransferItem item, string folder)
    {
        var described = new HashSet<string>(StringComparer.Ordinal);
        var whole = item.Metadata.Count > 0;
        foreach (var (file, tree) in item.Metadata)
        {
            if (tree is null || !new ShapeCheck(findings, file.Path, Dat93Profile.Shapes["电子档案元数据"], "", "reading-dat46").Check(tree.Root))
            {
                whole = false;
                continue;
            }

            Compare(file.Path, tree.Root.First("档号"), item.ReferenceCode, "PKG-149");
            var content = tree.Root.First("内容描述");
            Compare(file.Path, content?.First("题名"), item.Title, "PKG-150");
            Compare(file.Path, content?.First("责任者"), item.Author, "PKG-150");
            CompareDay(file.Path, content?.First("日期"), item);
            CompareSecrecy(file.Path, content?.First("密级"), item.Secrecy);
            foreach (var attributes in tree.Root.All("电子属性"))
            {
                CheckContent(file.Path, attributes, folder, described);
            }
        }

        // Where a file of metadata could not be read, it may have described them.
        foreach (var content in item.Contents.Where(c => whole && !described.Contains(c.Path)))
        {
            findings.Error("PKG-151", content.Path, "", "group-1-4");
        }
    }

    private void CheckContent(string file, MarkupElement attributes, string folder, HashSet<string> described)
    {
        if (attributes.First("计算机文件名") is not { Value.Length: > 0 } name)
        {
            return;
        }

        var path = $"{folder}/{name.Value}";
        if (package.Tree.Find(path) is not { } content)
        {
            findings.Error("PKG-147", file, name.Path, "group-1-4", "", name.Value);
            return;
        }

        if (!described.Add(path))
        {
            findings.Error("PKG-147", file, name.Path, "group-1-4", "1", name.Value);
        }

        if (attributes.First("计算机文件大小") is { } size && ShapeCheck.ReadNumber(size.Value) is { } length && length != content.Length)
        {
            findings.Error("PKG-148", file, size.Path, "group-1-3", content.Length.ToString(CultureInfo.InvariantCulture), size.Value);
        }
    }

    private void Compare(string file, MarkupElement? element, string expected, string code)
    {
        if (element is { Value.Length: > 0 } && expected.Length > 0 && element.Value != expected)
        {
            findings.Error(code, file, element.Path, "group-1-2", expected, element.Value);
        }
    }

    private void CompareDay(string file, MarkupElement? element, TransferItem item)
    {
        if (element is not null && item.Date is { } expected && ShapeCheck.ReadDay(element.Value) is { } found && found != expected)
        {
            findings.Error("PKG-150", file, element.Path, "group-1-2", expected.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), element.Value);
        }
    }

    private void CompareSecrecy(string file, MarkupElement? element, string expected)
    {
        var list = Dat93Profile.Shapes["文件目录"].Of("密级").List!;
        if (element is not null && list.Find(element.Value) is { IsRefused: false } found && list.Find(expected) is { IsRefused: false } row && found.Code != row.Code)
        {
            findings.Error("PKG-150", file, element.Path, "group-1-2", expected, element.Value);
        }
    }

    /// <summary>The first folder of a record is named after the fonds in its code.</summary>
    private void CheckFonds()
    {
        foreach (var top in package.Items.Where(i => i.Folder is not null).Select(i => (Top: i.Folder!.Split('/')[0], Parts: Split(i.ReferenceCode))).Where(i => i.Parts is not null).GroupBy(i => i.Top, StringComparer.Ordinal))
        {
            if (top.Select(i => i.Parts!.Groups["fonds"].Value).FirstOrDefault(f => f != top.Key) is { } fonds)
            {
                findings.Error("PKG-144", top.Key, "", Reading, fonds, top.Key);
            }
        }
    }

    /// <summary>Every file outside 其他 lies in the folder of a record that the catalogue lists.</summary>
    private void CheckOrphans(HashSet<string> codes)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var known = package.Items.Where(i => i.Folder is not null).Select(i => i.Folder!).ToHashSet(StringComparer.Ordinal);
        foreach (var path in package.Tree.Files.Select(f => f.Path))
        {
            var slash = path.LastIndexOf('/');
            if (slash < 0 || path.StartsWith(TransferPackage.OtherFolder + "/", StringComparison.Ordinal) || Upwards(path[..slash]).Any(f => known.Contains(f)))
            {
                continue;
            }

            var folder = Upwards(path[..slash]).FirstOrDefault(f => Split(f[(f.LastIndexOf('/') + 1)..]) is not null) ?? path[..slash];
            if (told.Add(folder))
            {
                // A second folder of a record that has one is as much nobody's as one of no record.
                var name = folder[(folder.LastIndexOf('/') + 1)..];
                findings.Error("PKG-139", folder, "", Reading, codes.Contains(name) ? "1" : "", name);
            }
        }
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var end = folder.Length; end > 0; end = folder.LastIndexOf('/', end - 1))
        {
            yield return folder[..end];
        }
    }

    private static string At(TransferItem item, string name) => (item.Row.First(name) ?? item.Row).Path;

    [GeneratedRegex(@"^(?<fonds>[0-9A-Za-z]{4})-(?<category>[A-Z]{2}(?:·[0-9A-Z]{1,4})*)·(?<year>[0-9]{4})-(?<retention>Y|D[1-9][0-9]{0,2})-(?<unit>[^-]+)-(?<number>[0-9]{6})\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReferenceCode();
}
