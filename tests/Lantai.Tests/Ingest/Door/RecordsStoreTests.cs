using System.IO.Compression;
using System.Text.RegularExpressions;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Tests.EndToEnd;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Ingest.Door;

/// <summary>A store with a records profile has one way in.</summary>
public sealed class RecordsStoreTests
{
    [Fact]
    public void The_profile_stands_in_the_descriptor_for_ever()
    {
        using var shop = new Workshop().WithStore("--records", "cn");

        Assert.True(StoreDescriptor.TryRead(File.ReadAllBytes(Path.Combine(shop.Store, "lantai.json")), out var descriptor));
        Assert.Equal("cn", descriptor.Records);
        Assert.Equal(0, shop.Run("verify").Code);
        Assert.Equal(2, shop.Run("init", shop.At("other"), "--records", "uk").Code);
    }

    [Fact]
    public void Each_way_in_is_shut_but_the_door()
    {
        using var shop = new Workshop().WithStore("--records", "cn");
        _ = shop.Write("sips/绝密卷/决定书.txt", "内容甲一二三");
        _ = shop.Write("sips/单件.txt", "内容乙");
        ZipFile.CreateFromDirectory(shop.At("sips/绝密卷"), shop.At("sips/包.zip"));
        var before = Snapshot(shop.Store);

        string[][] ways =
        [
            ["ingest", shop.At("sips/绝密卷")], ["ingest", shop.At("sips/单件.txt")], ["ingest", shop.At("sips/包.zip")],
            ["ingest", shop.At("sips/包.zip"), "--container", "file"], ["ingest", "--batch", shop.At("sips")],
        ];
        Assert.All(ways, way =>
        {
            var ended = shop.Run(way);

            Assert.Equal(1, ended.Code);
            Assert.Contains("ING-020", ended.Out + ended.Err, StringComparison.Ordinal);
        });
        Assert.Equal(before, Snapshot(shop.Store)); // not even a refusal: its words would hold a name that nobody has looked at
    }

    [Fact]
    public async Task A_library_call_and_a_stream_are_refused_unopened()
    {
        using var place = new RepositoryPlace(records: StoreDescriptor.ChineseRecords);
        using var repository = place.Open();
        var folder = place.Folder("件", ("一.txt", "甲"));
        using (var archive = new System.Formats.Tar.TarWriter(new GZipStream(File.Create(folder + ".tar.gz"), CompressionLevel.Fastest)))
        {
            archive.WriteEntry(Path.Combine(folder, "一.txt"), "一.txt");
        }

        var size = repository.Vault.Ledger.Size;
        foreach (var path in new[] { folder, folder + ".tar.gz", Path.Combine(folder, "不存在") })
        {
            var outcome = await repository.Ingest.ExecuteAsync(Request(path), RepositoryPlace.Actor, null, default);

            var refused = Assert.IsType<IngestOutcome.Refused>(outcome);
            Assert.Null(refused.Sequence);
            Assert.Equal("ING-020", Assert.Single(refused.Findings).Code);
        }

        Assert.Equal(size, repository.Vault.Ledger.Size);
    }

