using Lantai.ArchivalStorage;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.Inspection;

/// <summary>The registers of the city that invented cases come from: agencies, fonds, items, schedules, code rule, one source system for each agency.</summary>
internal static class InventedOffice
{
    public static readonly Actor Clerk = new("os:clerk", "lantai test");
    public static readonly Actor Reviewer = new("os:reviewer", "lantai test");

    public static string Hall { get; } = InventedWorld.SocialCodeOf("12", 9);

    /// <summary>The source system of an agency.</summary>
    public static string SourceOf(string agency) => "SYS-" + agency[^3..];

    /// <summary>The source system of the agency of a case.</summary>
    public static string SourceOf(CasePackage c) => SourceOf(c.Configuration["social_code"]!);

    /// <summary>Enters everything, in force since 2023.</summary>
    public static RecordsOffice Enter(RecordsOffice office)
    {
        Done(office.Jurisdictions.Enter("990000", "云示例省", Clerk));
        Done(office.Jurisdictions.Enter(InventedWorld.Region, "云示例市", Clerk));
        Done(office.Organisations.Enter(Hall, OrganisationType.Hall, InventedWorld.Region, "云示例市档案馆", Clerk));
        Done(office.Codes.Rules.Enter(ReadyCodeRules.Find("record-code")!, Clerk));
        Done(office.Codes.Rules.Enter(ReadyCodeRules.Find("case-item")!, Clerk));
        foreach (var items in InventedWorld.Items.GroupBy(i => i.Agency))
        {
            var agency = items.Key;
            Done(office.Organisations.Enter(agency.SocialCode, OrganisationType.Agency, InventedWorld.Region, agency.Name, Clerk));
            Done(office.Fonds.Enter(new(agency.Fonds, agency.SocialCode, Hall, agency.Name + "全宗"), Clerk));
            Done(office.Sources.Enter(new SourceSystem(SourceOf(agency.SocialCode), agency.SocialCode, SourceChannel.Online, null, [], null), null, Clerk));
            Done(office.Items.Enter([.. items.Select(i => new ServiceItem(i.Code, "2", i.Name, i.Type, agency.SocialCode) { Steps = ["1", "2", "3", "4"], From = new DateOnly(2020, 1, 1) })], Clerk));
            _ = office.Approved(agency.SocialCode, "2023-1", string.Concat(items.Select(i => SampleSchedule.Item(i.Code, i.Retention, "/" + i.Type))), new DateOnly(2023, 1, 1));
        }

        return office;
    }

    /// <summary>A notice of a case, as its source gives it.</summary>
    public static void Notify(RecordsOffice office, CasePackage c)
    {
        var outcome = office.Cases.Notify(
            SourceOf(c),
            [(c.CaseNumber, new CaseNotice(c.CaseNumber, c.Configuration["social_code"]!, c.Basic["task_code"]!, CaseSketch.Time(CaseTime.Zone(c.Completed!.Value))) { Fonds = c.Configuration["fonds_identifier"] })],
            Clerk);
        Assert.Empty(outcome.Findings);
    }

    private static void Done(DecisionOutcome outcome) => Assert.False(outcome.IsRefused, string.Join("; ", outcome.Findings));
}
