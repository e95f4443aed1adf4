using System.Formats.Asn1;
using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.TimeStamps;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;

namespace Lantai.Tests.Evidence.TimeStamps;

public sealed class TimeStampedContentTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("归档信息包");
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Stamper = Root.Stamper();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_description_is_stamped_with_the_content_where_it_is_protected(bool isProtected, bool elsewhere)
    {
        var description = Description(isProtected, "申请表.pdf");
        var bytes = Stamped(description, elsewhere ? null : Content, TestMessages.Token(Stamper, isProtected ? [.. description, .. Content] : Content, TestAuthority.Middle));

        Assert.True(TimeStampedContent.TryParse(bytes, "a.tsd", out var stamped, out _));
        Assert.Equal("申请表.pdf", stamped.FileName);
        Assert.Equal(elsewhere, stamped.Content is null);
        Assert.Equal(EvidenceVerdict.Valid, stamped.Judge(elsewhere ? Content : default(ReadOnlyMemory<byte>?), Stamper.Question(), "a.tsd").Verdict);
        if (elsewhere)
        {
            Assert.Equal(EvidenceVerdict.Wrong, stamped.Judge("other"u8.ToArray(), Stamper.Question(), "a.tsd").Verdict);
            Assert.Equal(EvidenceVerdict.Wrong, stamped.Judge(null, Stamper.Question(), "a.tsd").Verdict);
        }
    }

    [Fact]
    public void A_protected_description_must_not_be_exchanged()
    {
        var bytes = Stamped(Description(true, "b.pdf"), Content, TestMessages.Token(Stamper, [.. Description(true, "a.pdf"), .. Content], TestAuthority.Middle));

        Assert.True(TimeStampedContent.TryParse(bytes, "a.tsd", out var stamped, out _));
        var evidence = stamped.Judge(null, Stamper.Question(), "a.tsd");

        Assert.Equal(EvidenceVerdict.Wrong, evidence.Verdict);
        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.ImprintDiffers);
    }

    [Fact]
    public void A_file_without_a_token_is_none()
    {
        Assert.False(TimeStampedContent.TryParse(Stamped(Description(false, "a"), Content, null), "a.tsd", out _, out var problem));
        Assert.Equal((SignatureCodes.Malformed, "time-stamped-content"), (problem.Code, problem.Arguments[0].Value));
    }

    private static byte[] Description(bool isProtected, string name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteBoolean(isProtected);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
        }

        return writer.Encode();
    }

    private static byte[] Stamped(byte[] description, byte[]? content, byte[]? token)
    {
        var (tag0, writer) = (new Asn1Tag(TagClass.ContextSpecific, 0), new AsnWriter(AsnEncodingRules.DER));
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.31");
            using (writer.PushSequence(tag0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteEncodedValue(description);
                if (content is not null)
                {
                    writer.WriteOctetString(content);
                }

                using (writer.PushSequence(tag0))
                {
                    if (token is not null)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteEncodedValue(token);
                        }
                    }
                }
            }
        }

        return writer.Encode();
    }
}
