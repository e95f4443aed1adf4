using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class FondsRegisterTests : IDisposable
{
    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private RecordsOffice Office => _test.Office;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void What_was_entered_is_found()
    {
        Assert.Equal(new Fonds("J001", KnownOffice.Agency, KnownOffice.Hall, "福州市市场监督管理局全宗"), Office.Fonds.Find("J001"));
        Assert.Equal(["0059"], Office.Fonds.Of(KnownOffice.OtherAgency).Select(f => f.Code));
        Assert.Equal(["0059", "J001"], Office.Fonds.All().Select(f => f.Code));
        Assert.Null(Office.Fonds.Find("J002"));
        Assert.Equal("福州市", Office.Jurisdictions.Find(Region("350100"))?.Name);
        Assert.Equal(["福建省", "福州市"], Office.Jurisdictions.Within(Region("350000")).Select(j => j.Name));
        Assert.Equal([KnownOffice.Authority], Office.Organisations.Within(RegionCode.Nation).Where(o => o.Type == OrganisationType.Authority).Select(o => o.Code));
        Assert.Equal(3, Office.Organisations.Within(Region("350100")).Count);
    }

    [Fact]
    public void Entering_the_same_again_changes_nothing()
    {
        Assert.Empty(Office.Fonds.Enter(Office.Fonds.Find("J001")!, TestOffice.Clerk).Events);
        Assert.Empty(Office.Jurisdictions.Enter("350100000000", "福州市", TestOffice.Clerk).Events);
        Assert.Empty(Office.Organisations.Enter(KnownOffice.Agency, OrganisationType.Agency, "350100", "福州市市场监督管理局", TestOffice.Clerk).Events);
    }

    [Fact]
    public void A_hall_and_a_name_may_come_later_and_all_events_of_a_fonds_have_one_subject()
    {
        var outcome = Office.Fonds.Enter(new("0059", KnownOffice.OtherAgency, KnownOffice.Hall, "新名"), TestOffice.Clerk);

        var changed = Assert.Single(outcome.Events).Event.Leaf;
        var first = _test.Vault.ReadEvents(0).First(e => e.Detail?.Body.Text("fonds") == "0059").Leaf;
        Assert.Equal(first.Subject, changed.Subject);
        Assert.Equal((KnownOffice.Hall, "新名"), (Office.Fonds.Find("0059")!.Hall, Office.Fonds.Find("0059")!.Name));

        _ = Office.Fonds.Enter(new("0059", KnownOffice.OtherAgency, null, "新名"), TestOffice.Clerk);

        Assert.Null(Office.Fonds.Find("0059")!.Hall);
    }

    [Fact]
    public void A_fonds_with_everything_wrong_is_refused_with_all_of_it()
    {
        var outcome = Office.Fonds.Enter(new("j01", "91350100M000100Y43", KnownOffice.Agency, " "), TestOffice.Clerk);

        Assert.Equal(["REC-002", "FON-005", "FON-008", "FON-007"], outcome.Codes());
        Assert.Empty(outcome.Events);
        Assert.Null(Office.Fonds.Find("j01"));
    }

    [Fact]
    public void The_creator_of_a_fonds_never_changes()
    {
        var outcome = Office.Fonds.Enter(new("J001", KnownOffice.OtherAgency, null, "x"), TestOffice.Clerk);

        Assert.Equal(["FON-009"], outcome.Codes());
        Assert.Equal(KnownOffice.Agency, Office.Fonds.Find("J001")!.Creator);
    }

    [Fact]
    public void A_jurisdiction_without_a_code_or_name_is_refused() =>
        Assert.Equal(["REC-002", "FON-001"], Office.Jurisdictions.Enter("350001", "", TestOffice.Clerk).Codes());

    [Fact]
    public void An_organisation_with_everything_wrong_is_refused_with_all_of_it() =>
        Assert.Equal(["REC-003", "FON-003", "FON-001"], Office.Organisations.Enter("91350100M000100Y44", OrganisationType.Agency, "1", "局\n", TestOffice.Clerk).Codes());

    [Fact]
    public void An_organisation_of_a_jurisdiction_that_was_not_entered_is_entered_and_told()
    {
        var outcome = Office.Organisations.Enter("91350100M000100Y43", OrganisationType.Agency, "350200", "厦门市某局", TestOffice.Clerk);

        Assert.Equal(["FON-006"], outcome.Codes());
        Assert.NotNull(Office.Organisations.Find("91350100M000100Y43"));
    }

    [Fact]
    public void The_type_of_an_organisation_never_changes() =>
        Assert.Equal(["FON-004"], Office.Organisations.Enter(KnownOffice.Hall, OrganisationType.Agency, "350100", "福州市档案馆", TestOffice.Clerk).Codes());

    [Fact]
    public void A_name_that_is_too_long_or_no_text_is_refused()
    {
        Assert.Equal(["REC-003"], Office.Jurisdictions.Enter("350200", new string('市', 201), TestOffice.Clerk).Codes());
        Assert.Equal(["REC-003"], Office.Jurisdictions.Enter("350200", "厦\uD800", TestOffice.Clerk).Codes());
        Assert.Empty(Office.Jurisdictions.Enter("350200", new string('市', 200), TestOffice.Clerk).Findings);
    }

    [Fact]
    public void Registers_made_anew_say_the_same()
    {
        _ = Office.Fonds.Enter(new("0059", KnownOffice.OtherAgency, KnownOffice.Hall, "新名"), TestOffice.Clerk);

        var rebuilt = _test.Rebuilt();

        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equal(Office.Fonds.All(), rebuilt.Fonds.All());
        Assert.Equal(Office.Organisations.Within(RegionCode.Nation), rebuilt.Organisations.Within(RegionCode.Nation));
        Assert.Equal(Office.Jurisdictions.Within(RegionCode.Nation), rebuilt.Jurisdictions.Within(RegionCode.Nation));
    }

    private static RegionCode Region(string text) => RegionCode.TryParse(text, out var code) ? code : throw new InvalidOperationException(text);
}
