using Lantai.Evidence;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Tests.Evidence;

public sealed class CryptoUseTests
{
    [Fact]
    public void Every_line_names_algorithm_use_and_module_and_claims_no_certificate()
    {
        var phrases = new Phrases(typeof(CryptoUse).Assembly);

        Assert.All(CryptoUse.All, u =>
        {
            Assert.NotEqual("", u.Algorithm);
            Assert.Matches(@"^[\w.]+ \d+\.\d+\.\d+$", u.Module);
            Assert.Equal("not-claimed", u.Certified);
            Assert.Equal(u.Algorithm is "MD5" or "SHA-1", u.IsWeak);
            foreach (var language in Enum.GetValues<Language>())
            {
                Assert.NotEqual(u.Use, phrases.Say(language, u.Use));
            }
        });

        // Each software that computes it stands in the inventory: which one does is a matter of the machine.
        var modules = CryptoUse.All.Where(u => u.Algorithm == "SM3").Select(u => u.Module.Split(' ')[0]).ToHashSet();
        Assert.Equal(Lantai.Evidence.National.Interop.Libcrypto.HasSm3, modules.Contains("libcrypto"));
        Assert.Equal(Lantai.Evidence.National.Sm3Batch.IsParallel, modules.Contains("Lantai.Evidence"));
        Assert.Contains("BouncyCastle.Cryptography", modules);
        Assert.Equal(DigestBatch.IsParallel, CryptoUse.All.Any(u => u is { Algorithm: "SHA-256", Use: "crypto-use.content-name" } && u.Module.StartsWith("Lantai.Words ", StringComparison.Ordinal)));
        Assert.Contains(CryptoUse.All, u => u is { Algorithm: "SM2", Oid: "1.2.156.10197.1.501" });
        Assert.Equal(CryptoUse.All.Count, CryptoUse.All.Distinct().Count());
    }

    [Fact]
    public void A_key_stands_with_its_id_and_its_life()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var root = TestAuthority.Root();
        var rsa = TestAuthority.Root(algorithm: TestAuthority.Rsa);

        var note = CryptoUse.Of(signer.Verifier, TestAuthority.Begin, null);
        var sm2 = CryptoUse.Of(root.Certificate);

        Assert.Equal(("Ed25519", signer.Verifier.ToString(), TestAuthority.Begin, null), (note.Algorithm, note.KeyId, note.From, note.Until));
        Assert.Equal(("SM2", root.Certificate.Fingerprint.ToString(), TestAuthority.End), (sm2.Algorithm, sm2.KeyId, sm2.Until));
        Assert.Equal("crypto-use.national-signature", sm2.Use);
        var further = Lantai.Evidence.National.Sm2NoteSigner.Generate("archive.example/log/sm2");
        Assert.Equal(("SM2", further.Verifier.ToString(), "crypto-use.national-signature"), (CryptoUse.Of(further.Verifier, null, null).Algorithm, CryptoUse.Of(further.Verifier, null, null).KeyId, CryptoUse.Of(further.Verifier, null, null).Use));
        Assert.True(CryptoUse.Of(rsa.Certificate).IsWeak); // 1024 bits
        Assert.False(sm2.IsWeak);
    }
}
