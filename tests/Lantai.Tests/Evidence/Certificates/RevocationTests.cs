using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;

namespace Lantai.Tests.Evidence.Certificates;

/// <summary>What lists and answers make of a certificate: <see cref="RevocationList"/>, <see cref="OcspResponse"/>, RevocationCheck.</summary>
public sealed class RevocationTests
{
    private static readonly TestAuthority TheRoot = TestAuthority.Root();
    private static readonly TestAuthority ThePerson = TheRoot.Person();
    private static readonly DateTimeOffset Now = TestAuthority.Middle;

    [Fact]
    public void Without_list_or_answer_revocation_is_unknown_unless_nobody_asks()
    {
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge().Verdict);
        Assert.Equal(EvidenceVerdict.Valid, Judge(needs: false).Verdict);
    }

    [Fact]
    public void A_list_says_since_when_and_why()
    {
        var chain = Judge(lists: [Listing(Now.AddDays(-3), CrlReason.CessationOfOperation)]);

        Assert.Equal(EvidenceVerdict.Revoked, chain.Verdict);
        var found = Assert.Single(chain.Findings, f => f.Code == SignatureCodes.Revoked);
        Assert.Equal(["2025-05-29T08:00:00Z", "ended"], found.Arguments.Select(a => a.Value));
        Assert.Single(chain.Revocation);
    }

    [Fact]
    public void A_revocation_that_began_later_does_not_count_and_shows_that_there_was_none_before()
    {
        var list = Listing(Now.AddDays(-3), CrlReason.Superseded);

        Assert.Equal(EvidenceVerdict.Valid, Judge(at: Now.AddDays(-4), lists: [list]).Verdict);
        Assert.Equal(EvidenceVerdict.Revoked, Judge(at: Now.AddDays(-3), lists: [list]).Verdict);
    }

    [Fact]
    public void A_key_that_was_lost_earlier_than_it_was_revoked_counts_from_its_loss()
    {
        var list = TheRoot.List(Now.AddDays(-1), Now.AddDays(1), g => g.AddCrlEntry(ThePerson.Made.SerialNumber, Now.AddDays(-3).UtcDateTime, CrlReason.KeyCompromise, Now.AddDays(-30).UtcDateTime));

        Assert.Equal(EvidenceVerdict.Revoked, Judge(at: Now.AddDays(-4), lists: [list]).Verdict);
        Assert.Equal(EvidenceVerdict.Valid, Judge(at: Now.AddDays(-31), lists: [list]).Verdict);
    }

    [Fact]
    public void A_list_counts_while_it_is_fresh_or_when_it_was_issued_later()
    {
        EvidenceVerdict With(int from, int to, DateTimeOffset? at = null) => Judge(at: at, lists: [TheRoot.List(Now.AddDays(from), Now.AddDays(to))]).Verdict;

        Assert.Equal(EvidenceVerdict.Valid, With(-1, 1));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, With(-3, -2));
        Assert.Equal(EvidenceVerdict.Valid, With(5, 6));

        // Issued after the certificate had ended, when it may have been left out.
        var after = (int)(TestAuthority.End - Now).TotalDays + 30;
        Assert.Equal(EvidenceVerdict.RevocationUnknown, With(after, after + 1));
    }

    [Fact]
    public void A_list_by_somebody_else_says_nothing()
    {
        var impostor = TestAuthority.Root();
        var list = impostor.List(Now.AddDays(-1), Now.AddDays(1), g => g.AddCrlEntry(ThePerson.Made.SerialNumber, Now.AddDays(-3).UtcDateTime, CrlReason.KeyCompromise));

        var chain = Judge(lists: [list]);

        Assert.Equal(EvidenceVerdict.RevocationUnknown, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.RevocationUnusable && f.Arguments[1].Value == "signature");
        Assert.Empty(chain.Revocation);
    }

    [Fact]
    public void A_part_of_a_list_says_nothing_of_the_rest()
    {
        RevocationList Part(IssuingDistributionPoint part) => TheRoot.List(Now.AddDays(-1), Now.AddDays(1), g => g.AddExtension(X509Extensions.IssuingDistributionPoint, true, part));
        var delta = TheRoot.List(Now.AddDays(-1), Now.AddDays(1), g => g.AddExtension(X509Extensions.DeltaCrlIndicator, true, new CrlNumber(Org.BouncyCastle.Math.BigInteger.One)));

        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(lists: [Part(new(null, false, true, null, false, false))]).Verdict); // of authorities
        Assert.Equal(EvidenceVerdict.Valid, Judge(lists: [Part(new(null, true, false, null, false, false))]).Verdict); // of users
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(lists: [Part(new(null, false, false, null, true, false))]).Verdict); // of other issuers
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(lists: [Part(new(null, false, false, new ReasonFlags(ReasonFlags.KeyCompromise), false, false))]).Verdict);
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(lists: [delta]).Verdict);
    }

    /// <summary>Authorities cut long lists into parts by place; each certificate says in which part it would stand.</summary>
    [Fact]
    public void A_list_of_another_place_does_not_say_that_a_certificate_is_good()
    {
        static DistributionPointName Place(string at) => new(new GeneralNames(new GeneralName(GeneralName.UniformResourceIdentifier, at)));
        static Action<Org.BouncyCastle.X509.X509V3CertificateGenerator> Points(params string[] at) => g =>
            g.AddExtension(X509Extensions.CrlDistributionPoints, false, new CrlDistPoint([.. at.Select(a => new DistributionPoint(Place(a), null, null))]));
        RevocationList Part(string at, Action<Org.BouncyCastle.X509.X509V2CrlGenerator>? more = null) => TheRoot.List(Now.AddDays(-1), Now.AddDays(1), g =>
        {
            g.AddExtension(X509Extensions.IssuingDistributionPoint, true, new IssuingDistributionPoint(Place(at), false, false, null, false, false));
            more?.Invoke(g);
        });
        EvidenceVerdict With(TestAuthority person, params RevocationList[] lists) => CertificateChain.Judge(
            person.Certificate, new ChainQuestion { Anchors = [TheRoot.Certificate], At = Now, RevocationLists = lists }).Verdict;

        var person = TheRoot.Person(change: Points("http://ca/1.crl", "http://mirror/1.crl"));
        Assert.Equal(EvidenceVerdict.Valid, With(person, Part("http://mirror/1.crl")));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, With(person, Part("http://ca/2.crl")));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, With(ThePerson, Part("http://ca/1.crl"))); // which says of no place
        Assert.Equal(EvidenceVerdict.Valid, With(person, TheRoot.List(Now.AddDays(-1), Now.AddDays(1))));
        Assert.Equal(EvidenceVerdict.Revoked, With(person, Part("http://ca/2.crl", g => g.AddCrlEntry(person.Made.SerialNumber, Now.AddDays(-2).UtcDateTime, CrlReason.KeyCompromise))));
        Assert.Equal(EvidenceVerdict.Valid, With(TheRoot.Person(change: g => g.AddExtension(X509Extensions.CrlDistributionPoints, false, new Org.BouncyCastle.Asn1.DerOctetString([1]))), TheRoot.List(Now.AddDays(-1), Now.AddDays(1))));
    }

    [Fact]
    public void An_answer_says_good_revoked_or_unknown()
    {
        Assert.Equal(EvidenceVerdict.Valid, Judge(answers: [TheRoot.Answer(ThePerson, CertificateStatus.Good, Now.AddHours(-1), Now.AddHours(1))]).Verdict);
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(answers: [TheRoot.Answer(ThePerson, new UnknownStatus(), Now.AddHours(-1), Now.AddHours(1))]).Verdict);
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(answers: [TheRoot.Answer(ThePerson, CertificateStatus.Good, Now.AddDays(-3), Now.AddDays(-2))]).Verdict);
        Assert.Equal(EvidenceVerdict.RevocationUnknown, Judge(answers: [TheRoot.Answer(TheRoot.Person(), CertificateStatus.Good, Now.AddHours(-1), Now.AddHours(1))]).Verdict);

        var chain = Judge(answers: [TheRoot.Answer(ThePerson, new RevokedStatus(Now.AddDays(-2).UtcDateTime, CrlReason.KeyCompromise), Now.AddHours(-1), Now.AddHours(1))]);
        Assert.Equal(EvidenceVerdict.Revoked, chain.Verdict);
        Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.Revoked && f.Arguments[1].Value == "compromise");
    }

    [Fact]
    public void An_answer_counts_by_one_whom_the_issuer_charged_with_it_and_by_nobody_else()
    {
        void Charged(Org.BouncyCastle.X509.X509V3CertificateGenerator g) => g.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeID.id_kp_OCSPSigning));
        void Ended(Org.BouncyCastle.X509.X509V3CertificateGenerator g) => g.SetNotAfter(Now.AddHours(-2).UtcDateTime);
        EvidenceVerdict By(TestAuthority responder, TestAuthority? named = null) => Judge(answers: [TheRoot.Answer(ThePerson, CertificateStatus.Good, Now.AddHours(-1), Now.AddHours(1), by: responder, named: named)]).Verdict;

        Assert.Equal(EvidenceVerdict.Valid, By(TheRoot.Person("CN=Responder", change: Charged)));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, By(TheRoot.Person("CN=Responder")));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, By(TheRoot.Person("CN=Responder", change: (Action<Org.BouncyCastle.X509.X509V3CertificateGenerator>)Charged + Ended)));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, By(TheRoot.Person("CN=Responder", change: Charged), named: TheRoot.Person("CN=Another")));
        Assert.Equal(EvidenceVerdict.RevocationUnknown, By(TestAuthority.Root().Person("CN=Responder", change: Charged)));
    }

    [Fact]
    public void A_revocation_in_one_of_several_counts()
    {
        var good = TheRoot.Answer(ThePerson, CertificateStatus.Good, Now.AddHours(-1), Now.AddHours(1));

        Assert.Equal(EvidenceVerdict.Revoked, Judge(answers: [good], lists: [Listing(Now.AddDays(-3), CrlReason.Superseded)]).Verdict);
    }

    [Fact]
    public void However_many_lists_and_answers_come_before_it_a_revocation_is_not_covered_up()
    {
        var good = Enumerable.Range(0, 20).Select(i => TheRoot.List(Now.AddDays(-2).AddMinutes(i), Now.AddDays(1))).ToArray();
        var answers = Enumerable.Range(0, 20).Select(i => TheRoot.Answer(ThePerson, CertificateStatus.Good, Now.AddDays(-2).AddMinutes(i), Now.AddDays(1))).ToArray();
        var revoked = Listing(Now.AddDays(-1), CrlReason.KeyCompromise);

        // The same one many times is one; more than are looked at prove nothing, and that is told.
        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [.. Enumerable.Repeat(good[0], 40), revoked]).Verdict);
        foreach (var chain in (CertificateChain[])[Judge(lists: [.. good, revoked]), Judge(lists: [good[0]], answers: answers)])
        {
            Assert.Equal(EvidenceVerdict.RevocationUnknown, chain.Verdict);
            Assert.Contains(chain.Findings, f => f.Code == SignatureCodes.TooMany);
        }
    }

    [Fact]
    public void A_certificate_on_hold_is_good_again_when_a_later_word_of_the_time_says_so()
    {
        var held = Listing(Now.AddDays(-3), CrlReason.CertificateHold);
        RevocationList Good(double from, double to = 9) => TheRoot.List(Now.AddDays(from), Now.AddDays(to));

        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [held]).Verdict);
        Assert.Equal(EvidenceVerdict.Valid, Judge(lists: [held, Good(-0.5)]).Verdict);
        Assert.Equal(EvidenceVerdict.Valid, Judge(lists: [Good(-0.5), held]).Verdict);
        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [held, Good(-2)]).Verdict); // an earlier word
        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [held, Good(1)]).Verdict); // released after the time that is asked for
        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [Listing(Now.AddDays(-3), CrlReason.KeyCompromise), Good(-0.5)]).Verdict);
        Assert.Equal(EvidenceVerdict.Revoked, Judge(lists: [held, Listing(Now.AddDays(-2), CrlReason.KeyCompromise), Good(-0.5)]).Verdict);
    }

    [Fact]
    public void What_is_no_list_or_answer_is_none()
    {
        var list = TheRoot.List(Now, Now).Encoded;
        var answer = TheRoot.Answer(ThePerson, CertificateStatus.Good, Now, null).Encoded;

        for (var length = 0; length < list.Length; length += 3)
        {
            Assert.False(RevocationList.TryParse(list[..length], out _));
        }

        for (var length = 0; length < answer.Length; length += 3)
        {
            Assert.False(OcspResponse.TryParse(answer[..length], out _));
        }

        Assert.False(OcspResponse.TryParse(Convert.FromHexString("30030a0103"), out _)); // try later
    }

    private static RevocationList Listing(DateTimeOffset since, int reason) =>
        TheRoot.List(Now.AddDays(-1), Now.AddDays(1), g =>
        {
            g.AddCrlEntry(Org.BouncyCastle.Math.BigInteger.Two, Now.AddDays(-9).UtcDateTime, CrlReason.KeyCompromise);
            g.AddCrlEntry(ThePerson.Made.SerialNumber, since.UtcDateTime, reason);
        });

    private static CertificateChain Judge(DateTimeOffset? at = null, RevocationList[]? lists = null, OcspResponse[]? answers = null, bool needs = true) =>
        CertificateChain.Judge(ThePerson.Certificate, new ChainQuestion
        {
            Anchors = [TheRoot.Certificate],
            At = at ?? Now,
            RevocationLists = lists ?? [],
            OcspResponses = answers ?? [],
            NeedsRevocation = needs,
        });
}
