using System.Formats.Asn1;
using System.Text;
using CsCheck;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;
using Lantai.Tests.Evidence.Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;

namespace Lantai.Tests.Evidence.Signatures;

/// <summary>Whatever arrives, there is an answer, soon, and never a better one than the bytes deserve.</summary>
public sealed class HostileMessageTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("收费票据 content");
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();
    private static readonly TestAuthority Stamper = Root.Stamper();
    private static readonly RevocationList List = Root.List(TestAuthority.Middle.AddDays(-1), TestAuthority.Middle.AddDays(1), g => g.AddCrlEntry(Org.BouncyCastle.Math.BigInteger.Two, TestAuthority.Middle.UtcDateTime, CrlReason.KeyCompromise));
    private static readonly OcspResponse Answer = Root.Answer(Person, CertificateStatus.Good, TestAuthority.Middle, TestAuthority.Middle.AddDays(1));
    private static readonly byte[][] Messages =
    [
        TestMessages.Cms(Content, false, Person),
        TestMessages.Stamped(TestMessages.Cms(Content, false, Person), Stamper, TestAuthority.Middle),
        Gbt35275.Sign(Content, Person.Pair, [Person.Certificate, Root.Certificate], detached: false, signingTime: TestAuthority.Middle),
        Gbt35275.Sign(Content, Person.Pair, [Person.Certificate], detached: false, signingTime: null),
    ];

    private static readonly byte[] Token = TestMessages.Token(Stamper, Content, TestAuthority.Middle);

    private static readonly ChainQuestion OfPerson = Person.Question();
    private static readonly ChainQuestion OfStamper = Stamper.Question();

    private static readonly EvidenceQuestion Question = new()
    {
        Anchors = [Root.Certificate], Now = TestAuthority.Middle, RevocationLists = [List], OcspResponses = [Answer],
    };

    /// <summary>A change anywhere: either it is seen, or it touched nothing that anybody signed.</summary>
    [Fact]
    public void No_changed_byte_makes_another_content_or_signer_valid() =>
        Gen.Select(Gen.Int[0, Messages.Length - 1], Gen.Int[0, 1 << 20], Gen.Byte[1, 255]).Sample((which, at, change) =>
        {
            var bytes = Messages[which].ToArray();
            bytes[at % bytes.Length] ^= change;
            if (!SignedMessage.TryParse(bytes, "record", out var message, out _))
            {
                return;
            }

            foreach (var evidence in SignatureEvidence.Judge(message, null, Question, "record"))
            {
                if (evidence.Verdict is EvidenceVerdict.Valid or EvidenceVerdict.ValidAtTime)
                {
                    Assert.Equal(Content, message.Content!.Value.ToArray());
                    Assert.True(evidence.Chain[0].Span.SequenceEqual(Person.Certificate.Encoded.Span));
                }
            }
        }, iter: 1000);

    [Fact]
    public void No_changed_byte_of_a_token_moves_its_time_or_content() =>
        Gen.Select(Gen.Int[0, Token.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var bytes = Token.ToArray();
            bytes[at] ^= change;
            if (TimeStampToken.TryParse(bytes, "stamp", out var token, out _)
                && token.Judge(Content, OfStamper, "stamp") is { Verdict: EvidenceVerdict.Valid } evidence)
            {
                Assert.Equal(TestAuthority.Middle, evidence.Time);
                Assert.Equal(Stamper.Certificate, evidence.Chain!.Certificates[0]);
            }
        }, iter: 500);

    [Fact]
    public void No_changed_byte_of_a_certificate_list_or_answer_does_more_than_fail() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1 << 20], Gen.Byte[1, 255]).Sample((which, at, change) =>
        {
            var bytes = (which == 0 ? Person.Certificate.Encoded : which == 1 ? List.Encoded : Answer.Encoded).ToArray();
            bytes[at % bytes.Length] ^= change;
            if (which == 0 && Certificate.TryParse(bytes, out var certificate))
            {
                Assert.NotEqual(EvidenceVerdict.Valid, CertificateChain.Judge(certificate, OfPerson).Verdict);
            }
            else if (which == 1 && RevocationList.TryParse(bytes, out var list))
            {
                Assert.Equal(EvidenceVerdict.RevocationUnknown, CertificateChain.Judge(Person.Certificate, OfPerson with { RevocationLists = [list] }).Verdict);
            }
            else if (which == 2 && OcspResponse.TryParse(bytes, out var answer))
            {
                Assert.Equal(EvidenceVerdict.RevocationUnknown, CertificateChain.Judge(Person.Certificate, OfPerson with { RevocationLists = [], OcspResponses = [answer] }).Verdict);
            }
        }, iter: 1000);

    /// <summary>Signatures whose last bit is 0 can be written with one bit unused: another form of the same bytes, which must not be taken.</summary>
    [Fact]
    public void A_signature_is_whole_bytes()
    {
        var refused = 0;
        for (var i = 0; i < 64; i++)
        {
            var list = Root.List(TestAuthority.Middle.AddDays(-1), TestAuthority.Middle.AddDays(1), _ => { });
            var bytes = list.Encoded.ToArray();
            if ((bytes[^1] & 1) == 0)
            {
                var unused = bytes.Length - list.Signature.Length - 1;
                Assert.Equal(0, bytes[unused]);
                bytes[unused] = 1;
                Assert.False(RevocationList.TryParse(bytes, out _));
                refused++;
            }
        }

        Assert.True(refused > 0, "No signature ended in a 0.");
    }

    /// <summary>Bytes taken out, doubled, put in and cut off.</summary>
    [Fact]
    public void Whatever_is_cut_and_pasted_gives_an_answer() =>
        Gen.Select(Gen.Int[0, Messages.Length], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Byte.Array[0, 40]).Sample((which, from, to, put) =>
        {
            var whole = which == Messages.Length ? Token : Messages[which];
            var (a, b) = (from % whole.Length, to % whole.Length);
            byte[] bytes = [.. whole[..a], .. put, .. whole[b..]];
            if (SignedMessage.TryParse(bytes, "record", out var message, out var problem))
            {
                _ = SignatureEvidence.Judge(message, null, Question, "record");
            }
            else
            {
                Assert.NotNull(problem);
            }

            _ = TimeStampToken.TryParse(bytes, "record", out _, out _);
            _ = TimeStampedContent.TryParse(bytes, "record", out _, out _);
        }, iter: 1000);

    [Fact]
    public void Random_bytes_are_nothing() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            Assert.False(SignedMessage.TryParse(bytes, "x", out _, out _));
            Assert.False(TimeStampToken.TryParse(bytes, "x", out _, out _));
            Assert.False(TimeStampedContent.TryParse(bytes, "x", out _, out _));
            Assert.False(Certificate.TryParse(bytes, out _));
            Assert.False(RevocationList.TryParse(bytes, out _));
            Assert.False(OcspResponse.TryParse(bytes, out _));
        }, iter: 2000);

    [Theory]
    [InlineData("open lengths in open lengths")]
    [InlineData("sequences in sequences")]
    [InlineData("octet strings in pieces of pieces")]
    [InlineData("a long identifier")]
    [InlineData("a long number")]
    [InlineData("a length of four gigabytes")]
    [InlineData("a length of a negative number")]
    [InlineData("a million signers")]
    [InlineData("a million parts of a name")]
    public void What_is_made_to_cost_much_costs_little(string what)
    {
        const int Million = 1_000_000;
        byte[] head = Convert.FromHexString("06092a864886f70d010702"); // CMS signed data
        byte[] bytes = what switch
        {
            "open lengths in open lengths" => [.. Repeat(Convert.FromHexString("3080"), Million)],
            "sequences in sequences" => Nested(100_000),
            "octet strings in pieces of pieces" => Open(head, Convert.FromHexString("a080308002010131003080"), head, Convert.FromHexString("a080"), Repeat(Convert.FromHexString("2480"), Million)),
            "a long identifier" => Long(0x06, Million),
            "a long number" => Long(0x02, Million),
            "a length of four gigabytes" => Convert.FromHexString("3084ffffffff06092a864886f70d010702"),
            "a length of a negative number" => Convert.FromHexString("3088ffffffffffffffff06092a864886f70d010702"),
            "a million signers" => Open(head, Convert.FromHexString("a0803080020101310030800609"), head[2..], Convert.FromHexString("00003180"), Repeat(Convert.FromHexString("3000"), Million), new byte[8]),
            _ => Open(head, Convert.FromHexString("a0803080020101310030800609"), head[2..], Convert.FromHexString("000031803080020101308030" + "80"), Repeat(Convert.FromHexString("3100"), Million)),
        };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(SignedMessage.TryParse(bytes, "x", out _, out var problem));
        _ = TimeStampToken.TryParse(bytes, "x", out _, out _);
        _ = Certificate.TryParse(bytes, out _);
        _ = RevocationList.TryParse(bytes, out _);
        _ = OcspResponse.TryParse(bytes, out _);

        Assert.Equal("SIG-001", problem.Code);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);

        static byte[] Repeat(byte[] one, int count) => [.. Enumerable.Repeat(one, count).SelectMany(b => b)];

        static byte[] Open(params byte[][] parts) => [0x30, 0x80, .. parts.SelectMany(p => p)];
    }

    private static byte[] Long(byte tag, int length)
    {
        byte[] content = [0x7F, .. Enumerable.Repeat((byte)0xFF, length - 2), 0x01];
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([tag, 0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content]);
        }

        return writer.Encode();
    }

    private static byte[] Nested(int depth)
    {
        var bytes = new Stack<byte>();
        for (var i = 0; i < depth; i++)
        {
            var length = bytes.Count;
            foreach (var one in length < 0x80 ? [(byte)length] : (byte[])[(byte)length, (byte)(length >> 8), (byte)(length >> 16), 0x83])
            {
                bytes.Push(one);
            }

            bytes.Push(0x30);
        }

        return [.. bytes];
    }
}
