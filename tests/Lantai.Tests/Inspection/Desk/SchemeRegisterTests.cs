using Lantai.Inspection;

namespace Lantai.Tests.Inspection.Desk;

public sealed class SchemeRegisterTests : IDisposable
{
    private readonly TestDesk _test = new();

    private SchemeRegister Schemes => _test.Desk.Schemes;

    [Fact]
    public void Without_antivirus_holds_until_it_is_withdrawn()
    {
        Assert.Equal("gd-case", Schemes.InForce(RunPoint.AgencyArchiving).Name);
        Assert.Equal("FN-005", Assert.Single(Schemes.AdoptWithoutAntivirus(RunPoint.AgencyArchiving, " ", TestDesk.Reviewer).Findings).Code);
        Assert.Equal("FN-008", Assert.Single(Schemes.Withdraw("without-av", RunPoint.AgencyArchiving, "已装", TestDesk.Reviewer).Findings).Code);

        Assert.Single(Schemes.AdoptWithoutAntivirus(RunPoint.AgencyArchiving, "机房尚未配备杀毒软件", TestDesk.Reviewer).Events);
        Assert.Empty(Schemes.AdoptWithoutAntivirus(RunPoint.AgencyArchiving, "再说一次", TestDesk.Reviewer).Events);

        foreach (var schemes in new[] { Schemes, _test.Rebuilt().Schemes })
        {
            var held = schemes.InForce(RunPoint.AgencyArchiving, "WS");
            Assert.Equal(("without-av", "gd-case/1"), (held.Name, held.Version));
            Assert.Equal(("os:王复核", "机房尚未配备杀毒软件"), (held.Decision!.Person, held.Decision.Reason));
            Assert.Equal(["FN.GD.SEC.ANTIVIRUS", "FN.GD.SEC.MALWARE"], held.Decision.Without);
            Assert.Equal("bc-storage", schemes.InForce(RunPoint.Storage).Name);
        }

        Assert.Single(Schemes.Withdraw("without-av", RunPoint.AgencyArchiving, "已装杀毒软件", TestDesk.Archivist).Events);
        Assert.Equal("gd-case", Schemes.InForce(RunPoint.AgencyArchiving).Name);
        Assert.NotNull(Assert.Single(Schemes.Adopted()).Withdrawn);
        Assert.Single(Schemes.AdoptWithoutAntivirus(RunPoint.AgencyArchiving, "引擎检修", TestDesk.Reviewer).Events);
        Assert.Equal("引擎检修", Schemes.InForce(RunPoint.AgencyArchiving).Decision!.Reason);
    }

    [Fact]
    public void A_scheme_for_a_category_stands_before_one_for_all()
    {
        var strict = Schemes.InForce(RunPoint.AgencyArchiving) with { Name = "福建", Version = "2026", Parameters = new Dictionary<string, string> { ["antivirus.days"] = "1" } };

        Assert.Single(Schemes.Adopt(strict with { Category = "ZW" }, null, TestDesk.Archivist).Events);

        Assert.Equal("福建", Schemes.InForce(RunPoint.AgencyArchiving, "ZW").Name);
        Assert.Equal("1", _test.Rebuilt().Schemes.InForce(RunPoint.AgencyArchiving, "ZW").Parameters["antivirus.days"]);
        Assert.Null(Schemes.InForce(RunPoint.AgencyArchiving, "ZW").Decision);
        Assert.Equal("gd-case", Schemes.InForce(RunPoint.AgencyArchiving, "WS").Name);
    }

    [Fact]
    public void A_version_keeps_its_meaning()
    {
        var whole = Schemes.InForce(RunPoint.HallReceipt);

        Assert.Equal("FN-007", Assert.Single(Schemes.Adopt(whole, null, TestDesk.Archivist).Findings).Code);
        Assert.Single(Schemes.Adopt(whole with { Name = "馆" }, null, TestDesk.Archivist).Events);
        Assert.Empty(Schemes.Adopt(whole with { Name = "馆" }, null, TestDesk.Archivist).Events);
        Assert.Equal("FN-007", Assert.Single(Schemes.Adopt(whole with { Name = "馆", Parameters = new Dictionary<string, string>() }, null, TestDesk.Archivist).Findings).Code);
    }

    public void Dispose() => _test.Dispose();
}
