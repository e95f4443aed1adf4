using Lantai.Evidence.Certificates;
using Org.BouncyCastle.Asn1.X509;

namespace Lantai.Tests.Evidence.Certificates;

public sealed class CertificateTests
{
    [Fact]
    public void A_certificate_says_who_what_and_how_long()
    {
        var root = TestAuthority.Root();
        var person = root.Person("CN=李四\\, Jr,O=审批局,C=CN");

        var certificate = person.Certificate;

        Assert.Equal("C=CN,O=审批局,CN=李四\\, Jr", certificate.Subject);
        Assert.Equal(root.Certificate.Subject, certificate.Issuer);
        Assert.Equal((TestAuthority.Begin, TestAuthority.End), (certificate.NotBefore, certificate.NotAfter));
        Assert.Equal("1.2.156.10197.1.501", certificate.SignatureAlgorithm);
        Assert.Equal("1.2.156.10197.1.301", certificate.KeyAlgorithm);
        Assert.Equal(person.Pair.PublicKey, certificate.Sm2Key);
        Assert.Equal(KeyUses.DigitalSignature | KeyUses.ContentCommitment, certificate.Usage);
        Assert.False(certificate.IsAuthority);
        Assert.Null(certificate.Purposes);
        Assert.Equal(3, certificate.Version);
        Assert.Equal(person.Made.SerialNumber.ToString(16), certificate.SerialNumber.TrimStart('0'));
        Assert.True(root.Certificate.IsAuthority);
        Assert.Equal(KeyUses.KeyCertSign | KeyUses.CrlSign, root.Certificate.Usage);
    }

    [Fact]
    public void Equal_names_in_other_letters_and_encodings_are_equal()
    {
        var one = TestAuthority.Root("CN=Test  Root,C=CN").Certificate;
        var other = TestAuthority.Root("CN=TEST root,C=cn").Certificate;
        var third = TestAuthority.Root("CN=Testroot,C=CN").Certificate;

        Assert.Equal(one.SubjectName.Canonical, other.SubjectName.Canonical);
        Assert.NotEqual(one.SubjectName.Canonical, third.SubjectName.Canonical);
    }

