using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Lantai.Tests.Evidence.Certificates;

public sealed class CertificateChainTests
{
    private static readonly TestAuthority TheRoot = TestAuthority.Root();
    private static readonly TestAuthority TheOffice = TheRoot.Below("CN=Office,O=测试,C=CN");
    private static readonly TestAuthority ThePerson = TheOffice.Person();

    [Theory]
    [InlineData(TestAuthority.Sm2, TestAuthority.Sm2)]
    [InlineData(TestAuthority.Rsa, TestAuthority.Sm2)]
    [InlineData(TestAuthority.Sm2, TestAuthority.Ecdsa)]
    [InlineData(TestAuthority.Ecdsa, TestAuthority.Rsa)]
    public void A_way_to_a_trusted_certificate_makes_a_certificate_valid(string above, string below)
    {
        var root = TestAuthority.Root(algorithm: above);
        var office = root.Below("CN=Office", below);
        var person = office.Person();

        var chain = CertificateChain.Judge(person.Certificate, person.Question());

        Assert.Equal(EvidenceVerdict.Valid, chain.Verdict);
        Assert.Equal([person.Certificate, office.Certificate, root.Certificate], chain.Certificates);
        Assert.Equal(2, chain.Revocation.Count);
        Assert.DoesNotContain(chain.Findings, f => f.Severity == Lantai.Words.Severity.Error);
    }

