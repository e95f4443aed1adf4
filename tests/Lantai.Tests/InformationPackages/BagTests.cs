using System.Security.Cryptography;
using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class BagTests : IDisposable
{
    private const string Declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    private const string OldDeclaration = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_bag_that_was_written_here_is_valid_in_a_folder_and_in_a_zip()
    {
        var names = new[] { "data/a.txt", "data/100%25/b\nc.txt", "data/申请.txt" };
        using (var folder = ByteFolder.Create(Path.Combine(_scratch.Path, "outer/bag")))
        {
            var digests = names.Select(n => (EntryName.OfText(n), Put(folder, n, s => s.Write("12345"u8)))).ToList();
            (EntryName, Digest)[] tags =
            [
                Tag(folder, "bagit.txt", BagWriter.WriteDeclaration),
                Tag(folder, "bag-info.txt", s => BagWriter.WriteMetadata(
                    s, [new("External-Identifier", "case 7"), new("Payload-Oxum", BagWriter.MakeOxum(15, 3)), new("Note", "one\ntwo")])),
                Tag(folder, "manifest-sha256.txt", s => BagWriter.WriteManifest(s, digests)),
            ];
            _ = Put(folder, "tagmanifest-sha256.txt", s => BagWriter.WriteManifest(s, tags));
        }

        System.IO.Compression.ZipFile.CreateFromDirectory(Path.Combine(_scratch.Path, "outer"), Path.Combine(_scratch.Path, "outer.zip"));

        Assert.Empty(BagValidation.Validate(_scratch.Source("outer/bag")));
        Assert.Empty(BagValidation.Validate(_scratch.Source("outer.zip")));
        using var submission = _scratch.Open("outer.zip", out _);
        Assert.True(submission!.IsBag);
        Assert.Equal("case 7", submission.DefaultId);
        Assert.Equal(7, submission.Entries.Count());
        Assert.Contains(submission.BagMetadata, f => f is { Key: "Note", Value: "one two" });
        Assert.All(
            submission.Entries.Where(e => e.Name.Display.StartsWith("bag/data/", StringComparison.Ordinal)),
            e => Assert.Equal("sha256", Assert.Single(e.Declared).Algorithm.Name));
    }

    [Fact]
    public void A_flipped_byte_in_the_payload_is_found()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/data/a", "xbc");

        Expect("BAG-022");
    }

    [Fact]
    public void A_listed_file_that_is_missing_is_refused()
    {
        MakeBag(Declaration, "data/a", "data/b");
        File.Delete(Path.Combine(_scratch.Path, "bag/data/b"));

        Expect("BAG-009");
    }

    [Fact]
    public void A_file_still_to_be_fetched_is_refused()
    {
        MakeBag(Declaration, "data/a", "data/b");
        File.Delete(Path.Combine(_scratch.Path, "bag/data/b"));
        _ = _scratch.Write("bag/fetch.txt", "https://example.org/b 3 data/b\n");

        Expect("BAG-013");
    }

    [Fact]
    public void A_payload_file_nobody_lists_is_refused()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/data/extra", "x");

        Expect("BAG-010");
    }

    [Theory]
    [InlineData(Declaration, true)]
    [InlineData(OldDeclaration, false)]
    public void A_file_left_out_of_one_of_two_manifests_is_refused_since_1_0(string declaration, bool refused)
    {
        MakeBag(declaration, "data/a", "data/b");
        _ = _scratch.Write("bag/manifest-md5.txt", $"{Convert.ToHexStringLower(MD5.HashData("abc"u8))}  data/a\n");

        Assert.Equal(refused ? ["BAG-010"] : [], BagValidation.Validate(_scratch.Source("bag")).Select(f => f.Code));
    }

    [Theory]
    [InlineData(Declaration, true, Severity.Error, "BAG-012")]
    [InlineData(OldDeclaration, true, Severity.Warning, "BAG-012")]
    [InlineData(OldDeclaration, false, Severity.Error, "BAG-011")]
    public void A_path_listed_twice_is_refused_or_reported(string declaration, bool same, Severity severity, string code)
    {
        MakeBag(declaration, "data/a");
        File.AppendAllText(Path.Combine(_scratch.Path, "bag/manifest-sha256.txt"), $"{Digest.Of(same ? "abc"u8 : "abd"u8)}  data/a\n");

        Assert.Equal(severity, Expect(code).Severity);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0123  data/a")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000  data/a")]
    public void A_line_that_is_no_entry_is_refused(string line)
    {
        MakeBag(Declaration, "data/a");
        File.AppendAllText(Path.Combine(_scratch.Path, "bag/manifest-sha256.txt"), line + "\n");

        Expect("BAG-006");
    }

    [Fact]
    public void An_encoding_nobody_knows_is_refused()
    {
        MakeBag("BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON-8\n", "data/a");

        Expect("BAG-003");
    }

    [Fact]
    public void A_tag_file_in_another_encoding_is_refused()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/bag-info.txt", [0x41, 0x3A, 0xFF, 0xFE]);

        Expect("BAG-007");
    }

    [Fact]
    public void A_line_without_end_costs_bounded_memory()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/bag-info.txt", new string('x', 1 << 20));

        Expect("BAG-007");
    }

    [Fact]
    public void A_bag_without_a_known_manifest_is_refused()
    {
        MakeBag(Declaration, "data/a");
        File.Move(Path.Combine(_scratch.Path, "bag/manifest-sha256.txt"), Path.Combine(_scratch.Path, "bag/manifest-whirlpool.txt"));

        Assert.Equal(["BAG-005", "BAG-004"], BagValidation.Validate(_scratch.Source("bag")).Select(f => f.Code));
    }

    [Theory]
    [InlineData("Payload-Oxum: 6.2", null)]
    [InlineData("payload-oxum: 7.2", "BAG-014")]
    [InlineData("Payload-Oxum: 6.3", "BAG-014")]
    [InlineData("Payload-Oxum: many", "BAG-015")]
    public void An_oxum_that_is_wrong_is_refused(string line, string? code)
    {
        MakeBag(Declaration, "data/a", "data/b");
        _ = _scratch.Write("bag/bag-info.txt", line);

        Assert.Equal(code is null ? [] : [code], BagValidation.Validate(_scratch.Source("bag")).Select(f => f.Code));
    }

    [Fact]
    public void Metadata_is_read_with_its_continuation_lines()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/bag-info.txt", "external-identifier:  x\r\n\ty \r\nno label\r\nA: b\r\n");

        using var submission = _scratch.Open("bag", out var findings);

        Assert.Equal("BAG-020", Assert.Single(findings).Code);
        Assert.Equal("x y", submission!.DefaultId);
    }

    [Fact]
    public void A_byte_order_mark_in_a_manifest_is_reported()
    {
        MakeBag(Declaration, "data/a");
        _ = _scratch.Write("bag/manifest-sha256.txt", $"\uFEFF{Digest.Of("abc"u8)}  data/a\n");

        Assert.Equal(Severity.Warning, Expect("BAG-019").Severity);
    }

    [Fact]
    public void A_bag_without_payload_folder_is_refused()
    {
        _ = _scratch.Write("bag/bagit.txt", Declaration);
        _ = _scratch.Write("bag/manifest-sha256.txt", "");

        Expect("BAG-021");
        _ = Directory.CreateDirectory(Path.Combine(_scratch.Path, "bag/data"));
        Assert.Empty(BagValidation.Validate(_scratch.Source("bag")));
    }

    [Fact]
    public void Loose_blanks_in_an_old_declaration_are_reported()
    {
        MakeBag("BagIt-Version :  0.97\nTag-File-Character-Encoding: UTF-8\n", "data/a");

        Assert.Equal(Severity.Warning, Expect("BAG-025").Severity);
    }

    [Fact]
    public void What_has_no_declaration_is_no_bag()
    {
        _ = _scratch.Write("bag/a", "x");

        Expect("BAG-024");
    }

    [Fact]
    public void A_bag_in_gb18030_finds_its_files_by_their_bytes()
    {
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using (var folder = ByteFolder.Create(Path.Combine(_scratch.Path, "bag")))
        {
            using (var file = folder.CreateFile(EntryName.OfBytes(gb18030.GetBytes("data/身份证"))))
            {
                file.Write("abc"u8);
            }

            _ = Put(folder, "data/照片", s => s.Write("abc"u8));
        }

        _ = _scratch.Write("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: GB18030\n");
        _ = _scratch.Write("bag/manifest-sha256.txt", gb18030.GetBytes($"{Digest.Of("abc"u8)}  data/身份证\n{Digest.Of("abc"u8)}  data/照片\n"));

        var findings = BagValidation.Validate(_scratch.Source("bag"));

        Assert.Equal("SIP-005", Assert.Single(findings).Code);
        using var submission = _scratch.Open("bag", out _);
        Assert.Equal(2, submission!.Entries.Count(e => e.Declared.Count == 1));
    }

    [Theory]
    [InlineData("md5", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("sha-1", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("SHA224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("sha3-256", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")]
    public void Algorithms_are_found_by_any_spelling_and_compute_the_published_values(string name, string expected)
    {
        var algorithm = DigestAlgorithm.Find(name);
        Assert.SkipWhen(algorithm is null && name.StartsWith("sha3", StringComparison.Ordinal), "This system has no SHA-3.");

        using var meter = algorithm!.Begin();
        meter.Append("a"u8);
        meter.Append("bc"u8);

        Assert.Equal(expected, Convert.ToHexStringLower(meter.Finish()));
    }

    [Fact]
    public void Sha224_of_two_blocks_is_the_published_value()
    {
        using var meter = DigestAlgorithm.Find("sha224")!.Begin();
        meter.Append("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"u8);

        Assert.Equal("75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525", Convert.ToHexStringLower(meter.Finish()));
    }

    private void MakeBag(string declaration, params string[] files)
    {
        _ = _scratch.Write("bag/bagit.txt", declaration);
        foreach (var file in files)
        {
            _ = _scratch.Write("bag/" + file, "abc");
        }

        _ = _scratch.Write("bag/manifest-sha256.txt", string.Concat(files.Select(f => $"{Digest.Of("abc"u8)}  {f}\n")));
    }

    private Finding Expect(string code) => Assert.Single(BagValidation.Validate(_scratch.Source("bag")), f => f.Code == code);

    private static (EntryName Name, Digest Digest) Tag(ByteFolder folder, string name, Action<Stream> write) =>
        (EntryName.OfText(name), Put(folder, name, write));

    private static Digest Put(ByteFolder folder, string name, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        using var file = folder.CreateFile(EntryName.OfText(name));
        file.Write(content.ToArray());
        return Digest.Of(content.ToArray());
    }
}
