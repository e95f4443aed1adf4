using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.Inspection;

namespace Lantai.Tests.Inspection.Reports;

public sealed class ReportVerificationTests : IDisposable
{
    private const string Origin = "lantai/福州";

    private readonly NoteSigner _log = NoteSigner.Generate(Origin);
    private readonly NoteSigner _other = NoteSigner.Generate(Origin);
    private readonly Sm2NoteSigner _sm2 = Sm2NoteSigner.Generate(Origin + "/sm2");

    [Fact]
    public void A_report_is_good_by_both_keys()
    {
        var made = Make(_log, _sm2);

        Assert.Empty(ReportVerification.Verify(made.Xml, made.Note, new ReportKeys(_log.Verifier, _sm2.Verifier, null, []), "报告", out var report));
        Assert.Equal(made.Report.Number, report!.Number);
        Assert.Equal(made.Report.Number + ".xml.sig", made.NoteName);
    }

    [Fact]
    public void Each_change_of_report_or_note_is_found()
    {
        var made = Make(_log, _sm2);
        var keys = new ReportKeys(_log.Verifier, null, null, []);
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(made.Xml).Replace("榕树", "桂树", StringComparison.Ordinal));
        var better = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(made.Note).Replace("failed", "passed", StringComparison.Ordinal));
        var passing = SealedReport.Of(SampleReport.Make(failing: false), Origin, SampleReport.Texts, text => new SignedNote(text, [_log.Sign(text)]));

        Assert.Equal(["INS-011"], Codes(made.Xml, null, keys));
        Assert.Equal(["INS-011"], Codes(made.Xml, [1, 2], keys));
        Assert.Equal(["INS-012"], Codes(made.Xml, made.Note, keys with { Expected = _other.Verifier }));
        Assert.Equal(["INS-012"], Codes(made.Xml, Make(_log).Note, keys with { Sm2 = _sm2.Verifier }));
        Assert.Equal(["INS-013"], Codes(changed, made.Note, keys));
        Assert.Equal(["INS-012", "INS-014"], Codes(made.Xml, better, keys));
        Assert.Equal(["INS-013", "INS-014"], Codes(made.Xml, passing.Note, keys));
        Assert.Equal(["INS-015"], Codes(made.Xml, made.Note, keys with { Expected = null, Claimed = _log.Verifier }));
        Assert.Equal(["INS-012", "INS-015"], Codes(made.Xml, made.Note, keys with { Expected = null }));
    }

    public void Dispose()
    {
        _log.Dispose();
        _other.Dispose();
    }

    private static IEnumerable<string> Codes(byte[] xml, byte[]? note, ReportKeys keys) => ReportVerification.Verify(xml, note, keys, "报告", out _).Select(f => f.Code);

    private static SealedReport Make(params INoteSigner[] signers) =>
        SealedReport.Of(SampleReport.Make(), Origin, SampleReport.Texts, text => new SignedNote(text, [.. signers.Select(s => s.Sign(text))]));
}
