using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class ReferenceCodesTests : IDisposable
{
    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    public ReferenceCodesTests() => Assert.Empty(Codes.Rules.Enter(ReadyCodeRules.Find("document-item")!, TestOffice.Clerk).Findings);

    private ReferenceCodes Codes => _test.Office.Codes;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Each_request_gets_the_next_code_of_its_scope()
    {
        Assert.Equal(["J001-WS·2023-D30-BGS-0001", "J001-WS·2023-D30-BGS-0002", "J001-WS·2024-D30-BGS-0001"], Next(For("2023"), For("2023"), For("2024")).Codes);
        Assert.Equal(["J001-WS·2023-D30-BGS-0003"], Next(For("2023")).Codes);
    }

    [Fact]
    public void What_was_assigned_is_found_with_its_rule_and_its_thing()
    {
        var thing = Guid.NewGuid();

        var code = Assert.Single(Next(For("2023", thing)).Codes);

        var entry = Codes.Find(code)!;
        Assert.Equal((code, "document-item", 1, thing.ToString("D"), CodeState.Current), (entry.Code, entry.Rule, entry.RuleVersion, entry.Thing, entry.State));
        Assert.Equal([entry], Codes.Of(thing));
        Assert.Equal([entry], Codes.History(code));
        Assert.Empty(Codes.History("J001-WS·2023-D30-BGS-0099"));
        Assert.Equal(code, _test.Vault.ReadEvents(entry.Sequence).First().Record!.ReferenceCode);
    }

    [Fact]
    public void One_bad_request_refuses_all()
    {
        var outcome = Next(For("2023"), For("23"), new CodeRequest(new Dictionary<string, string>()));

        Assert.Equal(["REF-003", "REF-007", "REF-007", "REF-007", "REF-007", "REF-007"], outcome.Findings.Select(f => f.Code));
        Assert.Empty(outcome.Codes);
        Assert.Equal(["J001-WS·2023-D30-BGS-0001"], Next(For("2023")).Codes);
    }

    [Fact]
    public void A_thing_has_one_code_of_a_kind_at_a_time()
    {
        var thing = Guid.NewGuid();
        _ = Codes.Rules.Enter(ReadyCodeRules.Find("record-code")!, TestOffice.Clerk);
        var fields = new Dictionary<string, string> { ["region"] = "350100", ["fonds"] = "J001", ["item"] = "0100190012", ["year"] = "2023", ["retention"] = "D30" };

        Assert.Equal(["REF-006"], Next(For("2023", thing), For("2023", thing)).Findings.Select(f => f.Code));
        Assert.Single(Next(For("2023", thing)).Codes);
        Assert.Equal(["REF-006"], Next(For("2023", thing)).Findings.Select(f => f.Code));
        Assert.Equal(["350100-J001-0100190012-2023-D30-000001"], Codes.Next("record-code", [new CodeRequest(fields, thing)], TestOffice.Clerk).Codes);
        Assert.Equal(2, Codes.Of(thing).Count);
    }

    [Fact]
    public void A_code_is_changed_for_one_of_its_kind_alone()
    {
        var thing = Guid.NewGuid();
        _ = Codes.Rules.Enter(ReadyCodeRules.Find("record-code")!, TestOffice.Clerk);
        var fields = new Dictionary<string, string> { ["region"] = "350100", ["fonds"] = "J001", ["item"] = "0100190012", ["year"] = "2023", ["retention"] = "D30" };
        var code = Assert.Single(Next(For("2023", thing)).Codes);
        _ = Codes.Next("record-code", [new CodeRequest(fields, thing)], TestOffice.Clerk);

        Assert.Equal(["REF-014"], Codes.Change(code, "record-code", null, fields, "x", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(["REF-014"], Codes.Change(code, "record-code", "350100-J001-0100190012-2023-D30-000009", fields, "x", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.All(Codes.Of(thing), c => Assert.Equal(CodeState.Current, c.State));
    }

    [Fact]
    public void A_code_of_a_fonds_that_was_not_entered_is_refused()
    {
        var fields = new Dictionary<string, string>(For("2023").Fields) { ["fonds"] = "J999" };

        Assert.Equal(["FON-010"], Next(new CodeRequest(fields)).Findings.Select(f => f.Code));
        Assert.Equal(["FON-010"], Assign("J999-WS·2023-D30-BGS-0001").Findings.Select(f => f.Code));
    }

    [Fact]
    public void An_unknown_rule_makes_no_code()
    {
        Assert.Equal(["REF-008"], Codes.Next("nobody", [For("2023")], TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(["REF-008"], Codes.Assign("nobody", "x", null, TestOffice.Clerk).Findings.Select(f => f.Code));
    }

    [Fact]
    public void A_code_that_somebody_chose_counts_like_any_other()
    {
        Assert.Empty(Assign("J001-WS·2023-D30-BGS-0001").Findings);
        Assert.Equal("REF-010 J001-WS·2023-D30-BGS-0005 first=2 last=4", Assert.Single(Assign("J001-WS·2023-D30-BGS-0005").Findings).ToString());

        // Numbers that were passed over are never filled.
        Assert.Equal(["J001-WS·2023-D30-BGS-0006"], Next(For("2023")).Codes);
        Assert.Empty(Assign("J001-WS·2023-D30-BGS-0003").Findings);
        Assert.Equal(["J001-WS·2023-D30-BGS-0007"], Next(For("2023")).Codes);
        Assert.Equal(["REF-004"], Assign("J001").Findings.Select(f => f.Code));
    }

    [Fact]
    public void A_code_is_never_assigned_twice_by_hand_or_after_a_change_or_a_withdrawal()
    {
        var first = Assert.Single(Next(For("2023")).Codes);
        var second = Assert.Single(Next(For("2023")).Codes);

        Assert.Equal(["REF-002"], Assign(first).Findings.Select(f => f.Code));
        Assert.Empty(Codes.Change(first, "document-item", null, For("2024").Fields, "年度更正", TestOffice.Clerk).Findings);
        Assert.Empty(Codes.Withdraw(second, "办件撤回", TestOffice.Clerk).Findings);

        Assert.Equal(["REF-002"], Assign(first).Findings.Select(f => f.Code));
        Assert.Equal(["REF-002"], Assign(second).Findings.Select(f => f.Code));
        Assert.Equal(["REF-002"], Codes.Change("J001-WS·2024-D30-BGS-0001", "document-item", second, new Dictionary<string, string>(), "x", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(["J001-WS·2023-D30-BGS-0003"], Next(For("2023")).Codes);

        var rebuilt = _test.Rebuilt().Codes;
        Assert.Equal(["REF-002", "REF-002"], new[] { first, second }.Select(c => Assert.Single(rebuilt.Assign("document-item", c, null, TestOffice.Clerk).Findings).Code));
    }

    [Fact]
    public void A_view_that_lost_a_scope_still_assigns_no_code_twice()
    {
        _ = Next(For("2023"), For("2023"), For("2023"));
        _test.Views().Apply(writer => writer.Delete(CodeView.Scopes, 1));

        Assert.Equal(["J001-WS·2023-D30-BGS-0004"], Next(For("2023")).Codes);
    }

    [Fact]
    public void A_change_keeps_the_old_code_in_the_history_of_both()
    {
        var thing = Guid.NewGuid();
        var first = Assert.Single(Next(For("2023", thing)).Codes);

        var second = Assert.Single(Codes.Change(first, "document-item", null, For("2024").Fields, "年度更正", TestOffice.Clerk).Codes);
        var third = Assert.Single(Codes.Change(second, "document-item", "J001-WS·2025-D30-BGS-0001", new Dictionary<string, string>(), "再次更正", TestOffice.Clerk).Codes);

        foreach (var code in new[] { first, second, third })
        {
            Assert.Equal([first, second, third], Codes.History(code).Select(c => c.Code));
        }

        Assert.Equal([CodeState.Replaced, CodeState.Replaced, CodeState.Current], Codes.Of(thing).Select(c => c.State));
        Assert.Equal("年度更正", Codes.Find(first)!.Reason);
        Assert.Null(Codes.Find(third)!.Reason);
        Assert.Equal(_test.Rebuilt().Codes.History(first), Codes.History(first));
    }

    [Fact]
    public void Only_a_current_code_is_changed_or_withdrawn_and_with_a_reason()
    {
        var code = Assert.Single(Next(For("2023")).Codes);

        Assert.Equal(["REC-002"], Codes.Withdraw(code, "", TestOffice.Clerk).Codes());
        Assert.Equal(["REC-002", "REF-009"], Codes.Change("J001", "document-item", null, For("2024").Fields, " ", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Empty(Codes.Withdraw(code, "办件撤回", TestOffice.Clerk).Findings);
        Assert.Equal("REF-009 J001-WS·2023-D30-BGS-0001 code-state=withdrawn", Assert.Single(Codes.Withdraw(code, "x", TestOffice.Clerk).Findings).ToString());
        Assert.Equal(["REF-009"], Codes.Change(code, "document-item", null, For("2024").Fields, "x", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(["J001-WS·2024-D30-BGS-0001"], Next(For("2024")).Codes);
    }

    [Fact]
    public void A_scope_that_is_full_gives_no_code()
    {
        _ = Codes.Rules.Enter(ReadyCodeRules.Find("document-item")!.With("short", 1, null, null), TestOffice.Clerk);
        var nine = Codes.Next("short", [.. Enumerable.Repeat(For("2023"), 9)], TestOffice.Clerk);

        Assert.Equal("J001-WS·2023-D30-BGS-9", nine.Codes[^1]);
        Assert.Equal(["REF-005"], Codes.Next("short", [For("2023")], TestOffice.Clerk).Findings.Select(f => f.Code));
    }

    [Fact]
    public void A_wider_version_of_a_rule_goes_on_counting_and_old_codes_are_read_by_the_version_they_were_made_by()
    {
        var old = Assert.Single(Next(For("2023")).Codes);

        Assert.Empty(Codes.Rules.Enter(ReadyCodeRules.Find("document-item")!.With(null, 6, null, null), TestOffice.Clerk).Findings);

        Assert.Equal(2, Codes.Rules.Find("document-item")!.Version);
        Assert.Equal(["J001-WS·2023-D30-BGS-000002"], Next(For("2023")).Codes);
        var findings = new List<Finding>();
        Assert.Equal(1, Codes.Parse(old, null, findings)!.Number);
        Assert.Empty(findings);
        Assert.Null(Codes.Parse(old, "document-item", findings));
        Assert.Null(Codes.Parse("J001", null, findings));
        Assert.Equal(["REF-003", "REF-009"], findings.Select(f => f.Code));
    }

    [Fact]
    public void The_rule_of_an_archive_is_the_nearest_one()
    {
        var rule = ReadyCodeRules.Find("document-item")!;
        _ = Codes.Rules.Enter(rule.With("category", null, null, "ZP"), TestOffice.Clerk);
        _ = Codes.Rules.Enter(rule.With("fonds", null, "J001", null), TestOffice.Clerk);
        _ = Codes.Rules.Enter(rule.With("both", null, "J001", "ZP"), TestOffice.Clerk);
        _ = Codes.Rules.Enter(ReadyCodeRules.Find("record-code")!.With("record", null, "J001", "ZP"), TestOffice.Clerk);

        Assert.Equal(
            ["both", "fonds", "category", "document-item"],
            new[] { ("J001", "ZP"), ("J001", "WS"), ("0059", "ZP"), ("0059", "WS") }.Select(p => Codes.Rules.For(p.Item1, p.Item2)!.Name));
        Assert.Equal(["FON-010"], Codes.Rules.Enter(rule.With("x", null, "J999", null), TestOffice.Clerk).Codes());
        Assert.Equal(["REF-013"], Codes.Next("category", [For("2023")], TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(["REF-013"], Codes.Assign("fonds", "0059-WS·2023-D30-BGS-0001", null, TestOffice.Clerk).Findings.Select(f => f.Code));
    }

    [Fact]
    public void Entering_the_same_rule_again_makes_no_version()
    {
        Assert.Empty(Codes.Rules.Enter(ReadyCodeRules.Find("document-item")!, TestOffice.Clerk).Events);
        Assert.Equal(["document-item"], _test.Rebuilt().Codes.Rules.All().Select(r => r.Name));
    }

    [Fact]
    public async Task Two_who_assign_at_once_each_get_codes_of_their_own()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => Enumerable.Range(0, 25).SelectMany(_ => Next(For("2023")).Codes).ToList(), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(1, 100).Select(n => $"J001-WS·2023-D30-BGS-{n:d4}"), codes.SelectMany(c => c).Order(StringComparer.Ordinal));
        Assert.True(_test.CompareWithRebuild().AreEqual);
    }

    [Fact]
    [Trait("Length", "long")]
    public void Ten_thousand_codes_are_assigned_and_a_rebuilt_office_goes_on_behind_them()
    {
        using var test = new TestOffice(syncs: false).WithFuzhou();
        var office = test.Office.Codes;
        _ = office.Rules.Enter(ReadyCodeRules.Find("document-item")!.With(null, 6, null, null), TestOffice.Clerk);
        var codes = office.Next("document-item", [.. Enumerable.Repeat(For("2023"), 10_000)], TestOffice.Clerk).Codes;

        Assert.Equal((10_000, "J001-WS·2023-D30-BGS-010000"), (codes.Distinct().Count(), codes[^1]));
        var rebuilt = test.Rebuilt().Codes;
        Assert.Equal(["J001-WS·2023-D30-BGS-010001"], rebuilt.Next("document-item", [For("2023")], TestOffice.Clerk).Codes);
        Assert.Equal("REF-002", Assert.Single(rebuilt.Assign("document-item", codes[4_999], null, TestOffice.Clerk).Findings).Code);
        Assert.Equal(["J001-WS·2023-D30-BGS-010002"], office.Next("document-item", [For("2023")], TestOffice.Clerk).Codes);
        Assert.True(test.CompareWithRebuild().AreEqual);
    }

    private static CodeRequest For(string year, Guid? thing = null) =>
        new(new Dictionary<string, string> { ["fonds"] = "J001", ["category"] = "WS", ["year"] = year, ["retention"] = "D30", ["office"] = "BGS" }, thing);

    private CodeOutcome Next(params CodeRequest[] requests) => Codes.Next("document-item", requests, TestOffice.Clerk);

    private CodeOutcome Assign(string code) => Codes.Assign("document-item", code, null, TestOffice.Clerk);
}
