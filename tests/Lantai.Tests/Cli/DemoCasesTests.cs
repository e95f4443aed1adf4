using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lantai.Cli.Demo;

namespace Lantai.Tests.Cli;

/// <summary>Writes the demonstration cases once for all the tests of the class.</summary>
public sealed class DemoFolder : IDisposable
{
    public DemoFolder()
    {
        Root = Directory.CreateTempSubdirectory("lantai-demo-").FullName;
        Cases = DemoCases.Write(Root);
        Files = Read(Root);
    }

    public string Root { get; }

    public IReadOnlyList<string> Cases { get; }

    /// <summary>Every file of the demonstration by its path, those inside the zip too.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal static SortedDictionary<string, byte[]> Read(string root)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, path);
            files[name] = File.ReadAllBytes(path);
            if (!name.EndsWith(".zip", StringComparison.Ordinal))
            {
                continue;
            }

            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries)
            {
                using var stream = entry.Open();
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                files[name + "!" + entry.FullName] = copy.ToArray();
            }
        }

        return files;
    }
}

public sealed class DemoCasesTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    [Fact]
    public void Two_runs_write_equal_bytes()
    {
        var second = Directory.CreateTempSubdirectory("lantai-demo-");
        try
        {
            var paths = DemoCases.Write(second.FullName);

            Assert.Equal(demo.Cases.Select(Path.GetFileName), paths.Select(Path.GetFileName));
            var files = DemoFolder.Read(second.FullName);
            Assert.Equal(demo.Files.Keys, files.Keys);
            Assert.All(files, f => Assert.Equal(Convert.ToHexString(SHA256.HashData(demo.Files[f.Key])), Convert.ToHexString(SHA256.HashData(f.Value))));
        }
        finally
        {
            second.Delete(recursive: true);
        }
    }

    [Fact]
    public void Each_child_of_the_folder_is_one_case_and_there_are_at_least_eight_over_five_items()
    {
        Assert.Equal(Directory.EnumerateFileSystemEntries(demo.Root).Order(StringComparer.Ordinal), demo.Cases.Order(StringComparer.Ordinal));
        Assert.InRange(demo.Cases.Count, 8, 40);
        Assert.InRange(demo.Cases.Select(c => Path.GetFileNameWithoutExtension(c).Split('_')[1]).Distinct().Count(), 5, 40);
        Assert.Single(demo.Cases, c => c.EndsWith(".zip", StringComparison.Ordinal));
        Assert.Single(demo.Cases, c => File.Exists(Path.Combine(c, "bagit.txt")));
    }

    [Fact]
    public void There_is_one_large_file_and_five_mebibytes_besides_it()
    {
        var large = Assert.Single(demo.Files, f => f.Value.Length > 5 << 20);

        Assert.EndsWith("宗地图.tif", large.Key, StringComparison.Ordinal);
        Assert.InRange(large.Value.Length, 6_000_000, 6_600_000);
        Assert.InRange(demo.Files.Where(f => !f.Key.Contains('!')).Sum(f => f.Value.LongLength) - large.Value.Length, 5 << 20, 20 << 20);
        Assert.InRange(Of(".png").Count(f => f.Value.Length is > 240_000 and < 400_000), 6, 40);
    }

    [Fact]
    public void The_large_file_hardly_compresses()
    {
        var map = Of("宗地图.tif").Single().Value;
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(map);
        }

        Assert.InRange(packed.Length, map.Length / 2, map.Length * 2);
        Assert.Equal("II*\0"u8.ToArray(), map[..4]);
    }

    [Fact]
    public void Every_pdf_starts_ends_and_points_at_its_objects_rightly()
    {
        Assert.NotEmpty(Of(".pdf"));
        Assert.All(Of(".pdf"), file =>
        {
            var text = Encoding.Latin1.GetString(file.Value);
            Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
            Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
            var table = int.Parse(Regex.Match(text, @"startxref\n(\d+)\n").Groups[1].Value);
            Assert.Equal("xref\n", text[table..(table + 5)]);
            var places = Regex.Matches(text[table..], @"(?m)^(\d{10}) 00000 n \n");
            Assert.Equal(9, places.Count);
            for (var i = 0; i < places.Count; i++)
            {
                Assert.StartsWith($"{i + 1} 0 obj\n", text[int.Parse(places[i].Groups[1].Value)..], StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Every_png_inflates_to_the_length_its_header_says()
    {
        Assert.NotEmpty(Of(".png"));
        Assert.All(Of(".png"), file =>
        {
            var png = file.Value;
            Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, png[..8]);
            var width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
            var height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
            Assert.Equal("IDAT", Encoding.ASCII.GetString(png, 37, 4));
            using var rows = new MemoryStream();
            using (var inflate = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress))
            {
                inflate.CopyTo(rows);
            }

            Assert.Equal(height * ((width * 3) + 1), rows.Length);
        });
        Assert.All(Of("身份证扫描件.png"), f => Assert.Equal((800, 500), (BinaryPrimitives.ReadInt32BigEndian(f.Value.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(f.Value.AsSpan(20)))));
    }

    [Fact]
    public void Every_case_describes_itself_in_xml_and_lists_its_files_rightly()
    {
        Assert.Equal(demo.Cases.Count, Of("元数据.xml").Count);
        Assert.All(Of("元数据.xml"), file =>
        {
            var root = XDocument.Load(new MemoryStream(file.Value)).Root!;
            Assert.StartsWith("LT2025", root.Element("办件编号")!.Value, StringComparison.Ordinal);
            Assert.True(DateTimeOffset.Parse(root.Element("受理时间")!.Value) < DateTimeOffset.Parse(root.Element("办结时间")!.Value));
            Assert.True(DateTimeOffset.Parse(root.Element("办结时间")!.Value) < DateTimeOffset.Parse(root.Element("归档时间")!.Value));
            var below = file.Key[..^"元数据.xml".Length];
            var listed = root.Element("文件清单")!.Elements("文件").ToList();
            Assert.Equal(new[] { "共享证照", "申报材料", "结果文件", "过程文件" }, listed.Select(f => f.Element("类别")!.Value).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(demo.Files.Keys.Count(k => k.StartsWith(below, StringComparison.Ordinal)) - 1, listed.Count);
            Assert.All(listed, f => Assert.Equal(f.Element("数字摘要")!.Value, Convert.ToHexStringLower(SHA256.HashData(demo.Files[below + f.Element("路径")!.Value]))));
        });
    }

    [Fact]
    public void The_business_licence_is_the_same_bytes_in_at_least_three_cases()
    {
        var most = Of("共享证照/营业执照.pdf").GroupBy(f => Convert.ToHexString(SHA256.HashData(f.Value))).Max(g => g.Count());

        Assert.InRange(most, 3, demo.Cases.Count);
    }

    [Fact]
    public void The_bag_names_itself_and_its_manifests_cover_every_file()
    {
        var bag = demo.Cases.Single(c => File.Exists(Path.Combine(c, "bagit.txt")));

        Assert.Contains("External-Identifier: LT20250709-0009\n", File.ReadAllText(Path.Combine(bag, "bag-info.txt")), StringComparison.Ordinal);
        foreach (var (manifest, expected) in new[] { ("manifest-sha256.txt", Directory.GetFiles(Path.Combine(bag, "data"), "*", SearchOption.AllDirectories).Length), ("tagmanifest-sha256.txt", 3) })
        {
            var lines = File.ReadAllLines(Path.Combine(bag, manifest));
            Assert.Equal(expected, lines.Length);
            Assert.All(lines, l => Assert.Equal(l[..64], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(bag, l[66..]))))));
        }
    }

    [Fact]
    public void No_id_number_has_a_right_check_digit()
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var numbers = Of("元数据.xml").SelectMany(f => Regex.Matches(Encoding.UTF8.GetString(f.Value), @"\b99\d{15}[\dX]\b")).Select(m => m.Value).Distinct().ToList();

        Assert.InRange(numbers.Count, 4, 40);
        Assert.All(numbers, n => Assert.NotEqual("10X98765432"[weights.Select((w, i) => w * (n[i] - '0')).Sum() % 11], n[17]));
    }

    private List<KeyValuePair<string, byte[]>> Of(string ending) =>
        [.. demo.Files.Where(f => f.Key.EndsWith(ending, StringComparison.Ordinal))];
}