    [Fact]
    public async Task What_changed_since_it_was_inspected_is_not_kept()
    {
        using var place = new RepositoryPlace(records: StoreDescriptor.ChineseRecords);
        using var repository = place.Open();
        var folder = place.Folder("件", ("一.txt", "甲"), ("二.txt", "乙"));
        var seen = new Dictionary<string, Digest> { ["一.txt"] = Digest.Of("甲"u8), ["二.txt"] = Digest.Of("乙"u8) };
        var request = Request(folder) with { Admission = new Admission(seen) };
        File.WriteAllText(Path.Combine(folder, "二.txt"), "丙");
        await Changed("二.txt");
        File.WriteAllText(Path.Combine(folder, "二.txt"), "乙");
        File.WriteAllText(Path.Combine(folder, "绝密.txt"), "丁");
        await Changed("?");
        File.Delete(Path.Combine(folder, "绝密.txt"));
        File.Delete(Path.Combine(folder, "二.txt"));
        await Changed("*");
        File.WriteAllText(Path.Combine(folder, "二.txt"), "乙");

        Assert.IsType<IngestOutcome.Kept>(await repository.Ingest.ExecuteAsync(request, RepositoryPlace.Actor, null, default));

        async Task Changed(string path)
        {
            var size = repository.Vault.Ledger.Size;
            var refused = Assert.IsType<IngestOutcome.Refused>(await repository.Ingest.ExecuteAsync(request, RepositoryPlace.Actor, null, default));
            var finding = Assert.Single(refused.Findings);
            Assert.Equal(("ING-021", path), (finding.Code, finding.Arguments.First(a => a.Key == "path").Value));
            Assert.Equal(size, repository.Vault.Ledger.Size);
        }
    }

    [Fact]
    public async Task What_the_archive_imports_for_itself_is_admitted_when_it_is_what_it_says()
    {
        using var place = new RepositoryPlace(records: StoreDescriptor.ChineseRecords);
        using var repository = place.Open();
        var folder = place.Folder("格式", ("一.txt", "这不是特征文件"));

        Assert.IsType<IngestOutcome.Refused>(await repository.ImportFormatsAsync(folder, RepositoryPlace.Actor, default));
        File.Delete(Path.Combine(folder, "一.txt"));
        File.WriteAllText(Path.Combine(folder, "signatures.xml"), Registry);
        Assert.IsType<IngestOutcome.Kept>(await repository.ImportFormatsAsync(folder, RepositoryPlace.Actor, default));
    }

    [Fact]
    public async Task A_package_has_no_file_where_the_report_goes()
    {
        using var place = new RepositoryPlace(records: StoreDescriptor.ChineseRecords);
        using var repository = place.Open();
        var folder = place.Folder("件", ("一.txt", "甲"), ("报告.xml", "乙"));
        var seen = new Dictionary<string, Digest> { ["一.txt"] = Digest.Of("甲"u8), ["报告.xml"] = Digest.Of("乙"u8) };
        var request = Request(folder) with { Admission = new Admission(seen, [new AddedFile(EntryName.OfText("报告.xml"), ManifestEntry.Inspection, [1])]) };

        var refused = Assert.IsType<IngestOutcome.Refused>(await repository.Ingest.ExecuteAsync(request, RepositoryPlace.Actor, null, default));

        Assert.Equal("ING-023", Assert.Single(refused.Findings).Code);
    }

    [Fact]
    public void Nobody_but_the_ingest_run_begins_a_deposit()
    {
        var begins = new Regex(@"(?i)\bvault\s*\.\s*Begin\s*\(");

        Assert.Equal(["src/Ingest/IngestRun.cs"], Tree.Files("src", "*.cs").Where(f => begins.IsMatch(SourceText.CodeOnly(Tree.Read(f)))));
    }

    private const string Registry =
        """
        <FFSignatureFile Version="7" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile"><InternalSignatureCollection>
        <InternalSignature ID="1" Specificity="Specific"><ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0">
        <Sequence>5A5A5A01</Sequence></SubSequence></ByteSequence></InternalSignature></InternalSignatureCollection>
        <FileFormatCollection><FileFormat ID="1" Name="Zed" PUID="x-zed/1"><InternalSignatureID>1</InternalSignatureID><Extension>zed</Extension></FileFormat></FileFormatCollection></FFSignatureFile>
        """;

    private static IngestRequest Request(string path) => new(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default));

    private static string Snapshot(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/run/", StringComparison.Ordinal) && !f.Contains("/index/", StringComparison.Ordinal) && !f.Contains("/catalogue/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(f => f + " " + Digest.Of(File.ReadAllBytes(f))));
}
