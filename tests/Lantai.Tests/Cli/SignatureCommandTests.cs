using System.Text;
using System.Text.Json.Nodes;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.StoreFormat;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;
using Lantai.Tests.InformationPackages;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Cli;

public sealed class SignatureCommandTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("行政许可决定书");
    private static readonly DateTimeOffset Now = TestAuthority.Middle;
    private static readonly DateTimeOffset Later = TestAuthority.End.AddYears(1);
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();
    private static readonly TestAuthority Other = Root.Person("CN=李四,O=审批局,C=CN");
    private static readonly TestAuthority StampRoot = TestAuthority.Root("CN=Time", change: LongLived);
    private static readonly TestAuthority Stamper = StampRoot.Stamper(LongLived);

    private readonly Scratch _scratch = new();

    public SignatureCommandTests()
    {
        _ = _scratch.Write("decision.txt", Content);
        _ = _scratch.Write("root.cer", Root.Certificate.Encoded.ToArray());
        _ = _scratch.Write("time.cer", StampRoot.Certificate.Encoded.ToArray());
        _ = _scratch.Write("root.crl", Root.List(Now.AddDays(-1), Now.AddDays(1)).Encoded.ToArray());
        _ = _scratch.Write("time.crl", StampRoot.List(Now.AddDays(-1), Now.AddDays(1)).Encoded.ToArray());
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_good_signature_with_a_trusted_root_and_a_list_is_valid()
    {
        _ = _scratch.Write("decision.p7s", TestMessages.Cms(Content, true, Person));

        var (code, told) = Judge(Now, "decision.p7s", "--content", At("decision.txt"), "--trust", At("root.cer"), "--crl", At("root.crl"));

        Assert.Equal((0, true, "valid"), (code, (bool)told["good"]!, Verdict(told)));
        Assert.Contains("张三", Say(Now, "decision.p7s", "--content", At("decision.txt"), "--trust", At("root.cer"), "--crl", At("root.crl")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_of_GB_T_35275_and_text_in_PEM_are_read_too()
    {
        var message = Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], detached: false, Now);
        _ = _scratch.Write("decision.sig", Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("PKCS7", message)));
        _ = _scratch.Write("root.crl.pem", Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", File.ReadAllBytes(At("root.crl")))));

        var (code, told) = Judge(Now, "decision.sig", "--trust", At("root.cer"), "--crl", At("root.crl.pem"));

        Assert.Equal((0, "valid", "gbt35275", "medium"), (code, Verdict(told), (string)told["signatures"]![0]!["form"]!, (string)told["signatures"]![0]!["confidence"]!));
        Assert.StartsWith("2025-06-01T08:00:00", (string)told["signatures"]![0]!["said"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_trusted_certificates_nothing_counts_and_this_is_said()
    {
        _ = _scratch.Write("decision.p7m", TestMessages.Cms(Content, false, Person));

        var (code, told) = Judge(Now, "decision.p7m");

        Assert.Equal((1, "not-trusted", false), (code, Verdict(told), (bool)told["good"]!));
        Assert.Contains("--trust", Say(Now, "decision.p7m"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_byte_of_the_content_is_wrong_and_content_that_is_not_given_is_not_valid()
    {
        _ = _scratch.Write("decision.p7s", TestMessages.Cms(Content, true, Person));
        var changed = Content.ToArray();
        changed[3] ^= 1;
        _ = _scratch.Write("decision.txt", changed);

        var (code, told) = Judge(Now, "decision.p7s", "--content", At("decision.txt"), "--trust", At("root.cer"), "--crl", At("root.crl"));
        var (without, absent) = Judge(Now, "decision.p7s", "--trust", At("root.cer"), "--crl", At("root.crl"));

        Assert.Equal((1, "wrong"), (code, Verdict(told)));
        Assert.Contains("SIG-005", Codes(told));
        Assert.Equal((1, false), (without, (bool)absent["good"]!));
        Assert.Contains("SIG-023", Codes(absent));
    }

    [Fact]
    public void An_algorithm_that_is_not_known_is_unsupported_and_ends_with_1()
    {
        // The identifier of the digest, in the message and in its signer, becomes one that nobody knows.
        var message = Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], detached: false, null);
        byte[] sm3 = [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x11];
        for (var at = 0; message.AsSpan(at).IndexOf(sm3) is >= 0 and var found; at += found + sm3.Length)
        {
            message[at + found + sm3.Length - 1] = 0x7F;
        }

        _ = _scratch.Write("decision.sig", message);

        var (code, told) = Judge(Now, "decision.sig", "--trust", At("root.cer"), "--crl", At("root.crl"));

        Assert.Equal((1, "unsupported"), (code, Verdict(told)));
        Assert.Contains("SIG-002", Codes(told));
    }

    [Fact]
    public void A_time_stamp_beside_makes_a_signature_valid_at_its_time_and_the_record_is_kept()
    {
        var message = TestMessages.Cms(Content, false, Person);
        var signature = new Org.BouncyCastle.Cms.CmsSignedData(message).GetSignerInfos().GetSigners().First().GetSignature();
        _ = _scratch.Write("decision.p7m", message);
        _ = _scratch.Write("decision.tst", TestMessages.Token(Stamper, signature, Now));
        _ = _scratch.Write("time.now.crl", StampRoot.List(Later.AddDays(-1), Later.AddDays(1)).Encoded.ToArray());
        string[] given = ["--trust", At("root.cer"), At("time.cer"), "--crl", At("root.crl"), At("time.crl"), At("time.now.crl")];

        var (bad, ended) = Judge(Later, "decision.p7m", given);
        Assert.Equal((1, "expired"), (bad, Verdict(ended)));
        var (code, told) = Judge(Later, "decision.p7m", [.. given, "--time-stamp", At("decision.tst"), "--evidence", At("kept.json")]);
        var (again, _) = Judge(Later, "decision.p7m", [.. given, "--time-stamp", At("decision.tst"), "--evidence", At("kept.json")]);

        Assert.Equal((0, "valid-at-time"), (code, Verdict(told)));
        Assert.True(SignatureEvidenceForm.TryRead(File.ReadAllBytes(At("kept.json")), out var kept));
        Assert.Equal((EvidenceVerdict.ValidAtTime, Now.AddSeconds(2)), (kept.Verdict, kept.At));
        Assert.Equal(2, again); // nothing is overwritten
    }

    [Fact]
    public void Each_of_several_signers_has_a_line_a_stamp_of_its_own_and_a_record()
    {
        _ = _scratch.Write("two.p7m", TestMessages.Cms(Content, false, Person, Other));
        var signature = new Org.BouncyCastle.Cms.CmsSignedData(File.ReadAllBytes(At("two.p7m"))).GetSignerInfos().GetSigners().First().GetSignature();
        _ = _scratch.Write("one.tst", TestMessages.Token(Stamper, signature, Now));

        var (code, told) = Judge(Now, "two.p7m", "--trust", At("root.cer"), At("time.cer"), "--crl", At("root.crl"), At("time.crl"), "--time-stamp", At("one.tst"), "--evidence", At("kept.json"));

        Assert.Equal(0, code);
        Assert.Equal(["valid", "valid"], told["signatures"]!.AsArray().Select(s => (string?)s!["verdict"]));
        Assert.Equal(["kept-1.json", "kept-2.json"], Directory.GetFiles(_scratch.Path, "kept*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([1, 0], new[] { "kept-1.json", "kept-2.json" }.Select(n => SignatureEvidenceForm.TryRead(File.ReadAllBytes(At(n)), out var e) ? e.TimeStamps.Count : -1).OrderDescending());
    }

    [Fact]
    public void A_time_stamp_is_judged_by_itself_over_its_content()
    {
        _ = _scratch.Write("decision.tst", TestMessages.Token(Stamper, Content, Now));
        string[] given = ["--trust", At("time.cer"), "--crl", At("time.crl")];

        var (code, told) = Judge(Now, "decision.tst", [.. given, "--content", At("decision.txt"), "--evidence", At("kept.json")]);
        var (without, absent) = Judge(Now, "decision.tst", given);
        var (wrong, other) = Judge(Now, "decision.tst", [.. given, "--content", At("root.cer")]);

        Assert.Equal((0, "valid", "time-stamp"), (code, Verdict(told), (string)told["kind"]!));
        Assert.True(SignatureEvidenceForm.TryRead(File.ReadAllBytes(At("kept.json")), out var kept));
        Assert.Equal((EvidenceVerdict.Valid, Now), (kept.Verdict, Assert.Single(kept.TimeStamps).Time));
        Assert.Equal((1, "wrong"), (without, Verdict(absent)));
        Assert.Contains("SIG-023", Codes(absent));
        Assert.Equal((1, "wrong"), (wrong, Verdict(other)));
        Assert.Contains("SIG-019", Codes(other));
    }

    [Fact]
    public void A_message_that_nobody_signed_is_never_called_valid()
    {
        var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
        generator.AddCertificates(Org.BouncyCastle.Utilities.Collections.CollectionUtilities.CreateStore([Person.Made]));
        _ = _scratch.Write("nobody.p7m", generator.Generate(new Org.BouncyCastle.Cms.CmsProcessableByteArray(Content), true).GetEncoded());

        var (code, told) = Judge(Now, "nobody.p7m", "--trust", At("root.cer"), "--evidence", At("kept.json"));

        Assert.Equal((1, false), (code, (bool)told["good"]!));
        Assert.Contains("SIG-021", told["findings"]!.AsArray().Select(f => (string?)f!["code"]));
        Assert.False(File.Exists(At("kept.json")));
    }

    [Fact]
    public void What_cannot_be_read_ends_with_2_and_is_told()
    {
        _ = _scratch.Write("decision.p7m", TestMessages.Cms(Content, false, Person));

        Assert.Equal(2, Judge(Now, "decision.txt").Code);
        Assert.Equal(2, Judge(Now, "none.p7m").Code);
        foreach (var option in (string[])["--trust", "--crl", "--ocsp", "--time-stamp"])
        {
            var (code, told) = Judge(Now, "decision.p7m", option, At("decision.txt"));
            Assert.Equal((2, "SIG-001"), (code, (string?)Assert.Single(told["findings"]!.AsArray())!["code"]));
        }
    }

    private static string Verdict(JsonNode told) => (string)Assert.Single(told["signatures"]!.AsArray())!["verdict"]!;

    private static IEnumerable<string?> Codes(JsonNode told) => told["signatures"]!.AsArray().SelectMany(s => s!["findings"]!.AsArray()).Select(f => (string?)f!["code"]);

    private static void LongLived(Org.BouncyCastle.X509.X509V3CertificateGenerator generator) => generator.SetNotAfter(Later.AddYears(10).UtcDateTime);

    private string At(string name) => Path.Combine(_scratch.Path, name);

    private (int Code, JsonNode Told) Judge(DateTimeOffset now, string file, params string[] options)
    {
        var (code, output, _) = TestWorld.Run(["signature", "verify", At(file), .. options, "--json"], time: new FakeTimeProvider(now));
        return (code, JsonNode.Parse(output)!);
    }

    private string Say(DateTimeOffset now, string file, params string[] options) => TestWorld.Run(["signature", "verify", At(file), .. options], time: new FakeTimeProvider(now)).Out;
}
