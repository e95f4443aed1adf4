using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Judges a transfer package as a whole: its root, its description against its catalogue, and each of its parts.</summary>
internal sealed class TransferCheck(TransferPackage package, PackageFindings findings, CancellationToken stop)
{
    private const int MostDepth = 16;
    private const string Reading = "reading-dat93";

    /// <summary>Tells everything; gives the number of digests that were compared.</summary>
    internal long Check()
    {
        package.Description?.Check(findings);
        CheckEntries();
        var compared = new TransferCheckList(package, findings, stop).Check();
        if (package.Documents.GetValueOrDefault(TransferPackage.CatalogueName) is { } catalogue && CheckShape(TransferPackage.CatalogueName, "文件目录", catalogue))
        {
            new TransferItemsCheck(package, findings).Check();
            CheckDescription();
            new TransferOpinions(package, findings).Check();
            compared += new TransferBatch(package, findings, stop).Check();
        }

        CheckEncodings();
        return compared;
    }

    private bool CheckShape(string file, string root, MarkupDocument document) =>
        new ShapeCheck(findings, file, Dat93Profile.Shapes[root], "", Reading).Check(document.Root);

    /// <summary>At the root stand the two files, 其他, and the folder of the fonds; nothing lies too deep.</summary>
    private void CheckEntries()
    {
        foreach (var file in package.Tree.Files)
        {
            var depth = file.Path.Count(c => c == '/') + 1;
            if (depth > MostDepth)
            {
                findings.Error("PKG-132", file.Path, "", Reading, MostDepth.ToString(CultureInfo.InvariantCulture), depth.ToString(CultureInfo.InvariantCulture));
            }

            if (depth == 1 && file.Path is not (TransferDescription.FileName or TransferPackage.CatalogueName))
            {
                findings.Error("PKG-131", file.Path, "", Reading, $"{TransferDescription.FileName}, {TransferPackage.CatalogueName}, {TransferPackage.OtherFolder}");
            }
        }
    }

    private void CheckDescription()
    {
        if (package.Description?.First("档案数量") is { } count && !string.IsNullOrWhiteSpace(count.Value)
            && ShapeCheck.ReadNumber(count.Value.Trim().TrimEnd('件')) != package.Items.Count)
        {
            findings.ErrorOnLine("PKG-136", TransferDescription.FileName, count.Number, "group-2-1", $"{package.Items.Count}件", count.Value);
        }

        if (package.Description?.First("起止档号") is { } range && !string.IsNullOrWhiteSpace(range.Value) && package.Items.Count > 0)
        {
            var parts = range.Value.Split('至');
            CompareCode(range, package.Items[0].ReferenceCode, parts[0]);
            CompareCode(range, package.Items[^1].ReferenceCode, parts[^1]);
        }
    }

    private void CompareCode(TransferField range, string expected, string found)
    {
        if (expected != found.Trim())
        {
            findings.ErrorOnLine("PKG-137", TransferDescription.FileName, range.Number, Reading, expected, found);
        }
    }

    /// <summary>Description, catalogue and metadata are in one encoding. UTF-8 that is ASCII alone is any.</summary>
    private void CheckEncodings()
    {
        if (package.Documents.GetValueOrDefault(TransferPackage.CatalogueName)?.Encoding is not { } encoding)
        {
            return;
        }

        if (package.Description is { } description && description.Encoding.IsNational != encoding.IsNational && description.Fields.Any(f => !System.Text.Ascii.IsValid(f.Value)))
        {
            findings.Warning("PKG-162", TransferDescription.FileName, "", Reading, encoding.Name, description.Encoding.Name);
        }

        foreach (var (file, tree) in package.Items.SelectMany(i => i.Metadata))
        {
            if (tree is not null && tree.Encoding.Name != encoding.Name)
            {
                findings.Warning("PKG-162", file.Path, "", Reading, encoding.Name, tree.Encoding.Name);
            }
        }
    }
}
