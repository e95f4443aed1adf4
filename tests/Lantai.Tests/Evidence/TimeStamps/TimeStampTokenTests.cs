using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.TimeStamps;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;
using Org.BouncyCastle.Asn1.X509;

namespace Lantai.Tests.Evidence.TimeStamps;

public sealed class TimeStampTokenTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("归档信息包");
    private static readonly DateTimeOffset Time = TestAuthority.Middle.AddDays(-10);
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Stamper = Root.Stamper();

    [Theory]
    [InlineData(TestAuthority.Sm2, TestMessages.Sm3)]
    [InlineData(TestAuthority.Rsa, TestMessages.Sha256)]
    [InlineData(TestAuthority.Ecdsa, TestMessages.Sha256)]
    public void A_token_says_when_what_and_by_whom(string algorithm, string digest)
    {
        var stamper = TestAuthority.Root(algorithm: algorithm).Stamper();
        var token = Read(TestMessages.Token(stamper, Content, Time));

        Assert.Equal(Time, token.Time);
        Assert.Equal(digest, token.ImprintAlgorithm);
        Assert.Equal(TimeSpan.FromSeconds(2), token.Accuracy);
        Assert.Equal(("1.2.3.4.1", "05", false), (token.Policy, token.SerialNumber, token.IsOrdered));
        Assert.True(token.IsOf(Content));
        Assert.True(token.IsOf(new MemoryStream(Content)));
        Assert.False(token.IsOf("other"u8));
        Assert.False(token.IsOf(new MemoryStream([1])));

        var evidence = token.Judge(Content, stamper.Question(), "stamp");
        Assert.Equal(EvidenceVerdict.Valid, evidence.Verdict);
        Assert.Equal(stamper.Certificate, evidence.Chain!.Certificates[0]);
        Assert.Equal(2, evidence.Chain.Certificates.Count);

        var other = token.Judge("other"u8, stamper.Question(), "stamp");
        Assert.Equal(EvidenceVerdict.Wrong, other.Verdict);
        Assert.Contains(other.Findings, f => f.Code == SignatureCodes.ImprintDiffers);
    }

    [Fact]
    public void A_token_of_an_authority_that_nobody_trusts_is_not_trusted()
    {
        var evidence = Read(TestMessages.Token(Stamper, Content, Time)).Judge(Content, Stamper.Question() with { Anchors = [] }, "stamp");

        Assert.Equal(EvidenceVerdict.NotTrusted, evidence.Verdict);
        Assert.Equal(EvidenceVerdict.Expired, Read(TestMessages.Token(Stamper, Content, Time)).Judge(Content, Stamper.Question(TestAuthority.End.AddDays(1)), "stamp").Verdict);
    }

    [Fact]
    public void A_certificate_must_be_for_time_stamping_alone_and_say_so_critically()
    {
        // The library refuses to stamp with others, so a token is read against the rules of another use instead.
        EvidenceVerdict With(TestAuthority stamper) => CertificateChain.Judge(stamper.Certificate, stamper.Question() with { Use = CertificateUse.TimeStamping }).Verdict;
        static void Usual(Org.BouncyCastle.X509.X509V3CertificateGenerator g) => g.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeID.id_kp_timeStamping));
        static void Both(Org.BouncyCastle.X509.X509V3CertificateGenerator g) => g.AddExtension(X509Extensions.ExtendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeID.id_kp_timeStamping, KeyPurposeID.id_kp_codeSigning));

        Assert.Equal(EvidenceVerdict.Valid, With(Stamper));
        Assert.Equal(EvidenceVerdict.Unsuited, With(Root.Person()));
        Assert.Equal(EvidenceVerdict.Unsuited, With(Root.Person(change: Usual)));
        Assert.Equal(EvidenceVerdict.Unsuited, With(Root.Person(change: Both)));
    }

    [Fact]
    public void A_token_whose_certificate_is_elsewhere_is_judged_with_it_or_not_trusted()
    {
        var token = Read(TestMessages.Token(Stamper, Content, Time, certificates: false));

        var without = token.Judge(Content, Stamper.Question(), "stamp");
        Assert.Equal((EvidenceVerdict.NotTrusted, null), (without.Verdict, without.Chain));
        Assert.Contains(without.Findings, f => f.Code == SignatureCodes.NoCertificate);
        var question = Stamper.Question();
        Assert.Equal(EvidenceVerdict.Valid, token.Judge(Content, question with { Others = [.. question.Others, Stamper.Certificate] }, "stamp").Verdict);
    }

    [Fact]
    public void A_token_of_a_time_to_come_proves_nothing_yet()
    {
        EvidenceVerdict At(DateTimeOffset at) => Read(TestMessages.Token(Stamper, Content, Time)).Judge(Content, Stamper.Question(at), "stamp").Verdict;

        Assert.Equal(EvidenceVerdict.Valid, At(Time));
        Assert.Equal(EvidenceVerdict.Valid, At(Time.AddMinutes(-5)));
        Assert.Equal(EvidenceVerdict.NotYetValid, At(Time.AddMinutes(-6)));
    }

    /// <summary>Another certificate of the same authority, number, name and key takes the place of the one that the token names.</summary>
    [Fact]
    public void A_token_that_names_another_certificate_is_told()
    {
        var bytes = TestMessages.Token(Stamper, Content, Time);
        var other = Stamper.Certificate.Encoded.ToArray();
        other[^1] ^= 1; // the authority's own signature, which the token's signature does not cover
        var at = bytes.AsSpan().IndexOf(Stamper.Certificate.Encoded.Span);
        other.CopyTo(bytes, at);

        var evidence = Read(bytes).Judge(Content, Stamper.Question(), "stamp");

        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.StampSignerUnnamed);
        Assert.NotEqual(EvidenceVerdict.Valid, evidence.Verdict);
    }

    [Fact]
    public void A_time_before_its_certificate_was_dated_back()
    {
        var evidence = Read(TestMessages.Token(Stamper, Content, TestAuthority.Begin.AddDays(-1))).Judge(Content, Stamper.Question(), "stamp");

        Assert.Equal(EvidenceVerdict.NotYetValid, evidence.Verdict);
        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.NotYetValid);
    }

    [Fact]
    public void A_weak_digest_is_told()
    {
        var token = Read(TestMessages.Token(Stamper, Content, Time, digest: "1.3.14.3.2.26"));

        var evidence = token.Judge(Content, Stamper.Question(), "stamp");

        Assert.Equal(EvidenceVerdict.Valid, evidence.Verdict);
        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.WeakAlgorithm);
    }

    [Fact]
    public void A_digest_that_is_not_known_is_unsupported()
    {
        var token = Read(TestMessages.Token(Stamper, Content, Time, digest: "1.3.36.3.2.1")); // RIPEMD-160

        Assert.False(token.IsOf(Content));
        Assert.Equal(EvidenceVerdict.Unsupported, token.Judge(true, Stamper.Question(), "stamp").Verdict);
    }

    [Fact]
    public void What_is_no_token_is_none()
    {
        var bytes = TestMessages.Token(Stamper, Content, Time);
        var signed = TestMessages.Cms(Content, false, Root.Person());

        Assert.False(TimeStampToken.TryParse(signed, "stamp", out _, out var problem));
        Assert.Equal((SignatureCodes.Malformed, "time-stamp"), (problem.Code, problem.Arguments[0].Value));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.False(TimeStampToken.TryParse(bytes.AsMemory(0, length), "stamp", out _, out _));
        }
    }

    private static TimeStampToken Read(byte[] bytes)
    {
        Assert.True(TimeStampToken.TryParse(bytes, "stamp", out var token, out var problem), problem?.ToString());
        return token;
    }
}