    [Fact]
    public void Without_a_trusted_certificate_nothing_is_trusted()
    {
        var stranger = TestAuthority.Root();

        var chain = CertificateChain.Judge(ThePerson.Certificate, ThePerson.Question() with { Anchors = [stranger.Certificate] });

        Assert.Equal(EvidenceVerdict.NotTrusted, chain.Verdict);
        Assert.Equal([ThePerson.Certificate, TheOffice.Certificate, TheRoot.Certificate], chain.Certificates);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.NotTrusted);
        Assert.Equal(EvidenceVerdict.NotTrusted, CertificateChain.Judge(ThePerson.Certificate, new ChainQuestion { Anchors = [], At = TestAuthority.Middle }).Verdict);
    }

    [Fact]
    public void An_issuer_of_the_same_name_with_another_key_signed_nothing()
    {
        var impostor = TestAuthority.Root();
        var office = impostor.Below("CN=Office,O=测试,C=CN");

        var chain = CertificateChain.Judge(ThePerson.Certificate, new ChainQuestion { Anchors = [impostor.Certificate], At = TestAuthority.Middle, Others = [office.Certificate] });

        Assert.Equal(EvidenceVerdict.NotTrusted, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.WrongIssuer);
    }

    [Fact]
    public void A_certificate_counts_from_its_first_second_to_its_last()
    {
        EvidenceVerdict At(DateTimeOffset at) => CertificateChain.Judge(ThePerson.Certificate, ThePerson.Question(at)).Verdict;

        Assert.Equal(EvidenceVerdict.Valid, At(TestAuthority.Begin));
        Assert.Equal(EvidenceVerdict.NotYetValid, At(TestAuthority.Begin.AddSeconds(-1)));
        Assert.Equal(EvidenceVerdict.Valid, At(TestAuthority.End));
        Assert.Equal(EvidenceVerdict.Expired, At(TestAuthority.End.AddSeconds(1)));
    }

    [Fact]
    public void A_person_may_issue_nothing()
    {
        var fake = ThePerson.Person("CN=Fake");

        var chain = CertificateChain.Judge(fake.Certificate, fake.Question());

        Assert.Equal(EvidenceVerdict.Unsuited, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.NoAuthority);
    }

    [Fact]
    public void An_authority_whose_key_may_not_sign_certificates_issues_nothing()
    {
        var office = TheRoot.Below("CN=Lists only", uses: KeyUsage.CrlSign);
        var person = office.Person();

        Assert.Equal(EvidenceVerdict.Unsuited, CertificateChain.Judge(person.Certificate, person.Question()).Verdict);
    }

    [Fact]
    public void An_authority_whose_key_may_not_sign_lists_says_nothing_of_revocation()
    {
        var office = TheRoot.Below("CN=Certificates only", uses: KeyUsage.KeyCertSign);
        var person = office.Person();

        Assert.Equal(EvidenceVerdict.RevocationUnknown, CertificateChain.Judge(person.Certificate, person.Question()).Verdict);
    }

    [Theory]
    [InlineData(0, EvidenceVerdict.Unsuited)]
    [InlineData(1, EvidenceVerdict.Valid)]
    [InlineData(null, EvidenceVerdict.Valid)]
    public void A_path_length_limits_how_many_authorities_follow(int? length, EvidenceVerdict verdict)
    {
        var person = TestAuthority.Root(pathLength: length).Below("CN=Office").Person();

        Assert.Equal(verdict, CertificateChain.Judge(person.Certificate, person.Question()).Verdict);
    }

    [Fact]
    public void A_condition_that_is_not_known_is_never_valid()
    {
        var person = TheOffice.Person(change: g => g.AddExtension(new DerObjectIdentifier("1.2.3.4"), true, new byte[] { 5, 0 }));
        var harmless = TheOffice.Person(change: g => g.AddExtension(new DerObjectIdentifier("1.2.3.4"), false, new byte[] { 5, 0 }));

        var chain = CertificateChain.Judge(person.Certificate, person.Question());

        Assert.Equal(EvidenceVerdict.Unsupported, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.UnknownCondition && f.Arguments[0].Value == "1.2.3.4");
        Assert.Equal(EvidenceVerdict.Valid, CertificateChain.Judge(harmless.Certificate, harmless.Question()).Verdict);
    }

    [Fact]
    public void An_algorithm_that_is_not_known_is_never_valid()
    {
        var root = TestAuthority.Root(algorithm: TestAuthority.Rsa);
        var person = root.Person(signedWith: "RIPEMD160WITHRSA");

        var chain = CertificateChain.Judge(person.Certificate, person.Question());

        Assert.Equal(EvidenceVerdict.Unsupported, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.UnknownAlgorithm);
    }

    [Fact]
    public void Weak_algorithms_and_keys_are_told_and_verify()
    {
        var root = TestAuthority.Root(algorithm: TestAuthority.Rsa);
        var person = root.Person(signedWith: "SHA1WITHRSA");

        var chain = CertificateChain.Judge(person.Certificate, person.Question());

        Assert.Equal(EvidenceVerdict.Valid, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.WeakAlgorithm && f.Arguments.Any(a => a.Value == "1.2.840.113549.1.1.5"));
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.WeakAlgorithm && f.Arguments.Any(a => a.Value == "RSA 1024"));
    }

    [Fact]
    public void A_certificate_that_is_not_for_signing_is_unsuited()
    {
        var encipherer = TheOffice.Below("CN=Encipherer");
        var stamper = TheOffice.Stamper();

        Assert.Equal(EvidenceVerdict.Unsuited, CertificateChain.Judge(encipherer.Certificate, encipherer.Question()).Verdict);
        Assert.Equal(EvidenceVerdict.Valid, CertificateChain.Judge(stamper.Certificate, stamper.Question() with { Use = CertificateUse.TimeStamping }).Verdict);
        Assert.Equal(EvidenceVerdict.Unsuited, CertificateChain.Judge(stamper.Certificate, stamper.Question()).Verdict);
        Assert.Equal(EvidenceVerdict.Unsuited, CertificateChain.Judge(ThePerson.Certificate, ThePerson.Question() with { Use = CertificateUse.TimeStamping }).Verdict);
    }

    [Fact]
    public void A_way_round_is_found_when_one_authority_has_two_certificates()
    {
        var other = TestAuthority.Root("CN=Other");
        var crossed = TheRoot.Again(other);
        var question = ThePerson.Question();

        var chain = CertificateChain.Judge(ThePerson.Certificate, question with
        {
            Anchors = [other.Certificate],
            Others = [.. question.Others, crossed.Certificate],
            RevocationLists = [.. question.RevocationLists, other.List(TestAuthority.Middle.AddDays(-1), TestAuthority.Middle.AddDays(1))],
        });

        Assert.Equal(EvidenceVerdict.Valid, chain.Verdict);
        Assert.Equal([ThePerson.Certificate, TheOffice.Certificate, crossed.Certificate, other.Certificate], chain.Certificates);
    }

    /// <summary>Nine authorities that certify each other: more ways than can be walked, and none leads out.</summary>
    [Fact]
    public void Authorities_that_certify_each_other_in_a_ring_cost_little()
    {
        TestAuthority[] ring = [.. Enumerable.Range(0, 9).Select(i => TestAuthority.Root($"CN=Ring {i}"))];
        Certificate[] all = [.. ring.SelectMany(one => ring.Select(other => one.Again(other).Certificate))];
        var person = ring[0].Person();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var chain = CertificateChain.Judge(person.Certificate, new ChainQuestion { Anchors = [TheRoot.Certificate], At = TestAuthority.Middle, Others = all });

        Assert.Equal(EvidenceVerdict.NotTrusted, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.TooMany);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Among_ten_thousand_certificates_the_way_is_found_or_the_end_told_in_time()
    {
        var junk = Enumerable.Range(0, 10_000).Select(i => Renumbered(TheOffice.Certificate, i)).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var found = CertificateChain.Judge(ThePerson.Certificate, ThePerson.Question() with { Others = [TheOffice.Certificate, .. junk] });
        var lost = CertificateChain.Judge(ThePerson.Certificate, ThePerson.Question() with { Others = [.. junk, TheOffice.Certificate] });

        Assert.Equal(EvidenceVerdict.Valid, found.Verdict);
        Assert.Equal(EvidenceVerdict.NotTrusted, lost.Verdict);
        Assert.Contains(lost.Findings, f => f.Code == SignatureCodes.TooMany);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>The same certificate under another number and with another key, which nobody signed.</summary>
    private static Certificate Renumbered(Certificate certificate, int number)
    {
        var bytes = certificate.Encoded.ToArray();
        var at = bytes.AsSpan().IndexOf(Convert.FromHexString(certificate.SerialNumber));
        (bytes[at], bytes[at + 1]) = ((byte)(1 + (number >> 8)), (byte)number);
        TheRoot.Certificate.KeyBits.CopyTo(bytes.AsMemory(bytes.AsSpan().IndexOf(certificate.KeyBits.Span)));
        Assert.True(Certificate.TryParse(bytes, out var other));
        return other;
    }
}
