using System.Text;
using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.Inspection.Reading;
using Lantai.Tests.Characterization.Pdf;
using Lantai.Tests.Evidence.Certificates;

namespace Lantai.Tests.Inspection;

/// <summary>Nothing counts as a good signature that was not verified over the bytes of its file.</summary>
public sealed class SealsRuleTests
{
    [Theory]
    [InlineData("ETSI.CAdES.detached")]
    [InlineData("adbe.pkcs7.detached")]
    public void A_signature_that_holds_passes_and_trust_is_left_open(string form)
    {
        var answer = Ask(SignedPdf.Make(form));

        var told = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Passed, "INS-365"), (answer.Verdict, told.Code));
        Assert.Contains("张三", told.Arguments.Single(a => a.Key == "signers").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_by_SM2_and_by_an_elliptic_curve_hold_too()
    {
        foreach (var algorithm in (string[])[TestAuthority.Sm2, TestAuthority.Ecdsa])
        {
            Assert.Equal(RuleVerdict.Passed, Ask(SignedPdf.Make(signer: TestAuthority.Root(algorithm: algorithm).Person(algorithm: algorithm))).Verdict);
        }
    }

    [Fact]
    public void A_signature_that_does_not_hold_fails()
    {
        var changed = SignedPdf.Make();
        changed[changed.AsSpan().IndexOf("(Hello)"u8) + 1] = (byte)'J';
        var nonsense = HandMadePdf.OnePage().Set(6, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 10]/Contents<00112233>>>").ToBytes();
        var moved = SignedPdf.Make();
        moved[moved.AsSpan().IndexOf("/ByteRange [0"u8) + 12] = (byte)'9';
        var empty = HandMadePdf.OnePage().Set(6, SignedPdf.Room.Replace("FORM", "ETSI.CAdES.detached", StringComparison.Ordinal)).ToBytes();

        Assert.Equal((RuleVerdict.Failed, "differs"), Why(changed));
        Assert.Equal((RuleVerdict.Failed, "range"), Why(moved));
        Assert.Equal((RuleVerdict.Failed, "range"), Why(empty));
        Assert.Equal(RuleVerdict.Failed, Why(nonsense).Verdict);

        static (RuleVerdict Verdict, string Why) Why(byte[] pdf)
        {
            var answer = Ask(pdf);
            return (answer.Verdict, answer.Findings.First(f => f.Code == "INS-368").Arguments.Single(a => a.Key == "seal").Value);
        }
    }

    [Fact]
    public void What_a_signature_leaves_out_may_be_nothing_but_itself()
    {
        // The same message, and behind it in the gap an object that nobody signed.
        var pdf = SignedPdf.Make();
        var end = pdf.AsSpan().IndexOf("/Contents <"u8) + "/Contents <".Length + 20_000;
        Encoding.ASCII.GetBytes("> /Note (x) /B <").CopyTo(pdf, end - 20);

        Assert.Equal(RuleVerdict.Failed, Ask(pdf).Verdict);
    }

    [Fact]
    public void What_was_added_after_the_last_signature_is_warned_of()
    {
        var answer = Ask([.. SignedPdf.Make(), .. "9 0 obj\n(added)\nendobj\n%%EOF\n"u8]);

        Assert.Equal((RuleVerdict.Warning, true), (answer.Verdict, answer.Findings.Any(f => f.Code == "INS-364")));
        Assert.Equal(RuleVerdict.Passed, Ask([.. SignedPdf.Make(), .. "\r\n"u8]).Verdict);
    }

    [Theory]
    [InlineData("adbe.pkcs7.sha1")]
    [InlineData("ETSI.RFC3161")]
    [InlineData("GM.sm2seal")]
    public void What_cannot_be_verified_is_a_warning_and_holds_nothing_up(string form)
    {
        var answer = Ask(SignedPdf.Make(form));

        var told = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Warning, "INS-369", form), (answer.Verdict, told.Code, told.Arguments.Single(a => a.Key == "found").Value));
        Assert.Equal((RuleVerdict.Warning, "INS-369"), Verdict(SeenPackage.Described("材料/证照.ofd", SeenPackage.Found(FileFamily.Ofd, ("signatures", 1L)))));
    }

    [Fact]
    public void One_that_fails_outweighs_one_that_cannot_be_verified()
    {
        var seal = new CheckedSeal("7 0 obj", SealMatch.Fails, "differs", "ETSI.CAdES.detached", "", false);
        var file = SeenPackage.Described("材料/a.pdf", SeenPackage.Found(FileFamily.Pdf, ("signatures", 2L))) with { Seals = [seal] };

        Assert.Equal(RuleVerdict.Failed, RuleChecks.Find("seals")!(SeenPackage.Of(file)).Verdict);
    }

    private static (RuleVerdict Verdict, string Code) Verdict(InspectedFile file)
    {
        var answer = RuleChecks.Find("seals")!(SeenPackage.Of(file));
        return (answer.Verdict, Assert.Single(answer.Findings).Code);
    }

    private static RuleAnswer Ask(byte[] pdf)
    {
        var file = SeenPackage.File("材料/许可.pdf", pdf);
        return RuleChecks.Find("seals")!(SeenPackage.Of(file with { Seals = PdfSeals.Check(FileContent.Of(pdf), file.Character!, TestContext.Current.CancellationToken) }));
    }
}
