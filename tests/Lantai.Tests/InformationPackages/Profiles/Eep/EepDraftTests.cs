using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class EepDraftTests
{
    [Theory]
    [InlineData("original-minimal")]
    [InlineData("several-documents")]
    public void A_draft_with_the_values_of_a_sample_is_the_sample(string name)
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == name && s.IsGood).Open();
        var sample = EepPackage.Read(tree, CancellationToken.None).Package!;
        var documents = sample.Contents.Select(c => new EepDocument(PackageFile.OfBytes(c.FileName, Content(c)), c.Format, TitleOf(c))).ToList();

        var written = Write(Draft(documents));

        Assert.Equal(System.Text.Encoding.UTF8.GetString(EepPackageTests.Content(sample.File)), System.Text.Encoding.UTF8.GetString(written));
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sm3")]
    public void Contents_may_lie_outside_under_their_digest(string algorithm)
    {
        var content = PackageFile.OfBytes("附件𠮷.txt", "内容\n"u8.ToArray());
        var written = Write(Draft([new EepDocument(content, "TXT")]) with { DigestOutside = algorithm });

        var (package, verdict) = EepPackage.Read(PackageTree.Of("p", [PackageFile.OfBytes("封装包.xml", written), content]), CancellationToken.None);

        Assert.Empty(verdict.Findings);
        Assert.Equal(1, verdict.Counts.Digests);
        Assert.Equal("内容\n"u8.ToArray(), Content(Assert.Single(package!.Contents)));
        Assert.True(package.Contents[0].IsExternal);
    }

    [Fact]
    public void What_our_own_reader_would_refuse_is_not_written()
    {
        var draft = Draft([new EepDocument(PackageFile.OfBytes("a.txt", "x"u8.ToArray()), "TXT")]);

        Assert.Contains("PKG-123", Assert.Throws<ArgumentException>(() => Write(draft with { Secrecy = "机密" })).Message, StringComparison.Ordinal);
        Assert.Contains("PKG-111", Assert.Throws<ArgumentException>(() => Write(draft with { Media = [] })).Message, StringComparison.Ordinal);
        Assert.Contains("PKG-112", Assert.Throws<ArgumentException>(() => Write(draft with { Title = "" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activity_of_nobody_and_two_files_of_one_name_are_not_written()
    {
        var file = new EepDocument(PackageFile.OfBytes("a.txt", "x"u8.ToArray()), "TXT");
        var draft = Draft([file]);

        _ = Assert.Throws<ArgumentException>(() => Write(draft with { Activities = [new EepActivity(1, "归档", draft.Created)] }));
        _ = Assert.Throws<ArgumentException>(() => Write(draft with { Activities = [new EepActivity(-1, "归档", draft.Created)] }));
        _ = Assert.Throws<ArgumentException>(() => Write(draft with { Documents = [file, new EepDocument(PackageFile.OfBytes("b/a.txt", "y"u8.ToArray()), "TXT")], DigestOutside = "sm3" }));
    }

    [Fact]
    public void A_content_that_grows_while_it_is_written_is_told()
    {
        var grown = new PackageFile(EntryName.OfText("a.txt"), 1, () => new MemoryStream("xy"u8.ToArray()));

        Assert.Equal("SIP-010", Assert.Throws<Lantai.Containers.ContentException>(() => Write(Draft([new EepDocument(grown, "TXT")]))).Finding.Code);
    }

    internal static EepDraft Draft(IReadOnlyList<EepDocument> documents) => new()
    {
        Creator = "虚构市政务服务管理局", Created = new DateTimeOffset(2023, 12, 1, 2, 0, 0, TimeSpan.Zero), FondsCreator = "虚构市政务服务管理局",
        RecordCode = "999901-J001-0100190012-2023-D30-000001", Year = 2023, Retention = "D30", ItemNumber = "000001",
        Title = "关于准予虚构餐饮有限公司食品经营许可的决定", Author = "虚构市政务服务管理局", Date = new DateOnly(2023, 5, 10), Secrecy = "公开",
        Media = ["J001-GP-2026-0001"], Documents = documents, Agents = ["虚构市政务服务管理局"],
        Activities =
        [
            new EepActivity(0, "办结", new DateTimeOffset(2023, 5, 10, 8, 0, 0, TimeSpan.Zero)),
            new EepActivity(0, "归档", new DateTimeOffset(2023, 12, 1, 1, 0, 0, TimeSpan.Zero)),
        ],
    };

    internal static byte[] Write(EepDraft draft)
    {
        using var bytes = new MemoryStream();
        draft.WriteTo(bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    internal static byte[] Content(EepContent content)
    {
        using var stream = content.OpenRead();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string? TitleOf(EepContent content) => content.Coding.Parent!.Parent!.First("题名")?.Value;
}
