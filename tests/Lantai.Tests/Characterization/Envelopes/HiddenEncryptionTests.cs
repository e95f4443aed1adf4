using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using Lantai.Characterization;
using Lantai.Tests.Characterization.Pdf;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Envelopes;

/// <summary>An encryption is found where it does not begin the file: attached, packed, signed over, quoted, or in the letters of another file.</summary>
public sealed class HiddenEncryptionTests
{
    private const string Enveloped = "1.2.840.113549.1.7.3";
    private const string Signed = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";

    private static readonly byte[] PgpMessage = [0xC1, 12, 3, .. new byte[11], 0xD2, 20, 1, .. new byte[19]];

    [Fact]
    public void An_encrypted_pdf_attached_to_a_pdf_is_told_with_its_way()
    {
        var once = Attach(EncryptedPdf(), "机密.pdf");

        Assert.Contains(Looking.Into(once).Encryption, m => m is { Kind: "pdf" } && m.Place.Contains("7 0 obj", StringComparison.Ordinal));
        Assert.Contains(Looking.Into(Attach(once, "外.pdf")).Encryption, m => m.Kind == "pdf");
        Assert.Equal((Readability.NotCheckable, "too-deep"), Deep(Attach(Attach(once, "a.pdf"), "b.pdf")));
    }

    [Fact]
    public void Other_encrypted_files_attached_to_a_pdf_are_told_too()
    {
        Assert.Equal("zip-classic", Assert.Single(Looking.Into(Attach(EncryptedZip(), "a.zip")).Encryption).Kind);
        Assert.Equal("openpgp", Assert.Single(Looking.Into(Attach(Letter("见下：\n"), "a.txt")).Encryption).Kind);
        Assert.Empty(Looking.Into(Attach(HandMadePdf.OnePage().ToBytes(), "a.pdf")).Encryption);
        Assert.Equal(Readability.Readable, Looking.Into(Attach(HandMadePdf.OnePage().ToBytes(), "a.pdf")).Readability);
    }

    [Theory]
    [InlineData("/AFRelationship/EncryptedPayload")]
    [InlineData("/EP<</Type/EncryptedPayload/Subtype/MicrosoftIRMServices>>")]
    public void A_pdf_that_only_wraps_an_encrypted_document_is_told(string said)
    {
        var pdf = HandMadePdf.OnePage("/AF[6 0 R]").Set(6, $"<</Type/Filespec/F(p.bin){said}/EF<</F 7 0 R>>>>").SetStream(7, "/Type/EmbeddedFile", new byte[100]);

        Assert.Equal(new EncryptionMark("pdf-payload", "6 0 obj"), Assert.Single(pdf.Examine().Encryption));
    }

    [Fact]
    public void What_lies_too_deep_is_not_passed_over_in_silence()
    {
        var three = Looking.ZipOf(("c.zip", Looking.ZipOf(("b.zip", Looking.ZipOf(("a.zip", EncryptedZip()))))));

        var found = Looking.Into(three);

        Assert.Equal((Readability.NotCheckable, "too-deep"), Deep(three));
        Assert.Empty(found.Encryption);
    }

