using System.Text;
using Lantai.Evidence;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>The registers of the city that the samples of spec/vectors/packages come from, and kits taken out of them.</summary>
internal static class SampleOffice
{
    public const string Source = "YZ-GOV";
    public const string OtherSource = "YZ-OTHER";
    public const string Agency = "11990100009900611P";
    public const string OtherAgency = "1199010000990062XF";

    /// <summary>The case that has the record code of a sample by right.</summary>
    public const string Holder = Source + "/YZ20230510000021";

    /// <summary>The case of another source that has the record code of a sample.</summary>
    public const string OtherHolder = OtherSource + "/X-1";

    private const string ThirdAgency = "11990100009900638F";

    /// <summary>Everything that the good samples need; the schedule is in force since 2023.</summary>
    public static TestOffice WithSamples(this TestOffice test)
    {
        Enter(test.Office);
        return test;
    }

    /// <summary>The same in any office.</summary>
    public static void Enter(RecordsOffice office)
    {
        Done(office.Jurisdictions.Enter("990100", "云州市", TestOffice.Clerk));
        Done(office.Codes.Rules.Enter(ReadyCodeRules.Find("record-code")!, TestOffice.Clerk));
        Done(office.Codes.Rules.Enter(ReadyCodeRules.Find("case-item")!, TestOffice.Clerk));
        Done(office.Organisations.Enter(Hall, OrganisationType.Hall, "990100", "云州市档案馆", TestOffice.Clerk));
        foreach (var (agency, fonds, source, items) in new (string, string, string?, string[])[]
        {
            (Agency, "0061", Source, ["0109900100", "0109900200", "0109900300"]), (OtherAgency, "0062", OtherSource, ["0109900301"]), (ThirdAgency, "0063", null, ["0109900302"]),
        })
        {
            Done(office.Organisations.Enter(agency, OrganisationType.Agency, "990100", "机构" + fonds, TestOffice.Clerk));
            Done(office.Fonds.Enter(new(fonds, agency, Hall, "全宗" + fonds), TestOffice.Clerk));
            Done(office.Items.Enter([.. items.Select(i => new ServiceItem(i, "1", "事项" + i, "行政许可", agency) { Steps = ["1", "2", "3", "4"] })], TestOffice.Clerk));
            _ = office.Approved(agency, "2023-1", string.Concat(items.Select(i => SampleSchedule.Item(i, i == "0109900200" ? "Y" : "D30", "/行政许可"))), new DateOnly(2023, 1, 1));
            if (source is not null)
            {
                Done(office.Sources.Enter(new SourceSystem(source, agency, SourceChannel.Online, null, [], null), null, TestOffice.Clerk));
            }
        }

        var lead = new JointHandling("LB20230510-0030", JointRole.Lead, [new JointPart(OtherAgency, "0109900301"), new JointPart(ThirdAgency, "0109900302")]);
        Notify(office, Source, new CaseNotice("YZ20230510000030", Agency, "0109900300", CaseSketch.Time("2023-05-19T16:20:00+08:00")) { Fonds = "0061", Joint = lead });
        foreach (var number in (string[])["21", "22", "23", "25", "26", "27"])
        {
            Notify(office, Source, new CaseNotice("YZ202305100000" + number, Agency, "0109900100", CaseSketch.Time("2023-05-19T16:20:00+08:00")) { Fonds = "0061" });
        }
    }

    /// <summary>What makes the same samples wrong: other facts in notices, a stricter schedule above, codes that others have, an archived case.</summary>
    public static TestOffice WithTrouble(this TestOffice test)
    {
        var office = test.Office;
        Tighten(office);
        Archive(office, Source, "YZ20230510000021", Agency, "0109900100", "990100-0061-0109900100-2023-D30-000021", "0061");
        Archive(office, OtherSource, "X-1", OtherAgency, "0109900301", "990100-0061-0109900100-2023-D30-000022", "0062");
        Done(office.Cases.Correct(Source, "YZ20230510000023", new CaseChange { Item = "0109900200" }, "wrong item", TestOffice.Clerk));
        Done(office.Sources.Enter(new SourceSystem(Source, Agency, SourceChannel.Online, null, ["0109900100"], null), null, TestOffice.Clerk));
        return test;
    }

