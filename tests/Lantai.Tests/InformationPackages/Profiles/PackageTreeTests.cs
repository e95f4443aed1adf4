using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class PackageTreeTests : IDisposable
{
    private static readonly string[] Paths = ["元数据.xml", "材料/申请材料/𠮷.txt", "材料/申请材料/甲.txt", "材料.txt"];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_folder_its_zip_and_the_zip_of_its_inside_are_one_package()
    {
        MakeFolder("P-1");
        ZipFile.CreateFromDirectory(Path.Combine(_scratch.Path, "P-1"), Path.Combine(_scratch.Path, "inside.zip"));
        ZipFile.CreateFromDirectory(Path.Combine(_scratch.Path, "P-1"), Path.Combine(_scratch.Path, "P-1.zip"), CompressionLevel.Optimal, includeBaseDirectory: true);

        using var folder = Open("P-1");
        using var covered = Open("P-1.zip");
        using var inside = Open("inside.zip");

        Assert.Equal(("P-1", "", "P-1", "P-1/", "inside", ""), (folder.Name, folder.Wrapper, covered.Name, covered.Wrapper, inside.Name, inside.Wrapper));
        Assert.Equal(Paths.Order(StringComparer.Ordinal), folder.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(folder.Files.Select(Describe), covered.Files.Select(Describe));
        Assert.Equal(folder.Files.Select(Describe), inside.Files.Select(Describe));
        Assert.Equal(folder.Files.Select(f => f.Name).Order(), folder.Files.Select(f => f.Name));
    }

    [Fact]
    public void Files_and_folders_are_found_by_their_paths()
    {
        MakeFolder("P-1");
        _ = Directory.CreateDirectory(Path.Combine(_scratch.Path, "P-1/材料/空"));

        using var package = Open("P-1");

        Assert.Equal(Encoding.UTF8.GetByteCount("内容：甲.txt"), package.Find("材料/申请材料/甲.txt")!.Length);
        Assert.Null(package.Find("材料/申请材料"));
        Assert.Equal(["申请材料", "空"], package.Folders("材料"));
        Assert.Equal(["材料"], package.Folders(""));
        Assert.Empty(package.Folders("材料/空"));
        Assert.Equal(["材料/申请材料/甲.txt", "材料/申请材料/𠮷.txt"], package.Below("材料").Select(f => f.Path));
        Assert.Equal(Paths.Length, package.Below("").Count());
        Assert.Equal(package.Files.Sum(f => f.Length), package.Bytes);
        var below = package.Inside("材料");
        Assert.Equal(("材料", "申请材料/甲.txt", "空"), (below.Name, below.Files[0].Path, Assert.Single(below.EmptyFolders).Display));
        Assert.Equal(Describe(package.Find("材料/申请材料/甲.txt")!)[1], Describe(below.Files[0])[1]);
    }

    [Fact]
    public void Names_in_gb18030_are_found_by_their_text_and_keep_their_bytes()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using (var zip = new ZipArchive(File.Create(Path.Combine(_scratch.Path, "gb.zip")), ZipArchiveMode.Create, leaveOpen: false, gb))
        {
            foreach (var path in Paths)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(path));
            }
        }

        var findings = new List<Finding>();
        using var package = PackageTree.Open(_scratch.Source("gb.zip") with { DeclaredNames = gb }, findings)!;

        Assert.All(findings, f => Assert.Equal("SIP-005", f.Code));
        Assert.Equal(2, package.Below("材料/申请材料").Count());
        Assert.Equal(["甲.txt", "𠮷.txt"], package.Inside("材料/申请材料").Files.Select(f => f.Path));
        Assert.Equal(gb.GetBytes("甲.txt"), package.Inside("材料/申请材料").Files[0].Name.Bytes.ToArray());
        Assert.False(package.Find("材料/申请材料/甲.txt")!.Name.IsUtf8);
    }

    [Fact]
    public void One_file_is_a_package_of_one_file()
    {
        _ = _scratch.Write("封装包.xml", "<a/>");

        using var package = Open("封装包.xml");

        Assert.Equal(("封装包.xml", "封装包.xml"), (package.Name, Assert.Single(package.Files).Path));
    }

    [Fact]
    public void A_compressed_stream_is_refused()
    {
        MakeFolder("P-1");
        using (var packed = new GZipStream(File.Create(Path.Combine(_scratch.Path, "p.tar.gz")), CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(Path.Combine(_scratch.Path, "P-1"), packed, includeBaseDirectory: false);
        }

        var findings = new List<Finding>();

        Assert.Null(PackageTree.Open(_scratch.Source("p.tar.gz"), findings));
        Assert.Equal("PKG-002", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_package_of_too_many_files_is_refused()
    {
        MakeFolder("P-1");
        var findings = new List<Finding>();

        Assert.Null(PackageTree.Open(_scratch.Source("P-1"), findings, mostFiles: 3));
        Assert.Equal("PKG-003", Assert.Single(findings).Code);
        findings.Clear();
        using var package = PackageTree.Open(_scratch.Source("P-1"), findings, mostFiles: 4);
        Assert.NotNull(package);
    }

    [Fact]
    public void A_zip_of_folders_alone_is_an_empty_package()
    {
        using (var zip = new ZipArchive(File.Create(Path.Combine(_scratch.Path, "folders.zip")), ZipArchiveMode.Create))
        {
            _ = zip.CreateEntry("空/");
        }

        var findings = new List<Finding>();
        using var package = PackageTree.Open(_scratch.Source("folders.zip"), findings);

        Assert.True(package is null ? findings.Exists(f => f.Severity == Severity.Error) : package.Files.Count == 0);
    }

    [Fact]
    public void What_opening_refuses_is_told()
    {
        var findings = new List<Finding>();

        Assert.Null(PackageTree.Open(_scratch.Source("nothing.zip"), findings));
        Assert.Equal("SIP-007", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_thousand_faults_cost_a_bounded_list()
    {
        var found = new PackageFindings("P-1");
        for (var i = 0; i < 1000; i++)
        {
            found.Warning("PKG-003", "元数据.xml", $"line {i}", "group-1-2", found: new string('字', 10_000));
        }

        var list = found.Close();

        Assert.Equal(101, list.Count);
        Assert.Equal(("PKG-001", Severity.Warning, "P-1", "900"), (list[^1].Code, list[^1].Severity, list[^1].Subject, list[^1].Arguments[0].Value));
        Assert.True(list[0].ToString().Length < 400);
        Assert.False(found.HasErrors);
    }

    private static string[] Describe(PackageFile file)
    {
        using var reader = new StreamReader(file.OpenRead());
        return [file.Path, reader.ReadToEnd(), file.Length.ToString()];
    }

    private PackageTree Open(string path)
    {
        var findings = new List<Finding>();
        var package = PackageTree.Open(_scratch.Source(path), findings);
        Assert.Empty(findings);
        return package!;
    }

    private void MakeFolder(string name)
    {
        foreach (var path in Paths)
        {
            _ = _scratch.Write(name + "/" + path, "内容：" + path[(path.LastIndexOf('/') + 1)..]);
        }
    }
}
