using Lantai.Evidence.Signatures;
using Lantai.Tests.Evidence.Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;

namespace Lantai.Tests.Evidence.Signatures;

/// <summary>Signed messages and time stamps made by the library's own generators.</summary>
internal static class TestMessages
{
    public const string Sm3 = "1.2.156.10197.1.401";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";

    public static byte[] Cms(byte[] content, bool detached, params IReadOnlyList<TestAuthority> signers) => Cms(content, detached, false, null, signers);

    public static byte[] Cms(byte[] content, bool detached, bool direct, ISet<TestAuthority>? withoutCertificate, IReadOnlyList<TestAuthority> signers)
    {
        var generator = new CmsSignedDataGenerator();
        foreach (var signer in signers)
        {
            var builder = new SignerInfoGeneratorBuilder();
            builder = direct ? builder.SetDirectSignature(true) : builder;
            generator.AddSignerInfoGenerator(builder.Build(signer.Factory(signer.Algorithm), signer.Made));
        }

        generator.AddCertificates(CollectionUtilities.CreateStore(signers.Where(s => withoutCertificate?.Contains(s) != true).Select(s => s.Made)));
        var made = generator.Generate(new CmsProcessableByteArray(content), !detached);
        return made.GetEncoded();
    }

    /// <summary>The same message with a time stamp under its first signature.</summary>
    public static byte[] Stamped(byte[] message, TestAuthority stamper, DateTimeOffset time, Func<byte[], byte[]>? of = null, int count = 1)
    {
        var made = new CmsSignedData(message);
        var signer = made.GetSignerInfos().GetSigners().First();
        var token = Token(stamper, (of ?? (s => s))(signer.GetSignature()), time);
        var attribute = new Org.BouncyCastle.Asn1.Cms.Attribute(new DerObjectIdentifier("1.2.840.113549.1.9.16.2.14"), new DerSet(Asn1Object.FromByteArray(token)));
        var table = new AttributeTable(new Asn1EncodableVector([.. Enumerable.Repeat(attribute, count)]));
        return CmsSignedData.ReplaceSigners(made, new SignerInformationStore(SignerInformation.ReplaceUnsignedAttributes(signer, table))).GetEncoded();
    }

    public static byte[] Token(TestAuthority stamper, byte[] content, DateTimeOffset time, string? digest = null, bool certificates = true)
    {
        digest ??= stamper.Algorithm == TestAuthority.Sm2 ? Sm3 : Sha256;
        var oid = new DerObjectIdentifier(digest);
        var imprint = Org.BouncyCastle.Security.DigestUtilities.CalculateDigest(digest, content);
        var signer = new SignerInfoGeneratorBuilder().Build(stamper.Factory(stamper.Algorithm), stamper.Made);
        var generator = new TimeStampTokenGenerator(signer, Asn1DigestFactory.Get(new DerObjectIdentifier(Sha256)), new DerObjectIdentifier("1.2.3.4.1"), true);
        generator.SetAccuracySeconds(2);
        if (certificates)
        {
            generator.SetCertificates(CollectionUtilities.CreateStore([stamper.Made]));
        }

        var asked = new TimeStampRequestGenerator();
        asked.SetCertReq(true);
        return generator.Generate(asked.Generate(oid, imprint, BigInteger.ValueOf(77)), BigInteger.ValueOf(5), time.UtcDateTime).GetEncoded();
    }

    public static SignedMessage Read(byte[] bytes)
    {
        Assert.True(SignedMessage.TryParse(bytes, "record.p7s", out var message, out var problem), problem?.ToString());
        return message;
    }
}
