using System.Security.Cryptography;
using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Org.BouncyCastle.Cms;

namespace Lantai.Tests.Evidence.Certificates;

public sealed class CertificateFileTests
{
    private static readonly TestAuthority One = TestAuthority.Root("CN=One");
    private static readonly TestAuthority Two = TestAuthority.Root("CN=Two");

    [Fact]
    public void Certificates_are_read_from_der_pem_and_bundles()
    {
        var generator = new CmsSignedDataGenerator();
        generator.AddCertificate(One.Made);
        generator.AddCertificate(Two.Made);

        Assert.Equal([One.Certificate], Read(One.Certificate.Encoded.ToArray()));
        Assert.Equal([One.Certificate, Two.Certificate], Read(Encoding.UTF8.GetBytes($"受信任的根\n{Pem(One)}\r\n# second\n{Pem(Two)}\n")));
        Assert.Equal(2, Read(generator.Generate(new CmsProcessableByteArray([]), false).GetEncoded()).Count);
    }

    [Fact]
    public void What_is_no_certificate_is_told_and_the_others_are_given()
    {
        var broken = PemEncoding.WriteString("CERTIFICATE", [0x30, 0]);
        var key = PemEncoding.WriteString("PRIVATE KEY", [0x30, 0]);

        var read = CertificateFile.Read(Encoding.ASCII.GetBytes($"{key}\n{broken}\n{Pem(One)}"), "roots.pem", out var findings);

        Assert.Equal([One.Certificate], read);
        Assert.Equal(SignatureCodes.Malformed, Assert.Single(findings).Code);
        Assert.Empty(CertificateFile.Read("nothing"u8.ToArray(), "roots.pem", out findings));
        Assert.Equal(SignatureCodes.Malformed, Assert.Single(findings).Code);
    }

    [Fact]
    public void A_bundle_may_be_text_and_one_that_holds_none_or_more_than_certificates_is_told()
    {
        var generator = new CmsSignedDataGenerator();
        generator.AddCertificate(One.Made);
        var bundle = generator.Generate(new CmsProcessableByteArray([]), false).GetEncoded();
        var empty = new CmsSignedDataGenerator().Generate(new CmsProcessableByteArray([]), false).GetEncoded();

        Assert.Equal([One.Certificate], Read(Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", bundle))));
        Assert.Empty(CertificateFile.Read(empty, "roots.p7b", out var findings));
        Assert.Equal(SignatureCodes.Malformed, Assert.Single(findings).Code);
        Assert.Empty(CertificateFile.Read(Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", empty)), "roots.p7b", out findings));
        Assert.Equal(SignatureCodes.Malformed, Assert.Single(findings).Code);

        var at = bundle.AsSpan().IndexOf(One.Certificate.Encoded.Span);
        bundle[at + 8] ^= 0x1F; // its first inner tag: still a value, no certificate any more
        _ = CertificateFile.Read(bundle, "roots.p7b", out findings);
        Assert.NotEmpty(findings);
    }

    [Fact]
    public void A_text_of_many_beginnings_costs_little()
    {
        var text = Encoding.ASCII.GetBytes(new StringBuilder().Insert(0, "-----BEGIN A-----\n", 200_000).ToString());
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Empty(CertificateFile.Read(text, "roots.pem", out var findings));

        Assert.NotEmpty(findings);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void More_certificates_than_are_read_are_told()
    {
        var text = new StringBuilder().Insert(0, Pem(One) + "\n", CertificateFile.MaxCertificates + 5).ToString();

        var read = CertificateFile.Read(Encoding.ASCII.GetBytes(text), "roots.pem", out var findings);

        Assert.Equal(CertificateFile.MaxCertificates, read.Count);
        Assert.Equal(SignatureCodes.TooMany, Assert.Single(findings).Code);
    }

    private static IReadOnlyList<Certificate> Read(byte[] file)
    {
        var read = CertificateFile.Read(file, "roots", out var findings);
        Assert.Empty(findings);
        return read;
    }

    private static string Pem(TestAuthority authority) => PemEncoding.WriteString("CERTIFICATE", authority.Certificate.Encoded.Span);
}
