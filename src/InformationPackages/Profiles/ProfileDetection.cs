using System.Text;

namespace Lantai.InformationPackages;

/// <summary>Tells by the files at the root of a package which profile it follows. One of several files is enough: what is missing then is for the profile to say.</summary>
/// <remarks>Pure but for reading the beginning of one file; safe for concurrent use.</remarks>
internal static class ProfileDetection
{
    private const int Window = 4096;

    private static readonly (string Profile, string[] Names)[] Signs =
    [
        ("gbt42727", [Gbt42727Profile.DescriptionName, Gbt42727Profile.MetadataName, Gbt42727Profile.CheckListName]),
        ("dat85", [Dat85Profile.MetadataName]),
        (Dat93Profile.ProfileName, [TransferPackage.CatalogueName, TransferDescription.FileName]),
    ];

    private static readonly byte[][] EepRoots =
        [.. new[] { Encoding.UTF8, GetGb18030(), Encoding.Unicode, Encoding.BigEndianUnicode }.Select(e => e.GetBytes("电子文件封装包"))];

    /// <summary>The names of the files by which packages are told apart, as people read them.</summary>
    internal static string Expected => string.Join(", ", Signs.SelectMany(s => s.Names));

    /// <summary>The name of the profile; null for none.</summary>
    internal static string? NameOf(PackageTree package)
    {
        var root = package.Files.Where(f => !f.Path.Contains('/', StringComparison.Ordinal)).ToList();
        return Signs.FirstOrDefault(s => root.Any(f => s.Names.Contains(f.Path, StringComparer.Ordinal))).Profile
            ?? Signs.FirstOrDefault(s => root.Any(f => s.Names.Contains(f.Path, StringComparer.OrdinalIgnoreCase))).Profile
            ?? (root.Any(IsEep) ? EepProfile.ProfileName : null);
    }

    private static bool IsEep(PackageFile file)
    {
        if (!file.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !file.Path.EndsWith(".eep", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var start = new byte[Window];
        using var content = file.OpenRead();
        var length = content.ReadAtLeast(start, Window, throwOnEndOfStream: false);
        return EepRoots.Any(r => start.AsSpan(0, length).IndexOf(r) >= 0);
    }

    private static Encoding GetGb18030() => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
}
