using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

/// <summary>Further versions of what is archived: beside it, never in its place.</summary>
public sealed class CaseContentTests : IDisposable
{
    private static readonly HeldContent Second = new(Guid.Parse("69bf821b-0895-44d0-b4b7-c6f309dda09a"), 2, 4711, "GD-20260131-0b9e2f7a1111");

    private readonly TestOffice _office = new();

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_further_version_is_added_and_the_digest_before_it_stays_in_the_ledger()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Archive("1");
        var before = _office.Case("1").Digest;

        var outcome = Add("1", ContentAct.Supplement, "补收");

        Assert.Empty(outcome.Findings);
        var c = _office.Case("1");
        Assert.Equal((CaseSketch.Content("second"), CaseState.Registered, Second.Report), (c.Digest, c.State, c.Report));
        Assert.Equal(new CaseVersion(CaseSketch.Content("second"), Second, c.Versions[0].At, ContentAct.Supplement, "补收"), Assert.Single(c.Versions));
        Assert.Equal(before, outcome.Events[0].Event.Detail!.Body.Digest("before"));
        _office.AssertRebuilds();
    }

    [Fact]
    public void Only_an_archived_case_gets_a_further_version()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Lead("1", CaseState.Collecting, CaseState.Checking);

        Assert.Equal(["CAS-060"], Add("1", ContentAct.Supplement, "补收").Codes());
        Assert.Equal(["CAS-009"], Add("2", ContentAct.Supplement, "补收").Codes());
        Assert.Empty(_office.Case("1").Versions);
    }

    [Fact]
    public void A_change_needs_its_legal_basis()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Archive("1");

        Assert.Equal(["CAS-061"], Add("1", ContentAct.Change, "更正").Codes());
        Assert.Equal(["CAS-011", "CAS-061"], Add("1", ContentAct.Change, "").Codes());
        Assert.Empty(Add("1", ContentAct.Change, "更正", "（2026）云行终1号判决").Codes());
    }

    [Fact]
    public void A_case_has_no_more_versions_than_its_document_holds()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Archive("1");
        var c = _office.Case("1");
        var version = new CaseVersion(CaseSketch.Content("second"), Second, c.Since, ContentAct.Supplement, "补收");

        Assert.Empty(CaseRegister.MayAdd(c with { Versions = [.. Enumerable.Repeat(version, 999)] }, ContentAct.Supplement, "补收", null));
        Assert.Equal(["CAS-064"], CaseRegister.MayAdd(c with { Versions = [.. Enumerable.Repeat(version, 1000)] }, ContentAct.Supplement, "补收", null).Select(f => f.Code));
    }

    private DecisionOutcome Add(string number, ContentAct act, string reason, string? basis = null) =>
        _office.Office.Cases.AddContent([new CaseAddition(CaseSketch.Source, number, act, reason, CaseSketch.Content("second"), Second) { Basis = basis }], TestOffice.Clerk);
}
