using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class CaseRegisterTests : IDisposable
{
    private readonly TestOffice _office = new();

    [Fact]
    public void A_notice_makes_a_case_that_waits_with_its_time_as_given_and_as_a_moment()
    {
        var outcome = _office.Tell(CaseSketch.Notice("2025-0001", "2025-05-10T23:59:00+09:00") with { Fonds = "J001", Channel = SourceChannel.Offline, OfflineReason = "line cut" });

        var told = _office.Case("2025-0001");
        Assert.Equal((1L, 0L, 0L), (outcome.Taken, outcome.Known, outcome.Refused));
        Assert.Equal(("A01", "I01", "J001", SourceChannel.Offline), (told.Agency, told.Item, told.Fonds, told.Channel));
        Assert.Equal(("2025-05-10T23:59:00+09:00", new DateTimeOffset(2025, 5, 10, 14, 59, 0, TimeSpan.Zero)), (told.Completed.Given, told.Completed.Moment));
        Assert.Equal((CaseState.Awaiting, null, null), (told.State, told.Archived, told.Digest));
        Assert.Equal(told.Case, _office.Office.Cases.At(told.Place)?.Case);
        Assert.Null(_office.Office.Cases.Find("S01", "2025-0002"));
        Assert.Null(_office.Office.Cases.At(told.Place + 1));
        _office.AssertRebuilds();
    }

    [Fact]
    public void The_same_notice_again_is_told_and_changes_nothing()
    {
        _ = _office.Tell(CaseSketch.Notice("1"), CaseSketch.Notice("2"));
        var size = _office.Vault.Ledger.Size;

        var again = _office.Tell(CaseSketch.Notice("2"), CaseSketch.Notice("1", "2025-05-10T01:00:00Z"));

        Assert.Equal(size, _office.Vault.Ledger.Size);
        Assert.Equal((0L, 2L, 0L), (again.Taken, again.Known, again.Refused));
        Assert.All(again.Findings, f => Assert.Equal((CaseCodes.Known, Severity.Information), (f.Code, f.Severity)));
    }

    [Fact]
    public void Another_completion_time_for_a_known_case_is_refused_and_the_new_ones_beside_it_are_taken()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));

        var outcome = _office.Tell(CaseSketch.Notice("1", "2024-12-31T09:00:00+08:00", agency: "A02"), CaseSketch.Notice("2"));

        Assert.Equal((1L, 0L, 1L), (outcome.Taken, outcome.Known, outcome.Refused));
        Assert.Equal([("completed", "2025-05-10T09:00:00+08:00"), ("agency", "A01")], outcome.Findings.Select(f => (f.Arguments[1].Value, f.Arguments[3].Value)));
        Assert.All(outcome.Findings, f => Assert.Equal((CaseCodes.KnownOtherwise, Severity.Error), (f.Code, f.Severity)));
        Assert.Equal("A01", _office.Case("1").Agency);
    }

    [Fact]
    public void Two_sources_may_give_one_number_and_one_source_may_not()
    {
        _ = _office.Tell(CaseSketch.Notice("1"), CaseSketch.Notice("1", "2025-06-01T09:00:00+08:00"), CaseSketch.Notice("1"));
        var other = _office.TellFrom("S02", CaseSketch.Notice("1", "2024-06-01T09:00:00+08:00"));

        Assert.Equal(1, other.Taken);
        Assert.Equal(2, _office.Office.Cases.Count);
        Assert.Equal(2025, _office.Case("1").Completed.Day.Year);
    }

    [Fact]
    public void Every_fault_of_every_notice_is_told()
    {
        var outcome = _office.Tell(
            CaseSketch.Notice("", item: "I/1"),
            CaseSketch.Notice("2", agency: new string('A', 65)),
            CaseSketch.Notice("3", "2026-02-01T09:00:00+08:00"),
            CaseSketch.Notice("许可/2025|4"));

        Assert.Equal(
            [("CAS-003", "number", "missing"), ("CAS-003", "item", "letters"), ("CAS-003", "agency", "long")],
            outcome.Findings.Where(f => f.Code == CaseCodes.Field).Select(f => (f.Code, f.Arguments[0].Value, f.Arguments[2].Value)));
        Assert.Equal("3", Assert.Single(outcome.Findings, f => f.Code == CaseCodes.Future).Subject);
        Assert.Equal((1L, 3L), (outcome.Taken, outcome.Refused));
        Assert.Equal("S01/许可/2025|4", _office.Case("许可/2025|4").Name);
    }

    [Fact]
    public void Nothing_in_the_event_names_a_person_or_a_title_and_each_case_has_its_key()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));

        var body = _office.Vault.ReadEvent(_office.Vault.Ledger.Size - 1).Detail!.Body;
        var notice = Assert.IsType<JsonMap>(Assert.Single(body.List("notices")!));

        Assert.Equal(["agency", "case", "completed", "item", "number", "time"], notice.Members.Keys);
        Assert.Equal(["case", "S01", "1"], Assert.IsAssignableFrom<IReadOnlyList<object>>(Assert.Single(body.List("keys")!)));
        Assert.Equal(_office.Vault.Ledger.Size - 1, _office.Office.Journal.FirstWith("case", "S01", "1"));
    }

    [Fact]
    public void A_thousand_notices_make_one_event_and_one_more_is_misuse()
    {
        var size = _office.Vault.Ledger.Size;
        var many = Enumerable.Range(0, CaseRegister.Most).Select(i => CaseSketch.Notice("N" + i)).ToArray();

        Assert.Equal(1000, _office.Tell(many).Taken);

        Assert.Single(_office.Vault.ReadEvents(size), e => e.Leaf.Type == RecordsEvents.CasesCompleted);
        Assert.Throws<ArgumentOutOfRangeException>(() => _office.Tell([.. many, CaseSketch.Notice("more")]));
        Assert.Equal(many[..100].Select(n => n.Number), _office.Office.Cases.Page(0, 100).Select(c => c.Number!));
        Assert.Equal("N100", _office.Office.Cases.Page(_office.Case("N99").Place, 1)[0].Number);
        _office.AssertRebuilds();
    }

    [Fact]
    public void A_lead_declares_parts_and_each_agency_takes_its_part_over_with_its_own_notice()
    {
        var lead = new JointHandling("U7", JointRole.Lead, [new JointPart("A02", "I02"), new JointPart("A03", null), new JointPart("A01", null)]);
        _ = _office.Tell(CaseSketch.Notice("1", joint: lead));

        var declared = _office.Office.Cases.PartsOf("U7");
        Assert.Equal([("A01", "I01", "1"), ("A02", "I02", null), ("A03", "I01", null)], declared.Select(p => (p.Agency, p.Item, p.Number)));

        var part = new JointHandling("U7", JointRole.Participant, []);
        _ = _office.TellFrom("S02", CaseSketch.Notice("9", "2025-05-12T09:00:00+08:00", "A02", "I02", part));

        var known = _office.Office.Cases.PartsOf("U7");
        Assert.Equal([("A01", "S01/1"), ("A03", "S01/#" + declared[2].Place), ("A02", "S02/9")], known.Select(p => (p.Agency, p.Name)));
        Assert.Null(_office.Office.Cases.At(declared[1].Place));
        _office.AssertRebuilds();
    }

    [Fact]
    public void What_a_notice_says_anew_of_fonds_role_and_participants_is_a_contradiction_and_what_it_leaves_out_is_none()
    {
        var lead = CaseSketch.Notice("1", joint: new JointHandling("U7", JointRole.Lead, [new JointPart("A02", null)]));
        _ = _office.Tell(lead with { Fonds = "J001" });

        var again = _office.Tell(lead with { Joint = lead.Joint! with { Parts = [] } });
        var more = _office.Tell(lead with { Joint = lead.Joint! with { Parts = [new JointPart("A02", null), new JointPart("A03", null)] } });
        var other = _office.Tell(lead with { Fonds = "J002", Joint = lead.Joint! with { Role = JointRole.Participant, Parts = [] } });

        Assert.Equal((1L, CaseCodes.Known), (again.Known, Assert.Single(again.Findings).Code));
        Assert.Equal((1L, "participant", "A03"), (more.Refused, Assert.Single(more.Findings).Arguments[1].Value, more.Findings[0].Arguments[2].Value));
        Assert.Equal(["fonds", "role"], other.Findings.Select(f => f.Arguments[1].Value));
        Assert.All(more.Findings.Concat(other.Findings), f => Assert.Equal(CaseCodes.KnownOtherwise, f.Code));
    }

    [Fact]
    public void A_part_that_was_told_before_its_lead_is_not_declared_again()
    {
        var part = new JointHandling("U7", JointRole.Participant, []);
        _ = _office.TellFrom("S02", CaseSketch.Notice("9", agency: "A02", joint: part));
        _ = _office.Tell(
            CaseSketch.Notice("1", joint: new JointHandling("U7", JointRole.Lead, [new JointPart("A02", null), new JointPart("A03", null)])),
            CaseSketch.Notice("2", agency: "A03", joint: part));

        Assert.Equal(["S02/9", "S01/1", "S01/2"], _office.Office.Cases.PartsOf("U7").Select(p => p.Name));
    }

    [Fact]
    public void A_source_that_is_not_registered_or_is_disabled_tells_nothing()
    {
        var unknown = _office.Office.Cases.Notify("S09", [("row 2", CaseSketch.Notice("1"))], TestOffice.Clerk);
        _ = _office.Tell(CaseSketch.Notice("1"));
        _ = _office.Office.Sources.ChangeState(CaseSketch.Source, SourceState.Disabled, "under repair", TestOffice.Clerk);
        var disabled = _office.Tell(CaseSketch.Notice("2"), CaseSketch.Notice("3"));

        Assert.Equal(("SRC-001", 1L), (Assert.Single(unknown.Findings).Code, unknown.Refused));
        Assert.Equal(("SRC-001", 2L), (Assert.Single(disabled.Findings).Code, disabled.Refused));
        Assert.Equal(1, _office.Office.Cases.Count);
    }

    [Fact]
    public void Offline_from_a_source_that_can_be_online_needs_a_reason_and_is_a_warning_then()
    {
        _office.Register("S02", SourceChannel.Offline);
        var offline = CaseSketch.Notice("1") with { Channel = SourceChannel.Offline };

        Assert.Equal("SRC-004", Assert.Single(_office.Tell(offline).Findings).Code);
        var warned = _office.Tell(offline with { OfflineReason = "line cut" });
        Assert.Equal(("SRC-003", Severity.Warning, 1L), (Assert.Single(warned.Findings).Code, warned.Findings[0].Severity, warned.Taken));
        Assert.Empty(_office.TellFrom("S02", CaseSketch.Notice("1")).Findings);
        Assert.Equal(SourceChannel.Offline, _office.Case("1", "S02").Channel);
    }

    [Fact]
    public void A_source_tells_only_of_the_items_of_its_list_and_of_the_cases_of_every_agency_that_shares_it()
    {
        _office.Register("S03", SourceChannel.Online, "I01");

        var outcome = _office.TellFrom("S03", CaseSketch.Notice("1"), CaseSketch.Notice("2", item: "I02"), CaseSketch.Notice("3", agency: "A02"));

        Assert.Equal("SRC-002", Assert.Single(outcome.Findings).Code);
        Assert.Equal((2L, 1L), (outcome.Taken, outcome.Refused));
    }

    [Theory]
    [InlineData("2023-12-31T16:30Z", "2024-01-01", false)]
    [InlineData("2023-12-31T23:59:00+08:00", "2023-12-31", false)]
    [InlineData("2023-12-31 23:59:59", "2023-12-31", true)]
    [InlineData("2023/1/5 8:05", "2023-01-05", true)]
    [InlineData("20230105080509", "2023-01-05", true)]
    [InlineData("2023-12-31T23:59:59.1234567-05:00", "2024-01-01", false)]
    [InlineData("2023-12-31 08:00:00 +08:00", "2023-12-31", false)]
    public void A_completion_time_is_read_as_people_and_databases_write_it(string text, string day, bool isAssumed)
    {
        Assert.True(CompletionTime.TryParse(text, out var time));

        Assert.Equal((text, day, isAssumed), (time.Given, LegalTime.Write(time.Day), time.IsOffsetAssumed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2023-12-31")]
    [InlineData("2023-02-29 10:00:00")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("31.12.2023 10:00")]
    [InlineData("2023-12-31T10:00:00+25:00")]
    public void What_is_no_completion_time_is_not_read(string? text) => Assert.False(CompletionTime.TryParse(text, out _));

    public void Dispose() => _office.Dispose();
}
