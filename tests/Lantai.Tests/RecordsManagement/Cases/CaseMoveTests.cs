using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class CaseMoveTests : IDisposable
{
    private readonly TestOffice _office = new();

    [Fact]
    public void A_move_is_an_event_with_actor_time_reason_and_digests()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", CaseState.Collecting);

        var outcome = _office.Move("1", CaseState.Checking, CaseSketch.Content("package"), "package came in");

        var stored = Assert.Single(outcome.Events).Event;
        var move = Assert.IsType<JsonMap>(Assert.Single(stored.Detail!.Body.List("moves")!));
        Assert.Equal((RecordsEvents.CasesMoved, TestOffice.Clerk.AccountName), (stored.Leaf.Type, stored.Detail.AccountName));
        Assert.Equal(("checking", "package came in"), (stored.Detail.Body.Text("to"), stored.Detail.Body.Text("reason")));
        Assert.Equal(("collecting", CaseSketch.Content("package")), (move.Text("from"), move.Digest("after")));
        Assert.Null(move.Digest("before"));
        Assert.Equal(_office.Case("1").Case.ToString("D"), stored.Leaf.Subject);
        Assert.Equal(stored.Leaf.Time, _office.Case("1").Since);
    }

    [Fact]
    public void Several_cases_move_together_or_not_at_all()
    {
        _ = _office.Tell(CaseSketch.Notice("1"), CaseSketch.Notice("2"), CaseSketch.Notice("3"));
        _office.Lead("3", CaseState.Collecting);
        CaseMove[] three = [new(CaseSketch.Source, "1"), new(CaseSketch.Source, "2"), new(CaseSketch.Source, "3")];

        var refused = _office.Office.Cases.Move(three, CaseState.Collecting, "daily run", null, TestOffice.Clerk);
        var moved = _office.Office.Cases.Move(three[..2], CaseState.Collecting, "daily run", null, TestOffice.Clerk);

        Assert.Equal((CaseCodes.Undeclared, "S01/3"), (Assert.Single(refused.Findings).Code, refused.Findings[0].Subject));
        Assert.Empty(refused.Events);
        Assert.Single(moved.Events);
        Assert.Equal(CaseState.Collecting, _office.Case("1").State);
        Assert.Equal(CaseState.Collecting, _office.Case("2").State);
    }

    [Fact]
    public void An_unknown_case_a_case_named_twice_and_a_missing_reason_are_all_told_at_once()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));

        var outcome = _office.Office.Cases.Move(
            [new CaseMove("S01", "1"), new CaseMove("S01", "1"), new CaseMove("S01", "2")], CaseState.Collecting, " ", null, TestOffice.Clerk);

        Assert.Equal([CaseCodes.Reason, CaseCodes.Twice, CaseCodes.Unknown], outcome.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Nothing_is_registered_without_the_digest_of_its_content()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        foreach (var state in CaseSketch.WayIn[..3])
        {
            Assert.False(_office.Move("1", state).IsRefused);
        }

        Assert.Equal(CaseCodes.NoDigest, Assert.Single(_office.Move("1", CaseState.Registered).Findings).Code);
        Assert.False(_office.Move("1", CaseState.Registered, CaseSketch.Content("package")).IsRefused);
        Assert.Equal(CaseSketch.Content("package"), _office.Case("1").Digest);
    }

    [Fact]
    public void What_is_registered_is_what_passed_the_inspection()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", CaseSketch.WayIn[..3]);

        var other = _office.Move("1", CaseState.Registered, CaseSketch.Content("other"));

        Assert.Equal(
            ("CAS-026", CaseSketch.Content("other").ToString(), CaseSketch.Content("first").ToString()),
            (Assert.Single(other.Findings).Code, other.Findings[0].Arguments[0].Value, other.Findings[0].Arguments[1].Value));
        Assert.False(_office.Move("1", CaseState.Registered, CaseSketch.Content("first")).IsRefused);
    }

    [Fact]
    public void Content_may_change_until_it_is_accepted_and_never_after()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", CaseState.Collecting, CaseState.Checking, CaseState.Returned, CaseState.Collecting);
        Assert.Null(CaseContent.Change(_office.Case("1"), CaseSketch.Content("second")));
        Assert.False(_office.Move("1", CaseState.Checking, CaseSketch.Content("second")).IsRefused);
        _office.Lead("1", CaseState.Passed, CaseState.Registered);

        var refused = _office.Move("1", CaseState.TransferDue, CaseSketch.Content("third"));

        Assert.Equal(CaseCodes.Immutable, Assert.Single(refused.Findings).Code);
        Assert.Equal(CaseCodes.Immutable, CaseContent.Change(_office.Case("1"), CaseSketch.Content("third"))?.Code);
        Assert.Null(CaseContent.Change(_office.Case("1"), CaseSketch.Content("second")));
        Assert.False(_office.Move("1", CaseState.TransferDue, CaseSketch.Content("second")).IsRefused);
    }

    [Fact]
    public void A_case_under_legal_hold_is_neither_destroyed_nor_prepared_for_it_until_every_hold_is_lifted()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", [.. CaseSketch.WayIn, CaseState.Appraising]);
        _ = _office.Office.Cases.PlaceHold("S01", "1", "litigation", "(2026) 17", TestOffice.Clerk, out var first);
        _ = _office.Office.Cases.PlaceHold("S01", "1", "audit", null, TestOffice.Clerk, out var second);

        Assert.Equal(CaseCodes.Held, Assert.Single(_office.Move("1", CaseState.DestructionDue).Findings).Code);
        Assert.False(_office.Office.Cases.LiftHold(first!.Value, "settled", TestOffice.Clerk).IsRefused);
        Assert.Equal(CaseCodes.NoHold, Assert.Single(_office.Office.Cases.LiftHold(first.Value, "settled", TestOffice.Clerk).Findings).Code);
        Assert.Equal(CaseCodes.Held, Assert.Single(_office.Move("1", CaseState.DestructionDue).Findings).Code);
        Assert.False(_office.Office.Cases.LiftHold(second!.Value, "closed", TestOffice.Clerk).IsRefused);
        _office.Lead("1", CaseState.DestructionDue);
        _ = _office.Office.Cases.PlaceHold("S01", "1", "appeal", null, TestOffice.Clerk, out var third);
        Assert.Equal(CaseCodes.Held, Assert.Single(_office.Move("1", CaseState.Destroyed).Findings).Code);
        _ = _office.Office.Cases.LiftHold(third!.Value, "closed", TestOffice.Clerk);
        _office.Lead("1", CaseState.Destroyed);

        Assert.Equal(CaseCodes.Undeclared, Assert.Single(_office.Office.Cases.PlaceHold("S01", "1", "too late", null, TestOffice.Clerk, out _).Findings).Code);
        Assert.Equal(3, _office.Office.Cases.HoldsOf(_office.Case("1")).Count(h => h.Lifted is not null));
        _office.AssertRebuilds();
    }

    [Fact]
    public void A_correction_needs_a_reason_and_may_not_put_completion_behind_archiving()
    {
        _office.At("2026-03-01T00:00:00Z");
        _ = _office.Tell(CaseSketch.Notice("1", "2026-02-01T09:00:00+08:00"));
        _office.Archive("1");
        _office.At("2026-05-01T00:00:00Z");
        var later = new CaseChange { Completed = CaseSketch.Time("2026-04-01T09:00:00+08:00") };
        var earlier = new CaseChange { Completed = CaseSketch.Time("2025-12-31T09:00:00+08:00"), Agency = "A02" };

        Assert.Equal(CaseCodes.Correction, Assert.Single(_office.Office.Cases.Correct("S01", "1", later, "typing error", TestOffice.Clerk).Findings).Code);
        Assert.Equal(CaseCodes.Reason, Assert.Single(_office.Office.Cases.Correct("S01", "1", earlier, "", TestOffice.Clerk).Findings).Code);
        Assert.False(_office.Office.Cases.Correct("S01", "1", earlier, "typing error", TestOffice.Clerk).IsRefused);
        Assert.Equal(("A02", "2025-12-31T09:00:00+08:00"), (_office.Case("1").Agency, _office.Case("1").Completed.Given));
        Assert.Empty(_office.Office.Cases.Correct("S01", "1", earlier, "typing error", TestOffice.Clerk).Events);
        _office.AssertRebuilds();
    }

    [Fact]
    public void A_relation_that_leads_nowhere_is_a_warning_at_first_and_stops_the_transfer()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", [.. CaseSketch.WayIn, CaseState.TransferDue]);

        var related = _office.Office.Cases.Relate(("S01", "1"), CaseRelationKind.Precondition, ("S02", "77"), "named in the application", TestOffice.Clerk);
        var refused = _office.Move("1", CaseState.Transferring);

        Assert.Equal((CaseCodes.Dangling, Severity.Warning), (Assert.Single(related.Findings).Code, related.Findings[0].Severity));
        Assert.Equal((CaseCodes.Dangling, Severity.Error), (Assert.Single(refused.Findings).Code, refused.Findings[0].Severity));
        _ = _office.TellFrom("S02", CaseSketch.Notice("77"));
        Assert.False(_office.Move("1", CaseState.Transferring).IsRefused);
        Assert.Equal("S02/77", Assert.Single(_office.Office.Cases.RelationsOf(_office.Case("1"))).Target?.Name);
        Assert.Equal(_office.Case("1").Place, Assert.Single(_office.Office.Cases.RelationsOf(_office.Case("77", "S02"))).From);
        _office.AssertRebuilds();
    }

    [Fact]
    public void A_relation_to_itself_and_one_that_is_there_already_are_refused()
    {
        _ = _office.Tell(CaseSketch.Notice("1"), CaseSketch.Notice("2"));
        DecisionOutcome Relate(string to) => _office.Office.Cases.Relate(("S01", "1"), CaseRelationKind.Change, ("S01", to), "changes it", TestOffice.Clerk);

        Assert.Equal(CaseCodes.Relation, Assert.Single(Relate("1").Findings).Code);
        Assert.Empty(Relate("2").Findings);
        Assert.Equal(CaseCodes.Relation, Assert.Single(Relate("2").Findings).Code);
    }

    public void Dispose() => _office.Dispose();
}
