using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Compound;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Compound;

/// <summary>A macro project with a password, a lock or nothing to see is told; one that is open to all is not, though it has the same keys.</summary>
public sealed class VbaProtectionTests
{
    private const string Open = "ID=\"{0}\"\r\nDocument=ThisDocument/&H00000000\r\nCMG=\"0705D8E3D8EDDBF1DBF1DBF1DBF1\"\r\nDPB=\"0E0CD1ECDFF4E7F5E7F5E7\"\r\nGC=\"1517CAF1D6F9D7F9D706\"\r\n";

    [Fact]
    public void A_project_that_is_open_to_all_is_not_protected()
    {
        Assert.False(VbaProtection.Is(Open));
        Assert.Empty(Looking.Into(Word(Open)).Encryption);
        Assert.False(VbaProtection.Is(Project([0, 0, 0, 0], [0], [0xFF])));
    }

    [Theory]
    [InlineData(new byte[] { 4, 0, 0, 0 }, new byte[] { 0 }, new byte[] { 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0 }, new byte[] { 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 0 }, new byte[] { 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0 }, new byte[] { 0 }, new byte[] { 0 })]
    public void Each_of_the_three_protections_is_told(byte[] lockedBy, byte[] password, byte[] shown)
    {
        var found = Looking.Into(Word(Project(lockedBy, password, shown)));

        Assert.Equal(new EncryptionMark("vba", "Macros/PROJECT"), Assert.Single(found.Encryption));
        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Equal("word/vbaProject.bin/PROJECT", Assert.Single(Looking.Into(Looking.ZipOf(
            ("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/vbaProject.bin", new HandMadeCompound().Add("VBA/dir", [1]).Add("PROJECT", Encoding.ASCII.GetBytes(Project(lockedBy, password, shown))).Make()))).Encryption).Place);
    }

    [Theory]
    [InlineData("ID=\"{0}\"\r\nDPB=\"FFFF\"\r\n")]
    [InlineData("ID=\"{0}\"\r\nDPx=\"0E0CD1ECDFF4E7F5E7F5E7\"\r\n")]
    public void A_project_that_cannot_be_read_is_not_checkable(string project)
    {
        var found = Looking.Into(Word(project));

        Assert.Equal((Readability.NotCheckable, "macro-project"), (found.Readability, Look.Fault(found)));
        Assert.Empty(found.Encryption);
    }

    private static byte[] Word(string project) =>
        new HandMadeCompound().Add("WordDocument", new byte[512]).Add("Macros/VBA/dir", [1]).Add("Macros/PROJECT", Encoding.ASCII.GetBytes(project)).Make();

    private static string Project(byte[] lockedBy, byte[] password, byte[] shown) =>
        $"ID=\"{{0}}\"\r\nCMG=\"{Hide(lockedBy, 7)}\"\r\nDPB=\"{Hide(password, 14)}\"\r\nGC=\"{Hide(shown, 21)}\"\r\n";

    // MS-OVBA §2.4.3.2.
    private static string Hide(byte[] data, byte seed)
    {
        const byte Key = 0xDF;
        byte[] plain = [.. Enumerable.Repeat((byte)7, (seed & 6) / 2), .. BitConverter.GetBytes(data.Length), .. data];
        var hidden = new List<byte> { seed, (byte)(seed ^ 2), (byte)(seed ^ Key) };
        var (before, last, previous) = (hidden[1], hidden[2], Key);
        foreach (var one in plain)
        {
            var next = (byte)(one ^ unchecked((byte)(before + previous)));
            hidden.Add(next);
            (before, last, previous) = (last, next, one);
        }

        return Convert.ToHexString([.. hidden]);
    }
}
