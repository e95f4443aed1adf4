using System.Globalization;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

/// <summary>One line of a profile's <c>expected.tsv</c> under spec/vectors/packages.</summary>
internal sealed record PackageSample(string Profile, string Name, bool IsGood, string Fault, string Place)
{
    public string Folder => Path.Combine(Tree.Root, "spec/vectors/packages", Profile, IsGood ? "good" : "bad", Name);

    public static IReadOnlyList<PackageSample> Of(string profile) =>
        [.. File.ReadAllLines(Path.Combine(Tree.Root, "spec/vectors/packages", profile, "expected.tsv")).Skip(1).Select(l => l.Split('\t')).Select(c => new PackageSample(profile, c[0], c[1] == "good", c[2], c[3]))];

    /// <summary>A folder is the package; a sample that is one file is a package of that file.</summary>
    public PackageTree Open()
    {
        var findings = new List<Finding>();
        var path = Directory.Exists(Folder) ? Folder : Folder + ".xml";
        return PackageTree.Open(new SubmissionSource(path, Directory.Exists(path) ? SubmissionForm.Folder : SubmissionForm.File, new ContainerLimits()), findings) ?? throw new InvalidOperationException(string.Join("; ", findings));
    }

    /// <summary>Whether a finding is about the place: <c>FILE</c>, <c>FILE:LINE</c> or <c>FILE#XPATH</c>; a file without name is the package's one.</summary>
    public bool IsAbout(Finding finding, string onlyFile = "")
    {
        var hash = Place.IndexOf('#', StringComparison.Ordinal);
        var colon = Place.LastIndexOf(':');
        var (file, at) = hash >= 0 ? (Place[..hash], Place[(hash + 1)..]) : colon >= 0 ? (Place[..colon], "line " + Place[(colon + 1)..]) : (Place, "");
        if (file.Length == 0 || file[0] == '/')
        {
            (file, at) = (onlyFile, file.Length == 0 ? at : Place);
        }

        var said = finding.Arguments.ToDictionary(a => a.Key, a => a.Value);
        string[] places = [said.GetValueOrDefault("at", ""), said.GetValueOrDefault("path", ""), "line " + said.GetValueOrDefault("line", "")];
        return finding.Subject == file && (at.Length == 0 || places.Contains(at) || (at == "/" && places[0].LastIndexOf('/') == 0));
    }

    /// <summary>The content of every file.</summary>
    public static List<string> Contents(IEnumerable<PackageFile> files) => [.. files.Select(f => $"{f.Path} {f.Length} {Convert.ToHexString(Read(f))}")];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Profile}/{Name}: {Fault} at {Place}");

    private static byte[] Read(PackageFile file)
    {
        using var stream = file.OpenRead();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
