using System.Diagnostics;
using System.Formats.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.National;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;

namespace Lantai.Tests.Evidence.National;

/// <summary>What the command <c>openssl</c> makes is read here, and what is made here it takes; skipped where it is absent or does not know SM2.</summary>
public sealed class OpensslInteropTests : IDisposable
{
    private const string Content = "办件 2026-0001";

    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Digests_and_ciphertexts_are_the_same()
    {
        await Need();
        var content = await Write("content", Encoded(Content));
        var key = "0123456789abcdeffedcba9876543210";

        Assert.Equal(Sm3.Hash(Encoded(Content)), Convert.FromHexString((await Run("dgst", "-sm3", "-r", content)).Split(' ')[0]));
        Assert.Equal(Sm3.Hmac("key"u8, Encoded(Content)), Convert.FromHexString((await Run("dgst", "-sm3", "-hmac", "key", "-r", content)).Split(' ')[0]));
        await Run("enc", "-sm4-cbc", "-K", key, "-iv", key, "-in", content, "-out", At("encrypted"));
        Assert.Equal(Sm4.EncryptCbc(Convert.FromHexString(key), Convert.FromHexString(key), Encoded(Content)), await File.ReadAllBytesAsync(At("encrypted")));
    }

    [Fact]
    public async Task Signatures_verify_in_both_directions()
    {
        await Need();
        var content = await Write("content", Encoded(Content));
        var theirs = await NewKey("theirs");

        await Run("pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-inkey", At("theirs.pem"), "-in", content, "-out", At("theirs.sig"), "-pkeyopt", "distid:1234567812345678");
        Assert.True(Sm2Signature.TryFromDer(await File.ReadAllBytesAsync(At("theirs.sig")), out var signature));
        Assert.True(theirs.Verify(Encoded(Content), signature));
        Assert.False(theirs.Verify(Encoded(Content + "."), signature));

        var ours = Sm2KeyPair.Generate();
        await Write("ours.sig", Sm2Signature.ToDer(ours.Sign(Encoded(Content))));
        await Write("ours.pub", PublicKey(ours.PublicKey));
        string[] verify = ["pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pubin", "-keyform", "DER", "-inkey", At("ours.pub"), "-in", content, "-sigfile", At("ours.sig"), "-pkeyopt"];
        Assert.Contains("Signature Verified Successfully", await Run([.. verify, "distid:1234567812345678"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Successfully", await Run([.. verify, "distid:another"], mayFail: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ciphertexts_open_in_both_directions()
    {
        await Need();
        var content = await Write("content", Encoded(Content));
        var ours = Sm2KeyPair.Generate();
        await Write("ours.pub", PublicKey(ours.PublicKey));

        await Run("pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", At("ours.pub"), "-in", content, "-out", At("to-us"));
        Assert.True(ours.TryDecrypt(await File.ReadAllBytesAsync(At("to-us")), out var opened));
        Assert.Equal(Encoded(Content), opened);

        var theirs = await NewKey("theirs");
        await Write("to-them", Sm2Ciphertext.ToDer(theirs.Encrypt(Encoded(Content))));
        await Run("pkeyutl", "-decrypt", "-inkey", At("theirs.pem"), "-in", At("to-them"), "-out", At("opened"));
        Assert.Equal(Encoded(Content), await File.ReadAllBytesAsync(At("opened")));
    }

    [Fact]
    public async Task A_certificate_of_theirs_is_judged_and_signs_for_us()
    {
        await Need();
        await NewKey("root");
        await Run("req", "-new", "-x509", "-sm3", "-key", At("root.pem"), "-subj", "/C=CN/O=Test/CN=Root", "-days", "3650", "-outform", "DER", "-out", At("root.der"),
            "-sigopt", "distid:1234567812345678", "-addext", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature");
        Assert.True(Certificate.TryParse(await File.ReadAllBytesAsync(At("root.der")), out var root));

        var chain = CertificateChain.Judge(root, new ChainQuestion { Anchors = [root], At = root.NotBefore.AddDays(1) });

        Assert.Equal(EvidenceVerdict.Valid, chain.Verdict);
        Assert.Equal("1.2.156.10197.1.501", root.SignatureAlgorithm);
        Assert.True(root.Key!.VerifiesMessage(SignatureScheme.Of(root.Algorithm)!, root.Signed, root.Signature));
    }

    [Theory]
    [InlineData("rsa", "-sha256")]
    [InlineData("rsa", "-sha1")]
    [InlineData("ec", "-sha384")]
    public async Task Signed_messages_of_theirs_are_read(string kind, string digest)
    {
        await Need();
        var content = await Write("content", Encoded(Content));
        string[] algorithm = kind == "rsa" ? ["rsa", "-pkeyopt", "rsa_keygen_bits:2048"] : ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
        await Run(["genpkey", "-algorithm", .. algorithm, "-out", At("key.pem")]);
        await Run("req", "-new", "-x509", "-sha256", "-key", At("key.pem"), "-subj", "/CN=Signer", "-days", "3650", "-out", At("cert.pem"));
        await Run("cms", "-sign", "-binary", "-md", digest[1..], "-signer", At("cert.pem"), "-inkey", At("key.pem"), "-in", content, "-outform", "DER", "-out", At("detached.p7s"));
        await Run("cms", "-sign", "-binary", "-nodetach", "-noattr", "-stream", "-md", digest[1..], "-signer", At("cert.pem"), "-inkey", At("key.pem"), "-in", content, "-outform", "DER", "-out", At("attached.p7m"));

        foreach (var (file, given) in ((string, ReadOnlyMemory<byte>?)[])[("detached.p7s", Encoded(Content)), ("attached.p7m", null)])
        {
            Assert.True(SignedMessage.TryParse(await File.ReadAllBytesAsync(At(file)), file, out var message, out _));
            var check = Assert.Single(SignedMessageCheck.Run(message, given, file));
            Assert.Equal(SignatureMatch.Matches, check.Match);
        }
    }

    [Fact]
    public async Task A_time_stamp_of_theirs_is_read()
    {
        await Need();
        var content = await Write("content", Encoded(Content));
        await Run("genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048", "-out", At("key.pem"));
        await Run("req", "-new", "-x509", "-sha256", "-key", At("key.pem"), "-subj", "/CN=TSA", "-days", "3650", "-out", At("cert.pem"), "-addext", "extendedKeyUsage=critical,timeStamping");
        await Run("x509", "-in", At("cert.pem"), "-outform", "DER", "-out", At("cert.der"));
        await File.WriteAllTextAsync(At("tsa.cnf"), $"[tsa]\ndefault_tsa=t\n[t]\nserial={At("serial")}\ncrypto_device=builtin\nsigner_cert={At("cert.pem")}\nsigner_key={At("key.pem")}\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n");
        await Run("ts", "-query", "-data", content, "-sha256", "-cert", "-out", At("asked"));
        await Run("ts", "-reply", "-config", At("tsa.cnf"), "-queryfile", At("asked"), "-token_out", "-out", At("token"));

        Assert.True(TimeStampToken.TryParse(await File.ReadAllBytesAsync(At("token")), "token", out var token, out _));
        Assert.True(Certificate.TryParse(await File.ReadAllBytesAsync(At("cert.der")), out var certificate));
        var evidence = token.Judge(Encoded(Content), new ChainQuestion { Anchors = [certificate], At = token.Time }, "token");

        Assert.Equal(EvidenceVerdict.Valid, evidence.Verdict);
        Assert.Equal(EvidenceVerdict.Wrong, token.Judge("other"u8, new ChainQuestion { Anchors = [certificate], At = token.Time }, "token").Verdict);
    }

    private static byte[] Encoded(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>A key as openssl reads it: algorithm, curve, point.</summary>
    private static byte[] PublicKey(Sm2PublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }

            writer.WriteBitString(key.ToBytes());
        }

        return writer.Encode();
    }

    private string At(string name) => Path.Combine(_folder, name);

    private async Task<string> Write(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(At(name), bytes);
        return At(name);
    }

    private async Task<Sm2PublicKey> NewKey(string name)
    {
        await Run("genpkey", "-algorithm", "SM2", "-out", At(name + ".pem"));
        await Run("pkey", "-in", At(name + ".pem"), "-pubout", "-outform", "DER", "-out", At(name + ".pub"));
        var bytes = await File.ReadAllBytesAsync(At(name + ".pub"));
        Assert.True(Sm2PublicKey.TryParse(bytes.AsSpan(bytes.Length - 65), out var key));
        return key;
    }

    private static async Task Need()
    {
        string said;
        try
        {
            said = await Run(["list", "-public-key-algorithms"], mayFail: true);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            said = "";
        }

        Assert.SkipUnless(said.Contains("SM2", StringComparison.OrdinalIgnoreCase), "The command openssl is not here, or does not know SM2.");
    }

    private static Task<string> Run(params string[] arguments) => Run(arguments, mayFail: false);

    private static async Task<string> Run(string[] arguments, bool mayFail)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(mayFail || process.ExitCode == 0, $"openssl {string.Join(' ', arguments)}: {await error}");
        return output + await error;
    }
}
