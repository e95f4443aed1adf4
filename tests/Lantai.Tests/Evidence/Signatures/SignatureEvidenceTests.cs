using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Words;
using Org.BouncyCastle.Asn1.X509;

namespace Lantai.Tests.Evidence.Signatures;

public sealed class SignatureEvidenceTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("行政许可决定书");
    private static readonly DateTimeOffset Signed = TestAuthority.Middle;
    private static readonly DateTimeOffset Proven = Signed.AddSeconds(2); // by a stamp that is right to within two seconds
    private static readonly DateTimeOffset Later = TestAuthority.End.AddYears(5);
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();
    private static readonly TestAuthority StampRoot = TestAuthority.Root("CN=Time", change: LongLived);
    private static readonly TestAuthority Stamper = StampRoot.Stamper(LongLived);
    private static readonly byte[] Message = TestMessages.Cms(Content, false, Person);

    [Fact]
    public void A_signature_with_all_that_it_needs_is_valid_and_keeps_it()
    {
        var evidence = Judge(Message, Question(Signed));

        Assert.Equal((EvidenceVerdict.Valid, null), (evidence.Verdict, evidence.At));
        Assert.Equal(("cms", "high", Signed), (evidence.Form, evidence.Confidence, evidence.Checked));
        Assert.Equal(Digest.Of(Content), evidence.Content);
        Assert.Equal(2, evidence.Chain.Count);
        Assert.True(evidence.Chain[0].Span.SequenceEqual(Person.Certificate.Encoded.Span));
        Assert.Single(evidence.Revocation);
        Assert.Empty(evidence.TimeStamps);
    }

    [Fact]
    public void An_ended_certificate_with_an_earlier_trusted_time_stamp_is_valid_at_that_time()
    {
        var stamped = TestMessages.Stamped(Message, Stamper, Signed);

        Assert.Equal(EvidenceVerdict.Expired, Judge(Message, Question(Later)).Verdict);
        var evidence = Judge(stamped, Question(Later));

        Assert.Equal((EvidenceVerdict.ValidAtTime, Proven), (evidence.Verdict, evidence.At));
        Assert.Equal(EvidenceVerdict.Valid, Assert.Single(evidence.TimeStamps).Verdict);
        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.ValidByTime);
        Assert.Contains(evidence.Findings, f => f is { Code: SignatureCodes.Expired, Severity: Severity.Information });
        Assert.Single(evidence.Revocation);
    }

    [Fact]
    public void A_time_stamp_that_does_not_count_helps_nothing()
    {
        var ofOther = TestMessages.Stamped(Message, Stamper, Signed, _ => "another signature"u8.ToArray());
        var tooLate = TestMessages.Stamped(Message, Stamper, TestAuthority.End.AddDays(1));
        var byStranger = TestMessages.Stamped(Message, TestAuthority.Root("CN=Time", change: LongLived).Stamper(LongLived), Signed);
        var inFuture = TestMessages.Stamped(Message, Stamper, Later.AddDays(1));
        var byEnded = TestMessages.Stamped(Message, StampRoot.Stamper(), Signed);

        foreach (var bytes in (byte[][])[ofOther, tooLate, byStranger, inFuture, byEnded])
        {
            var evidence = Judge(bytes, Question(Later));
            Assert.Equal((EvidenceVerdict.Expired, null), (evidence.Verdict, evidence.At));
            Assert.Single(evidence.TimeStamps);
        }
    }

    [Fact]
    public void A_certificate_revoked_after_the_time_stamp_leaves_the_signature_valid_at_that_time_and_one_before_does_not()
    {
        var stamped = TestMessages.Stamped(Message, Stamper, Signed);
        var now = Signed.AddDays(100);
        EvidenceQuestion Revoked(int days) => Question(now) with
        {
            RevocationLists = [Root.List(now.AddDays(-1), now.AddDays(1), g => g.AddCrlEntry(Person.Made.SerialNumber, Signed.AddDays(days).UtcDateTime, CrlReason.CessationOfOperation)), Stamping(now)],
        };

        Assert.Equal(EvidenceVerdict.Revoked, Judge(Message, Revoked(1)).Verdict);
        var evidence = Judge(stamped, Revoked(1));
        Assert.Equal((EvidenceVerdict.ValidAtTime, Proven), (evidence.Verdict, evidence.At));

        // Why it is not valid any more stays in the record, and so does the list that says so.
        Assert.Contains(evidence.Findings, f => f is { Code: SignatureCodes.Revoked, Severity: Severity.Information });
        Assert.DoesNotContain(evidence.Findings, f => f.Severity == Severity.Error);
        Assert.Single(evidence.Revocation);
        Assert.Equal((EvidenceVerdict.Revoked, null), (Judge(stamped, Revoked(-1)).Verdict, Judge(stamped, Revoked(-1)).At));
    }

    /// <summary>An authority's time is right to within its accuracy: the end of that is what is proven.</summary>
    [Fact]
    public void A_time_stamp_proves_the_end_of_its_accuracy()
    {
        var end = TestAuthority.End;
        EvidenceQuestion question = Question(Later) with { RevocationLists = [Root.List(end.AddDays(-1), end.AddDays(1)), Stamping(Later)] };

        Assert.Equal((EvidenceVerdict.ValidAtTime, end), Verdict(end.AddSeconds(-2)));
        Assert.Equal((EvidenceVerdict.Expired, null), Verdict(end.AddSeconds(-1)));

        (EvidenceVerdict, DateTimeOffset?) Verdict(DateTimeOffset stamped)
        {
            var evidence = Judge(TestMessages.Stamped(Message, Stamper, stamped), question);
            return (evidence.Verdict, evidence.At);
        }
    }

    [Fact]
    public void What_a_message_was_read_with_stands_in_the_record_too()
    {
        var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
        generator.AddSignerInfoGenerator(new Org.BouncyCastle.Cms.SignerInfoGeneratorBuilder().Build(Person.Factory(Person.Algorithm), Person.Made));
        generator.AddCertificate(Person.Made);
        generator.AddOtherRevocationInfo(new Org.BouncyCastle.Asn1.DerObjectIdentifier("1.2.3"), Org.BouncyCastle.Asn1.DerInteger.ValueOf(1));
        var bytes = generator.Generate(new Org.BouncyCastle.Cms.CmsProcessableByteArray(Content), true).GetEncoded();

        Assert.Contains(Judge(bytes, Question(Signed)).Findings, f => f.Code == SignatureCodes.TooMany);
    }

    [Fact]
    public void What_the_archive_can_prove_to_have_held_counts_like_a_time_stamp()
    {
        var evidence = Judge(Message, Question(Later) with { HeldSince = Signed.AddDays(1) });

        Assert.Equal((EvidenceVerdict.ValidAtTime, Signed.AddDays(1)), (evidence.Verdict, evidence.At));
        Assert.Equal(EvidenceVerdict.Expired, Judge(Message, Question(Later) with { HeldSince = TestAuthority.End.AddDays(1) }).Verdict);
    }

    [Fact]
    public void A_time_stamp_may_come_beside_the_message()
    {
        var signature = TestMessages.Read(Message).Signers[0].Signature;

        var evidence = Judge(Message, Question(Later) with { TimeStamps = [TestMessages.Token(Stamper, signature, Signed)] });

        Assert.Equal(EvidenceVerdict.ValidAtTime, evidence.Verdict);
        var broken = Judge(Message, Question(Later) with { TimeStamps = [new byte[] { 0x30, 0 }] });
        Assert.Equal(EvidenceVerdict.Expired, broken.Verdict);
        Assert.Contains(broken.Findings, f => f.Code == SignatureCodes.Malformed);
    }

    [Fact]
    public void Time_stamps_inside_a_message_do_not_push_out_the_archives_own()
    {
        var signature = TestMessages.Read(Message).Signers[0].Signature;
        var own = TestMessages.Token(Stamper, signature, Signed);
        var crowded = TestMessages.Stamped(Message, Stamper, Signed, _ => "another signature"u8.ToArray(), count: 6);

        var evidence = Judge(crowded, Question(Later) with { TimeStamps = [own] });

        Assert.Equal((EvidenceVerdict.ValidAtTime, Proven), (evidence.Verdict, evidence.At));
        Assert.Contains(evidence.Findings, f => f.Code == SignatureCodes.TooMany);
    }

    [Fact]
    public void Lists_inside_a_message_do_not_push_out_those_that_the_archive_has()
    {
        var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
        generator.AddSignerInfoGenerator(new Org.BouncyCastle.Cms.SignerInfoGeneratorBuilder().Build(Person.Factory(Person.Algorithm), Person.Made));
        generator.AddCertificate(Person.Made);
        for (var i = 0; i < 20; i++)
        {
            generator.AddCrl(new Org.BouncyCastle.X509.X509CrlParser().ReadCrl(Root.List(Signed.AddDays(-1).AddMinutes(i), Signed.AddDays(9)).Encoded.ToArray()));
        }

        var bytes = generator.Generate(new Org.BouncyCastle.Cms.CmsProcessableByteArray(Content), true).GetEncoded();
        var revoked = Root.List(Signed.AddHours(-1), Signed.AddDays(9), g => g.AddCrlEntry(Person.Made.SerialNumber, Signed.AddHours(-2).UtcDateTime, CrlReason.KeyCompromise));

        Assert.Equal(EvidenceVerdict.Revoked, Judge(bytes, Question(Signed) with { RevocationLists = [revoked] }).Verdict);
    }

    [Fact]
    public void Lists_and_answers_may_come_inside_the_message()
    {
        var list = new Org.BouncyCastle.X509.X509CrlParser().ReadCrl(Root.List(Signed.AddDays(-1), Signed.AddDays(1)).Encoded.ToArray());
        var answer = Org.BouncyCastle.Asn1.Asn1Object.FromByteArray(Root.Answer(Person, Org.BouncyCastle.Ocsp.CertificateStatus.Good, Signed.AddDays(-1), Signed.AddDays(1)).Encoded.ToArray());
        foreach (var (withList, withAnswer) in ((bool, bool)[])[(false, false), (true, false), (false, true)])
        {
            var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
            generator.AddSignerInfoGenerator(new Org.BouncyCastle.Cms.SignerInfoGeneratorBuilder().Build(Person.Factory(Person.Algorithm), Person.Made));
            generator.AddCertificate(Person.Made);
            if (withList)
            {
                generator.AddCrl(list);
            }

            if (withAnswer)
            {
                generator.AddOtherRevocationInfo(new Org.BouncyCastle.Asn1.DerObjectIdentifier("1.3.6.1.5.5.7.16.2"), answer);
            }

            var bytes = generator.Generate(new Org.BouncyCastle.Cms.CmsProcessableByteArray(Content), true).GetEncoded();
            var evidence = Judge(bytes, Question(Signed) with { RevocationLists = [] });

            Assert.Equal(withList || withAnswer ? EvidenceVerdict.Valid : EvidenceVerdict.RevocationUnknown, evidence.Verdict);
        }
    }

    [Fact]
    public void A_changed_content_is_wrong_however_trusted_the_signer()
    {
        var detached = TestMessages.Read(TestMessages.Cms(Content, true, Person));

        var evidence = SignatureEvidence.Judge(detached, "other"u8.ToArray(), Question(Signed) with { HeldSince = Signed }, "record")[0];
        var absent = SignatureEvidence.Judge(detached, null, Question(Signed), "record")[0];

        Assert.Equal(EvidenceVerdict.Wrong, evidence.Verdict);
        Assert.Equal(Digest.Of("other"u8), evidence.Content);
        Assert.Equal((EvidenceVerdict.Wrong, null), (absent.Verdict, absent.Content));
        Assert.Contains(absent.Findings, f => f.Code == SignatureCodes.ContentAbsent);
    }

    [Fact]
    public void A_national_message_is_judged_with_the_confidence_that_its_reading_deserves()
    {
        var bytes = Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], false, Signed);

        var evidence = Judge(bytes, Question(Signed));

        Assert.Equal((EvidenceVerdict.Valid, "gbt35275", "medium"), (evidence.Verdict, evidence.Form, evidence.Confidence));
    }

    [Fact]
    public void A_signature_that_stands_alone_is_judged_like_others()
    {
        var signature = Person.Pair.Sign(Content);
        SignatureEvidence Alone(string algorithm, byte[] content) => SignatureEvidence.Judge(signature, algorithm, Person.Certificate, content, Question(Signed), "eep.xml");

        Assert.Equal(EvidenceVerdict.Valid, Alone("1.2.156.10197.1.501", Content).Verdict);
        Assert.Equal("raw", Alone("1.2.156.10197.1.501", Content).Form);
        Assert.Equal(EvidenceVerdict.Wrong, Alone("1.2.156.10197.1.501", [1]).Verdict);
        Assert.Equal(EvidenceVerdict.Unsupported, Alone("1.2.3", Content).Verdict);
        Assert.Equal(EvidenceVerdict.Unsupported, Alone("1.2.840.113549.1.1.11", Content).Verdict); // of RSA keys
        Assert.Equal(EvidenceVerdict.NotTrusted, SignatureEvidence.Judge(signature, "1.2.156.10197.1.501", Person.Certificate, Content, Question(Signed) with { Anchors = [] }, "eep.xml").Verdict);
    }

    private static void LongLived(Org.BouncyCastle.X509.X509V3CertificateGenerator generator) => generator.SetNotAfter(Later.AddYears(10).UtcDateTime);

    private static RevocationList Stamping(DateTimeOffset now) => StampRoot.List(now.AddDays(-1), now.AddDays(1));

    private static EvidenceQuestion Question(DateTimeOffset now) => new()
    {
        Anchors = [Root.Certificate],
        StampAnchors = [StampRoot.Certificate],
        Now = now,
        RevocationLists = [Root.List(Signed.AddDays(-1), Signed.AddDays(2)), Stamping(now)],
    };

    private static SignatureEvidence Judge(byte[] message, EvidenceQuestion question) =>
        Assert.Single(SignatureEvidence.Judge(TestMessages.Read(message), null, question, "record"));
}
