using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>Organisations and fonds that tests of this room begin with.</summary>
internal static class KnownOffice
{
    public const string Agency = "11350100003609407" + "9";
    public const string OtherAgency = "11350100488000001" + "C";
    public const string Hall = "12350100488000002" + "C";
    public const string Authority = "11350000003591037" + "R";

    /// <summary>Fuzhou: two agencies, a hall, an authority of the province; two fonds.</summary>
    public static TestOffice WithFuzhou(this TestOffice test)
    {
        var office = test.Office;
        Done(office.Jurisdictions.Enter("350000", "福建省", TestOffice.Clerk));
        Done(office.Jurisdictions.Enter("350100", "福州市", TestOffice.Clerk));
        Done(office.Organisations.Enter(Authority, OrganisationType.Authority, "350000", "福建省档案局", TestOffice.Clerk));
        Done(office.Organisations.Enter(Agency, OrganisationType.Agency, "350100", "福州市市场监督管理局", TestOffice.Clerk));
        Done(office.Organisations.Enter(OtherAgency, OrganisationType.Agency, "350100", "福州市税务局", TestOffice.Clerk));
        Done(office.Organisations.Enter(Hall, OrganisationType.Hall, "350100", "福州市档案馆", TestOffice.Clerk));
        Done(office.Fonds.Enter(new("J001", Agency, Hall, "福州市市场监督管理局全宗"), TestOffice.Clerk));
        Done(office.Fonds.Enter(new("0059", OtherAgency, null, "福州市税务局全宗"), TestOffice.Clerk));
        return test;
    }

    /// <summary>Codes of the findings, in order.</summary>
    public static IEnumerable<string> Codes(this DecisionOutcome outcome) => outcome.Findings.Select(f => f.Code);

    private static void Done(DecisionOutcome outcome) => Assert.Empty(outcome.Findings);
}
