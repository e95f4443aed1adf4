using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Envelopes;

public sealed class SevenZipExaminerTests
{
    private static readonly byte[] Content = "some text that is long enough"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sound_7z_is_read_to_its_end(bool hasCodedHeader)
    {
        var found = Looking.Into(HandMadeSevenZip.Make(Content, headerCoder: hasCodedHeader ? [0x00] : null));

        Assert.Equal(FileFamily.SevenZip, found.Family);
        Assert.Empty(found.Findings);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal(1L, found.Technical["entries"]);
        Assert.Equal((long)Content.Length, found.Technical["unpacked-bytes"]);
    }

    [Fact]
    public void Encrypted_contents_and_encrypted_names_are_told_apart()
    {
        var contents = Looking.Into(HandMadeSevenZip.Make(Content, coder: HandMadeSevenZip.Aes));
        var behind = Looking.Into(HandMadeSevenZip.Make(Content, coder: HandMadeSevenZip.Aes, headerCoder: [0x00]));
        var names = Looking.Into(HandMadeSevenZip.Make(Content, headerCoder: HandMadeSevenZip.Aes));

        Assert.Equal("7z", Assert.Single(contents.Encryption).Kind);
        Assert.Equal("7z", Assert.Single(behind.Encryption).Kind);
        Assert.Equal("7z-header", Assert.Single(names.Encryption).Kind);
        Assert.Equal(Readability.NotCheckable, names.Readability);
    }

    [Fact]
    public void Programs_and_encrypted_files_inside_are_told()
    {
        Assert.True(Looking.Into(HandMadeSevenZip.Make(Looking.Program(), "x.dat")).Has("embedded-executable", "x.dat"));
        Assert.Equal("in.zip/s", Assert.Single(Looking.Into(HandMadeSevenZip.Make(HandMadeZip.Make(Looking.Part("s", "x") with { Flags = 1 }), "in.zip")).Encryption).Place);
    }

    [Fact]
    public void What_is_cut_off_or_changed_is_broken()
    {
        var sound = HandMadeSevenZip.Make(Content);
        var changed = (byte[])sound.Clone();
        changed[40] ^= 1;
        var header = (byte[])sound.Clone();
        header[^3] ^= 1;

        Assert.True(Looking.Into(sound[..^1]).IsBroken("header", "cut-off"));
        Assert.True(Looking.Into(sound[..20]).IsBroken("header", "bad-header"));
        Assert.True(Looking.Into(changed).IsBroken("content", "packed"));
        Assert.True(Looking.Into(header).IsBroken("header", "check-value"));
    }

    [Fact]
    public void A_dictionary_larger_than_allowed_is_never_asked_for()
    {
        var found = Looking.Into(HandMadeSevenZip.Make(Content, coder: [0x03, 0x01, 0x01], properties: [0x5D, 0, 0, 0, 0xFF]));

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.Arguments[0].Value == "too-large");
    }

    [Fact]
    public void A_number_of_files_that_no_header_could_name_is_refused_before_room_is_made_for_them() =>
        Assert.True(Looking.Into(HandMadeSevenZip.Make(Content, files: [0xE0, 0xFF, 0xFF, 0x7F])).IsBroken("header", "bad-header"));

    [Theory]
    [InlineData("folders")]
    [InlineData("files")]
    [InlineData("files in a folder")]
    [InlineData("long header")]
    [InlineData("long packed header")]
    public void More_folders_files_or_header_than_anybody_writes_are_not_looked_at(string what)
    {
        byte[] many = [0xC1, 0xA1, 0x86];
        byte[] header = what switch
        {
            "folders" => [0x01, 0x04, 0x07, 0x0B, .. many, 0, .. Enumerable.Repeat((byte[])[1, 0], 100_001).SelectMany(f => f), 0x0C, .. new byte[100_001], 0, 0, 0],
            "files" => [0x01, 0x05, .. many, 0x11, 0xC3, 0x43, 0x0D, 0, .. new byte[200_002], 0, 0],
            "files in a folder" => [0x01, 0x04, 0x07, 0x0B, 1, 0, 1, 0, 0x0C, 0, 0, 0x08, 0x0D, .. many, 0, 0, 0],
            "long header" => [0x01, 0x00, .. new byte[8 << 20]],
            _ => [0x17, 0x06, 0, 1, 0x09, 1, 0, 0x07, 0x0B, 1, 0, 1, 1, 0, 0x0C, 0xE0, 0, 0, 0x90, 0, 0],
        };

        var found = Looking.Into(HandMadeSevenZip.OfHeader(header));

        Assert.Equal((Readability.NotCheckable, "too-large"), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void More_than_may_be_unpacked_is_not_checkable()
    {
        Assert.Equal(Readability.NotCheckable, Looking.Into(HandMadeSevenZip.Make(new byte[5000]), new ExaminationLimits { MaxUnpacked = 1000 }).Readability);
    }

    [Fact]
    public void Any_byte_may_be_wrong_and_nothing_is_thrown()
    {
        var sound = HandMadeSevenZip.Make(Content, headerCoder: [0x00]);
        var random = new Random(3);

        for (var round = 0; round < 500; round++)
        {
            var bytes = (byte[])sound.Clone();
            bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);

            Assert.NotEqual(Readability.NotExamined, Looking.Into(bytes).Readability);
        }
    }
}
