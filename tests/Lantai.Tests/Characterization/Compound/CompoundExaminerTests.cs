using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Compound;

public sealed class CompoundExaminerTests
{
    [Fact]
    public void A_sound_word_document_is_readable()
    {
        var found = Looking.Into(Word(flags: 0).Add("1Table", new byte[9000]).Make());

        Assert.Equal(FileFamily.Compound, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal(2L, found.Technical["entries"]);
        Assert.Empty(found.Encryption);
        Assert.Empty(found.Active);
    }

    [Fact]
    public void More_than_is_read_here_is_no_fault_of_the_file()
    {
        var many = new HandMadeCompound();
        for (var i = 0; i < 20_000; i++)
        {
            _ = many.Add($"{i}", []);
        }

        foreach (var file in (HandMadeCompound[])[many, new HandMadeCompound().Add(string.Join('/', Enumerable.Repeat("s", 70)) + "/a", [1])])
        {
            var found = Looking.Into(file.Make());

            Assert.Equal((Readability.NotCheckable, "too-large"), (found.Readability, Look.Fault(found)));
        }
    }

    [Fact]
    public void A_directory_that_names_what_it_does_not_hold_is_broken()
    {
        var bytes = Word(flags: 0).Make();
        var root = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) + 1) * 512;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(root + 76), 30_000);

        Assert.True(Looking.Into(bytes).IsBroken("directory", "no-directory"));
    }

    [Fact]
    public void A_word_document_with_a_password_says_so_in_its_first_block() =>
        Assert.Equal(new EncryptionMark("ole2-word", "WordDocument"), Assert.Single(Looking.Into(Word(flags: 0x0100).Make()).Encryption));

    [Theory]
    [InlineData("Workbook", 0x0809)]
    [InlineData("Book", 0x0809)]
    [InlineData("Book", 0x0409)]
    public void A_workbook_with_a_password_has_a_record_for_it(string stream, int begin)
    {
        var book = Records((begin, new byte[16]), (0x2F, new byte[54]), (0x85, new byte[20]), (0x0A, []));

        Assert.Equal(new EncryptionMark("ole2-excel", stream), Assert.Single(Looking.Into(new HandMadeCompound().Add(stream, book).Make()).Encryption));
    }

    [Fact]
    public void Protected_sheets_are_no_encryption_and_sheets_are_counted()
    {
        var sheet = new byte[10];
        var book = Records((0x0809, new byte[16]), (0x12, [1, 0]), (0x19, [1, 0]), (0x85, sheet), (0x85, sheet), (0x0A, []), (0x2F, new byte[6]));

        var found = Looking.Into(new HandMadeCompound().Add("Workbook", book).Make());

        Assert.Empty(found.Encryption);
        Assert.Equal(2L, found.Technical["sheets"]);
        Assert.Empty(found.Active);
    }

    [Fact]
    public void A_sheet_of_old_macros_is_told()
    {
        var book = Records((0x0809, new byte[16]), (0x85, [0, 0, 0, 0, 0, 1, 1, 0, (byte)'m']), (0x0A, []));

        Assert.True(Looking.Into(new HandMadeCompound().Add("Workbook", book).Make()).Has("macro", "Workbook"));
    }

    [Theory]
    [InlineData(0xF3D1C4DF, true)]
    [InlineData(0xE391C05F, false)]
    public void A_presentation_tells_by_its_token_whether_it_is_encrypted(uint token, bool isEncrypted)
    {
        var user = new byte[28];
        BinaryPrimitives.WriteUInt32LittleEndian(user.AsSpan(12), token);

        var found = Looking.Into(new HandMadeCompound().Add("Current User", user).Add("PowerPoint Document", new byte[100]).Make());

        Assert.Equal(isEncrypted, found.Encryption.Any(e => e.Kind == "ole2-powerpoint"));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void A_presentation_with_a_project_has_macros(byte macros, bool isActive)
    {
        byte[] project = [0, 0, 0, 4, 12, 0, 0, 0, 1, 0, 0, 0, macros, 0, 0, 0, 0, 0, 0, 0];
        byte[] holder = [0x1F, 0, 0xFF, 3, (byte)project.Length, 0, 0, 0, .. project];
        byte[] document = [0, 0, 0x99, 0x0F, 4, 0, 0, 0, 9, 9, 9, 9, 0x0F, 0, 0xE8, 3, (byte)holder.Length, 0, 0, 0, .. holder];

        Assert.Equal(isActive, Looking.Into(new HandMadeCompound().Add("PowerPoint Document", document).Make()).Has("macro"));
    }

    [Fact]
    public void An_encrypted_package_is_one_and_one_under_rights_management_is_another()
    {
        Assert.Equal("ooxml", Assert.Single(Looking.Into(Package().Make()).Encryption).Kind);

        var managed = Package().Add("\x06" + "DataSpaces/TransformInfo/DRMEncryptedTransform/\x06Primary", new byte[50]);
        Assert.Equal("drm", Assert.Single(Looking.Into(managed.Make()).Encryption).Kind);

        var old = Looking.Into(Word(flags: 0).Add("\tDRMContent", new byte[50]).Make());
        Assert.Equal(new EncryptionMark("drm", "DRMContent"), Assert.Single(old.Encryption));
        Assert.Equal(Readability.NotCheckable, old.Readability);
    }

    [Theory]
    [InlineData("Macros/VBA/dir")]
    [InlineData("_VBA_PROJECT_CUR/VBA/dir")]
    public void A_project_of_macros_is_told(string path) => Assert.True(Looking.Into(Word(flags: 0).Add(path, new byte[50]).Make()).Has("macro", path));

    [Fact]
    public void A_program_in_an_embedded_object_is_told_by_its_bytes_or_its_name()
    {
        var byBytes = Looking.Into(Word(flags: 0).Add("ObjectPool/_1/\x01Ole10Native", Native("a.txt", Looking.Program())).Make());
        var byName = Looking.Into(Word(flags: 0).Add("ObjectPool/_1/\x01Ole10Native", Native("开票.bat", "echo"u8.ToArray())).Make());
        var harmless = Looking.Into(Word(flags: 0).Add("ObjectPool/_1/\x01Ole10Native", Native("a.txt", "text"u8.ToArray())).Make());

        Assert.True(byBytes.Has("embedded-executable", "ObjectPool/_1/Ole10Native/a.txt"));
        Assert.True(byName.Has("embedded-executable", "ObjectPool/_1/Ole10Native/开票.bat"));
        Assert.False(harmless.Has("embedded-executable"));
        Assert.True(harmless.Has("embedded-file", "ObjectPool/_1"));
    }

    [Fact]
    public void A_program_that_is_labelled_otherwise_is_told_by_the_path_it_came_from()
    {
        var found = Looking.Into(Word(flags: 0).Add("ObjectPool/_1/\x01Ole10Native", Native("invoice.txt", "echo"u8.ToArray(), from: "C:\\a.vbs")).Make());

        Assert.True(found.Has("embedded-executable", "ObjectPool/_1/Ole10Native/invoice.txt"));
    }

    [Fact]
    public void Attachments_of_a_message_are_counted_named_and_looked_into()
    {
        var zip = HandMadeZip.Make(Looking.Part("s", "x") with { Flags = 1 });
        var message = new HandMadeCompound().Add("__properties_version1.0", new byte[32])
            .Add("__attach_version1.0_#00000000/__substg1.0_37010102", zip)
            .Add("__attach_version1.0_#00000000/__substg1.0_3707001F", Encoding.Unicode.GetBytes("附件.zip"))
            .Add("__attach_version1.0_#00000001/__substg1.0_37010102", "x"u8.ToArray());

        var found = Looking.Into(message.Make());

        Assert.Equal(2L, found.Technical["attachments"]);
        Assert.Equal(new EncryptionMark("zip-classic", "附件.zip/s"), Assert.Single(found.Encryption));
        Assert.True(found.Has("embedded-file", "附件.zip"));
    }

    [Fact]
    public void A_stream_that_is_cut_off_is_broken()
    {
        var bytes = new HandMadeCompound().Add("a", new byte[5000]).Make();
        var directory = (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) + 1) * 512;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 128 + 120), 500_000);

        Assert.True(Looking.Into(bytes).IsBroken("a", "cut-off"));
    }

    [Fact]
    public void Streams_that_share_their_bytes_are_read_no_further_than_allowed()
    {
        var file = new HandMadeCompound();
        for (var i = 0; i < 50; i++)
        {
            _ = file.Add("s" + i, new byte[5000]);
        }

        var found = Looking.Into(file.Make(), new ExaminationLimits { MaxUnpacked = 100_000 });

        Assert.Contains(found.Findings, f => f.Arguments[0].Value == "too-large");
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Fact]
    public void Any_byte_may_be_wrong_and_nothing_is_thrown()
    {
        var sound = Word(flags: 0).Add("Workbook", Records((0x0809, new byte[16]), (0x85, new byte[9]), (0x0A, []))).Add("PowerPoint Document", new byte[300])
            .Add("ObjectPool/_1/\x01Ole10Native", Native("a", new byte[50])).Add("\x05SummaryInformation", PropertySetsTests.Set(936, (2, PropertySetsTests.Text("标题"u8.ToArray())))).Make();
        var random = new Random(11);

        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])sound.Clone();
            for (var i = 0; i < 12; i++)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }

            Assert.NotEqual(Readability.NotExamined, Looking.Into(bytes).Readability);
        }
    }

    private static HandMadeCompound Package() => new HandMadeCompound().Add("EncryptionInfo", new byte[100]).Add("EncryptedPackage", new byte[5000]);

    private static HandMadeCompound Word(ushort flags)
    {
        var block = new byte[5000];
        BinaryPrimitives.WriteUInt16LittleEndian(block, 0xA5EC);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(10), flags);
        return new HandMadeCompound().Add("WordDocument", block);
    }

    private static byte[] Records(params (int Kind, byte[] Content)[] records)
    {
        var bytes = new List<byte>();
        foreach (var (kind, content) in records)
        {
            bytes.AddRange([(byte)kind, (byte)(kind >> 8), (byte)content.Length, (byte)(content.Length >> 8), .. content]);
        }

        return [.. bytes];
    }

    private static byte[] Native(string name, byte[] content, string? from = null)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var path = Encoding.UTF8.GetBytes(from ?? name);
        byte[] inner = [2, 0, .. text, 0, .. path, 0, 0, 0, 3, 0, .. BitConverter.GetBytes(path.Length + 1), .. path, 0, .. BitConverter.GetBytes(content.Length), .. content];
        return [.. BitConverter.GetBytes(inner.Length), .. inner];
    }
}
