using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.Containers;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

[Collection(nameof(StoreFormat.AloneCollection))] // one of them measures memory, which all tests share
public sealed class ContainerSubmissionTests
{
    private static readonly string[] Forms = ["x.tar", "x.tar.gz", "x.tgz", "x.tar.zst", "x.zip"];

    [Fact]
    public void Every_container_gives_the_same_files_in_path_order()
    {
        using var scratch = new Scratch();
        Assert.All(["z.txt", "a/b.txt", "a-b.txt", "a.txt", "材料/申请.txt"], path => scratch.Write("in/" + path, "content of " + path));
        Directory.CreateDirectory(Path.Combine(scratch.Path, "in/a/none"));
        PackAll(scratch, "in");
        using var folder = scratch.Open("in", out _);
        var expected = Describe(folder!);

        foreach (var form in Forms)
        {
            using var submission = Read(scratch.Source(form), out var findings);

            Assert.True(submission is not null && findings.Count == 0, form + ": " + string.Join("; ", findings));
            Assert.Equal(expected, Describe(submission));
            Assert.Equal(("x", form, false), (submission.DefaultId, submission.Name, submission.IsBag));
            Assert.Null(submission.CheckUnchanged());
            Assert.Equal(new FileInfo(Path.Combine(scratch.Path, form)).Length, submission.Container!.Length);
        }
    }

