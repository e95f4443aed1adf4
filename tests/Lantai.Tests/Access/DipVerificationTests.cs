using System.IO.Compression;
using System.Text;
using Lantai.Access;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Tests.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Access;

public sealed class DipVerificationTests : IDisposable
{
    private readonly DipBench _bench = new(new SampleVersion().File("a.txt", "alpha").File("b/c.txt", "beta").File("d", "delta"));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_is_not_there_is_no_package() => Assert.Equal(["DIP-006"], Check("none"));

    [Fact]
    public void A_folder_without_a_proof_has_not_the_form()
    {
        _ = Directory.CreateDirectory(_bench["empty"]);

        Assert.Equal([Codes.ProofForm], Check("empty"));
    }

    [Fact]
    public async Task What_is_no_zip_is_refused()
    {
        await File.WriteAllTextAsync(_bench["text"], "not a zip");

        Assert.All(_bench.Verify("text").Findings, f => Assert.StartsWith("ZIP-", f.Code, StringComparison.Ordinal));
        Assert.False(_bench.Verify("text").IsProven);
    }

    [Fact]
    public async Task Changed_missing_and_added_files_are_found()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "dip");
        await File.WriteAllTextAsync(Path.Combine(_bench["dip"], "data/a.txt"), "alphA");
        File.Delete(Path.Combine(_bench["dip"], "data/b/c.txt"));
        await File.WriteAllTextAsync(Path.Combine(_bench["dip"], "data/b/new"), "");

        Assert.Equal([Codes.ProofFileDiffers, Codes.ProofFileMissing, Codes.ProofFileExtra], Check("dip"));
    }

    [Fact]
    public async Task A_link_is_no_file_even_when_its_target_has_the_content()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "dip");
        var path = Path.Combine(_bench["dip"], "data/a.txt");
        File.Move(path, _bench["outside"]);
        _ = File.CreateSymbolicLink(path, _bench["outside"]);

        Assert.Contains(Codes.ProofFileMissing, Check("dip"));
    }

    [Fact]
    public async Task An_added_link_is_found()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "dip");
        _ = File.CreateSymbolicLink(Path.Combine(_bench["dip"], "data/link"), "/etc/passwd");

        Assert.False(_bench.Verify("dip").IsProven);
    }

    [Fact]
    public async Task A_bag_whose_manifest_was_changed_is_found_though_the_proof_is_whole()
    {
        _ = await _bench.Make(DisseminationForm.Bag, "dip");
        var manifest = Path.Combine(_bench["dip"], "manifest-sha256.txt");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("data/d", "data/e", StringComparison.Ordinal));

        var findings = _bench.Verify("dip").Findings;
        Assert.Contains(findings, f => f.Code.StartsWith("BAG-", StringComparison.Ordinal) && f.Severity == Severity.Error);
        Assert.DoesNotContain(findings, f => f.Code.StartsWith("PRF-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_key_is_refused_and_no_key_is_remarked()
    {
        _ = await _bench.Make(DisseminationForm.Zip, "dip");
        using var other = NoteSigner.Generate(_bench.Log.Origin);

        Assert.Equal([Codes.ProofSignature], DipVerification.Verify(_bench["dip"], other.Verifier, null, default).Findings.Select(f => f.Code));
        Assert.Equal([Codes.KeySelfAsserted], DipVerification.Verify(_bench["dip"], null, null, default).Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_name_that_stands_twice_in_a_zip_is_refused()
    {
        await SpoilZip(zip => Add(zip, "data/a.txt", "alpha"));

        Assert.Equal(["DIP-009"], Check("dip"));
    }

    [Fact]
    public async Task A_file_added_to_a_zip_is_found()
    {
        await SpoilZip(zip => Add(zip, "data/new.txt", "new"));

        Assert.Equal(["PRF-004 data/new.txt"], _bench.Verify("dip").Findings.Select(f => f.ToString()));
    }

    [Fact]
    public async Task A_bomb_in_place_of_a_file_or_of_the_proof_ends_soon()
    {
        await SpoilZip(zip =>
        {
            foreach (var name in (string[])["data/d", ProofFile.EntriesPath])
            {
                zip.GetEntry(name)!.Delete();
                using var stream = zip.CreateEntry(name).Open();
                var zeros = new byte[1 << 20];
                for (var i = 0; i < 200; i++)
                {
                    stream.Write(zeros);
                }
            }
        });

        Assert.Equal([Codes.ProofForm], Check("dip"));
    }

    [Fact]
    public async Task Any_byte_that_is_flipped_in_a_zip_is_found_or_changes_nothing_that_is_proven()
    {
        _ = await _bench.Make(DisseminationForm.Zip, "dip");
        var good = await File.ReadAllBytesAsync(_bench["dip"]);
        for (var i = 0; i < good.Length; i += 61)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 0x10;
            await File.WriteAllBytesAsync(_bench["bad"], bad);

            var report = _bench.Verify("bad");

            Assert.True(!report.IsProven || report.Files == 3, $"at {i}");
        }
    }

    [Fact]
    public async Task Any_byte_that_is_flipped_in_a_file_is_found()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "dip");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_bench["dip"], "data"), "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);

            Assert.Equal([Codes.ProofFileDiffers], Check("dip"));
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }
    }

    private IEnumerable<string> Check(string name) => _bench.Verify(name).Findings.Select(f => f.Code);

    private async Task SpoilZip(Action<ZipArchive> spoil)
    {
        Assert.True((await _bench.Make(DisseminationForm.Zip, "dip")).IsMade);
        using var zip = await ZipFile.OpenAsync(_bench["dip"], ZipArchiveMode.Update, Encoding.UTF8);
        spoil(zip);
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
