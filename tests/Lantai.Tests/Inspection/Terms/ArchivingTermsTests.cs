using System.Text;
using Lantai.Inspection;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Tests.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>What the registers of a real office say of invented cases.</summary>
public sealed class ArchivingTermsTests : IDisposable
{
    private static readonly CaseProfile Profile = (CaseProfile)PackageProfiles.Find("dat85")!;
    private static readonly DateTimeOffset Now = new(2025, 7, 1, 16, 30, 0, TimeSpan.Zero);

    private readonly TestOffice _test = new(syncs: false);
    private readonly ArchivingTerms _terms;

    public ArchivingTermsTests()
    {
        _ = InventedOffice.Enter(_test.Office);
        _terms = new ArchivingTerms(_test.Views);
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_case_of_a_known_agency_is_told_everything_and_nothing_speaks_against_it()
    {
        var c = Case(3);
        InventedOffice.Notify(_test.Office, c);

        var told = Ask(c);

        Assert.Equal(new DateOnly(2025, 7, 2), told.Day); // half past midnight in Beijing
        Assert.Empty(told.Source!);
        Assert.Equal((c.Basic["task_code"], "2"), (told.Item!.Code, told.Item.Version));
        Assert.Equal(c.CaseNumber, told.Notice!.Number);
        Assert.Empty(told.Schedule!.Findings);
        Assert.Equal(["evidential", "procedural", "result"], told.Scope.Select(r => r.Nature));
        Assert.Equal(new DateOnly(LegalTime.DayOf(c.Completed!.Value).Year + 1, 6, 30), told.Deadline);
        Assert.Empty(told.ReferenceCode!);
        Assert.Empty(told.Collisions);
        Assert.Null(told.Accession);
    }

    [Fact]
    public void Every_invented_case_meets_its_terms()
    {
        Assert.All(Enumerable.Range(0, 60).Select(i => Ask(Case(i))), told =>
        {
            Assert.Empty(told.Source!);
            Assert.Empty(told.ReferenceCode!);
            Assert.Empty(told.Schedule!.Findings);
            Assert.NotEmpty(told.Scope);
            Assert.NotNull(told.Item);
        });
    }

    [Fact]
    public void The_terms_are_those_of_the_agency_that_sends_whatever_the_package_says()
    {
        var c = Case(3);
        var other = InventedWorld.Items.First(i => i.Agency.SocialCode != c.Configuration["social_code"]);

        var told = Ask(With(c, ("social_code", other.Agency.SocialCode)), InventedOffice.SourceOf(c));

        Assert.Equal(["SRC-005"], told.Source!.Select(f => f.Code));
        Assert.Empty(told.Schedule!.Findings); // that of the sender, which knows the item
        Assert.Null(Ask(WithBasic(c, ("task_code", other.Code))).Item); // another agency handles it
    }

    [Fact]
    public void A_source_that_nobody_entered_or_that_comes_on_a_medium_is_told()
    {
        var c = Case(3);

        Assert.Equal(["SRC-001"], Ask(c, "SYS-nobody").Source!.Select(f => f.Code));
        Assert.Equal(["SRC-004"], Ask(c, channel: SourceChannel.Offline).Source!.Select(f => f.Code));
    }

    [Fact]
    public void A_retention_below_the_schedule_is_told_and_one_above_it_needs_an_approval()
    {
        var c = First(i => i.Retention == "D30");

        Assert.Equal(["SCH-027"], Ask(With(c, ("retention_period", "D10"))).Schedule!.Findings.Select(f => f.Code));
        Assert.Equal(["SCH-028"], Ask(With(c, ("retention_period", "Y"))).Schedule!.Findings.Select(f => f.Code));
        Assert.Empty(Ask(With(c, ("retention_period", "永久")), approval: "档审〔2025〕7号").Schedule!.Findings);
        Assert.Null(Ask(With(c, ("retention_period", "长期"))).Schedule); // it says none that can be judged
    }

    [Fact]
    public void A_fonds_that_nobody_entered_or_that_is_another_agencys_is_told()
    {
        var c = First(i => i.Agency.Fonds == "X101");

        Assert.Contains(Ask(With(c, ("fonds_identifier", "Z999"))).ReferenceCode!, f => f.Code == "INS-600");
        Assert.Contains(Ask(With(c, ("fonds_identifier", "X102"))).ReferenceCode!, f => f.Code == "INS-600");
    }

    [Fact]
    public void A_record_code_is_held_against_the_rule_of_the_register_and_the_metadata()
    {
        var c = Case(3);

        Assert.Equal(["REF-003"], Ask(With(c, ("electronic_record_code", c.RecordCode + "7"))).ReferenceCode!.Select(f => f.Code));
        var finding = Assert.Single(Ask(With(c, ("region_code", "990200"))).ReferenceCode!);
        Assert.Equal("INS-601", finding.Code);
        Assert.Equal([("segment", "region"), ("expected", "990200"), ("found", "990100")], finding.Arguments.Select(a => (a.Key, a.Value)));
    }

    [Fact]
    public void A_record_code_that_another_archived_case_has_collides_and_a_case_does_not_collide_with_itself()
    {
        var (first, second) = (Case(3), Case(4));
        Archive(first);

        Assert.Empty(Ask(first).Collisions);
        Assert.Empty(Ask(second).Collisions);
        var collision = Assert.Single(Ask(With(second, ("electronic_record_code", first.RecordCode))).Collisions);
        Assert.Equal(("electronic_record_code", InventedOffice.SourceOf(first) + "/" + first.CaseNumber), (collision.Key, collision.Value));
        Assert.Equal(first.RecordCode, _test.Office.Cases.Find(InventedOffice.SourceOf(first), first.CaseNumber)!.As!.RecordCode);
        _test.AssertRebuilds();
    }

    [Fact]
    public void Other_content_under_the_number_of_an_archived_case_collides_unless_it_was_declared()
    {
        var c = Case(3);
        Archive(c);

        Assert.Empty(Ask(c, digest: "the content").Collisions);
        Assert.Equal(["project_id"], Ask(c, digest: "another content").Collisions.Select(p => p.Key));
        Assert.Empty(Ask(c, digest: "another content", isFurther: true).Collisions);
    }

    [Fact]
    public void What_was_returned_may_come_again_with_other_content()
    {
        var c = Case(3);
        InventedOffice.Notify(_test.Office, c);
        Move(c, CaseState.Collecting);
        Move(c, CaseState.Checking, "the content");
        Move(c, CaseState.Returned);

        Assert.Empty(Ask(c, digest: "another content").Collisions);
    }

    [Fact]
    public void Parts_of_a_joint_case_are_told_to_an_agency_that_takes_part_in_it()
    {
        var c = Case(3);
        var other = InventedWorld.Items.First(i => i.Agency.SocialCode != c.Configuration["social_code"]);
        var notice = new CaseNotice("JOINT-1", other.Agency.SocialCode, other.Code, CaseSketch.Time("2024-05-10T09:00:00+08:00"));
        var parts = new JointHandling("联办-2024-17", JointRole.Lead, [new JointPart(c.Configuration["social_code"]!, c.Basic["task_code"])]);
        var alone = new JointHandling("联办-2024-18", JointRole.Lead, []);
        _ = _test.Office.Cases.Notify(InventedOffice.SourceOf(other.Agency.SocialCode), [("1", notice with { Joint = parts }), ("2", notice with { Number = "JOINT-2", Joint = alone })], InventedOffice.Clerk);

        Assert.Equal([JointRole.Participant, JointRole.Lead], Ask(WithBasic(c, ("joint_case_id", "联办-2024-17"))).Joint.Select(p => p.Role!.Value).OrderDescending());
        Assert.Empty(Ask(WithBasic(c, ("joint_case_id", "联办-2024-18"))).Joint);
    }

    [Fact]
    public void A_package_that_could_not_be_read_is_asked_for_its_source_alone()
    {
        var told = _terms.Ask(new InspectedPackage { Name = "破损", Profile = "dat85", Confidence = ReadingConfidence.Medium, Findings = [], Files = [] }, new ChannelFacts(InventedOffice.SourceOf(Case(3)), SourceChannel.Online), Now);

        Assert.Empty(told.Source!);
        Assert.Equal((null, null, null, null, null), (told.Item, told.Notice, told.Schedule, told.Deadline, told.ReferenceCode));
    }

    [Fact]
    public void An_archive_without_rules_of_codes_or_any_register_answers_all_the_same()
    {
        using var bare = new TestOffice(syncs: false);
        var c = Case(3);
        var package = new InspectedPackage { Name = c.RecordCode, Profile = Profile.Name, Confidence = Profile.Confidence, Findings = [], Files = [], Case = c };

        var told = new ArchivingTerms(bare.Views).Ask(package, new ChannelFacts("SYS-nobody", SourceChannel.Online), Now);

        Assert.Null(bare.Office.Codes.Rules.For(null, null));
        Assert.Equal(["SRC-001"], told.Source!.Select(f => f.Code));
        Assert.Equal(["INS-600"], told.ReferenceCode!.Select(f => f.Code));
        Assert.Equal(["SCH-030"], told.Schedule!.Findings.Select(f => f.Code));
        Assert.NotNull(told.Deadline);
    }

    [Fact]
    public async Task Many_may_ask_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Ask(Case(i % 8)), TestContext.Current.CancellationToken)));

        Assert.All(answers, told => Assert.Empty(told.Schedule!.Findings));
    }

    private static CasePackage Case(int number) => Invention.Make(number, CancellationToken.None);

    private static CaseInvention Invention { get; } = new(Profile, (title, lines, _) => Encoding.UTF8.GetBytes(title + "\n" + string.Join('\n', lines)), 11);

    private static CasePackage First(Func<InventedItem, bool> of) =>
        Enumerable.Range(0, 200).Select(Case).First(c => of(InventedWorld.Items.Single(i => i.Code == c.Basic["task_code"])));

    private static CasePackage With(CasePackage c, params (string Name, string? Value)[] values) => c with { Configuration = Changed(c.Configuration, values) };

    private static CasePackage WithBasic(CasePackage c, params (string Name, string? Value)[] values) => c with { Basic = Changed(c.Basic, values) };

    private static CaseFields Changed(CaseFields fields, (string Name, string? Value)[] values) => CaseFields.Of(
        fields.Block,
        fields.All.Where(f => values.All(v => v.Name != f.Name)).Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)).Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value))));

    private TermsFacts Ask(
        CasePackage c, string? source = null, SourceChannel channel = SourceChannel.Online, string? approval = null, string digest = "the content", bool isFurther = false) => _terms.Ask(
        new InspectedPackage { Name = c.RecordCode, Profile = Profile.Name, Confidence = Profile.Confidence, Findings = [], Files = [], Case = c, Digest = Content(digest) },
        new ChannelFacts(source ?? InventedOffice.SourceOf(c), channel) { Approval = approval, IsFurtherVersion = isFurther },
        Now);

    private static Digest Content(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    private void Move(CasePackage c, CaseState to, string? digest = null) => Assert.Empty(_test.Office.Cases.Move(
        [new CaseMove(InventedOffice.SourceOf(c), c.CaseNumber, digest is null ? null : Content(digest))], to, "as planned", null, InventedOffice.Clerk).Findings);

    private void Archive(CasePackage c)
    {
        InventedOffice.Notify(_test.Office, c);
        Move(c, CaseState.Collecting);
        Move(c, CaseState.Checking, "the content");
        Move(c, CaseState.Passed);
        var (retention, year) = (c.Configuration["retention_period"]!, LegalTime.DayOf(c.Completed!.Value).Year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var fields = new Dictionary<string, string> { ["fonds"] = c.Configuration["fonds_identifier"]!, ["year"] = year, ["retention"] = retention, ["unit"] = c.Basic["task_code"]! };
        var code = Assert.Single(_test.Office.Codes.Next("case-item", [new CodeRequest(fields)], InventedOffice.Clerk).Codes);
        Assert.True(RetentionPeriod.TryParse(retention, out var period));
        Assert.Empty(_test.Office.Cases.Archive([new CaseArchiving(InventedOffice.SourceOf(c), c.CaseNumber, period, code) { RecordCode = c.RecordCode }], "归档", InventedOffice.Clerk).Findings);
    }
}
