using System.Formats.Asn1;
using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.National;
using Lantai.Evidence.Signatures;
using Lantai.Tests.Evidence.Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Cms;

namespace Lantai.Tests.Evidence.Signatures;

public sealed class SignedMessageTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("办件材料：申请表");
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();

    [Theory]
    [InlineData(TestAuthority.Sm2)]
    [InlineData(TestAuthority.Rsa)]
    [InlineData(TestAuthority.Ecdsa)]
    [InlineData("SHA1WITHRSA")]
    [InlineData("SHA384WITHRSAANDMGF1")]
    public void A_message_matches_its_content_and_no_other(string algorithm)
    {
        var person = TestAuthority.Root(algorithm: algorithm).Person();
        foreach (var (detached, direct) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
        {
            var message = TestMessages.Read(TestMessages.Cms(Content, detached, direct, null, [person]));

            var check = Assert.Single(SignedMessageCheck.Run(message, Content, "record"));

            Assert.Equal(SignatureMatch.Matches, check.Match);
            Assert.Equal(person.Certificate, check.Certificate);
            Assert.Equal(direct, check.SigningTime is null);
            Assert.Equal(algorithm == "SHA1WITHRSA", check.Findings.Any(f => f.Code == SignatureCodes.WeakAlgorithm));
            Assert.Equal(detached, message.Content is null);
            if (detached)
            {
                var other = Assert.Single(SignedMessageCheck.Run(message, "other"u8.ToArray(), "record"));
                Assert.Equal(SignatureMatch.Differs, other.Match);
                Assert.Contains(other.Findings, f => f.Code == (direct ? SignatureCodes.Wrong : SignatureCodes.ContentDiffers));
                Assert.Equal(SignatureMatch.NoContent, SignedMessageCheck.Run(message, null, "record")[0].Match);
            }
            else
            {
                Assert.Equal(Content, message.Content!.Value.ToArray());
            }
        }
    }

    [Fact]
    public void A_signer_who_signed_which_certificate_is_meant_is_held_to_it()
    {
        var again = Person.Again(Root); // the same name and key, another certificate
        byte[] Naming(TestAuthority named)
        {
            var hash = System.Security.Cryptography.SHA256.HashData(named.Certificate.Encoded.Span);
            var value = new DerSequence(new DerSequence(new DerSequence(new DerOctetString(hash))));
            var table = new Org.BouncyCastle.Asn1.Cms.AttributeTable(new Asn1EncodableVector(
                new Org.BouncyCastle.Asn1.Cms.Attribute(new DerObjectIdentifier("1.2.840.113549.1.9.16.2.47"), new DerSet(value))));
            var generator = new CmsSignedDataGenerator();
            generator.AddSignerInfoGenerator(new SignerInfoGeneratorBuilder().WithSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(table)).Build(Person.Factory(Person.Algorithm), Person.Made));
            generator.AddCertificate(Person.Made);
            return generator.Generate(new CmsProcessableByteArray(Content), true).GetEncoded();
        }

        Assert.Equal(SignatureMatch.Matches, SignedMessageCheck.Run(TestMessages.Read(Naming(Person)), null, "record")[0].Match);
        var check = SignedMessageCheck.Run(TestMessages.Read(Naming(again)), null, "record")[0];
        Assert.Equal(SignatureMatch.Differs, check.Match);
        Assert.Contains(check.Findings, f => f.Code == SignatureCodes.OtherCertificate);
    }

    [Fact]
    public void A_content_may_come_in_pieces_and_may_be_empty()
    {
        var check = new SignedMessageCheck(TestMessages.Read(TestMessages.Cms(Content, true, Person)), "record");
        foreach (var one in Content)
        {
            check.Append([one]);
        }

        Assert.Equal(SignatureMatch.Matches, check.Finish()[0].Match);
        Assert.Equal(SignatureMatch.Matches, SignedMessageCheck.Run(TestMessages.Read(TestMessages.Cms([], true, Person)), default(ReadOnlyMemory<byte>), "record")[0].Match);
        Assert.Throws<InvalidOperationException>(() => new SignedMessageCheck(TestMessages.Read(TestMessages.Cms(Content, false, Person)), "record").Append("x"u8));
    }

    [Fact]
    public void Each_of_several_signers_is_checked_by_itself()
    {
        var rsa = TestAuthority.Root("CN=Other", TestAuthority.Rsa).Person("CN=Second");
        var bytes = TestMessages.Cms(Content, false, false, new HashSet<TestAuthority> { rsa }, [Person, rsa]);
        var message = TestMessages.Read(bytes);

        var checks = SignedMessageCheck.Run(message, null, "record");
        Assert.Equal(2, message.SignerCount);
        Assert.Contains(checks, c => c.Match == SignatureMatch.Matches && c.Certificate!.Equals(Person.Certificate));
        var without = Assert.Single(checks, c => c.Match == SignatureMatch.NoCertificate);
        Assert.Contains(without.Findings, f => f.Code == SignatureCodes.NoCertificate);

        var given = new SignedMessageCheck(message, "record", rsa.Certificate).Finish();
        Assert.All(given, c => Assert.Equal(SignatureMatch.Matches, c.Match));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_message_of_the_national_form_is_made_and_read(bool detached, bool timed)
    {
        var bytes = Gbt35275.Sign(Content, Person.Pair, [Person.Certificate, Root.Certificate], detached, timed ? TestAuthority.Middle : null);
        var message = TestMessages.Read(bytes);

        var check = Assert.Single(SignedMessageCheck.Run(message, detached ? Content : default(ReadOnlyMemory<byte>?), "record"));

        Assert.Equal(MessageForm.Gbt35275, message.Form);
        Assert.Equal("1.2.156.10197.6.1.4.2.1", message.ContentType);
        Assert.Equal(2, message.Certificates.Count);
        Assert.Equal(SignatureMatch.Matches, check.Match);
        Assert.Equal(timed ? TestAuthority.Middle : null, check.SigningTime);
        Assert.Equal(("1.2.156.10197.1.401", "1.2.156.10197.1.301.1"), (check.DigestAlgorithm, check.SignatureAlgorithm));
        Assert.Equal(detached, message.Content is null);
    }

    /// <summary>Somebody else's code takes it apart and verifies it.</summary>
    [Fact]
    public void A_message_of_the_national_form_holds_what_others_look_for()
    {
        var bytes = Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], detached: false, signingTime: TestAuthority.Middle);

        var outer = Org.BouncyCastle.Asn1.Cms.ContentInfo.GetInstance(bytes);
        var signed = Org.BouncyCastle.Asn1.Cms.SignedData.GetInstance(outer.Content);
        var signer = Org.BouncyCastle.Asn1.Cms.SignerInfo.GetInstance(signed.SignerInfos[0]);
        var verifier = new Org.BouncyCastle.Crypto.Signers.SM2Signer();
        verifier.Init(false, new Org.BouncyCastle.Crypto.Parameters.ParametersWithID(Person.Keys.Public, "1234567812345678"u8.ToArray()));
        verifier.BlockUpdate(signer.SignedAttrs.GetDerEncoded());

        Assert.Equal("1.2.156.10197.6.1.4.2.2", outer.ContentType.Id);
        Assert.Equal(Content, ((Asn1OctetString)signed.EncapContentInfo.Content).GetOctets());
        Assert.True(verifier.VerifySignature(signer.Signature.GetOctets()));
        var attributes = new Org.BouncyCastle.Asn1.Cms.AttributeTable(signer.SignedAttrs);
        var digest = (Asn1OctetString)attributes[Org.BouncyCastle.Asn1.Cms.CmsAttributes.MessageDigest].AttrValues[0];
        Assert.Equal(Sm3.Hash(Content), digest.GetOctets());
    }

    [Fact]
    public void A_signer_may_be_named_by_its_key()
    {
        var generator = new CmsSignedDataGenerator();
        var id = Org.BouncyCastle.X509.Extension.X509ExtensionUtilities.CreateSubjectKeyIdentifier(Person.Keys.Public).GetKeyIdentifier();
        generator.AddSignerInfoGenerator(new SignerInfoGeneratorBuilder().Build(Person.Factory(Person.Algorithm), id));
        generator.AddCertificate(Root.Made);
        generator.AddCertificate(Person.Made);

        var check = SignedMessageCheck.Run(TestMessages.Read(generator.Generate(new CmsProcessableByteArray(Content), true).GetEncoded()), null, "record")[0];

        Assert.Equal((SignatureMatch.Matches, Person.Certificate), (check.Match, check.Certificate));
        Assert.Equal("key " + Convert.ToHexStringLower(id), check.Signer);
    }

    /// <summary>The signature fits the attributes, and whoever holds the message can present them as if they had been the content.</summary>
    [Fact]
    public void Signed_attributes_are_not_to_be_passed_off_as_content()
    {
        var signer = TestMessages.Read(Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], false, TestAuthority.Middle)).Signers[0];
        var bytes = Message(null, signer.Signature, content: signer.SignedForms[0]);

        var check = SignedMessageCheck.Run(TestMessages.Read(bytes), null, "record")[0];

        Assert.True(Person.Certificate.Sm2Key!.Verify(signer.SignedForms[0], Sm2Signature.TryFromDer(signer.Signature, out var plain) ? plain : []));
        Assert.Equal(SignatureMatch.Differs, check.Match);
        Assert.Equal(SignatureCodes.ContentDiffers, Assert.Single(check.Findings).Code);
    }

    [Fact]
    public void A_certificate_of_another_key_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => Gbt35275.Sign(Content, Person.Pair, [Root.Certificate], false, null));
        Assert.Throws<ArgumentException>(() => Gbt35275.Sign(Content, Person.Pair, [], false, null));
    }

    /// <summary>Some signers sign their attributes in the order in which they wrote them, and SM2 as two plain numbers.</summary>
    [Fact]
    public void Attributes_out_of_order_and_a_plain_signature_match()
    {
        byte[][] attributes = [Attribute("1.2.840.113549.1.9.4", w => w.WriteOctetString(Sm3.Hash(Content))), Attribute("1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.1"))];
        var signed = new AsnWriter(AsnEncodingRules.BER);
        using (signed.PushSetOf())
        {
            attributes.ToList().ForEach(a => signed.WriteEncodedValue(a));
        }

        foreach (var (form, good) in ((byte[], bool)[])[(signed.Encode(), true), (Content, false)])
        {
            var bytes = Message(attributes, Person.Pair.Sign(form));

            Assert.Equal(good ? SignatureMatch.Matches : SignatureMatch.Differs, SignedMessageCheck.Run(TestMessages.Read(bytes), null, "record")[0].Match);
        }
    }

    [Fact]
    public void Signed_attributes_without_digest_or_type_sign_nothing()
    {
        byte[] type = Attribute("1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.1"));
        byte[] other = Attribute("1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier("1.2.840.113549.1.7.1"));
        byte[] digest = Attribute("1.2.840.113549.1.9.4", w => w.WriteOctetString(Sm3.Hash(Content)));
        foreach (var (attributes, missing) in ((byte[][], string)[])[([type], "message-digest"), ([digest], "content-type"), ([other, digest], "content-type")])
        {
            var signed = new AsnWriter(AsnEncodingRules.BER);
            using (signed.PushSetOf())
            {
                attributes.ToList().ForEach(a => signed.WriteEncodedValue(a));
            }

            var check = SignedMessageCheck.Run(TestMessages.Read(Message(attributes, Person.Pair.Sign(signed.Encode()))), null, "record")[0];

            Assert.Equal(SignatureMatch.Differs, check.Match);
            Assert.Contains(check.Findings, f => f.Code == SignatureCodes.AttributeAbsent && f.Arguments[0].Value == missing);
        }
    }

    [Fact]
    public void An_algorithm_that_is_not_known_is_unsupported_and_never_matches()
    {
        var person = TestAuthority.Root(algorithm: TestAuthority.Rsa).Person(algorithm: "RIPEMD160WITHRSA", signedWith: TestAuthority.Rsa);

        var check = SignedMessageCheck.Run(TestMessages.Read(TestMessages.Cms(Content, false, person)), null, "record")[0];

        Assert.Equal(SignatureMatch.Unsupported, check.Match);
        Assert.Contains(check.Findings, f => f.Code == SignatureCodes.UnknownAlgorithm);
    }

    [Fact]
    public void A_digest_that_the_signature_does_not_name_is_unsupported()
    {
        var bytes = TestMessages.Cms(Content, false, true, null, [TestAuthority.Root(algorithm: TestAuthority.Ecdsa).Person()]);
        byte[] sha256 = Convert.FromHexString("608648016503040201"), sha512 = Convert.FromHexString("608648016503040203");
        Assert.Equal(SignatureMatch.Matches, SignedMessageCheck.Run(TestMessages.Read(bytes), null, "record")[0].Match);
        for (int at; (at = bytes.AsSpan().IndexOf(sha256)) >= 0;)
        {
            sha512.CopyTo(bytes, at);
        }

        Assert.Equal(SignatureMatch.Unsupported, SignedMessageCheck.Run(TestMessages.Read(bytes), null, "record")[0].Match);
    }

    [Fact]
    public void An_encrypted_message_is_told_as_encrypted()
    {
        var generator = new CmsEnvelopedDataGenerator();
        generator.AddKeyTransRecipient(TestAuthority.Root(algorithm: TestAuthority.Rsa).Made);
        var enveloped = generator.Generate(new CmsProcessableByteArray(Content), new DerObjectIdentifier(CmsEnvelopedGenerator.Aes128Cbc)).GetEncoded();
        var national = new AsnWriter(AsnEncodingRules.DER);
        using (national.PushSequence())
        {
            national.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.3");
        }

        foreach (var (bytes, type) in ((byte[], string)[])[(enveloped, "1.2.840.113549.1.7.3"), (national.Encode(), "1.2.156.10197.6.1.4.2.3")])
        {
            Assert.False(SignedMessage.TryParse(bytes, "record.p7", out var message, out var problem));
            Assert.Null(message);
            Assert.Equal((SignatureCodes.Encrypted, type), (problem.Code, problem.Arguments[0].Value));
        }
    }

    [Fact]
    public void A_message_that_nobody_signed_is_told()
    {
        var generator = new CmsSignedDataGenerator();
        generator.AddCertificate(Root.Made);

        var message = TestMessages.Read(generator.Generate(new CmsProcessableByteArray(Content), false).GetEncoded());

        Assert.Equal(SignatureCodes.NoSigner, Assert.Single(message.Findings).Code);
        Assert.Empty(SignedMessageCheck.Run(message, Content, "record"));
        Assert.Empty(TestMessages.Read(TestMessages.Cms(Content, false, Person)).Findings);
    }

    [Fact]
    public void More_certificates_than_are_looked_at_are_told()
    {
        var bytes = Message([], Person.Pair.Sign(Content), [.. Enumerable.Range(0, 10_000).Select(i => Renumbered(Root.Certificate, i))]);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var message = TestMessages.Read(bytes);

        Assert.Equal(SignedMessage.MaxCertificates, message.Certificates.Count);
        Assert.Equal(SignatureCodes.TooMany, Assert.Single(message.Findings).Code);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static byte[] Renumbered(Certificate certificate, int number)
    {
        var bytes = certificate.Encoded.ToArray();
        var at = bytes.AsSpan().IndexOf(Convert.FromHexString(certificate.SerialNumber));
        (bytes[at], bytes[at + 1]) = ((byte)(1 + (number >> 8)), (byte)number);
        return bytes;
    }

    private static byte[] Attribute(string oid, Action<AsnWriter> value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                value(writer);
            }
        }

        return writer.Encode();
    }

    /// <summary>A message of the national form with just these attributes and this signature.</summary>
    private static byte[] Message(byte[][]? attributes, byte[] signature, byte[][]? certificates = null, byte[]? content = null)
    {
        var whole = Gbt35275.Sign(content ?? Content, Person.Pair, [Person.Certificate], detached: false, signingTime: null);
        var outer = Org.BouncyCastle.Asn1.Cms.ContentInfo.GetInstance(whole);
        var signed = Org.BouncyCastle.Asn1.Cms.SignedData.GetInstance(outer.Content);
        var signer = Org.BouncyCastle.Asn1.Cms.SignerInfo.GetInstance(signed.SignerInfos[0]);
        Asn1Encodable[] marked = attributes is null ? [] : [new BerTaggedObject(false, 0, new BerSet(attributes.Select(Asn1Object.FromByteArray).ToArray<Asn1Encodable>()))];
        Asn1Encodable[] parts = [DerInteger.ValueOf(1), signer.SignerID.ToAsn1Object(), signer.DigestAlgorithm.ToAsn1Object(), .. marked, signer.SignatureAlgorithm.ToAsn1Object(), new DerOctetString(signature)];
        var made = new BerSequence(parts);
        return new BerSequence(outer.ContentType, new BerTaggedObject(true, 0, new BerSequence(
            DerInteger.ValueOf(1), signed.DigestAlgorithms, signed.EncapContentInfo, new BerTaggedObject(false, 0, certificates is null ? signed.Certificates : new BerSet(certificates.Select(Asn1Object.FromByteArray).ToArray<Asn1Encodable>())), new BerSet(made)))).GetEncoded();
    }
}
