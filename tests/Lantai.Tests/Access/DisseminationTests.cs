using System.IO.Compression;
using System.Text;
using Lantai.Access;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Tests.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Access;

public sealed class DisseminationTests : IDisposable
{
    private static readonly DateTimeOffset Modified = new(2019, 6, 5, 4, 3, 2, TimeSpan.Zero);

    private readonly DipBench _bench = new(Sample());

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task A_complete_package_of_each_form_is_proven(DisseminationForm form)
    {
        var outcome = await _bench.Make(form, "dip");

        Assert.True(outcome.IsMade);
        Assert.Equal(ProofScope.Complete, outcome.Scope);
        Assert.Equal((_bench.Manifest.Files, _bench.Manifest.Folders, _bench.Manifest.Bytes), (outcome.Files, outcome.Folders, outcome.Bytes));
        var report = _bench.Verify("dip");
        Assert.Empty(report.Findings);
        Assert.Equal(_bench.Manifest.Files, report.Files);
        Assert.Equal([_bench["dip"]], Directory.GetFileSystemEntries(_bench.Folder));
    }

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task A_partial_package_of_each_form_is_proven(DisseminationForm form)
    {
        var outcome = await _bench.Make(form, "dip", ["docs/*.txt", "档案.txt"]);

        Assert.Equal((ProofScope.Partial, 2L), (outcome.Scope, outcome.Files));
        Assert.Empty(outcome.Findings);
        Assert.Empty(_bench.Verify("dip").Findings);
    }

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task A_partial_package_says_nothing_of_what_is_not_in_it(DisseminationForm form)
    {
        const string Name = "secret-canary-name.txt";
        var secret = "canary content that nobody may guess"u8.ToArray();
        using var bench = new DipBench(Sample().File(EntryName.OfText("docs/" + Name), secret, Modified).Folder("canary-folder"));
        Assert.True((await bench.Make(form, "dip", ["docs/a.txt"])).IsMade);
        Assert.Empty(bench.Verify("dip").Findings);

        if (form == DisseminationForm.Zip)
        {
            await ZipFile.ExtractToDirectoryAsync(bench["dip"], bench["open"]);
        }

        var raw = form == DisseminationForm.Zip ? [.. bench.Raw("dip"), .. bench.Raw("open")] : bench.Raw("dip");
        foreach (var hidden in bench.Version.Entries.Where(e => e.Name.Display != "docs/a.txt"))
        {
            Assert.Equal(-1, raw.AsSpan().IndexOf(hidden.Name.Bytes.Span));
            Assert.Equal(-1, raw.AsSpan().IndexOf(Encoding.UTF8.GetBytes(hidden.Salt)));
            Assert.Equal(-1, raw.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(hidden.Name.Bytes.Span))));
            if (hidden.Content is { } content)
            {
                Assert.Equal(-1, raw.AsSpan().IndexOf(content.ToArray()));
                Assert.Equal(-1, raw.AsSpan().IndexOf(Encoding.ASCII.GetBytes(content.ToString())));
                Assert.Equal(-1, raw.AsSpan().IndexOf(Encoding.ASCII.GetBytes(content.ToString().ToUpperInvariant())));
                Assert.Equal(-1, raw.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(content.ToArray()).TrimEnd('='))));
            }
        }

        Assert.True(raw.AsSpan().IndexOf("docs/a.txt"u8) >= 0);
    }

    [Theory]
    [InlineData(DisseminationForm.Folder, 4)]
    [InlineData(DisseminationForm.Zip, 5)]
    [InlineData(DisseminationForm.Bag, 6)]
    public async Task Names_that_a_form_cannot_hold_lie_elsewhere(DisseminationForm form, int replaced)
    {
        using var bench = new DipBench(new SampleVersion()
            .File("a", "a file where others need a folder").File("a-b", "between").File("a/b", "below")
            .File(new string('长', 100) + ".txt", "too long a segment").File(EntryName.OfBytes([0xFF, 0xFE, (byte)'x']), [1])
            .File("..\\up", "climbs on another system").File(".lantai-names/00000000", "poses").Folder("a/c"));
        var outcome = await bench.Make(form, "dip");

        var remark = Assert.Single(outcome.Findings);
        Assert.Equal(("DIP-008", Severity.Information), (remark.Code, remark.Severity));
        Assert.Empty(bench.Verify("dip").Findings);
        Assert.Equal(replaced.ToString(), remark.Arguments[0].Value);
    }

    [Fact]
    public async Task Bytes_of_a_name_are_kept_in_a_folder()
    {
        using var bench = new DipBench(new SampleVersion().File(EntryName.OfBytes([0xB5, 0xB5, 0xB0, 0xB8]), [1, 2, 3]));
        Assert.Empty((await bench.Make(DisseminationForm.Folder, "dip")).Findings);

        Assert.Empty(bench.Verify("dip").Findings);
        Assert.False(File.Exists(Path.Combine(bench["dip"], "proof/names.jsonl")));
    }

    [Fact]
    public async Task Declared_times_are_kept_in_folder_and_zip()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "dip");
        _ = await _bench.Make(DisseminationForm.Zip, "dip.zip");

        Assert.Equal(Modified.UtcDateTime, File.GetLastWriteTimeUtc(Path.Combine(_bench["dip"], "data/docs/a.txt")));
        using var zip = await ZipFile.OpenReadAsync(_bench["dip.zip"]);
        Assert.Equal(Modified.DateTime, zip.GetEntry("data/docs/a.txt")!.LastWriteTime.DateTime);
        Assert.Equal(1980, zip.GetEntry("data/档案.txt")!.LastWriteTime.Year);
        Assert.NotNull(zip.GetEntry("data/empty/"));
    }

    [Fact]
    public async Task What_exists_is_never_replaced()
    {
        await File.WriteAllTextAsync(_bench["dip"], "mine");

        Assert.Equal(["DIP-001"], (await _bench.Make(DisseminationForm.Zip, "dip")).Findings.Select(f => f.Code));
        Assert.Equal("mine", await File.ReadAllTextAsync(_bench["dip"]));
    }

    [Fact]
    public async Task Patterns_that_choose_nothing_make_nothing() => await Refused("DIP-002", "dip", ["nothing*"]);

    [Fact]
    public async Task A_pattern_that_chooses_nothing_is_reported()
    {
        var outcome = await _bench.Make(DisseminationForm.Folder, "dip", ["docs/a.txt", "nothing", "nothing"]);

        Assert.True(outcome.IsMade);
        Assert.Equal("DIP-003", Assert.Single(outcome.Findings).Code);
    }

    [Fact]
    public async Task A_full_disk_is_said_beforehand() => await Refused("DIP-004", "dip", [], free: 1000);

    [Fact]
    public async Task The_folder_above_must_exist() => await Refused("DIP-005", "none/dip", []);

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task Content_that_differs_never_leaves(DisseminationForm form)
    {
        _bench.Version.Content[_bench.Version.Entries[^1].Content!.Value] = "something else"u8.ToArray();

        await Refused("DIP-007", "dip", [], form: form);
    }

    [Fact]
    public async Task Content_that_is_not_held_makes_nothing()
    {
        _ = _bench.Version.Content.Remove(_bench.Version.Entries[^1].Content!.Value);

        await Refused(Codes.ContentMissing, "dip", []);
    }

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task A_package_that_is_cancelled_leaves_nothing(DisseminationForm form)
    {
        using var bench = new DipBench(Sample().File(EntryName.OfBytes([0x20, 0xFF, (byte)'/', 0xFE]), [1]).File(EntryName.OfBytes([0x20, 0xFF, (byte)'/', 0xFF]), [2]));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Make(form, "dip", progress: (files, _) => { if (files == 3) { stop.Cancel(); } }, cancellation: stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(bench.Folder));
    }

    [Fact]
    public async Task Evidence_of_another_manifest_is_misuse()
    {
        using var other = new DipBench(new SampleVersion().File("x", "y"));
        var request = new DisseminationRequest(Digest.Of(_bench.Manifest.ToBytes()), other.Evidence, other.Log.Origin, DisseminationForm.Folder, [], _bench["dip"]);

        await Assert.ThrowsAsync<ArgumentException>(() => new Dissemination(_bench, TimeProvider.System).MakeAsync(request, null, default));
    }

    [Fact]
    public async Task The_page_is_one_file_that_reaches_nowhere_and_escapes_names()
    {
        using var bench = new DipBench(new SampleVersion().File("<script>alert('1')</script>&.txt", "x").File("a\u202Etxt.exe", "y"));
        _ = await bench.Make(DisseminationForm.Folder, "dip");
        var page = await File.ReadAllTextAsync(Path.Combine(bench["dip"], "proof/index.html"));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        Assert.DoesNotContain("dip.", page.Replace("dip verify", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("{", page[page.IndexOf("</style>", StringComparison.Ordinal)..].Replace(System.Net.WebUtility.HtmlEncode(bench.Evidence.Leaf), "", StringComparison.Ordinal).Replace("\\u{", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains(bench.Manifest.EntriesRoot.ToString(), page, StringComparison.Ordinal);
        Assert.Contains("未证明的内容", page, StringComparison.Ordinal);
        Assert.Contains("What is not proven", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_comes_out_of_a_real_store()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        var (_, kept) = await TestStore.Keep(vault, "unscheduled", ("a.txt", "alpha"u8.ToArray()), ("large.bin", TestStore.Noise(100_000, 1)), ("empty", []));
        var evidence = EvidenceOf(vault, kept.Event);
        var request = new DisseminationRequest(kept.Event.Record!.Manifest!.Value, evidence, vault.Descriptor.Origin, DisseminationForm.Bag, [], _bench["dip"]);

        Assert.Empty((await new Dissemination(new VaultHoldings(vault), store.Time).MakeAsync(request, null, default)).Findings);
        Assert.Empty(DipVerification.Verify(_bench["dip"], store.Key, null, default).Findings);
        Assert.Equal(TestStore.Noise(100_000, 1), await File.ReadAllBytesAsync(Path.Combine(_bench["dip"], "data/large.bin")));

        using var signer = store.Signer();
        var receipt = Receipt.Of(vault.Descriptor.Origin, evidence, IngestionDetail.Read(kept.Event.Detail!.Body)!);
        Assert.Empty(Receipt.Verify(receipt.Sign(signer), store.Key, [], "receipt"));
    }

    private static LedgerEvidence EvidenceOf(Lantai.ArchivalStorage.Vault vault, Lantai.ArchivalStorage.StoredEvent stored)
    {
        var checkpoint = vault.CheckpointOver(stored.Leaf.Sequence);
        var size = vault.Ledger.Checkpoint!.Size;
        return new LedgerEvidence(
            Encoding.UTF8.GetString(stored.LeafBytes), stored.Leaf.Sequence, stored.RecordJson!, stored.Salt!, size,
            vault.Inclusion(stored.Leaf.Sequence, size), checkpoint, vault.StatedVerifierKey, vault.Rotations());
    }

    private static SampleVersion Sample() => new SampleVersion()
        .File("docs/a.txt", "alpha", Modified).File("docs/deep/b.bin", new string('b', 300_000)).File("档案.txt", "gamma").File("zero", "").Folder("empty");

    private async Task Refused(string code, string name, string[] patterns, long free = long.MaxValue, DisseminationForm form = DisseminationForm.Folder)
    {
        var outcome = await _bench.Make(form, name, patterns, free);

        Assert.False(outcome.IsMade);
        Assert.Equal([code], outcome.Findings.Select(f => f.Code));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Folder));
    }
}