    [Fact]
    public void What_is_no_certificate_is_none()
    {
        var bytes = TestAuthority.Root().Certificate.Encoded.ToArray();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Certificate.TryParse(bytes.AsMemory(0, length), out _));
        }

        Assert.False(Certificate.TryParse((byte[])[.. bytes, 0], out _));
        Assert.False(Certificate.TryParse(new byte[Certificate.MaxLength + 1], out _));
    }

    [Fact]
    public void A_certificate_that_contradicts_itself_is_none()
    {
        // Another algorithm inside than outside; an extension that stands twice.
        Assert.False(Certificate.TryParse(Replaced(TestAuthority.Root(algorithm: TestAuthority.Rsa), "2a864886f70d01010b", "2a864886f70d01010c"), out _));
        Assert.False(Certificate.TryParse(Replaced(TestAuthority.Root(), "551d23", "551d0e"), out _));
        Assert.True(Certificate.TryParse(Replaced(TestAuthority.Root(), "551d23", "551d24"), out _));

        static byte[] Replaced(TestAuthority authority, string part, string other)
        {
            var bytes = authority.Certificate.Encoded.ToArray();
            Convert.FromHexString(other).CopyTo(bytes, bytes.AsSpan().IndexOf(Convert.FromHexString(part)));
            return bytes;
        }
    }

    [Theory]
    [InlineData("MD5WITHRSA", true)]
    [InlineData("SHA1WITHRSA", true)]
    [InlineData("SHA384WITHRSA", false)]
    [InlineData("SHA256WITHRSAANDMGF1", false)]
    [InlineData("SHA384WITHRSAANDMGF1", false)]
    [InlineData("SHA1WITHECDSA", true)]
    [InlineData("SHA512WITHECDSA", false)]
    [InlineData("SM3WITHSM2", false)]
    public void Each_known_algorithm_verifies_and_no_changed_bit_does(string algorithm, bool weak)
    {
        var certificate = TestAuthority.Root(algorithm: algorithm).Certificate;
        var scheme = SignatureScheme.Of(certificate.Algorithm);
        Assert.NotNull(scheme);
        Assert.Equal(weak, scheme.IsWeak);

        Assert.True(certificate.Key!.VerifiesMessage(scheme, certificate.Signed, certificate.Signature));
        for (var bit = 0; bit < 8 * certificate.Signature.Length; bit += 5)
        {
            var other = certificate.Signature.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(certificate.Key.VerifiesMessage(scheme, certificate.Signed, other));
        }

        var changed = certificate.Signed.ToArray();
        changed[^1] ^= 1;
        Assert.False(certificate.Key.VerifiesMessage(scheme, changed, certificate.Signature));
        Assert.False(certificate.Key.VerifiesMessage(scheme, certificate.Signed, certificate.Signature[1..]));
        Assert.False(certificate.Key.VerifiesMessage(scheme, certificate.Signed, default));
    }

    /// <summary>The sets of bits that a PSS block leaves free differ with the length of the modulus: nine lengths meet each.</summary>
    [Fact]
    public void Pss_verifies_for_a_modulus_of_any_length()
    {
        for (var bits = 1016; bits <= 1024; bits++)
        {
            var pair = new Org.BouncyCastle.Crypto.Generators.RsaKeyPairGenerator();
            pair.Init(new Org.BouncyCastle.Crypto.Parameters.RsaKeyGenerationParameters(Org.BouncyCastle.Math.BigInteger.ValueOf(65537), new Org.BouncyCastle.Security.SecureRandom(), bits, 10));
            var keys = pair.GenerateKeyPair();
            var factory = new Org.BouncyCastle.Crypto.Operators.Asn1SignatureFactory("SHA256WITHRSAANDMGF1", keys.Private);
            var calculator = factory.CreateCalculator();
            calculator.Stream.Write("message"u8);
            var signature = ((Org.BouncyCastle.Crypto.IBlockResult)calculator.GetResult()).Collect();
            var (modulus, exponent) = (((Org.BouncyCastle.Crypto.Parameters.RsaKeyParameters)keys.Public).Modulus, new System.Numerics.BigInteger(65537));
            var key = new RsaPublicKey(new System.Numerics.BigInteger(modulus.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true), exponent);
            var scheme = SignatureScheme.Of(new Lantai.Evidence.Asn1.AlgorithmName("1.2.840.113549.1.1.10", ((AlgorithmIdentifier)factory.AlgorithmDetails).Parameters.ToAsn1Object().GetEncoded()));

            Assert.True(key.VerifiesPss(scheme!, ContentDigest.Of("2.16.840.1.101.3.4.2.1", "message"u8), signature), $"{bits} bits");
            Assert.False(key.VerifiesPss(scheme!, ContentDigest.Of("2.16.840.1.101.3.4.2.1", "Message"u8), signature), $"{bits} bits");
        }
    }

    [Fact]
    public void Keys_that_are_none_or_prove_nothing_are_not_taken()
    {
        var rsa = new Lantai.Evidence.Asn1.AlgorithmName("1.2.840.113549.1.1.1", default);
        var curve = new Lantai.Evidence.Asn1.AlgorithmName("1.2.840.10045.2.1", Convert.FromHexString("06082a8648ce3d030107"));
        var point = TestAuthority.Root(algorithm: TestAuthority.Ecdsa).Certificate.KeyBits.ToArray();

        Assert.NotNull(SubjectKey.Read(curve, point));
        point[40] ^= 1;
        Assert.Null(SubjectKey.Read(curve, point)); // beside the curve
        Assert.Null(SubjectKey.Read(curve, (byte[])[0]));
        Assert.Null(SubjectKey.Read(curve with { Parameters = Convert.FromHexString("3000") }, point)); // a curve of its own
        Assert.Null(SubjectKey.Read(rsa, Numbers(255, 3)));
        Assert.Null(SubjectKey.Read(rsa, Numbers(3000, 3)));
        Assert.Null(SubjectKey.Read(rsa, Numbers(256, 1)));
        Assert.NotNull(SubjectKey.Read(rsa, Numbers(256, 3)));
        Assert.Null(SubjectKey.Read(new("1.3.101.112", default), new byte[32]));

        static byte[] Numbers(int length, byte exponent)
        {
            var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger((byte[])[0, .. Enumerable.Repeat((byte)(length == 255 ? 0xFE : 0xFF), length == 255 ? 256 : length)]);
                writer.WriteInteger(exponent);
            }

            return writer.Encode();
        }
    }
}
