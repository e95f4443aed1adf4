using System.Text;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;
using Lantai.StoreFormat;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;

namespace Lantai.Tests.Vectors;

/// <summary>The evidence of a received signature, made by an invented authority.</summary>
internal static partial class Pieces
{
    private const string SignedText = "行政许可决定书\n";

    /// <summary>A signature of 2025, stamped then, and checked after its certificate had ended.</summary>
    public static void WriteEvidence()
    {
        var root = TestAuthority.Root("CN=Root,C=CN");
        var person = root.Person("CN=张三,C=CN");
        var later = TestAuthority.End.AddYears(1);
        var time = TestAuthority.Root("CN=Time,C=CN", change: g => g.SetNotAfter(later.AddYears(1).UtcDateTime));
        var stamper = time.Stamper(g => g.SetNotAfter(later.AddYears(1).UtcDateTime));
        var signature = person.Pair.Sign(Encoding.UTF8.GetBytes(SignedText));
        var question = new EvidenceQuestion
        {
            Anchors = [root.Certificate],
            StampAnchors = [time.Certificate],
            Now = later,
            RevocationLists = [root.List(TestAuthority.Middle, TestAuthority.Middle.AddDays(7)), time.List(later.AddDays(-1), later.AddDays(1))],
            TimeStamps = [TestMessages.Token(stamper, signature, TestAuthority.Middle)],
        };

        Keep("signature-evidence", "signature-evidence", SignatureEvidenceForm.Write(SignatureEvidence.Judge(signature, "1.2.156.10197.1.501", person.Certificate, Encoding.UTF8.GetBytes(SignedText), question, "decision.sig")));
    }

    /// <summary>What it says, and that what it holds still proves it.</summary>
    private static void DescribeEvidence(byte[] bytes, Action<(string Name, object Value)[]> say)
    {
        Assert.True(SignatureEvidenceForm.TryRead(bytes, out var evidence));
        Assert.Equal(bytes, SignatureEvidenceForm.Write(evidence));
        Assert.True(Certificate.TryParse(evidence.Chain[0], out var signer));
        Assert.True(signer.Sm2Key!.Verify(Encoding.UTF8.GetBytes(SignedText), evidence.Signature.Span));
        Assert.True(TimeStampToken.TryParse(evidence.TimeStamps[0].Token, "stamp", out var token, out _) && token.IsOf(evidence.Signature.Span));
        say(
        [
            ("verdict", evidence.Verdict), ("at", StoreTime.Write(evidence.At!.Value)), ("checked", StoreTime.Write(evidence.Checked)), ("form", evidence.Form),
            ("signer", evidence.Signer), ("content", evidence.Content!), ("chain", evidence.Chain.Count), ("revocation", evidence.Revocation.Count), ("stamp", StoreTime.Write(evidence.TimeStamps[0].Time)),
            ("codes", string.Join(' ', evidence.Findings.Select(f => f.Code))),
        ]);
    }
}