    [Theory]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"", "base64")]
    [InlineData("application/x-pkcs7-mime", "base64")]
    [InlineData("application/pkcs7-mime; smime-type=authEnveloped-data", "8bit")]
    public void A_mail_that_only_its_receiver_opens_is_told(string type, string packed)
    {
        var body = packed == "base64" ? Lines(Message(Enveloped, null)) : "...";

        var found = Looking.Into(Mail($"Content-Type: {type}\r\nContent-Transfer-Encoding: {packed}", body));

        Assert.Equal("cms", Assert.Single(found.Encryption).Kind);
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Fact]
    public void Attachments_of_a_mail_are_looked_into_and_forwarded_mails_too()
    {
        var inner = $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip; name=\"附件.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(EncryptedZip())}\r\n--b--";
        var mails = (string[])[inner, $"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\nFrom: c@example.org\r\n{inner}\r\n--a--"];
        foreach (var mail in mails.Select(m => Mail(m.Split("\r\n\r\n", 2)[0], m.Split("\r\n\r\n", 2)[1])))
        {
            Assert.Equal(new EncryptionMark("zip-classic", "附件.zip/secret.txt"), Assert.Single(Looking.Into(mail).Encryption));
        }

        Assert.Equal("openpgp", Assert.Single(Looking.Into(Mail("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=a", "--a\r\n\r\nx\r\n--a--")).Encryption).Kind);
        Assert.Empty(Looking.Into(Mail("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64", Lines(Message(Signed, Inner(Data, "text"u8))))).Encryption);
    }

    [Fact]
    public void What_is_signed_may_be_encrypted()
    {
        Assert.Equal(new EncryptionMark("cms", "enveloped-data"), Assert.Single(Looking.Into(Message(Signed, Inner(Enveloped, Message(Enveloped, null)))).Encryption));
        Assert.Equal(new EncryptionMark("cms", "data/enveloped-data"), Assert.Single(Looking.Into(Message(Signed, Inner(Data, Message(Enveloped, null)))).Encryption));
        Assert.Equal(new EncryptionMark("zip-classic", "data/secret.txt"), Assert.Single(Looking.Into(Message(Signed, Inner(Data, EncryptedZip()))).Encryption));
        Assert.Equal("cms", Assert.Single(Looking.Into(Message(Signed, Inner(Data, Mail("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64", Lines(Message(Enveloped, null)))))).Encryption).Kind);
        foreach (var plain in (byte[][])[Message(Signed, Inner(Data, "text"u8)), Message(Signed, Inner(Data, null))])
        {
            Assert.Empty(Looking.Into(plain).Encryption);
            Assert.Equal(Readability.Readable, Looking.Into(plain).Readability);
        }
    }

    [Theory]
    [InlineData("请解密：\n")]
    [InlineData("> ")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void An_armoured_message_is_found_wherever_it_stands_in_a_text(string before)
    {
        var found = Looking.Into(Letter(before));

        var mark = Assert.Single(found.Encryption);
        Assert.Equal(("openpgp", $"PGP MESSAGE@{Encoding.UTF8.GetByteCount(before)}"), (mark.Kind, mark.Place));
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Fact]
    public void Armour_is_found_beyond_a_window_in_wide_letters_and_of_cms()
    {
        Assert.Single(Looking.Into(Letter(new string('a', (1 << 18) - 5) + "\n")).Encryption);
        Assert.Single(Looking.Into([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Letter("见：\n")))]).Encryption);
        Assert.Equal("cms", Assert.Single(Looking.Into(Encoding.ASCII.GetBytes($"see\n-----BEGIN CMS-----\n{Lines(Message(Enveloped, null))}\n-----END CMS-----\n")).Encryption).Kind);
    }

    [Theory]
    [InlineData("A message begins with -----BEGIN PGP MESSAGE----- and ends so.\n")]
    [InlineData("-----BEGIN PGP MESSAGE-----\n\n...\n-----END PGP MESSAGE-----\n")]
    public void A_text_about_armour_is_no_message(string text)
    {
        Assert.Empty(Looking.Into(Encoding.UTF8.GetBytes("Manual\n" + text)).Encryption);
        Assert.Equal(Readability.Readable, Looking.Into(Encoding.UTF8.GetBytes("Manual\n" + text)).Readability);
    }

    [Fact]
    public void Many_lines_that_look_like_armour_cost_one_pass()
    {
        var text = string.Concat(Enumerable.Repeat("-----BEGIN X-----\n", 400_000));
        var began = System.Diagnostics.Stopwatch.StartNew();

        Assert.Empty(Looking.Into(Encoding.ASCII.GetBytes(text)).Encryption);

        Assert.InRange(began.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void An_encrypted_element_of_an_xml_is_told_and_one_of_the_same_name_is_none()
    {
        var xml = Xml("<e:EncryptedData xmlns:e=\"http://www.w3.org/2001/04/xmlenc&#35;\"><e:CipherData/></e:EncryptedData>");

        Assert.Equal("xml", Assert.Single(Looking.Into(xml).Encryption).Kind);
        Assert.Equal(Readability.NotCheckable, Looking.Into(xml).Readability);
        Assert.Empty(Looking.Into(Xml("<EncryptedData/>")).Encryption);
    }

    [Theory]
    [InlineData("<c>{0}</c>")]
    [InlineData("<c>\n    {0}\n  </c>")]
    [InlineData("<c><![CDATA[{0}]]></c>")]
    [InlineData("<c d=\"{0}\"/>")]
    [InlineData("<c d=\"data:application/pdf;base64,{0}\"/>")]
    public void Files_in_the_letters_of_an_xml_are_looked_into(string pattern)
    {
        byte[] At(byte[] file) => Xml(string.Format(CultureInfo.InvariantCulture, pattern, Convert.ToBase64String(file)));

        Assert.Equal("pdf", Assert.Single(Looking.Into(At(EncryptedPdf())).Encryption).Kind);
        Assert.Equal("zip-classic", Assert.Single(Looking.Into(At(EncryptedZip())).Encryption).Kind);
        Assert.Empty(Looking.Into(At(HandMadePdf.OnePage().ToBytes())).Encryption);
        Assert.Equal(Readability.Readable, Looking.Into(At(HandMadePdf.OnePage().ToBytes())).Readability);
    }

    [Fact]
    public void Texts_in_a_zip_are_searched_and_their_scripts_are_not_told()
    {
        var found = Looking.Into(Looking.ZipOf(("信.txt", Letter("见：\n")), ("a.xml", Xml("<e:EncryptedData xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"/>")), ("a.html", "<html><script>x</script></html>"u8.ToArray())));

        Assert.Equal(["openpgp", "xml"], found.Encryption.Select(m => m.Kind));
        Assert.Empty(found.Active);
    }

    private static (Readability, string) Deep(byte[] file) => (Looking.Into(file).Readability, Look.Fault(Looking.Into(file)));

    private static byte[] EncryptedPdf()
    {
        var pdf = HandMadePdf.OnePage();
        pdf.Trailer = "/Encrypt<</Filter/Standard/V 9>>";
        return pdf.ToBytes();
    }

    private static byte[] EncryptedZip() => HandMadeZip.Make(Looking.Part("secret.txt", "x") with { Flags = 1 });

    private static byte[] Attach(byte[] file, string name) => HandMadePdf.OnePage("/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>")
        .Set(6, $"<</Type/Filespec/F(a)/UF<{Convert.ToHexString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(name)])}>/EF<</F 7 0 R>>>>").SetPacked(7, "/Type/EmbeddedFile", file).ToBytes();

    private static byte[] Letter(string before) => Encoding.UTF8.GetBytes(
        $"{before}-----BEGIN PGP MESSAGE-----\nComment: x\n\n{Convert.ToBase64String(PgpMessage)}\n=abcd\n-----END PGP MESSAGE-----\n".Replace("\n", before == "> " ? "\n> " : "\n", StringComparison.Ordinal));

    private static byte[] Xml(string inside) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><r>{inside}</r>");

    private static byte[] Mail(string header, string body) =>
        Encoding.UTF8.GetBytes($"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n{header}\r\n\r\n{body}\r\n");

    private static string Lines(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

    // What is signed: its type and, where it is there, the content as octets.
    private static byte[] Inner(string type, ReadOnlySpan<byte> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSetOf())
            {
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(type);
                if (!content.IsEmpty)
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    {
                        writer.WriteOctetString(content);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] Message(string type, byte[]? inside)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                if (inside is null)
                {
                    writer.WriteOctetString(new byte[300]);
                }
                else
                {
                    writer.WriteEncodedValue(inside);
                }
            }
        }

        return writer.Encode();
    }
}
