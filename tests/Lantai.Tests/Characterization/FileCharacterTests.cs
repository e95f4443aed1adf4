using System.IO.Compression;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Tests.Characterization;

/// <summary>What is told of a file as a whole: format, name, encryption, active content, damage, verdict.</summary>
public sealed class FileCharacterTests
{
    [Fact]
    public void A_sound_file_of_a_known_format_gives_no_finding()
    {
        var character = Look("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<案卷/>\n"u8.ToArray(), "案卷/元数据.xml");

        Assert.Equal(("fmt/101", Readability.Readable, FormatVerdict.Archival), (character.Identification.Id, character.Examination!.Readability, character.Verdict.Verdict));
        Assert.Empty(character.Findings("x"));
    }

    [Fact]
    public void A_file_that_nothing_is_known_of_wants_a_person()
    {
        var character = Look([0x01, 0xFE, 0x02, 0x9C, 0x00, 0x77, 0x00], "blob");

        Assert.Equal(("FMT-010", Severity.Warning), Told(character, "FMT-010"));
        Assert.Equal(FormatVerdict.Review, character.Verdict.Verdict);
    }

    [Fact]
    public void A_name_that_says_otherwise_is_told_and_its_formats_stay_candidates()
    {
        var character = Look("%PDF-1.4\n%%EOF\n"u8.ToArray(), "photo.png");

        Assert.Equal(("FMT-011", Severity.Warning), Told(character, "FMT-011"));
        Assert.Equal("fmt/18", character.Identification.Id);
        Assert.Contains(character.Identification.Candidates, c => c.Format.Extensions.Contains("png") && c.Basis == IdentificationBasis.Extension);
    }

    [Fact]
    public void A_name_alone_that_stands_for_several_formats_tells_none()
    {
        // No signature of either matches, so nothing speaks for one of them.
        var several = FormatRegistry.BuiltIn.Formats.SelectMany(f => f.Extensions).Distinct().First(e => FormatRegistry.BuiltIn.WithExtension(e) is { Count: > 1 } some
            && FormatRegistry.BuiltIn.LikelihoodOf(some[0].Id) == FormatRegistry.BuiltIn.LikelihoodOf(some[1].Id));
        var character = Look([0x01, 0xFE, 0x02, 0x9C, 0x00, 0x77, 0x00], "a." + several);

        Assert.Null(character.Identification.Best);
        Assert.Equal(("FMT-012", Severity.Warning), Told(character, "FMT-012"));
    }

    [Fact]
    public void Plain_text_and_text_in_gb18030_are_told_apart()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

        Assert.Equal("x-fmt/111", Look("一、收文\n"u8.ToArray(), "目录.txt").Identification.Id);
        Assert.Equal("lantai/text-gb18030", Look(gb.GetBytes("一、收文\n二、发文\n"), "目录.txt").Identification.Id);
        Assert.Equal("x-fmt/111", Look("a plain text without a name\n"u8.ToArray(), "README").Identification.Id);
    }

    [Fact]
    public void What_is_encrypted_is_told_with_kind_and_place_once()
    {
        var character = Look(Zip(("geheim.txt", "x"u8.ToArray())).Also(b => SetEncrypted(b)), "a.zip");

        var finding = Assert.Single(character.Findings("a.zip"), f => f.Code is "FMT-020" or "FMT-051");
        Assert.Equal(("FMT-020", "zip-classic"), (finding.Code, finding.Arguments[0].Value));
        Assert.Contains("geheim.txt", finding.Arguments[1].Value, StringComparison.Ordinal);
        Assert.Equal(FormatVerdict.Forbidden, character.Verdict.Verdict);
    }

    [Fact]
    public void What_acts_is_told_and_a_link_is_only_listed()
    {
        var html = Look("<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>\n"u8.ToArray(), "a.html");

        Assert.Equal(("FMT-030", Severity.Warning), Told(html, "FMT-030"));
        var link = html with { Examination = html.Examination! with { Active = [new ActiveMark("hyperlink", "p. 1")] } };
        Assert.Equal(("FMT-031", Severity.Information), Told(link, "FMT-031"));
    }

    [Fact]
    public void A_broken_file_and_one_that_cannot_be_checked_are_told_apart()
    {
        var broken = Look("<?xml version=\"1.0\"?>\n<a><b></a>\n"u8.ToArray(), "a.xml");
        var unchecked_ = Look([0x01, 0xFE, 0x02, 0x9C, 0x00, 0x77, 0x00], "blob");

        Assert.Equal(Readability.Broken, broken.Examination!.Readability);
        Assert.Equal(("FMT-040", Severity.Warning), Told(broken, "FMT-040"));
        Assert.Equal(Readability.NotCheckable, unchecked_.Examination!.Readability);
        Assert.Equal(("FMT-041", Severity.Information), Told(unchecked_, "FMT-041"));
    }

    [Fact]
    public void The_same_content_under_another_name_is_told_under_that_name()
    {
        var characterizer = new FileCharacterizer(new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full));
        var bytes = "<?xml version=\"1.0\"?>\n<a><b></a>\n"u8.ToArray();
        FileCharacter Again(string name) => characterizer.Characterize(FileContent.Of(bytes), name, Digest.Of(bytes), TestContext.Current.CancellationToken);

        var (first, second, otherwise) = (Again("a.xml"), Again("卷/b.xml"), Again("c.png"));

        Assert.Same(first, second);
        Assert.Equal("卷/b.xml", Assert.Single(second.Findings("卷/b.xml"), f => f.Code == "FMT-040").Subject);
        Assert.Contains(otherwise.Findings("c.png"), f => f.Code == "FMT-011");
    }

    [Fact]
    public void Identification_alone_does_not_look_inside()
    {
        var character = new FileCharacterizer(new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Identify))
            .Characterize(FileContent.Of("<?xml version=\"1.0\"?>\n<a><b></a>\n"u8.ToArray()), "a.xml", null, TestContext.Current.CancellationToken);

        Assert.Equal("fmt/101", character.Identification.Id);
        Assert.Null(character.Examination);
    }

    private static FileCharacter Look(byte[] bytes, string name) =>
        new FileCharacterizer(new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full)).Characterize(FileContent.Of(bytes), name, null, TestContext.Current.CancellationToken);

    private static (string, Severity) Told(FileCharacter character, string code)
    {
        var finding = Assert.Single(character.Findings("x"), f => f.Code == code);
        return (finding.Code, finding.Severity);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    // Bit 0 of the general purpose flags, in the local header and in the central directory (APPNOTE 4.4.4).
    private static void SetEncrypted(byte[] zip)
    {
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
    }
}

/// <summary>Lets a value be changed where it is made.</summary>
internal static class MadeValue
{
    public static byte[] Also(this byte[] bytes, Action<byte[]> change)
    {
        change(bytes);
        return bytes;
    }
}
