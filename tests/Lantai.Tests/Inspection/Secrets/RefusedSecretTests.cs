using System.Security.Cryptography;
using System.Text;
using Lantai.Inspection;
using Lantai.Tests.Characterization;

namespace Lantai.Tests.Inspection.Secrets;

public sealed class RefusedSecretTests : IDisposable
{
    private const string Canary = "渡鸦K7Q2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("机密-渡鸦K7Q2.txt", "正文渡鸦K7Q2")]
    [InlineData("渡鸦K7Q2.txt", "渡鸦K7Q2\n机密★10年\n")]
    [InlineData("渡鸦K7Q2.xml", "<a><b>渡鸦K7Q2</b><密级>机密</密级></a>")]
    public void Of_a_refused_package_the_report_holds_rule_and_place_and_no_word(string name, string text)
    {
        var inspected = CaseInspectionTests.Inspect(Write(name, text));

        Assert.True(inspected.IsSecret);
        var result = Assert.Single(inspected.Report.Results);
        Assert.Equal(("ZW.SECRETS", RuleVerdict.Failed, Retry.Never), (result.Rule.Id, result.Verdict, result.Rule.Retry));
        Assert.Equal("yz-cases", inspected.Report.Subject.Source);
        Assert.Equal((1, Encoding.UTF8.GetByteCount(text)), (inspected.Report.Subject.Files, inspected.Report.Subject.Bytes));
        Assert.DoesNotContain(Canary, Everything(inspected.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_cannot_be_opened_is_refused_by_what_its_list_names()
    {
        var path = Path.Combine(_folder.FullName, "坏.zip");
        File.WriteAllBytes(path, Looking.ZipOf(("../机密-渡鸦K7Q2.txt", "x"u8.ToArray())));

        var inspected = CaseInspectionTests.Inspect(path);

        Assert.True(inspected.IsSecret);
        Assert.DoesNotContain(Canary, Everything(inspected.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_beside_the_container_refuses_the_package()
    {
        var path = Path.Combine(_folder.FullName, "包.zip");
        File.WriteAllBytes(path, Commented(Looking.ZipOf(("a.txt", "x"u8.ToArray())), "机密★10年"));

        Assert.True(CaseInspectionTests.Inspect(path).IsSecret);
    }

    [Fact]
    public void A_salted_digest_is_that_of_its_package_and_differs_each_time()
    {
        var digest = SHA256.HashData("x"u8);

        var (one, other) = (SaltedDigest.Of(digest), SaltedDigest.Of(digest));

        Assert.NotEqual(one, other);
        Assert.True(SaltedDigest.IsOf(one, digest));
        Assert.False(SaltedDigest.IsOf(one, SHA256.HashData("y"u8)));
        Assert.False(SaltedDigest.IsOf("sha256-salted:zz", digest));
        Assert.True(SaltedDigest.IsOf("sha256-salted:00000000000000000000000000000000:489f32501d6f991339f6927146be57f9faa4f187abdfd34f5c0a638f7aa30e51", SHA256.HashData([])));
    }

    /// <summary>A zip with a comment behind its end record.</summary>
    internal static byte[] Commented(byte[] zip, string comment)
    {
        var letters = Encoding.UTF8.GetBytes(comment);
        return [.. zip[..^2], (byte)letters.Length, 0, .. letters];
    }

    private static string Everything(InspectionReport report) => string.Join(
        '\n', report.Results.SelectMany(r => r.Answer.Findings).Select(f => f.ToString()).Append(report.Subject.ToString()).Append(report.ToString()));

    private string Write(string name, string text)
    {
        var package = Directory.CreateDirectory(Path.Combine(_folder.FullName, Canary));
        File.WriteAllText(Path.Combine(package.FullName, name), text);
        return package.FullName;
    }
}
