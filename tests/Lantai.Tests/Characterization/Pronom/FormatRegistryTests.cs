using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Pronom;

/// <summary>Signature files: what is read of them, and what is told of bad ones.</summary>
public sealed class FormatRegistryTests
{
    [Fact]
    public void Fragments_alternatives_and_gaps_of_a_signature_file_are_read()
    {
        // left fragments: 'X' or 'Y' two bytes before the anchor; right: '1' at once, or '22' after one to three bytes
        var registry = Import(Signature("""
            <ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="2" SubSeqMaxOffset="2">
              <Sequence>41424344</Sequence>
              <LeftFragment MaxOffset="2" MinOffset="2" Position="1">58</LeftFragment><LeftFragment MaxOffset="2" MinOffset="2" Position="1">59</LeftFragment>
              <RightFragment MaxOffset="0" MinOffset="0" Position="1">31</RightFragment><RightFragment MaxOffset="3" MinOffset="1" Position="1">3232</RightFragment>
            </SubSequence></ByteSequence>
            """));

        Assert.Equal("t/1", Identify(registry, "..Y--ABCD1"));
        Assert.Equal("t/1", Identify(registry, "..X--ABCD??22"));
        Assert.Null(Identify(registry, "..Z--ABCD1\0"));
        Assert.Null(Identify(registry, ".Y--ABCD1\0"));
        Assert.Null(Identify(registry, "..X--ABCD22\0"));
    }

    [Fact]
    public void Parts_of_a_sequence_follow_each_other_at_any_distance()
    {
        var registry = Import(Signature("""
            <ByteSequence Reference="BOFoffset">
              <SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>4142</Sequence></SubSequence>
              <SubSequence Position="2" SubSeqMinOffset="3"><Sequence>4344</Sequence></SubSequence>
            </ByteSequence>
            """));

        Assert.Equal("t/1", Identify(registry, "AB---CD"));
        Assert.Equal("t/1", Identify(registry, "AB------------CD"));
        Assert.Null(Identify(registry, "AB--CD\0"));
        Assert.Null(Identify(registry, "\0CD---AB"));
    }

    [Fact]
    public void All_sequences_of_a_signature_must_match()
    {
        var registry = Import(Signature("""
            <ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>4142</Sequence></SubSequence></ByteSequence>
            <ByteSequence Reference="EOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="2"><Sequence>595A</Sequence></SubSequence></ByteSequence>
            <ByteSequence Reference="Variable"><SubSequence Position="1" SubSeqMinOffset="0"><Sequence>2A2A</Sequence></SubSequence></ByteSequence>
            """));

        Assert.Equal("t/1", Identify(registry, "AB..**..YZ.."));
        Assert.Null(Identify(registry, "AB..*...YZ\0"));
        Assert.Null(Identify(registry, "AB..**..YZ...\0"));
    }

    [Fact]
    public void Priorities_set_formats_aside()
    {
        var registry = Import(Signature(Bytes("4142")) + Signature(Bytes("414243"), 2), """
            <FileFormat ID="1" Name="Wide" PUID="t/1"><InternalSignatureID>1</InternalSignatureID></FileFormat>
            <FileFormat ID="2" Name="Narrow" PUID="t/2"><InternalSignatureID>2</InternalSignatureID><HasPriorityOverFileFormatID>1</HasPriorityOverFileFormatID></FileFormat>
            """);

        Assert.Equal(["t/2"], Candidates(registry, "ABC"));
        Assert.Equal(["t/1"], Candidates(registry, "AB\0"));
    }

    [Fact]
    public void A_compiled_registry_answers_as_the_one_it_was_made_of()
    {
        var registry = Import(Signature(Bytes("4142")));
        using var stream = new MemoryStream();
        registry.WriteCompiled(stream);
        stream.Position = 0;

        var read = FormatRegistry.ReadCompiled(stream);

        Assert.Equal(registry.Source, read.Source);
        Assert.Equal(registry.Formats.Count, read.Formats.Count);
        Assert.Equal("t/1", Identify(read, "AB"));
    }

