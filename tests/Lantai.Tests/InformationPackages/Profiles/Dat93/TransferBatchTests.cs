using System.Text;
using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

public sealed class TransferBatchTests
{
    private const string First = "<archival_code>J001-ZY·ZW·2023-D30-XZXK-000001</archival_code>";

    [Theory]
    [InlineData("<send_number>2<", "<send_number>3<", "PKG-163 /transfer_info/send_number")]
    [InlineData("<send_size>3254<", "<send_size>3253<", "PKG-163 /transfer_info/send_size")]
    [InlineData("<File_Number>4<", "<File_Number>5<", "PKG-163 /transfer_info/File_Number")]
    [InlineData("<size>1524<", "<size>1525<", "PKG-163 /transfer_info/directories/directory[1]/size")]
    [InlineData("<digital_summary>474a", "<digital_summary>474b", "PKG-165 /transfer_info/directories/directory[1]/digital_summary")]
    [InlineData("<digital_summarization_algorithm>SM3<", "<digital_summarization_algorithm>SM3X<", "PKG-159 /transfer_info/directories/directory[1]/digital_summarization_algorithm")]
    [InlineData(First, "<archival_code>J001-ZY·ZW·2023-D30-XZXK-000009</archival_code>", "PKG-164 /transfer_info/directories/directory[1]/archival_code,PKG-164 /transfer_info/directories")]
    [InlineData("<send_time>2026-03-03 10:00:00<", "<send_time>2026-03-03T10:00:00+08:00<", "PKG-121 /transfer_info/send_time")]
    [InlineData("<transactor>甄移交</transactor>", "", "PKG-111 /transfer_info")]
    [InlineData("<year>2023</year>", "<year>2023</year>", "")]
    public void Each_number_and_digest_of_the_table_is_compared(string old, string replaced, string told)
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "online-batch").Open();
        var text = Encoding.UTF8.GetString(EepPackageTests.Content(tree.Find("其他/transfer_info.xml")!));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        var changed = text[..at] + replaced + text[(at + old.Length)..];

        // Without the list of digests, which would tell of the change itself.
        var files = tree.Files.Where(f => f.Path is not ("其他/transfer_info.xml" or "其他/校验清单.xml")).Append(PackageFile.OfBytes("其他/transfer_info.xml", Encoding.UTF8.GetBytes(changed)));
        var findings = PackageProfiles.Find("dat93")!.Judge(PackageTree.Of("p", files), CancellationToken.None).Findings;

        Assert.Equal(told, string.Join(',', findings.Select(f => $"{f.Code} {f.Arguments.Single(a => a.Key == "at").Value}")));
    }
}
