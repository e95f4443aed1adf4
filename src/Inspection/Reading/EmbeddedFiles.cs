using System.Globalization;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>Files that an encapsulated record holds in its text, as files that can be looked at.</summary>
internal static class EmbeddedFiles
{
    /// <summary>The embedded files; none where there is no record. Their paths begin with the record's; the number keeps two of one name apart.</summary>
    internal static IEnumerable<PackageFile> Of(EepPackage? record) =>
        record is null
            ? []
            : record.Contents.Where(c => c is { IsExternal: false, IsThere: true, Length: not null })
                .Select((c, i) => new PackageFile(EntryName.OfText(PathOf(record.File.Path, i, c)), c.Length!.Value, c.OpenRead));

    private static string PathOf(string record, int index, EepContent content) =>
        string.Create(CultureInfo.InvariantCulture, $"{record}/{index + 1}/{(content.FileName.Length > 0 ? content.FileName : content.Format)}");
}
