using System.Text;
using Lantai.StoreFormat;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;
using Lantai.Tests.House;
using Org.BouncyCastle.X509;

namespace Lantai.Tests.EndToEnd;

/// <summary>Received signatures through the real program: of a file, and of packages.</summary>
public sealed class SignaturesTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("行政许可决定书");

    [Fact]
    public void A_received_signature_is_judged_and_its_evidence_kept_once()
    {
        using var shop = new Workshop();
        var (root, now) = (TestAuthority.Root(change: LongLived), TimeProvider.System.GetUtcNow());
        _ = shop.Write("decision.p7s", TestMessages.Cms(Content, true, root.Person(change: LongLived)));
        _ = shop.Write("decision.txt", Content);
        _ = shop.Write("changed.txt", [.. Content.Select((b, i) => (byte)(i == 4 ? b ^ 1 : b))]);
        _ = shop.Write("root.cer", root.Certificate.Encoded.ToArray());
        _ = shop.Write("root.crl", root.List(now.AddDays(-1), now.AddDays(1)).Encoded.ToArray());
        string[] given = ["--trust", "root.cer", "--crl", "root.crl", "--json"];

        var good = shop.Run(["signature", "verify", "decision.p7s", "--content", "decision.txt", "--evidence", "kept.json", .. given]);
        var again = shop.Run(["signature", "verify", "decision.p7s", "--content", "decision.txt", "--evidence", "kept.json", .. given]);
        var wrong = shop.Run(["signature", "verify", "decision.p7s", "--content", "changed.txt", .. given]);
        var untrusted = shop.Run("signature", "verify", "decision.p7s", "--content", "decision.txt", "--lang", "zh");

        Assert.True(good.Code == 0, good.ToString());
        Assert.True(SignatureEvidenceForm.TryRead(File.ReadAllBytes(shop.At("kept.json")), out _));
        Assert.Equal(2, again.Code);
        Assert.Equal((1, "wrong"), (wrong.Code, (string?)wrong.Json["signatures"]![0]!["verdict"]));
        Assert.Equal(1, untrusted.Code);
        Assert.Contains("张三", untrusted.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signatures_of_packages_are_judged_with_and_without_trust()
    {
        using var shop = new Workshop();
        var sample = File.ReadAllText(Path.Combine(Tree.Root, "spec/vectors/packages/eep/good/signed.xml"));
        _ = shop.Write("signed.xml", sample);
        _ = shop.Write("changed.xml", sample.Replace("虚构餐饮", "虚构饮餐", StringComparison.Ordinal));
        var certificate = sample.Split("<证书>")[1].Split("</证书>")[0];
        _ = shop.Write("root.pem", $"-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n");

        var trusted = shop.Run("sip validate signed.xml --profile eep --trust root.pem --json".Split(' '));
        var without = shop.Run("sip validate signed.xml --profile eep --json".Split(' '));
        var changed = shop.Run("sip validate changed.xml --profile eep --trust root.pem --json".Split(' '));

        // The sample's certificate ends in 2033; after that it is expired, and counts as not verified.
        var ended = TimeProvider.System.GetUtcNow().Year >= 2033;
        Assert.Equal((0, ended ? "expired" : "valid"), (trusted.Code, Verdict(trusted)));
        Assert.Equal((0, "not-trusted"), (without.Code, Verdict(without)));
        Assert.Equal((1, "wrong"), (changed.Code, Verdict(changed)));
        Assert.Contains("PKG-190", changed.Out, StringComparison.Ordinal);
        Assert.Equal(2, shop.Run("sip", "validate", "signed.xml", "--profile", "eep", "--trust", "signed.xml").Code);
    }

    private static string? Verdict(Ended ended) => (string?)ended.Json["packages"]![0]!["signatures"]![0]!["verdict"];

    private static void LongLived(X509V3CertificateGenerator generator) => generator.SetNotAfter(new DateTime(2120, 1, 1, 0, 0, 0, DateTimeKind.Utc));
}