    [Fact]
    public void One_compressed_file_is_a_submission_of_one_file()
    {
        using var scratch = new Scratch();
        var text = Encoding.UTF8.GetBytes(new string('档', 100_000));
        scratch.Write("a.txt.gz", UnpackedStreamTests.Pack(ContainerKind.Gzip, text));
        scratch.Write("a.txt.zst", UnpackedStreamTests.Pack(ContainerKind.Zstd, text));

        foreach (var (name, form) in new[] { ("a.txt.gz", SubmissionForm.Gzip), ("a.txt.zst", SubmissionForm.Zstd) })
        {
            using var submission = Read(scratch.Source(name), out var findings);

            Assert.Empty(findings);
            var entry = Assert.Single(submission!.Entries);
            Assert.Equal((form, "a.txt", "a.txt"), (submission.Form, submission.DefaultId, entry.Name.Display));
            Assert.Equal((Digest.Of(text), (long?)text.Length), (entry.Content!.Value, entry.Length));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bag_in_any_container_is_judged_as_in_a_folder(bool isWrong)
    {
        using var scratch = new Scratch();
        foreach (var folder in new[] { "bag", "outer/bag" })
        {
            WriteBag(scratch, folder, "sha512", ("one.txt", "1"), ("材料/two.txt", "2"));
            WriteBag(scratch, folder, "md5", ("one.txt", "1"), ("材料/two.txt", isWrong ? "3" : "2"));
            scratch.Write(folder + "/data/材料/two.txt", "2");
            PackAll(scratch, folder.Split('/')[0]);
            foreach (var form in Forms)
            {
                using var submission = Read(scratch.Source(form), out var findings);
                var wrong = isWrong ? BagValidation.Validate(scratch.Source(form)).Where(f => f.Severity == Severity.Error).Select(f => f.Code) : [];

                Assert.Equal(isWrong ? ["BAG-022"] : Array.Empty<string>(), wrong);
                Assert.True(isWrong || findings.Count == 0, form + ": " + string.Join("; ", findings));
                Assert.True(isWrong || (submission!.IsBag && submission.DefaultId == "case-7"));
                Assert.True(isWrong || BagValidation.Validate(scratch.Source(form)).Count == 0);
            }
        }
    }

    [Fact]
    public void A_large_file_before_its_manifest_is_read_twice_and_counted()
    {
        using var scratch = new Scratch();
        var large = new string('a', (4 << 20) + 1);
        WriteBag(scratch, "bag", "sha512", ("large", large), ("small", "s"));

        // The manifest comes last, so only SHA-256 of the large file is known when it is read.
        Run(scratch.Path, "tar", "-czf", "x.tar.gz", "-C", "bag", "data", "bagit.txt", "bag-info.txt", "manifest-sha512.txt");
        using var submission = Read(scratch.Source("x.tar.gz"), out var findings);

        Assert.Equal("SIP-014 x.tar.gz count=1 bytes=4194305 passes=1", Assert.Single(findings).ToString());
        Assert.True(submission!.IsBag);

        File.AppendAllText(Path.Combine(scratch.Path, "bag/data/large"), "b");
        Run(scratch.Path, "tar", "-czf", "x.tar.gz", "-C", "bag", "data", "bagit.txt", "manifest-sha512.txt");
        Assert.Null(Read(scratch.Source("x.tar.gz"), out var wrong));
        Assert.Contains("BAG-022", wrong.Select(f => f.Code));
    }

    [Theory]
    [InlineData("sha256", false)]
    [InlineData("sha1", false)]
    [InlineData("sha384", true)]
    public void Digests_that_are_not_computed_on_the_way_are_read_for(string algorithm, bool isReadAgain)
    {
        using var scratch = new Scratch();
        WriteBag(scratch, "bag", algorithm, ("a", "1"), ("b", "2"));
        Run(scratch.Path, "tar", "-czf", "x.tar.gz", "bag");

        using var submission = Read(scratch.Source("x.tar.gz"), out var findings);

        Assert.NotNull(submission);
        Assert.Equal(isReadAgain ? ["SIP-014"] : Array.Empty<string>(), findings.Select(f => f.Code));
    }

    [Fact]
    public void What_cannot_stand_side_by_side_is_refused_in_every_container()
    {
        using var scratch = new Scratch();
        var twice = new HandMadeTar().Add("a", [1]).Add("b", [2]).Add("./a", [3]).End();
        var both = new HandMadeTar().Add("a", [1]).Add("a-b", [2]).Add("a/b", [2]).End();
        var none = new HandMadeTar().Add("a/", type: '5').End();
        foreach (var (tar, code) in new[] { (twice, "SIP-003"), (both, "SIP-009"), (none, "SIP-002"), (new byte[1024], "SIP-002") })
        {
            scratch.Write("x.tar", tar);
            scratch.Write("x.tar.gz", UnpackedStreamTests.Pack(ContainerKind.Gzip, tar));
            foreach (var form in new[] { "x.tar", "x.tar.gz" })
            {
                Assert.Null(Read(scratch.Source(form), out var findings));
                Assert.Equal(code, Assert.Single(findings).Code);
            }
        }
    }

    [Fact]
    public void A_kind_that_is_not_opened_is_named()
    {
        using var scratch = new Scratch();
        scratch.Write("x.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]);

        Assert.Null(scratch.Open("x.7z", out var findings));
        Assert.Equal("CON-001 x.7z kind=7z", Assert.Single(findings).ToString());
        using var asFile = scratch.Open("x.7z", out var none, SubmissionForm.File);
        Assert.Empty(none);
        Assert.NotNull(asFile);
    }

    [Theory]
    [InlineData(SubmissionForm.Tar, "tar.gz", "tar")]
    [InlineData(SubmissionForm.Zip, "tar.gz", "zip")]
    [InlineData(SubmissionForm.TarZstd, "tar.gz", "tar.zst")]
    public void A_kind_other_than_demanded_is_refused(SubmissionForm demanded, string found, string said)
    {
        using var scratch = new Scratch();
        scratch.Write("x.bin", UnpackedStreamTests.Pack(ContainerKind.Gzip, new HandMadeTar().Add("a", [1]).End()));

        Assert.Null(scratch.Open("x.bin", out var findings, demanded));
        Assert.Equal($"CON-002 x.bin found={found} demanded={said}", Assert.Single(findings).ToString());
        using var asTar = Read(scratch.Source("x.bin", SubmissionForm.TarGzip), out var none);
        Assert.Empty(none);
        using var asGzip = Read(scratch.Source("x.bin", SubmissionForm.Gzip), out none);
        Assert.Equal("x.bin", Assert.Single(asGzip!.Entries).Name.Display);
    }

    [Fact]
    public void A_broken_bag_is_tolerated_where_the_container_was_demanded()
    {
        using var scratch = new Scratch();
        WriteBag(scratch, "bag", "sha256", ("a", "1"));
        File.Delete(Path.Combine(scratch.Path, "bag/data/a"));
        scratch.Write("bag/data/b", "22");
        PackAll(scratch, "bag");
        foreach (var (file, form) in new[] { ("x.tar", SubmissionForm.Tar), ("x.tar.gz", SubmissionForm.TarGzip), ("x.zip", SubmissionForm.Zip) })
        {
            using var submission = Read(scratch.Source(file, form) with { IsBagDemanded = false }, out var findings);

            Assert.False(submission!.IsBag);
            Assert.Equal(["BAG-009", "BAG-010", "BAG-014", "BAG-026"], findings.Select(f => f.Code).Order(StringComparer.Ordinal));
            Assert.All(findings, f => Assert.Equal(Severity.Warning, f.Severity));
            Assert.Null(Read(scratch.Source(file), out _));
        }
    }

    [Fact]
    public void A_container_that_changes_while_it_is_read_is_noticed()
    {
        using var scratch = new Scratch();
        scratch.Write("x.tar", new HandMadeTar().Add("a", new byte[100_000]).End());
        using var submission = scratch.Open("x.tar", out _);
        using (var file = File.OpenWrite(Path.Combine(scratch.Path, "x.tar")))
        {
            file.SetLength(50_000);
        }

        Assert.Equal("SIP-010", Assert.Throws<ContentException>(() => submission!.Entries.First().OpenRead().CopyTo(Stream.Null)).Finding.Code);
        Assert.Equal("SIP-010", submission!.CheckUnchanged()!.Code);
    }

    [Fact]
    public void A_million_entries_cost_less_than_a_hundred_bytes_each()
    {
        const int Count = 200_000;
        var table = new EntryTable(null);
        using var pass = ContainerPass.Open(new Entries(Count), ContainerKind.Tar, "x.tar", ContainerLimits.Default, []);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while (pass.MoveNext())
        {
            _ = table.Add(pass);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        Assert.Equal(Count, table.Count);
        Assert.All(Enumerable.Range(0, Count), row => Assert.Equal($"folder/{(row + 1) / 1000}/file-{row + 1}.txt", table.EntryNameOf(row).Display));
        Assert.True(each < 80, $"{each} bytes for each entry");
        GC.KeepAlive(table);
    }

    private static Submission? Read(SubmissionSource source, out List<Finding> findings)
    {
        findings = [];
        var submission = Submission.Open(source, findings);
        if (submission is not { IsStreamed: true })
        {
            return submission;
        }

        foreach (var entry in submission.ReadThrough(findings))
        {
            using var content = new MemoryStream();
            using var stream = entry.OpenRead();
            stream.CopyTo(content);
            submission.Note(entry, Digest.Of(content.ToArray()), content.Length);
        }

        submission.Conclude(findings);
        return findings.Exists(f => f.Severity == Severity.Error) ? null : submission;
    }

    private static List<(string, EntryKind, Digest?)> Describe(Submission submission) =>
        [.. submission.Entries.Select(e => (e.Name.Display, e.Kind, e.Kind == EntryKind.Folder ? null : e.Content ?? DigestOf(e)))];

    private static Digest? DigestOf(SubmissionEntry entry)
    {
        using var stream = entry.OpenRead();
        return new Digest(SHA256.HashData(stream));
    }

    private static void WriteBag(Scratch scratch, string folder, string algorithm, params (string Path, string Content)[] files)
    {
        var lines = new StringBuilder();
        foreach (var (path, content) in files)
        {
            scratch.Write($"{folder}/data/{path}", content);
            using var meter = DigestAlgorithm.Find(algorithm)!.Begin();
            meter.Append(Encoding.UTF8.GetBytes(content));
            lines.Append(Convert.ToHexStringLower(meter.Finish())).Append("  data/").Append(path).Append('\n');
        }

        scratch.Write(folder + "/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        scratch.Write(folder + "/bag-info.txt", $"External-Identifier: case-7\nPayload-Oxum: {files.Sum(f => Encoding.UTF8.GetByteCount(f.Content))}.{files.Length}\n");
        scratch.Write($"{folder}/manifest-{algorithm}.txt", lines.ToString());
    }

    private static void PackAll(Scratch scratch, string folder)
    {
        Run(scratch.Path, "tar", "-cf", "x.tar", "-C", folder, ".");
        var tar = File.ReadAllBytes(Path.Combine(scratch.Path, "x.tar"));
        scratch.Write("x.tar.gz", UnpackedStreamTests.Pack(ContainerKind.Gzip, tar));
        scratch.Write("x.tgz", UnpackedStreamTests.Pack(ContainerKind.Gzip, tar));
        scratch.Write("x.tar.zst", UnpackedStreamTests.Pack(ContainerKind.Zstd, tar));
        File.Delete(Path.Combine(scratch.Path, "x.zip"));
        System.IO.Compression.ZipFile.CreateFromDirectory(Path.Combine(scratch.Path, folder), Path.Combine(scratch.Path, "x.zip"));
    }

    private static void Run(string folder, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>A tar of empty files that is made while it is read.</summary>
    private sealed class Entries(int count) : ForwardStream
    {
        private int _made;

        public override int Read(Span<byte> buffer)
        {
            if (_made > count)
            {
                return 0;
            }

            var block = _made++ == count ? new byte[1024] : new HandMadeTar().Add($"folder/{_made / 1000}/file-{_made}.txt").End(0);
            block.CopyTo(buffer);
            return block.Length;
        }
    }
}
