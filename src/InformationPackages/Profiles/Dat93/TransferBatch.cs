using System.Globalization;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>
/// 其他/transfer_info.xml: the batch table that is sent with an exchange online. Elements and what they count are one city's, seen in its
/// program; its place in the package and what its digest is over are ours (spec/formats/dat93-package.md).
/// </summary>
internal sealed class TransferBatch(TransferPackage package, PackageFindings findings, CancellationToken stop)
{
    internal const string FileName = "其他/transfer_info.xml";

    private const string Reading = "reading-dat93";

    /// <summary>Tells what does not agree with the package; gives the number of digests that were compared.</summary>
    internal long Check()
    {
        if (package.Documents.GetValueOrDefault(FileName) is not { } document
            || !new ShapeCheck(findings, FileName, Dat93Profile.Shapes["transfer_info"], "", Reading).Check(document.Root))
        {
            return 0;
        }

        var rows = document.Root.First("directories")?.All("directory").ToList() ?? [];
        var items = package.Items.Where(i => i.Folder is not null).GroupBy(i => i.ReferenceCode, StringComparer.Ordinal).ToDictionary(g => g.Key, g => FilesOf(g.First()), StringComparer.Ordinal);
        CompareNumber(document.Root.First("send_number"), rows.Count);
        CompareNumber(document.Root.First("File_Number"), items.Values.Sum(f => f.Count));
        CompareNumber(document.Root.First("send_size"), items.Values.Sum(Length));

        var (compared, named) = (0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var code = row.First("archival_code");
            if (code is null || !items.TryGetValue(code.Value, out var files) || !named.Add(code.Value))
            {
                findings.Error("PKG-164", FileName, (code ?? row).Path, Reading, "", code?.Value ?? "");
                continue;
            }

            CompareNumber(row.First("size"), Length(files));
            compared += CompareDigest(row, files);
        }

        foreach (var missing in items.Keys.Where(k => !named.Contains(k)))
        {
            findings.Error("PKG-164", FileName, "/transfer_info/directories", Reading, missing);
        }

        return compared;
    }

    private static List<PackageFile> FilesOf(TransferItem item) => [.. item.Metadata.Select(m => m.File).Concat(item.Contents).OrderBy(f => f.Name)];

    private static long Length(List<PackageFile> files) => files.Sum(f => f.Length);

    private void CompareNumber(MarkupElement? element, long expected)
    {
        if (element is not null && ShapeCheck.ReadNumber(element.Value) is { } number && number != expected)
        {
            findings.Error("PKG-163", FileName, element.Path, "group-2-1", expected.ToString(CultureInfo.InvariantCulture), element.Value);
        }
    }

    private int CompareDigest(MarkupElement row, List<PackageFile> files)
    {
        var (name, recorded) = (row.First("digital_summarization_algorithm"), row.First("digital_summary"));
        if (name is null || recorded is null || name.Value.Length == 0)
        {
            return 0; // told as missing
        }

        if (DigestAlgorithm.Find(name.Value) is not { } algorithm)
        {
            findings.Error("PKG-159", FileName, name.Path, "group-1-1", "SM3, SHA-256", name.Value);
            return 0;
        }

        try
        {
            var found = Convert.ToHexStringLower(ContentDigests.OfAll(files, algorithm, stop));
            if (!found.Equals(recorded.Value, StringComparison.OrdinalIgnoreCase))
            {
                findings.Error("PKG-165", FileName, recorded.Path, "group-1-1", recorded.Value, found);
            }

            return 1;
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
            return 0;
        }
    }
}
