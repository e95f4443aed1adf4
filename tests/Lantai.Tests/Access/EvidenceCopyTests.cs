using System.Text;
using Lantai.Access;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Tests.StoreFormat;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Access;

/// <summary>Packages that are given out as evidence: the certificate in them, and what its verifier sees.</summary>
public sealed class EvidenceCopyTests : IDisposable
{
    private const string Json = "proof/certificate.json";

    private static readonly CertificateFacts Facts = new()
    {
        ReferenceCode = "0061-ZY·ZW·2026-D30-000001", Archive = "云州市档案馆", IssuedBy = "os:clerk", Agency = "云州市行政审批局", Fonds = "0061", Case = "yz-cases/SP1",
        RecordCode = "990100-1", Title = "<食品经营许可>", Classification = "NB", Retention = "D30", ArchivedOn = "2026-11-28", Reason = "诉讼举证",
    };

    private readonly DipBench _bench = new(new SampleVersion().File("a.txt", "alpha").File("b/c.txt", "beta"));

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(DisseminationForm.Folder)]
    [InlineData(DisseminationForm.Zip)]
    [InlineData(DisseminationForm.Bag)]
    public async Task A_copy_names_record_archive_and_time_and_is_proven_offline(DisseminationForm form)
    {
        var made = await Make("copy", form);

        var verified = _bench.Verify("copy");
        var (certificate, code) = DipVerification.CertificateOf(_bench["copy"])!.Value;

        Assert.True(verified.IsProven, string.Join("; ", verified.Findings));
        Assert.Empty(verified.Findings);
        Assert.Equal(Facts, certificate.Facts);
        Assert.Equal((_bench.Manifest.Aip, SampleLog.Time, 2L, 9L), (certificate.Aip, certificate.Issued, certificate.Files, certificate.Bytes));
        Assert.Equal(made.CertificateCode, code);
        Assert.Matches("^([0-9A-F]{4}-){3}[0-9A-F]{4}$", code);
    }

    [Fact]
    public async Task The_pages_say_it_in_one_language_each_with_the_code_and_every_file()
    {
        var code = (await Make("copy")).CertificateCode!;

        foreach (var (language, title, other) in new[] { ("zh", "档案利用证明", "Reference code"), ("en", "Certificate of an Archived Record", "档号") })
        {
            var page = await File.ReadAllTextAsync(At($"proof/certificate.{language}.html"), TestContext.Current.CancellationToken);
            Assert.Contains(title, page, StringComparison.Ordinal);
            Assert.DoesNotContain(other, page, StringComparison.Ordinal);
            Assert.All(new[] { code, Facts.ReferenceCode, "云州市档案馆", "云州市行政审批局", "诉讼举证", "&lt;食品经营许可&gt;", "b/c.txt", Digest.Of("beta"u8).ToString() }, part => Assert.Contains(part, System.Net.WebUtility.HtmlDecode(page).Replace("<食", "&lt;食", StringComparison.Ordinal).Replace("可>", "可&gt;", StringComparison.Ordinal), StringComparison.Ordinal));
            Assert.DoesNotMatch("certificate\\.[a-z]+<", page); // no key without its text
        }
    }

    [Theory]
    [InlineData("data/a.txt", "PRF-002")]
    [InlineData(Json, "DIP-014")]
    [InlineData("proof/certificate.en.html", "DIP-014")]
    [InlineData("proof/certificate.zh.html", "DIP-014")]
    [InlineData("proof/certificate.note", "DIP-013")]
    public async Task A_changed_byte_is_found_and_its_file_is_named(string path, string code)
    {
        _ = await Make("copy");
        var bytes = await File.ReadAllBytesAsync(At(path), TestContext.Current.CancellationToken);
        bytes[path.EndsWith("note", StringComparison.Ordinal) ? bytes.AsSpan().LastIndexOf((byte)' ') + 9 : bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(At(path), bytes, TestContext.Current.CancellationToken);

        var findings = _bench.Verify("copy").Findings;

        Assert.Contains(findings, f => path == "proof/certificate.note" ? f.Subject == path : f.Code == code && f.Subject.EndsWith(path.Replace("data/", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Severity == Severity.Error);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData("proof/certificate.en.html")]
    [InlineData("proof/certificate.note")]
    public async Task A_part_that_was_taken_away_is_missed(string path)
    {
        _ = await Make("copy");
        File.Delete(At(path));

        Assert.Contains(_bench.Verify("copy").Findings, f => f.Code == "DIP-012" && f.Subject == path);
    }

    [Fact]
    public async Task A_certificate_that_somebody_else_signed_is_not_believed()
    {
        using var stranger = NoteSigner.Generate(_bench.Log.Origin);
        _ = await Make("copy", signer: stranger);

        Assert.Equal(["DIP-013"], _bench.Verify("copy").Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_certificate_of_another_package_is_found()
    {
        _ = await Make("copy");
        _ = await Make("part", patterns: ["a.txt"]);
        foreach (var name in new[] { "json", "note", "en.html", "zh.html" })
        {
            File.Copy(Path.Combine(_bench["part"], "proof/certificate." + name), At("proof/certificate." + name), overwrite: true);
        }

        Assert.Equal(["DIP-015"], _bench.Verify("copy").Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_package_without_a_certificate_is_no_evidence_copy_and_nothing_is_found()
    {
        _ = await _bench.Make(DisseminationForm.Folder, "plain");

        Assert.Empty(_bench.Verify("plain").Findings);
        Assert.Null(DipVerification.CertificateOf(_bench["plain"]));
    }

    [Fact]
    public async Task What_was_signed_is_what_sha256sum_writes()
    {
        _ = await Make("copy");

        var lines = (await File.ReadAllTextAsync(At("proof/certificate.note"), TestContext.Current.CancellationToken)).Split('\n');

        Assert.Equal(("lantai certificate v1", _bench.Log.Origin), (lines[0], lines[1]));
        Assert.Equal($"{Digest.Of(await File.ReadAllBytesAsync(At(Json), TestContext.Current.CancellationToken))}  {Json}", lines[2]);
    }

    private string At(string path) => Path.Combine(_bench["copy"], path);

    private Task<DisseminationOutcome> Make(string name, DisseminationForm form = DisseminationForm.Folder, string[]? patterns = null, NoteSigner? signer = null) =>
        new Dissemination(_bench, new FakeTimeProvider(SampleLog.Time), _ => long.MaxValue).MakeAsync(
            new DisseminationRequest(Digest.Of(_bench.Manifest.ToBytes()), _bench.Evidence, _bench.Log.Origin, form, patterns ?? [], _bench[name])
            {
                Certificate = new CertificateOrder(Facts, text => new SignedNote(text, [(signer ?? _bench.Log.Signer).Sign(text)])),
            },
            null,
            TestContext.Current.CancellationToken);
}
