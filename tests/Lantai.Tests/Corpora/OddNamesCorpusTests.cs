using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class OddNamesCorpusTests
{
    private const string Suite = "odd-names";

    [Fact]
    public void Every_odd_name_in_a_folder_comes_out_with_its_bytes()
    {
        using var scratch = Scratch.OfSuite(Suite);
        var expected = Scratch.Lines(Suite).Where(l => l[2] == "keep_name").Select(l => l[3]).Order(StringComparer.Ordinal);

        using var submission = scratch.Open("data/names", out var findings);

        Assert.NotNull(submission);
        Assert.Empty(findings);
        Assert.Equal(expected, submission.Entries.Select(e => Convert.ToHexStringLower(e.Name.Bytes.Span)).Order(StringComparer.Ordinal));
        Assert.All(submission.Entries, e => Assert.Equal(0, e.Length));
    }

    [Fact]
    public void Every_odd_name_in_a_zip_comes_out_with_its_bytes()
    {
        using var scratch = Scratch.OfSuite(Suite);
        ZipFile.CreateFromDirectory(Path.Combine(scratch.Path, "data/names"), Path.Combine(scratch.Path, "names.zip"));
        var expected = Scratch.Lines(Suite).Where(l => l[2] == "keep_name").Select(l => l[3]).Order(StringComparer.Ordinal);

        using var submission = scratch.Open("names.zip", out var findings);

        Assert.NotNull(submission);
        Assert.Empty(findings);
        Assert.Equal(expected, submission.Entries.Select(e => Convert.ToHexStringLower(e.Name.Bytes.Span)));
    }

    [Fact]
    public void Chinese_folder_names_in_a_zip_are_read()
    {
        using var scratch = Scratch.OfSuite(Suite);

        using var submission = scratch.Open("data/zip/chineseDir.ofd", out var findings, SubmissionForm.Zip);

        Assert.NotNull(submission);
        Assert.DoesNotContain(findings, f => f.Severity == Severity.Error);
        Assert.Contains(submission.Entries, e => e.Name.Display.Any(c => c is >= '\u4E00' and <= '\u9FFF') && e.Name.IsUtf8);
    }

    [Fact]
    public void Shift_jis_names_keep_their_bytes_with_a_doubt_and_are_right_when_declared()
    {
        using var scratch = Scratch.OfSuite(Suite);
        var source = scratch.Source("data/zip/testZipEntryNameCharsetShiftSJIS.zip");
        var declared = source with { DeclaredNames = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis") };
        var findings = new List<Finding>();

        using var guessed = Submission.Open(source, findings);
        using var said = Submission.Open(declared, []);

        Assert.Equal(2, findings.Count(f => f.Code == "SIP-005"));
        Assert.Equal(["文章1.txt", "文章2.txt"], said!.Entries.Select(e => e.Name.Display));
        Assert.Equal(said.Entries.Select(e => e.Name), guessed!.Entries.Select(e => e.Name));
    }

    [Fact]
    public void Hostile_zips_neither_crash_nor_write()
    {
        using var scratch = Scratch.OfSuite("hostile-archives");
        var before = Directory.GetFileSystemEntries(scratch.Path, "*", SearchOption.AllDirectories);
        var limits = new ContainerLimits { MaxEntries = 1000, MaxTotalBytes = 16 << 20, MaxRatio = 200 };
        var wrong = new List<string>();

        foreach (var line in Scratch.Lines("hostile-archives").Where(l => l[1].EndsWith(".zip", StringComparison.Ordinal)))
        {
            var findings = new List<Finding>();
            using var submission = Submission.Open(scratch.Source(line[1]) with { Limits = limits }, findings);
            var read = submission is not null && submission.Entries.Where(e => e.Kind == EntryKind.File).All(CanRead);
            if ((line[2] == "accept" && !read) || (line[2] == "reject" && read) || (!read && findings.Count == 0))
            {
                wrong.Add($"{line[0]}: {line[2]}, got {string.Join("; ", findings)}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(before, Directory.GetFileSystemEntries(scratch.Path, "*", SearchOption.AllDirectories));
    }

    private static bool CanRead(SubmissionEntry entry)
    {
        try
        {
            using var content = entry.OpenRead();
            content.CopyTo(Stream.Null);
            return true;
        }
        catch (ContentException)
        {
            return false;
        }
    }
}
