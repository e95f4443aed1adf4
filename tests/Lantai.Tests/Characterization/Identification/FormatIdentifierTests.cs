using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Identification;

/// <summary>How files are read to identify them: windows, limits, containers.</summary>
public sealed class FormatIdentifierTests
{
    [Fact]
    public void A_long_file_is_read_at_its_two_ends_only()
    {
        var file = new CountingContent(10L << 30, [.. "RIFF\0\0\0\0AVI LIST"u8]);

        _ = new FormatIdentifier(FormatRegistry.BuiltIn).Identify(file, "film.avi");

        Assert.InRange(file.Read_, 1, 2 * FormatIdentifier.DefaultWindow);
    }

    [Fact]
    public void What_lies_between_the_windows_is_found_with_a_wider_one()
    {
        var registry = Registry("""<ByteSequence Reference="Variable"><SubSequence Position="1" SubSeqMinOffset="0"><Sequence>4D49444D41524B</Sequence></SubSequence></ByteSequence>""");
        var bytes = new byte[400_000];
        "MIDMARK"u8.CopyTo(bytes.AsSpan(200_000));

        Assert.Empty(new FormatIdentifier(registry).Identify(FileContent.Of(bytes), "").Candidates);
        Assert.Equal("t/1", new FormatIdentifier(registry, FormatIdentifier.WidestWindow).Identify(FileContent.Of(bytes), "").Id);
    }

    [Fact]
    public void Memory_file_and_stream_give_the_same_answer()
    {
        var registry = Registry("""
            <ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>4142</Sequence></SubSequence></ByteSequence>
            <ByteSequence Reference="EOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>595A</Sequence></SubSequence></ByteSequence>
            """);
        var bytes = new byte[300_000];
        "AB"u8.CopyTo(bytes);
        "YZ"u8.CopyTo(bytes.AsSpan(bytes.Length - 2));
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using var handle = File.OpenHandle(path);
            FileContent[] contents = [FileContent.Of(bytes), FileContent.Of(handle), FileContent.Of(new MemoryStream(bytes))];

            Assert.All(contents, c => Assert.Equal("t/1", new FormatIdentifier(registry).Identify(c, "a").Id));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_would_take_for_ever_is_given_up_and_that_is_said()
    {
        var registry = Registry("""
            <ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="60000">
              <Sequence>[41:5A]</Sequence><RightFragment Position="1" MinOffset="0" MaxOffset="60000">[41:5A]</RightFragment>
              <RightFragment Position="2" MinOffset="0" MaxOffset="60000">[41:5A]</RightFragment><RightFragment Position="3" MinOffset="0" MaxOffset="60000">0000</RightFragment>
            </SubSequence></ByteSequence>
            """);
        var answer = new FormatIdentifier(registry).Identify(FileContent.Of(Encoding.ASCII.GetBytes(new string('A', 60_000))), "a");

        Assert.True(answer.IsCutShort);
        Assert.Contains(new FileCharacter(answer, null, Lantai.Characterization.Policy.FormatPolicy.Default.Judge(null, FormatClass.Other, null)).Findings("a"), f => f.Code == "FMT-013");
    }

    [Theory]
    [InlineData("a.TXT", "txt")]
    [InlineData("卷.宗/a", "")]
    [InlineData("卷/目录.Xml", "xml")]
    [InlineData(".hidden", "")]
    [InlineData("a.", "")]
    [InlineData("a.tar.gz", "gz")]
    public void The_extension_is_what_stands_behind_the_last_dot_of_the_name(string name, string extension) => Assert.Equal(extension, FormatIdentifier.ExtensionOf(name));

    [Fact]
    public void An_empty_file_is_known_by_its_name_alone()
    {
        var answer = new FormatIdentifier(FormatRegistry.BuiltIn).Identify(FileContent.Of(Array.Empty<byte>()), "a.csv");

        Assert.Equal(("x-fmt/18", IdentificationBasis.Extension), (answer.Id, answer.Best!.Basis));
        Assert.False(answer.IsMismatch);
    }

    private static FormatRegistry Registry(string sequences)
    {
        var findings = new List<Finding>();
        var xml = $"""
            <FFSignatureFile Version="9" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile"><InternalSignatureCollection>
            <InternalSignature ID="1" Specificity="Specific">{sequences}</InternalSignature></InternalSignatureCollection>
            <FileFormatCollection><FileFormat ID="1" Name="One" PUID="t/1"><InternalSignatureID>1</InternalSignatureID></FileFormat></FileFormatCollection></FFSignatureFile>
            """;
        var registry = FormatRegistry.TryImport([("signatures.xml", new MemoryStream(Encoding.UTF8.GetBytes(xml)))], findings);
        Assert.Empty(findings);
        return registry!;
    }

    /// <summary>A file that is mostly a hole, and counts what is read of it.</summary>
    private sealed class CountingContent(long length, byte[] start) : FileContent
    {
        public override long Length => length;

        public long Read_ { get; private set; }

        public override int Read(long offset, Span<byte> target)
        {
            var count = (int)Math.Min(target.Length, length - offset);
            target[..count].Clear();
            if (offset == 0)
            {
                start.AsSpan(0, Math.Min(start.Length, count)).CopyTo(target);
            }

            Read_ += count;
            return count;
        }
    }
}