    /// <summary>A stricter schedule above the agency's own.</summary>
    public static void Tighten(RecordsOffice office)
    {
        Done(office.Jurisdictions.Enter("990000", "云省", TestOffice.Clerk));
        Done(office.Organisations.Enter(Authority, OrganisationType.Authority, "990000", "云省档案局", TestOffice.Clerk));
        _ = office.Approved(Authority, "省-1", SampleSchedule.Item("0109900100", "Y", "/行政许可"), new DateOnly(2024, 1, 1));
    }

    public static string Hall { get; } = Code("12990100MB000001");

    public static string Authority { get; } = Code("11990000MB000002");

    /// <summary>The kit of a source, written and read again.</summary>
    public static InspectionKit KitOf(this TestOffice test, string source, NoteSigner signer, InspectionScheme? scheme = null)
    {
        var findings = new List<Finding>();
        var kit = InspectionKit.TryRead(new MemoryStream(test.KitBytes(source, signer, scheme)), "样.kit", signer.Verifier, test.Time.GetUtcNow(), 30, findings);
        Assert.Empty(findings);
        return kit!;
    }

    public static byte[] KitBytes(this TestOffice test, string source, NoteSigner signer, InspectionScheme? scheme = null)
    {
        var target = new MemoryStream();
        var views = test.Views();
        var header = new KitHeader(test.Vault.Descriptor.Store, signer.Verifier.Name, source, test.Time.GetUtcNow(), 1, scheme ?? SchemeCatalogue.Of(RunPoint.AgencyArchiving))
        {
            Software = "lantai test", Formats = "built-in", Key = signer.Verifier.ToString(),
        };
        Assert.True(KitWriter.Write(target, header, views, test.Office.Sources.Find(source)!, signer, CancellationToken.None) > 0);
        return target.ToArray();
    }

    private static void Archive(RecordsOffice office, string source, string number, string agency, string item, string recordCode, string fonds)
    {
        if (office.Cases.Find(source, number) is null)
        {
            Notify(office, source, new CaseNotice(number, agency, item, CaseSketch.Time("2023-05-19T16:20:00+08:00")) { Fonds = fonds });
        }

        var digest = Digest.Of(Encoding.UTF8.GetBytes(number));
        foreach (var state in (CaseState[])[CaseState.Collecting, CaseState.Checking, CaseState.Passed])
        {
            Done(office.Cases.Move([new CaseMove(source, number, state == CaseState.Checking ? digest : null)], state, "as planned", null, TestOffice.Clerk));
        }

        var fields = new Dictionary<string, string> { ["fonds"] = fonds, ["year"] = "2023", ["retention"] = "Y", ["unit"] = "A" };
        var code = Assert.Single(office.Codes.Next("case-item", [new CodeRequest(fields)], TestOffice.Clerk).Codes);
        Done(office.Cases.Archive([new CaseArchiving(source, number, RetentionPeriod.Permanent, code) { RecordCode = recordCode, Approval = "省-1" }], "归档", TestOffice.Clerk));
    }

    private static void Notify(RecordsOffice office, string source, CaseNotice notice) => Assert.Empty(office.Cases.Notify(source, [(notice.Number, notice)], TestOffice.Clerk).Findings);

    private static string Code(string sixteen) => Enumerable.Range(0, 10).SelectMany(d => "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => sixteen + d + c)).First(c => CreditCode.Fault("", c) is null);

    private static void Done(DecisionOutcome outcome) => Assert.False(outcome.IsRefused, string.Join("; ", outcome.Findings));
}
