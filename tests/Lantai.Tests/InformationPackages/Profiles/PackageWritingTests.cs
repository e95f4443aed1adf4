using System.Diagnostics;
using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class PackageWritingTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2023, 12, 1, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_was_written_to_a_folder_and_to_a_zip_reads_the_same()
    {
        PackageFile[] files = [.. Files()];
        PackageWriting.ToFolder(Path.Combine(_scratch.Path, "a/b"), files, Time);
        WriteZip("b.zip", files, "");

        using var folder = _scratch.Open("a/b", out var first)!;
        using var zip = _scratch.Open("b.zip", out var second)!;

        Assert.Empty(first.Concat(second));
        Assert.Equal(files.Select(f => f.Name).Order(), folder.Entries.Select(e => e.Name));
        Assert.Equal(folder.Entries.Select(Content), zip.Entries.Select(Content));
        Assert.All(folder.Entries, e => Assert.Equal(Time.ToUniversalTime(), e.Modified));
    }

    [Fact]
    public void The_same_files_in_any_order_make_the_same_zip()
    {
        WriteZip("1.zip", Files(), "包");
        WriteZip("2.zip", Files().Reverse(), "包");

        Assert.Equal(File.ReadAllBytes(Path.Combine(_scratch.Path, "1.zip")), File.ReadAllBytes(Path.Combine(_scratch.Path, "2.zip")));
    }

    [Fact]
    public void Unzip_opens_it_with_the_names_as_they_are()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/unzip"), "The command unzip is not on this machine.");
        WriteZip("p.zip", Files(), "包");

        var start = new ProcessStartInfo("/usr/bin/unzip", ["-q", Path.Combine(_scratch.Path, "p.zip"), "-d", Path.Combine(_scratch.Path, "out")]) { RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var unzip = Process.Start(start)!;
        var said = unzip.StandardError.ReadToEnd();
        unzip.WaitForExit();

        Assert.Equal((0, ""), (unzip.ExitCode, said));
        Assert.Equal("甲", File.ReadAllText(Path.Combine(_scratch.Path, "out/包/材料/𠮷.txt")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(Path.Combine(_scratch.Path, "out/包/材料/𠮷.txt")));
    }

    [Fact]
    public void Names_of_no_encoding_stay_in_a_folder_and_are_refused_in_a_zip()
    {
        PackageFile[] files = [new(EntryName.OfBytes([0x61, 0xFF, 0xFF]), 1, () => new MemoryStream([1]))];

        PackageWriting.ToFolder(Path.Combine(_scratch.Path, "odd"), files);

        Assert.Equal(files[0].Name, Assert.Single(ByteFolder.Children(Path.Combine(_scratch.Path, "odd"))));
        Assert.Throws<ArgumentException>(() => WriteZip("odd.zip", files, ""));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//x")]
    public void A_name_that_leaves_the_package_is_refused(string path)
    {
        PackageFile[] files = [PackageFile.OfBytes(path, new byte[1])];

        Assert.Throws<ArgumentException>(() => PackageWriting.ToFolder(Path.Combine(_scratch.Path, "x"), files));
        Assert.Throws<ArgumentException>(() => WriteZip("x.zip", files, ""));
        Assert.False(Directory.Exists(Path.Combine(_scratch.Path, "x")));
    }

    [Fact]
    public void Two_files_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => WriteZip("x.zip", [.. Files(), .. Files()], ""));

    [Fact]
    public void A_folder_that_holds_something_is_not_written_into()
    {
        _ = _scratch.Write("full/x", "x");

        Assert.Throws<IOException>(() => PackageWriting.ToFolder(Path.Combine(_scratch.Path, "full"), Files()));
    }

    private static IEnumerable<PackageFile> Files() =>
    [
        PackageFile.OfBytes("材料/𠮷.txt", Encoding.UTF8.GetBytes("甲")),
        PackageFile.OfBytes("元数据.xml", Encoding.UTF8.GetBytes("<a/>\n")),
        PackageFile.OfBytes("材料/空.txt", ReadOnlyMemory<byte>.Empty),
    ];

    private static string Content(SubmissionEntry entry)
    {
        using var reader = new StreamReader(entry.OpenRead());
        return entry.Name + ":" + reader.ReadToEnd();
    }

    private void WriteZip(string name, IEnumerable<PackageFile> files, string folder)
    {
        using var target = File.Create(Path.Combine(_scratch.Path, name));
        PackageWriting.ToZip(target, files, folder, Time);
    }
}
