using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Envelopes;

public sealed class RarExaminerTests
{
    private static readonly byte[] Content = "some text"u8.ToArray();

    [Fact]
    public void A_sound_rar_of_either_version_is_read_to_its_end()
    {
        foreach (var (file, version) in ((byte[], long)[])[(HandMadeRar.Make4("a.txt", Content), 4), (HandMadeRar.Make5("a.txt", Content), 5)])
        {
            var found = Looking.Into(file);

            Assert.Equal(FileFamily.Rar, found.Family);
            Assert.Equal(version, found.Technical["format-version"]);
            Assert.Empty(found.Findings);
            Assert.Equal(Readability.Readable, found.Readability);
            Assert.Equal((long)Content.Length, found.Technical["unpacked-bytes"]);
        }
    }

    [Fact]
    public void An_encrypted_file_is_told_by_its_name()
    {
        Assert.Equal(new EncryptionMark("rar", "a.txt"), Assert.Single(Looking.Into(HandMadeRar.Make4("a.txt", Content, fileFlags: 4)).Encryption));
        Assert.Equal(new EncryptionMark("rar", "秘密"), Assert.Single(Looking.Into(HandMadeRar.Make5("秘密", Content, extra: [3, 1, 0, 0])).Encryption));
        Assert.Empty(Looking.Into(HandMadeRar.Make5("a", Content, extra: [3, 3, 0, 0])).Encryption);
    }

    [Fact]
    public void Encrypted_headers_are_told()
    {
        Assert.Equal("rar-header", Assert.Single(Looking.Into(HandMadeRar.Make4("a.txt", Content, mainFlags: 0x80)).Encryption).Kind);
        Assert.Equal("rar-header", Assert.Single(Looking.Into(HandMadeRar.Make5("a.txt", Content, isHeaderEncrypted: true)).Encryption).Kind);
    }

    [Fact]
    public void What_is_cut_off_or_changed_is_broken()
    {
        foreach (var sound in (byte[][])[HandMadeRar.Make4("a.txt", Content), HandMadeRar.Make5("a.txt", Content)])
        {
            var changed = (byte[])sound.Clone();
            changed[sound.AsSpan().IndexOf(Content)] ^= 1;

            Assert.True(Looking.Into(changed).IsBroken("content", "packed"));
            Assert.True(Looking.Into(sound[..(sound.AsSpan().IndexOf(Content) + 3)]).IsBroken("header", "cut-off"));
        }

        Assert.True(Looking.Into(HandMadeRar.Make4("a.txt", Content, length: uint.MaxValue)).IsBroken("header", "cut-off"));
    }

    [Fact]
    public void A_content_longer_than_any_file_is_cut_off() =>
        Assert.True(Looking.Into(HandMadeRar.Make4("a.txt", Content, fileFlags: 0x100, length: uint.MaxValue, high: int.MaxValue)).IsBroken("header", "cut-off"));

    [Fact]
    public void One_of_several_volumes_is_not_checkable() =>
        Assert.Equal(Readability.NotCheckable, Looking.Into(HandMadeRar.Make4("a.txt", Content, mainFlags: 1)).Readability);

    [Fact]
    public void Any_byte_may_be_wrong_and_nothing_is_thrown()
    {
        var random = new Random(5);
        foreach (var sound in (byte[][])[HandMadeRar.Make4("a.txt", Content), HandMadeRar.Make5("a.txt", Content)])
        {
            for (var round = 0; round < 300; round++)
            {
                var bytes = (byte[])sound.Clone();
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);

                Assert.NotEqual(Readability.NotExamined, Looking.Into(bytes).Readability);
            }
        }
    }
}
