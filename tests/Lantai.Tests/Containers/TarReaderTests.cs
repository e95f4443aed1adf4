using System.Diagnostics;
using System.Text;
using Lantai.Containers;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Containers;

public sealed class TarReaderTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("兰台 keeps what it was given. ", 50)));

    [Theory]
    [InlineData("v7")]
    [InlineData("ustar")]
    [InlineData("pax")]
    [InlineData("gnu")]
    public void What_tar_writes_is_read_back(string format)
    {
        using var scratch = new Scratch();
        scratch.Write("case/a.txt", Text);
        scratch.Write("case/empty", "");
        scratch.Write("case/材料/b.txt", "b");
        var deep = format == "v7" ? "case/short" : "case/" + string.Join('/', Enumerable.Repeat("a-rather-long-name", format == "ustar" ? 10 : 40));
        scratch.Write(deep, "deep");
        Directory.CreateDirectory(Path.Combine(scratch.Path, "case/none"));
        Run("tar", "-C", scratch.Path, "--format=" + format, "-cf", Path.Combine(scratch.Path, "x.tar"), "./case");

        var read = Read(File.ReadAllBytes(Path.Combine(scratch.Path, "x.tar")), out var findings, out var isWhole);

        Assert.Empty(findings);
        Assert.True(isWhole);
        Assert.Equal(Text, read["case/a.txt"]);
        Assert.Equal("deep"u8.ToArray(), read[deep]);
        Assert.Equal("b"u8.ToArray(), read["case/材料/b.txt"]);
        Assert.Null(read["case/none"]);
        Assert.Empty(read["case/empty"]!);
        Assert.DoesNotContain("", read.Keys);
    }

    [Fact]
    public void Whatever_byte_stands_where_a_check_sum_begins_a_file_is_no_tar_or_one_and_nothing_is_thrown()
    {
        var block = new byte[512];
        new Random(1).NextBytes(block);
        block[0] = (byte)'x';

        for (var first = 0; first < 256; first++)
        {
            block[148] = (byte)first;
            Assert.Equal(ContainerKind.None, ContainerDetection.FindSingle(block));
        }
    }

    [Fact]
    public void A_check_sum_in_base_256_is_read()
    {
        var tar = new HandMadeTar().Add("a", [1]).End();
        var sum = tar.Take(512).Select((b, i) => i is >= 148 and < 156 ? 32 : b).Sum();
        new byte[] { 0x80, 0, 0, 0, 0, 0, (byte)(sum >> 8), (byte)sum }.CopyTo(tar, 148);

        Assert.Equal(ContainerKind.Tar, ContainerDetection.FindSingle(tar));
    }

    [Fact]
    public void Names_in_gb18030_come_back_byte_for_byte()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("申请表.txt");

        using var pass = Open(new HandMadeTar().Add("", Text, rawName: gbk).End(), [], ContainerLimits.Default);

        Assert.True(pass.MoveNext());
        Assert.Equal(gbk, pass.Name.ToArray());
    }

    [Fact]
    public void Extended_headers_say_path_size_and_time()
    {
        var tar = new HandMadeTar()
            .Pax('g', ("mtime", "1000000000.5"), ("comment", "for all"))
            .Pax('x', ("path", "a/long/名称"), ("size", "5"))
            .Add("short", [1, 2, 3, 4, 5], size: "00000000000")
            .Add("next", [9])
            .End();

        using var pass = Open(tar, [], ContainerLimits.Default);

        // The block's size says nothing; the record does, for what is skipped as well.
        Assert.True(pass.MoveNext());
        Assert.Equal("a/long/名称", Encoding.UTF8.GetString(pass.Name));
        Assert.Equal(5, pass.Length);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000_000_500), pass.Modified);
        Assert.Equal([1, 2, 3, 4, 5], ReadAll(pass));
        Assert.True(pass.MoveNext());
        Assert.Equal("next", Encoding.UTF8.GetString(pass.Name));
        Assert.False(pass.MoveNext());
        Assert.True(pass.IsWhole);
    }

    [Fact]
    public void Wide_numbers_long_names_prefixes_and_old_headers_are_read()
    {
        var tar = new HandMadeTar()
            .Add("wide", [7], spoil: b => { b.AsSpan(124, 12).Clear(); (b[124], b[135]) = (0x80, 1); })
            .Add("././@LongLink", Encoding.UTF8.GetBytes(new string('n', 300) + "\0"), 'L', "ustar  \0")
            .Add("cut", [8], magic: "ustar  \0", prefix: "times of gnu, no prefix")
            .Add("file", [9], prefix: "folder")
            .Add("old/", type: '\0', magic: "")
            .Add("old/file", [1], type: '\0', magic: "")
            .End();

        var read = Read(tar, out var findings, out var isWhole);

        Assert.Empty(findings);
        Assert.True(isWhole);
        Assert.Equal(["wide", new string('n', 300), "folder/file", "old", "old/file"], read.Keys);
        Assert.Null(read["old"]);
    }

    [Theory]
    [InlineData('1', "hard-link")]
    [InlineData('2', "symbolic-link")]
    [InlineData('3', "character-device")]
    [InlineData('4', "block-device")]
    [InlineData('6', "fifo")]
    [InlineData('S', "sparse-file")]
    [InlineData('M', "part-of-another-file")]
    [InlineData('D', "incremental-listing")]
    [InlineData('Z', "type-Z")]
    public void Links_devices_and_sparse_files_are_refused(char type, string called)
    {
        var read = Read(new HandMadeTar().Add("a", [1]).Add("odd", type: type).Add("b", [2]).End(), out var findings, out var isWhole);

        Assert.Equal("TAR-005 x.tar entry=odd type=" + called, Assert.Single(findings).ToString());
        Assert.False(isWhole);
        Assert.Equal(["a", "b"], read.Keys);
    }

    [Fact]
    public void A_sparse_file_of_tar_is_refused()
    {
        using var scratch = new Scratch();
        foreach (var format in new[] { "gnu", "pax" })
        {
            using (var file = File.Create(Path.Combine(scratch.Path, "holes")))
            {
                file.SetLength(4 << 20);
                file.Position = 2 << 20;
                file.WriteByte(1);
            }

            Run("tar", "-C", scratch.Path, "--sparse", "--format=" + format, "-cf", Path.Combine(scratch.Path, "x.tar"), "holes");

            _ = Read(File.ReadAllBytes(Path.Combine(scratch.Path, "x.tar")), out var findings, out _);

            Assert.Contains(findings, f => f.Code == "TAR-005" && f.ToString().Contains("sparse-file", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_tar_cut_off_at_any_block_is_refused()
    {
        var tar = new HandMadeTar().Add("a", Text).Pax('x', ("path", "b")).Add("short", [1]).Add("folder/", type: '5').End();
        for (var length = 0; length < tar.Length; length += 256)
        {
            _ = Read(tar[..length], out var findings, out var isWhole);
            _ = Read(tar[..length], out var streamed, out var isWholeStream, isSeekable: false);

            Assert.False(isWhole || isWholeStream, $"{length} of {tar.Length}");
            Assert.Contains(findings, f => f.Severity == Severity.Error);
            Assert.Contains(streamed, f => f.Severity == Severity.Error);
        }
    }

    [Fact]
    public void Any_flipped_byte_of_a_header_is_noticed()
    {
        var tar = new HandMadeTar().Add("a", [1]).Add("b", [2]).End();
        for (var at = 1024; at < 1536; at++)
        {
            var broken = (byte[])tar.Clone();
            broken[at] ^= 1;

            // The checksum is read up to its NUL; the blank behind it counts for nothing.
            _ = Read(broken, out var findings, out _);

            Assert.True(at is >= 1024 + 154 and < 1024 + 156 || findings.Exists(f => f.Code is "TAR-001"), $"byte {at}");
        }
    }

    [Theory]
    [InlineData("../a", "parent")]
    [InlineData("a/../../b", "parent")]
    [InlineData("..\\a", "parent")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData(".//etc/passwd", "absolute")]
    [InlineData("C:\\a", "drive")]
    [InlineData("a/./b", "dot")]
    [InlineData("a//b", "empty-segment")]
    [InlineData("", "empty")]
    public void A_path_that_leaves_its_folder_is_refused(string path, string reason)
    {
        var read = Read(new HandMadeTar().Add(path, [1]).Add("good", [2]).End(), out var findings, out var isWhole);

        var finding = Assert.Single(findings);
        Assert.Equal(("CON-010", reason), (finding.Code, finding.Arguments[0].Value));
        Assert.False(isWhole);
        Assert.Equal(["good"], read.Keys);
    }

    [Theory]
    [InlineData("0000000000x")]
    [InlineData("-0000000001")]
    public void A_size_that_is_no_number_is_refused(string size)
    {
        _ = Read(new HandMadeTar().Add("a", [1], size: size).End(), out var findings, out _);
        _ = Read(new HandMadeTar().Add("a", [1], spoil: b => b.AsSpan(124, 12).Fill(0xFF)).End(), out var negative, out _);

        Assert.Equal("TAR-006", Assert.Single(findings).Code);
        Assert.Equal("TAR-006", Assert.Single(negative).Code);
    }

    [Theory]
    [InlineData("77777777777")]
    [InlineData("00000010000")]
    public void A_lying_length_is_refused(string size)
    {
        _ = Read(new HandMadeTar().Add("a", [1], size: size).End(), out var findings, out var isWhole);

        Assert.Equal("TAR-002", Assert.Single(findings).Code);
        Assert.False(isWhole);
    }

    [Theory]
    [InlineData("5 path=a\n")]
    [InlineData("99 path=a\n")]
    [InlineData("x")]
    [InlineData("11 size=-1\n")]
    [InlineData("-9 path=ab\n")]
    public void A_broken_extended_header_is_refused(string records)
    {
        _ = Read(new HandMadeTar().Add("pax", Encoding.ASCII.GetBytes(records), 'x').Add("a", [1]).End(), out var findings, out _);

        Assert.Equal("TAR-007", Assert.Single(findings).Code);
    }

    [Fact]
    public void An_extended_header_of_a_gigabyte_is_refused()
    {
        _ = Read(new HandMadeTar().Add("pax", [1], 'x', size: "10000000000").End(), out var findings, out _);

        Assert.Equal("TAR-007", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_folder_with_content_is_refused()
    {
        _ = Read(new HandMadeTar().Add("a", [1], '5').End(), out var findings, out _);

        Assert.Equal("TAR-008", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_volume_label_is_passed_over_and_said()
    {
        var read = Read(new HandMadeTar().Add("label", type: 'V').Add("a", [1]).End(), out var findings, out var isWhole);

        Assert.Equal(("TAR-009", Severity.Warning), (Assert.Single(findings).Code, findings[0].Severity));
        Assert.True(isWhole);
        Assert.Equal(["a"], read.Keys);
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused()
    {
        var tar = new HandMadeTar().Add("a", [1]).End(20);

        _ = Read(tar, out var none, out var isWhole);
        _ = Read([.. tar, .. new HandMadeTar().Add("b", [1]).End()], out var findings, out _);

        Assert.Empty(none);
        Assert.True(isWhole);
        Assert.Equal("TAR-004", Assert.Single(findings).Code);
    }

    [Fact]
    public void Limits_stop_a_tar()
    {
        var tar = new HandMadeTar().Add("a/b/c", new byte[100]).Add("b", new byte[100]).End();
        foreach (var (limits, code) in new[]
        {
            (new ContainerLimits { MaxEntries = 1 }, "CON-003"), (new ContainerLimits { MaxNameBytes = 4 }, "CON-004"),
            (new ContainerLimits { MaxTotalBytes = 199 }, "CON-005"), (new ContainerLimits { MaxLevels = 2 }, "CON-015"),
            (new ContainerLimits { MaxEntries = 2, MaxNameBytes = 5, MaxTotalBytes = 200, MaxLevels = 3 }, ""),
        })
        {
            var findings = new List<Finding>();
            using var pass = Open(tar, findings, limits);
            while (pass.MoveNext())
            {
                _ = ReadAll(pass);
            }

            Assert.Equal(code, findings.Select(f => f.Code).SingleOrDefault(""));
            Assert.Equal(code.Length == 0, pass.IsWhole);
        }
    }

    [Fact]
    public void A_thousand_faults_cost_a_bounded_list()
    {
        var tar = new HandMadeTar();
        for (var i = 0; i < 1000; i++)
        {
            tar.Add("../" + i);
        }

        _ = Read(tar.End(), out var findings, out _);

        Assert.Equal(101, findings.Count);
        Assert.Equal("CON-011 x.tar count=900", findings[^1].ToString());
    }

    [Fact]
    public void A_content_that_was_passed_over_can_no_longer_be_read()
    {
        using var pass = Open(new HandMadeTar().Add("a", [1]).Add("b", [2]).End(), [], ContainerLimits.Default);
        Assert.True(pass.MoveNext());
        var first = pass.OpenContent();
        Assert.True(pass.MoveNext());

        Assert.Throws<InvalidOperationException>(() => first.ReadByte());
        Assert.Equal([2], ReadAll(pass));
    }

    private static ContainerPass Open(byte[] tar, List<Finding> findings, ContainerLimits limits) =>
        ContainerPass.Open(new MemoryStream(tar), ContainerKind.Tar, "x.tar", limits, findings);

    private static Dictionary<string, byte[]?> Read(byte[] tar, out List<Finding> findings, out bool isWhole, bool isSeekable = true)
    {
        var read = new Dictionary<string, byte[]?>();
        findings = [];
        var stream = isSeekable ? new MemoryStream(tar) : (Stream)new SliceStream(new MemoryStream(tar), new Lock(), 0, tar.Length);
        using var pass = ContainerPass.Open(stream, ContainerKind.Tar, "x.tar", ContainerLimits.Default, findings);
        while (pass.MoveNext())
        {
            var name = Encoding.UTF8.GetString(pass.Name);
            try
            {
                read[name] = pass.IsFolder ? null : ReadAll(pass);
            }
            catch (ContentException bad)
            {
                findings.Add(bad.Finding);
            }
        }

        isWhole = pass.IsWhole;
        return read;
    }

    private static byte[] ReadAll(ContainerPass pass)
    {
        using var content = new MemoryStream();
        pass.OpenContent().CopyTo(content);
        return content.ToArray();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
