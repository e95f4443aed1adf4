using System.Security.Cryptography.X509Certificates;
using Lantai.Evidence.National;
using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

/// <summary>The samples' signatures were made elsewhere, over the exclusive canonical form: they hold over what is handed to the judge.</summary>
public sealed class EepSignatureTests
{
    [Theory]
    [InlineData("signed", 1)]
    [InlineData("locked", 4)]
    [InlineData("modified", 2)]
    [InlineData("original-whole", 2)]
    public void The_object_of_each_signature_is_what_was_signed(string name, int count)
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == name && s.IsGood).Open();

        var (package, _) = EepPackage.Read(tree, CancellationToken.None);

        Assert.Equal(count, package!.Signatures.Count);
        Assert.All(package.Signatures, s => Assert.True(Holds(s), s.Id + s.Locks));
        Assert.All(package.Signatures, s => Assert.Equal("1.2.156.10197.1.501", s.AlgorithmId));
    }

    [Fact]
    public void The_signature_of_a_list_of_digests_is_over_the_file_without_it()
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "signed-checklist").Open();

        var signature = TransferPackage.Read(tree, CancellationToken.None).Package.Signature!;

        using var signed = new MemoryStream();
        signature.WriteSignedObject(signed, CancellationToken.None);
        Assert.DoesNotContain("签名", System.Text.Encoding.UTF8.GetString(signed.ToArray()), StringComparison.Ordinal);
        Assert.True(Verifies(signature.Value, CertificateIn(signature.Value), signed.ToArray()));
    }

    private static bool Holds(PackageSignature signature)
    {
        using var signed = new MemoryStream();
        signature.WriteSignedObject(signed, CancellationToken.None);
        return Verifies(signature.Value, signature.Certificates[0], signed.ToArray());
    }

    /// <summary>The last octet string of the signed data is the signature of its only signer.</summary>
    private static bool Verifies(ReadOnlyMemory<byte> signedData, ReadOnlyMemory<byte> certificate, byte[] signed)
    {
        var bytes = signedData.Span;
        var key = X509CertificateLoader.LoadCertificate(certificate.Span).GetPublicKey();
        Assert.True(Sm2PublicKey.TryParse(key, out var parsed));
        for (var start = bytes.Length - 74; start < bytes.Length - 66; start++)
        {
            if (bytes[start] == 0x04 && bytes[start + 1] == bytes.Length - start - 2 && Sm2Signature.TryFromDer(bytes[(start + 2)..], out var raw))
            {
                return parsed.Verify(signed, raw);
            }
        }

        return false;
    }

    private static byte[] CertificateIn(ReadOnlyMemory<byte> signedData)
    {
        var bytes = signedData.Span;
        var at = bytes.IndexOf(new byte[] { 0x30, 0x82, 0x01, 0xF7 });
        return bytes.Slice(at, 4 + 0x1F7).ToArray();
    }
}
