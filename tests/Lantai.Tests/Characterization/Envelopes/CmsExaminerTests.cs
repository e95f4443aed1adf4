using System.Formats.Asn1;
using System.Text;
using Lantai.Characterization;

namespace Lantai.Tests.Characterization.Envelopes;

public sealed class CmsExaminerTests
{
    [Theory]
    [InlineData("1.2.840.113549.1.7.2", false)]
    [InlineData("1.2.840.113549.1.7.3", true)]
    [InlineData("1.2.840.113549.1.7.4", true)]
    [InlineData("1.2.840.113549.1.7.6", true)]
    [InlineData("1.2.840.113549.1.9.16.1.23", true)]
    [InlineData("1.2.156.10197.6.1.4.2.2", false)]
    [InlineData("1.2.156.10197.6.1.4.2.3", true)]
    [InlineData("1.2.156.10197.6.1.4.2.4", true)]
    [InlineData("1.2.156.10197.6.1.4.2.5", true)]
    public void The_type_tells_whether_it_is_encrypted_in_der_and_in_pem(string type, bool isEncrypted)
    {
        foreach (var file in (byte[][])[Make(type), Pem(Make(type))])
        {
            var found = Looking.Into(file);

            Assert.Equal(FileFamily.Cms, found.Family);
            Assert.Equal(isEncrypted, found.Encryption.Any(e => e.Kind == "cms"));
            Assert.Equal(isEncrypted ? Readability.NotCheckable : Readability.Readable, found.Readability);
        }
    }

    [Fact]
    public void What_is_cut_off_is_broken_and_still_known_to_be_encrypted()
    {
        var found = Looking.Into(Make("1.2.840.113549.1.7.3")[..^10]);

        Assert.True(found.IsBroken("content", "cut-off"));
        Assert.Single(found.Encryption);
    }

    [Fact]
    public void Lengths_that_are_not_said_before_are_read_too()
    {
        byte[] open = [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0, 0x80, 0x04, 0x01, 0x61, 0, 0, 0, 0];

        Assert.Equal(Readability.Readable, Looking.Into(open).Readability);
        Assert.True(Looking.Into(open[..^2]).IsBroken("content", "cut-off"));
        Assert.True(Looking.Into([.. open, 0x55]).IsBroken("header", "trailing"));
    }

    private static byte[] Make(string type)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteOctetString(new byte[300]);
            }
        }

        return writer.Encode();
    }

    private static byte[] Pem(byte[] bytes) => Encoding.ASCII.GetBytes($"-----BEGIN CMS-----\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\n-----END CMS-----\n");
}
