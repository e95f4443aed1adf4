using System.Text;
using Lantai.Evidence;
using Lantai.Inspection;
using Lantai.Tests.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

public sealed class InspectionKitTests : IDisposable
{
    private readonly TestOffice _test = new TestOffice(syncs: false).WithSamples();
    private readonly NoteSigner _signer = NoteSigner.Generate("lantai/test");

    public void Dispose()
    {
        _signer.Dispose();
        _test.Dispose();
    }

    [Fact]
    public void A_kit_holds_what_concerns_its_source_and_nothing_of_others()
    {
        _ = _test.WithTrouble();
        var text = Encoding.UTF8.GetString(_test.KitBytes(SampleOffice.OtherSource, _signer));

        Assert.Contains("\"collection\":\"sources\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"item\":\"0109900100\"", text, StringComparison.Ordinal); // an item of another agency
        Assert.DoesNotContain("YZ20230510000021", text, StringComparison.Ordinal); // a case of another source
        Assert.DoesNotContain("990100-0061-0109900100-2023-D30-000021", text, StringComparison.Ordinal); // its record code stands as a hash
        Assert.Contains("\"held\":[\"", text, StringComparison.Ordinal);
        Assert.Contains("X-1", text, StringComparison.Ordinal); // a case of its own
    }

    [Fact]
    public void Two_kits_of_one_archive_hash_with_different_salts()
    {
        _ = _test.WithTrouble();

        Assert.NotEqual(Held(), Held());

        string Held() => Encoding.UTF8.GetString(_test.KitBytes(SampleOffice.OtherSource, _signer)).Split('\n').Single(l => l.StartsWith("{\"held", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kit_in_which_one_letter_was_changed_is_refused()
    {
        var bytes = _test.KitBytes(SampleOffice.Source, _signer);
        var text = Encoding.UTF8.GetString(bytes);
        var changed = Encoding.UTF8.GetBytes(text.Replace("\"D30\"", "\"D10\"", StringComparison.Ordinal));
        Assert.NotEqual(bytes, changed);

        Assert.Equal(["INS-611"], Read(changed, null, out _));
        Assert.Equal(["INS-611"], Read(changed, _signer.Verifier, out var kit));
        Assert.Null(kit);
    }

    [Fact]
    public void A_kit_is_checked_by_a_key_from_elsewhere()
    {
        using var other = NoteSigner.Generate("lantai/test");
        var bytes = _test.KitBytes(SampleOffice.Source, _signer);

        Assert.Empty(Read(bytes, _signer.Verifier, out _));
        Assert.Equal(["INS-614"], Read(bytes, null, out var kit));
        Assert.NotNull(kit);
        Assert.Equal(["INS-611"], Read(bytes, other.Verifier, out _));
    }

    [Fact]
    public void What_is_no_kit_or_was_cut_off_is_told_with_the_line()
    {
        var bytes = _test.KitBytes(SampleOffice.Source, _signer);

        Assert.Equal(["INS-610"], Read([], null, out _));
        Assert.Equal(["INS-610"], Read("不是工具包\n"u8.ToArray(), null, out _));
        Assert.Equal(["INS-610"], Read(bytes[..^1], null, out _));
        Assert.Equal(["INS-610"], Read(bytes[..(bytes.Length / 2)], null, out _));
        Assert.Equal(["INS-610"], Read([.. bytes, .. "{}\n"u8], null, out _));
        Assert.Equal(["INS-610"], Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("lantai-kit/1", "lantai-kit/2", StringComparison.Ordinal)), null, out _));
        Assert.Equal(["INS-610"], Read([.. bytes.Take(Array.IndexOf(bytes, (byte)'\n') + 1), .. "{\"collection\":\"nobody\",\"document\":{},\"id\":1}\n"u8], null, out _));
    }

    [Fact]
    public void An_old_kit_is_told_and_still_answers()
    {
        var bytes = _test.KitBytes(SampleOffice.Source, _signer);
        _test.Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(["INS-612"], Read(bytes, _signer.Verifier, out var kit));
        Assert.NotNull(kit);
        Assert.Empty(Read(bytes, _signer.Verifier, out _, days: 60));
    }

    [Fact]
    public void A_kit_for_other_rules_is_told()
    {
        var (target, source) = (new MemoryStream(), _test.Office.Sources.Find(SampleOffice.Source)!);
        var header = new KitHeader(Guid.NewGuid(), "lantai/test", source.Id, _test.Time.GetUtcNow(), 1, SchemeCatalogue.Of(RunPoint.AgencyArchiving)) { Rules = "0", Software = "lantai 0.0.1" };
        _ = KitWriter.Write(target, header, _test.Views(), source, _signer, CancellationToken.None);

        Assert.Equal(["INS-613"], Read(target.ToArray(), _signer.Verifier, out _));
    }

    [Fact]
    public void A_scheme_that_asks_less_by_a_persons_decision_comes_with_the_decision()
    {
        var decision = new SchemeDecision("王处长", new DateTimeOffset(2026, 1, 5, 1, 2, 3, TimeSpan.Zero), "引擎采购中", ["FN.GD.SEC.MALWARE"]);
        var scheme = SchemeCatalogue.WithoutAntivirus(SchemeCatalogue.Of(RunPoint.AgencyArchiving)) with { Decision = decision };

        var read = _test.KitOf(SampleOffice.Source, _signer, scheme).Header.Scheme;

        Assert.Equal((scheme.Name, scheme.Version, scheme.Rules.Count), (read.Name, read.Version, read.Rules.Count));
        Assert.Equal((decision.Person, decision.At, decision.Reason), (read.Decision!.Person, read.Decision.At, read.Decision.Reason));
    }

    private IEnumerable<string> Read(byte[] bytes, VerifierKey? key, out InspectionKit? kit, int days = 30)
    {
        var findings = new List<Finding>();
        kit = InspectionKit.TryRead(new MemoryStream(bytes), "样.kit", key, _test.Time.GetUtcNow(), days, findings);
        return findings.Select(f => f.Code);
    }
}