    [Fact]
    public void A_compiled_registry_that_is_cut_off_or_spoilt_is_refused()
    {
        using var stream = new MemoryStream();
        Import(Signature(Bytes("4142"))).WriteCompiled(stream);
        var bytes = stream.ToArray();

        for (var length = 0; length < bytes.Length; length += 7)
        {
            var cut = bytes[..length];
            Assert.ThrowsAny<IOException>(() => Read(cut));
        }

        Assert.Throws<InvalidDataException>(() => FormatRegistry.ReadCompiled(new MemoryStream("something else"u8.ToArray())));

        static void Read(byte[] some)
        {
            try
            {
                _ = FormatRegistry.ReadCompiled(new MemoryStream(some));
            }
            catch (InvalidDataException wrong)
            {
                throw new IOException(wrong.Message, wrong);
            }
        }
    }

    [Fact]
    public void A_signature_that_cannot_be_read_is_told_and_left_out()
    {
        var findings = new List<Finding>();
        var registry = Import(findings, Xml(Signature(Bytes("41[42")) + Signature(Bytes("4344"), 2), Formats(2)));

        Assert.Equal("FMT-001", Assert.Single(findings).Code);
        Assert.Equal("t/2", Identify(registry!, "CD"));
    }

    [Fact]
    public void A_signature_without_a_sequence_is_told_and_left_out()
    {
        var findings = new List<Finding>();
        var registry = Import(findings, Xml(Signature("""<ByteSequence Reference="BOFoffset"/>"""), Formats(1)));

        Assert.Equal("FMT-002", Assert.Single(findings).Code);
        Assert.NotNull(registry);
    }

    [Theory]
    [InlineData("<other/>", "FMT-003")]
    [InlineData("<ContainerSignatureMapping/>", "FMT-004")]
    [InlineData("not xml", "FMT-005")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "FMT-005")]
    [InlineData("<FFSignatureFile", "FMT-005")]
    public void Another_xml_file_is_refused(string text, string code)
    {
        var findings = new List<Finding>();

        Assert.Null(Import(findings, text));
        Assert.Equal((code, Severity.Error), (Assert.Single(findings).Code, findings[0].Severity));
    }

    private static string Bytes(string bytes) =>
        $"""<ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>{bytes}</Sequence></SubSequence></ByteSequence>""";

    private static string Signature(string sequences, int id = 1) => $"""<InternalSignature ID="{id}" Specificity="Specific">{sequences}</InternalSignature>""";

    private static string Formats(int count) => string.Concat(Enumerable.Range(1, count).Select(i =>
        $"""<FileFormat ID="{i}" Name="Format {i}" PUID="t/{i}"><InternalSignatureID>{i}</InternalSignatureID></FileFormat>"""));

    private static string Xml(string signatures, string formats) => $"""
        <FFSignatureFile Version="9" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile">
        <InternalSignatureCollection>{signatures}</InternalSignatureCollection><FileFormatCollection>{formats}</FileFormatCollection></FFSignatureFile>
        """;

    private static FormatRegistry Import(string signatures, string? formats = null)
    {
        var findings = new List<Finding>();
        var registry = Import(findings, Xml(signatures, formats ?? Formats(1)));
        Assert.Empty(findings);
        return registry!;
    }

    private static FormatRegistry? Import(List<Finding> findings, string xml) =>
        FormatRegistry.TryImport([("signatures.xml", new MemoryStream(Encoding.UTF8.GetBytes(xml)))], findings);

    private static string? Identify(FormatRegistry registry, string text) => Candidates(registry, text).FirstOrDefault(id => id.StartsWith("t/", StringComparison.Ordinal));

    private static IReadOnlyList<string> Candidates(FormatRegistry registry, string text) =>
        [.. new FormatIdentifier(registry).Identify(FileContent.Of(Encoding.Latin1.GetBytes(text)), "").Candidates.Select(c => c.Format.Id)];
}
