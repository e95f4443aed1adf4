using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Finds the parts of a transfer package and reads them; what a part lacks is judged afterwards.</summary>
internal sealed class TransferReading(PackageTree tree, PackageFindings findings, CancellationToken stop)
{
    private readonly Dictionary<string, MarkupDocument> _documents = new(StringComparer.Ordinal);

    internal TransferPackage Read()
    {
        var description = TransferDescription.Read(tree, findings);
        var catalogue = ReadXml(TransferPackage.CatalogueName, MarkupEncoding.Utf8, MarkupEncoding.Gb18030, MarkupEncoding.Gbk, MarkupEncoding.Gb2312);
        if (tree.Find(TransferPackage.CatalogueName) is null)
        {
            findings.Error("PKG-130", TransferPackage.CatalogueName, "", "reading-dat93");
        }

        foreach (var other in tree.Below(TransferPackage.OtherFolder).Where(f => IsXml(f.Path)).ToList())
        {
            _ = ReadXml(other.Path, MarkupEncoding.Utf8);
        }

        return new TransferPackage(tree, description, _documents, catalogue is null ? [] : [.. ReadItems(catalogue)]);
    }

    /// <summary>Whether a file in a record's folder is its metadata: 电子档案…元数据.XML.</summary>
    internal static bool IsMetadata(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.StartsWith("电子档案", StringComparison.Ordinal) && name.EndsWith("元数据.XML", StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<TransferItem> ReadItems(MarkupDocument catalogue)
    {
        var folders = FindFolders();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in catalogue.Root.All("文件"))
        {
            var code = row.First("档号")?.Value ?? "";
            var folder = folders.GetValueOrDefault(code);
            if (folder is null || !taken.Add(code))
            {
                yield return new TransferItem(row, folder, [], []);
                continue;
            }

            var files = tree.Below(folder).ToList();
            yield return new TransferItem(
                row, folder,
                [.. files.Where(f => IsMetadata(f.Path)).Select(f => (f, ReadXml(f.Path, MarkupEncoding.Utf8, MarkupEncoding.Gb18030, MarkupEncoding.Gbk, MarkupEncoding.Gb2312)))],
                [.. files.Where(f => !IsMetadata(f.Path))]);
        }
    }

    /// <summary>Each folder outside 其他 by its own name; of two with one name the first.</summary>
    private Dictionary<string, string> FindFolders()
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in tree.Files.Select(f => f.Path).Concat(tree.EmptyFolders.Select(f => f.Display + "/")).Where(p => !p.StartsWith(TransferPackage.OtherFolder + "/", StringComparison.Ordinal)))
        {
            for (var (from, slash) = (0, path.IndexOf('/', StringComparison.Ordinal)); slash >= 0; (from, slash) = (slash + 1, path.IndexOf('/', slash + 1)))
            {
                _ = folders.TryAdd(path[from..slash], path[..slash]);
            }
        }

        return folders;
    }

    private MarkupDocument? ReadXml(string path, params IReadOnlyList<MarkupEncoding> encodings)
    {
        if (tree.Find(path) is { } file && MarkupReader.Read(file.OpenRead, new MarkupReading(path, encodings) { Budget = findings.Budget }, findings.Add, stop) is { } read)
        {
            return _documents[path] = read;
        }

        return null;
    }

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
}
