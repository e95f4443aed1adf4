using System.Text;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.StoreFormat;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;

namespace Lantai.Tests.StoreFormat;

public sealed class SignatureEvidenceFormTests
{
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes()
    {
        var stamped = TestMessages.Stamped(TestMessages.Cms("content"u8.ToArray(), false, Person), Root.Stamper(), TestAuthority.Middle);
        foreach (var question in (EvidenceQuestion[])[Question(TestAuthority.Middle), Question(TestAuthority.End.AddDays(1)), Question(TestAuthority.Middle) with { Anchors = [] }])
        {
            var evidence = Assert.Single(SignatureEvidence.Judge(TestMessages.Read(stamped), null, question, "兰台.p7s"));
            var bytes = SignatureEvidenceForm.Write(evidence);

            Assert.True(SignatureEvidenceForm.TryRead(bytes, out var read));
            Assert.Equal(bytes, SignatureEvidenceForm.Write(read));
            Assert.Equal((evidence.Verdict, evidence.At, evidence.Content, evidence.Signer), (read.Verdict, read.At, read.Content, read.Signer));
            Assert.Equal(evidence.Findings.Select(f => (f.Code, f.Severity, f.Subject, f.Arguments.Count)), read.Findings.Select(f => (f.Code, f.Severity, f.Subject, f.Arguments.Count)));
            Assert.Equal(evidence.Chain.Count, read.Chain.Count);
            Assert.Equal(evidence.TimeStamps[0].Chain!.Certificates, read.TimeStamps[0].Chain!.Certificates);
        }
    }

    [Theory]
    [InlineData("\"verdict\":\"valid\"", "\"verdict\":\"perfect\"")]
    [InlineData("\"verdict\":\"valid\"", "\"verdict\":\"valid-at-time\"")]
    [InlineData("lantai-signature-evidence/1", "lantai-signature-evidence/2")]
    [InlineData("\"checked\":\"2025", "\"checked\":\"25")]
    [InlineData("\"confidence\":\"high\",", "")]
    [InlineData("\"content\":\"", "\"content\":\"0")]
    [InlineData("\"chain\":[\"", "\"chain\":[\" ")]
    [InlineData("\"signature\":\"", "\"signature\":\"!")]
    [InlineData("{", "{ ")]
    public void What_has_another_form_is_refused(string part, string other)
    {
        var evidence = SignatureEvidence.Judge(Person.Pair.Sign("a"u8), "1.2.156.10197.1.501", Person.Certificate, "a"u8.ToArray(), Question(TestAuthority.Middle), "a");
        var text = Encoding.UTF8.GetString(SignatureEvidenceForm.Write(evidence));

        Assert.True(SignatureEvidenceForm.TryRead(Encoding.UTF8.GetBytes(text), out _));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(SignatureEvidenceForm.TryRead(Encoding.UTF8.GetBytes(text.Replace(part, other, StringComparison.Ordinal)), out _));
    }

    [Theory]
    [InlineData("at", "\"2025\"")]
    [InlineData("at", "7")]
    [InlineData("chain", "\"QQ==\"")]
    [InlineData("revocation", "{}")]
    [InlineData("revocation", "[[]]")]
    [InlineData("content", "5")]
    [InlineData("findings", "\"none\"")]
    [InlineData("findings", "[5]")]
    [InlineData("timeStamps", "\"x\"")]
    [InlineData("timeStamps", """[{"chain":"x","time":"2025-06-01T08:00:00.000Z","token":"QQ==","verdict":"valid"}]""")]
    public void A_member_of_another_kind_is_not_passed_over(string member, string value)
    {
        var evidence = SignatureEvidence.Judge(Person.Pair.Sign("a"u8), "1.2.156.10197.1.501", Person.Certificate, "a"u8.ToArray(), Question(TestAuthority.Middle), "a");
        var members = System.Text.Json.Nodes.JsonNode.Parse(SignatureEvidenceForm.Write(evidence))!.AsObject();
        members[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var text = "{" + string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"\"{m.Key}\":{m.Value!.ToJsonString(Plain)}")) + "}";

        Assert.True(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(SignatureEvidenceForm.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void A_member_that_no_page_names_is_ignored()
    {
        var evidence = SignatureEvidence.Judge(Person.Pair.Sign("a"u8), "1.2.156.10197.1.501", Person.Certificate, "a"u8.ToArray(), Question(TestAuthority.Middle), "a");
        var text = Encoding.UTF8.GetString(SignatureEvidenceForm.Write(evidence));

        Assert.True(SignatureEvidenceForm.TryRead(Encoding.UTF8.GetBytes(text[..^1] + ",\"zz\":\"later\"}"), out _));
    }

    [Fact]
    public void Every_verdict_has_a_name_of_its_own()
    {
        var evidence = SignatureEvidence.Judge(Person.Pair.Sign("a"u8), "1.2.156.10197.1.501", Person.Certificate, "a"u8.ToArray(), Question(TestAuthority.Middle), "a");

        foreach (var verdict in Enum.GetValues<EvidenceVerdict>())
        {
            var one = evidence with { Verdict = verdict, At = verdict == EvidenceVerdict.ValidAtTime ? TestAuthority.Middle : null };
            Assert.True(SignatureEvidenceForm.TryRead(SignatureEvidenceForm.Write(one), out var read));
            Assert.Equal(verdict, read.Verdict);
        }
    }

    private static EvidenceQuestion Question(DateTimeOffset now) => new()
    {
        Anchors = [Root.Certificate], Now = now, RevocationLists = [Root.List(TestAuthority.Middle, TestAuthority.Middle.AddDays(2)), Root.List(now.AddDays(-1), now.AddDays(1))],
    };
}
