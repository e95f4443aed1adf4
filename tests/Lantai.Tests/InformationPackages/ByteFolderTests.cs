using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class ByteFolderTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void Names_in_gb18030_come_back_byte_for_byte()
    {
        using var scratch = new Scratch();
        var root = Path.Combine(scratch.Path, "root");
        var names = new[] { "申请材料/身份证.pdf", "申请材料/照片/正面.jpg", "说明.txt" }.Select(n => EntryName.OfBytes(Gb18030.GetBytes(n))).ToArray();
        using (var folder = ByteFolder.Create(root))
        {
            foreach (var name in names)
            {
                using var file = folder.CreateFile(name);
                file.Write(name.Bytes.Span);
            }
        }

        using var submission = scratch.Open("root", out var findings);

        Assert.NotNull(submission);
        Assert.Equal(names.Order(), submission.Entries.Select(e => e.Name));
        Assert.Equal(3, findings.Count(f => f.Code == "SIP-005"));
        Assert.All(submission.Entries, e =>
        {
            using var content = new MemoryStream();
            using (var stream = e.OpenRead())
            {
                stream.CopyTo(content);
            }

            Assert.Equal(e.Name.Bytes.ToArray(), content.ToArray());
            Assert.Null(e.CheckUnchanged());
        });
        Assert.Null(submission.CheckUnchanged());
        Assert.Equal(2, ByteFolder.Children(root).Count);
    }

    [Fact]
    public void A_child_whose_name_is_no_utf8_can_be_submitted()
    {
        using var scratch = new Scratch();
        var child = EntryName.OfBytes(Gb18030.GetBytes("卷一"));
        using (var folder = ByteFolder.Create(Path.Combine(scratch.Path, "root")))
        {
            folder.CreateFile(EntryName.OfBytes([.. child.Bytes.Span, (byte)'/', (byte)'a'])).Dispose();
        }

        using var submission = Submission.Open(scratch.Source("root") with { Child = child }, []);

        Assert.Equal("卷一", submission!.DefaultId);
        Assert.Equal("a", Assert.Single(submission.Entries).Name.Display);
    }

    [Fact]
    public void Paths_come_in_byte_order_and_only_empty_folders_are_entries()
    {
        using var scratch = new Scratch();
        using var folder = ByteFolder.Create(Path.Combine(scratch.Path, "root"));
        foreach (var name in new[] { "b-x", "b/c", "b0", "a/z/z", "empty-x", "b.d/e" })
        {
            folder.CreateFile(EntryName.OfText(name)).Dispose();
        }

        folder.CreateFolder(EntryName.OfText("empty"));
        folder.CreateFolder(EntryName.OfText("a/hollow"));

        var findings = new List<Finding>();
        var found = folder.Walk(findings).ToList();

        Assert.Empty(findings);
        Assert.Equal(["a/hollow", "a/z/z", "b-x", "b.d/e", "b/c", "b0", "empty", "empty-x"], found.Select(e => e.Name.Display));
        Assert.Equal(found.Select(e => e.Name).Order(), found.Select(e => e.Name));
        Assert.Equal(["a/hollow", "empty"], found.Where(e => e.IsFolder).Select(e => e.Name.Display));
    }

    [Fact]
    public void Links_and_pipes_are_findings_and_never_followed()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("outside/secret", "x");
        _ = scratch.Write("root/a", "x");
        _ = File.CreateSymbolicLink(Path.Combine(scratch.Path, "root/file-link"), Path.Combine(scratch.Path, "outside/secret"));
        _ = Directory.CreateSymbolicLink(Path.Combine(scratch.Path, "root/folder-link"), Path.Combine(scratch.Path, "outside"));
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(scratch.Path, "root/pipe")]))
        {
            make.WaitForExit();
        }

        using var submission = scratch.Open("root", out var findings);
        using var folder = ByteFolder.Open(Path.Combine(scratch.Path, "root"));

        Assert.Null(submission);
        Assert.Equal(["file-link", "folder-link", "pipe"], findings.Where(f => f.Code == "SIP-008").Select(f => f.Subject));
        Assert.Throws<ContentException>(() => folder.OpenRead(EntryName.OfText("file-link")));
        Assert.Throws<ContentException>(() => folder.OpenRead(EntryName.OfText("folder-link/secret")));
        Assert.Throws<ContentException>(() => folder.OpenRead(EntryName.OfText("pipe")));
        Assert.Throws<IOException>(() => folder.CreateFile(EntryName.OfText("folder-link/new")));
        Assert.False(File.Exists(Path.Combine(scratch.Path, "outside/new")));
    }

    [Fact]
    public void A_file_that_vanished_is_a_finding()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("root/a", "x");
        using var submission = scratch.Open("root", out _);
        var entry = submission!.Entries.Single();
        File.Delete(file);

        var thrown = Assert.Throws<ContentException>(entry.OpenRead);

        Assert.Equal("SIP-007", thrown.Finding.Code);
        Assert.Equal("SIP-010", entry.CheckUnchanged()!.Code);
    }

    [Fact]
    public void A_folder_too_deep_is_a_finding()
    {
        using var scratch = new Scratch();
        using var folder = ByteFolder.Create(Path.Combine(scratch.Path, "root"));
        folder.CreateFile(EntryName.OfText(string.Concat(Enumerable.Repeat("d/", 900)) + "file")).Dispose();
        folder.CreateFile(EntryName.OfText(string.Concat(Enumerable.Repeat("e/", 1100)) + "file")).Dispose();
        var findings = new List<Finding>();

        var found = folder.Walk(findings).ToList();

        Assert.Equal(1804, Assert.Single(found).Name.Bytes.Length);
        Assert.Equal("SIP-011", Assert.Single(findings).Code);
    }

    [Fact]
    public void Nothing_is_overwritten_and_bad_names_are_misuse()
    {
        using var scratch = new Scratch();
        using var folder = ByteFolder.Create(Path.Combine(scratch.Path, "root"));
        folder.CreateFile(EntryName.OfText("a")).Dispose();

        Assert.Throws<IOException>(() => folder.CreateFile(EntryName.OfText("a")));
        Assert.Throws<IOException>(() => ByteFolder.Create(Path.Combine(scratch.Path, "root")));
        Assert.Throws<ArgumentException>(() => folder.CreateFile(EntryName.OfText("../a")));
        Assert.False(ByteFolder.CanHold(EntryName.OfText("a/" + new string('x', 256))));
        Assert.True(ByteFolder.CanHold(EntryName.OfText("a/" + new string('x', 255))));
    }
}
