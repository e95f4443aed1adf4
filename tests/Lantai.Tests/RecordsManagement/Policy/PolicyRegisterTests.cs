using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class PolicyRegisterTests : IDisposable
{
    private static readonly PolicyBasis Ground = new("闽档〔2025〕1号", "5", "2026-03-01", "high");
    private static readonly DateOnly Spring = new(2026, 3, 1);

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private PolicyRegister Policy => _test.Office.Policy;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Without_overlays_the_national_values_hold_everywhere()
    {
        Assert.Same(PolicyValues.National, _test.Office.PolicyFor("350100"));
        Assert.Same(PolicyValues.National, _test.Office.PolicyFor(null));
    }

    [Fact]
    public void An_overlay_holds_within_its_jurisdiction_from_its_day_on_and_quotes_its_ground()
    {
        Assert.Empty(Adopt("350000", (PolicyKeys.OpeningYears, "20")).Findings);

        Assert.Equal("20", At("350100", Spring));
        Assert.Equal("20", At("350000", Spring));
        Assert.Equal("25", At("350100", Spring.AddDays(-1)));
        Assert.Equal("25", At("360100", Spring));
        Assert.Equal("25", At(null, Spring));
        Assert.Equal("25", At("no code", Spring));
        var value = Policy.For("350100", Spring).Find(PolicyKeys.OpeningYears)!;
        Assert.Equal((Ground, "o"), (value.Basis, value.Layer));
        Assert.Equal(PolicyValues.NationalLayer, Policy.For("350100", Spring).Find(PolicyKeys.BackupSets)!.Layer);
    }

    [Fact]
    public void Layers_tighten_one_another_down_to_the_agency()
    {
        _ = Adopt("000000", (PolicyKeys.OpeningYears, "22"));
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "20"));
        _ = Adopt("350100", (PolicyKeys.OpeningYears, "15"));
        Assert.Empty(Policy.Adopt(Overlay(null, KnownOffice.Agency, (PolicyKeys.OpeningYears, "10")), TestOffice.Clerk).Findings);

        Assert.Equal(["22", "20", "15"], new[] { "110000", "350200", "350100" }.Select(r => At(r, Spring)));
        Assert.Equal("10", Policy.ForAgency(KnownOffice.Agency, Spring).Text(PolicyKeys.OpeningYears));
        Assert.Equal("15", Policy.ForAgency(KnownOffice.OtherAgency, Spring).Text(PolicyKeys.OpeningYears));
        Assert.Equal("22", Policy.ForAgency("nobody", Spring).Text(PolicyKeys.OpeningYears));
    }

    [Fact]
    public void A_layer_above_that_tightens_later_is_not_weakened_by_one_below()
    {
        _ = Adopt("350100", (PolicyKeys.OpeningYears, "20"), (PolicyKeys.SecrecyRefused, "MM JM UM NB"));
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "15"), (PolicyKeys.SecrecyRefused, "MM JM UM XZ"));

        Assert.Equal("15", At("350100", Spring));
        Assert.Equal(["MM", "JM", "UM", "XZ", "NB"], Policy.For("350100", Spring).List(PolicyKeys.SecrecyRefused));
    }

    [Theory]
    [InlineData(PolicyKeys.OpeningYears, "26", "25", "lower", "27")]
    [InlineData(PolicyKeys.BackupSets, "2", "3", "higher", "")]
    [InlineData(PolicyKeys.RetentionCodes, "D5 Y", "D10 D30 Y", "fewer", "")]
    [InlineData(PolicyKeys.SecrecyRefused, "UM", "MM JM UM", "more", "15")]
    [InlineData(PolicyKeys.RegulationEffective, "2024-01-01", "2023-07-30", "fixed", "18")]
    public void A_weaker_overlay_is_refused_with_the_floor(string key, string values, string floor, string direction, string article)
    {
        var outcome = Adopt("350000", (key, values));

        var finding = Assert.Single(outcome.Findings);
        var above = PolicyValues.National.Find(key)!;
        Assert.Equal(
            $"POL-010 o key={key} value={values} floor={floor} policy-stricter={direction} document={above.Basis.Document} article={article} layer=national", finding.ToString());
        Assert.Empty(outcome.Events);
        Assert.Same(PolicyValues.National, Policy.For("350000", Spring));
    }

    [Fact]
    public void An_overlay_weaker_than_one_above_it_is_refused_with_that_one()
    {
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "20"));

        var finding = Assert.Single(Adopt("350100", (PolicyKeys.OpeningYears, "22")).Findings);

        Assert.Equal("POL-010", finding.Code);
        Assert.Contains(KeyValuePair.Create("layer", "o"), finding.Arguments);
        Assert.Equal(["POL-010"], Policy.Adopt(Overlay(null, KnownOffice.Agency, (PolicyKeys.OpeningYears, "22")), TestOffice.Clerk).Codes());
        Assert.Empty(Adopt("360000", (PolicyKeys.OpeningYears, "22")).Findings);
    }

    [Fact]
    public void An_earlier_deadline_is_stricter_whatever_the_number_of_its_day()
    {
        Assert.Empty(Adopt("350000", (PolicyKeys.DeadlineMonth, "3"), (PolicyKeys.DeadlineDay, "31")).Findings);
        Assert.Empty(Adopt("360000", (PolicyKeys.DeadlineYears, "0"), (PolicyKeys.DeadlineMonth, "12"), (PolicyKeys.DeadlineDay, "31")).Findings);

        Assert.Equal(["1", "3", "31"], new[] { PolicyKeys.DeadlineYears, PolicyKeys.DeadlineMonth, PolicyKeys.DeadlineDay }.Select(k => Policy.For("350000", Spring).Text(k)));
        var refused = Assert.Single(Adopt("370000", (PolicyKeys.DeadlineMonth, "7"), (PolicyKeys.DeadlineDay, "1")).Findings);
        Assert.Equal(("POL-010", "1-7-1", "1-6-30"), (refused.Code, refused.Arguments[1].Value, refused.Arguments[2].Value));
        Assert.Equal(["POL-010"], Adopt("370000", (PolicyKeys.DeadlineDay, "31")).Codes().Take(1));
    }

    [Fact]
    public void A_deadline_of_one_layer_is_not_mixed_with_that_of_another()
    {
        _ = Adopt("350100", (PolicyKeys.DeadlineMonth, "5"), (PolicyKeys.DeadlineDay, "31"));
        _ = Adopt("350000", (PolicyKeys.DeadlineMonth, "4"), (PolicyKeys.DeadlineDay, "15"));

        Assert.Equal(["4", "15"], new[] { PolicyKeys.DeadlineMonth, PolicyKeys.DeadlineDay }.Select(k => Policy.For("350100", Spring).Text(k)));
    }

    [Fact]
    public void A_deadline_on_a_day_that_is_none_is_refused() =>
        Assert.Equal(["POL-008"], Adopt("350000", (PolicyKeys.DeadlineMonth, "2"), (PolicyKeys.DeadlineDay, "29")).Codes());

    [Fact]
    public void All_that_is_wrong_with_an_overlay_is_told_at_once()
    {
        var overlay = new PolicyOverlay(
            " ", "35", null, Spring,
            [
                new("opening.year", ["20"], Ground),
                new(PolicyKeys.OpeningYears, ["many"], Ground),
                new(PolicyKeys.BackupSets, ["2"], new PolicyBasis(" ", "", "", "certain")),
                new(PolicyKeys.BackupSets, ["4"], Ground),
                new(PolicyKeys.DeadlineMonth, ["7"], Ground),
            ]);

        Assert.Equal(["REC-002", "FON-001", "POL-002", "POL-003", "POL-001", "POL-007", "POL-010", "POL-004", "POL-010"], Policy.Adopt(overlay, TestOffice.Clerk).Codes());
    }

    [Fact]
    public void A_group_is_not_compared_when_one_of_its_values_is_none() =>
        Assert.Equal(["POL-003"], Adopt("350000", (PolicyKeys.DeadlineMonth, "13"), (PolicyKeys.DeadlineDay, "31")).Codes());

    [Fact]
    public void A_value_without_a_ground_is_refused() =>
        Assert.Equal(["POL-001"], Policy.Adopt(new PolicyOverlay("o", "350000", null, Spring, [new(PolicyKeys.OpeningYears, ["20"], new PolicyBasis("", "5", "", "high"))]), TestOffice.Clerk).Codes());

    [Fact]
    public void An_overlay_holds_for_one_place_alone()
    {
        Assert.Equal(["POL-005"], Policy.Adopt(Overlay(null, null), TestOffice.Clerk).Codes());
        Assert.Equal(["POL-005"], Policy.Adopt(Overlay("350000", KnownOffice.Agency), TestOffice.Clerk).Codes());
        Assert.Equal(["FON-005"], Policy.Adopt(Overlay(null, "nobody"), TestOffice.Clerk).Codes());
    }

    [Fact]
    public void A_later_overlay_of_the_same_name_takes_the_place_of_the_earlier_from_its_day_on()
    {
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "15"));
        Assert.Empty(Policy.Adopt(Overlay("350000", null, (PolicyKeys.OpeningYears, "20")) with { From = Spring.AddDays(10) }, TestOffice.Clerk).Findings);
        Assert.Empty(Policy.Adopt(Overlay("350000", null) with { From = Spring.AddDays(20) }, TestOffice.Clerk).Findings);

        Assert.Equal(["15", "20", "25"], new[] { 9, 10, 20 }.Select(d => At("350000", Spring.AddDays(d))));
        Assert.Equal(3, Policy.Overlays().Count);
    }

    [Fact]
    public void An_overlay_that_reaches_back_is_adopted_and_told()
    {
        var outcome = Policy.Adopt(Overlay("350000", null, (PolicyKeys.OpeningYears, "20")) with { From = new DateOnly(2024, 1, 1) }, TestOffice.Clerk);

        Assert.Equal(["POL-006"], outcome.Codes());
        Assert.Single(outcome.Events);
    }

    [Fact]
    public void Legal_days_begin_at_midnight_of_the_fixed_offset()
    {
        _test.Time.SetUtcNow(new DateTimeOffset(2026, 2, 28, 15, 59, 0, TimeSpan.Zero));
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "20"));
        Assert.Equal("25", _test.Office.PolicyFor("350000").Text(PolicyKeys.OpeningYears));

        _test.Time.SetUtcNow(new DateTimeOffset(2026, 2, 28, 16, 0, 0, TimeSpan.Zero));
        Assert.Equal("20", _test.Office.PolicyFor("350000").Text(PolicyKeys.OpeningYears));
    }

    [Fact]
    public void Items_that_follow_by_reference_are_entered_where_an_overlay_says_so()
    {
        var item = new ServiceItem("0200190012", "1", "某处罚", "行政处罚", KnownOffice.Agency);
        Assert.Equal(["CAT-001"], _test.Office.Items.Enter([item], TestOffice.Clerk).Codes());

        _ = Policy.Adopt(Overlay("350100", null, (PolicyKeys.ItemsByReference, "on")) with { From = new DateOnly(2026, 1, 1) }, TestOffice.Clerk);

        Assert.Empty(_test.Office.Items.Enter([item], TestOffice.Clerk).Findings);
    }

    [Fact]
    public void An_overlay_is_read_from_a_file()
    {
        var findings = new List<Finding>();

        var overlay = PolicyOverlay.TryRead(
            """{"overlay":"o","region":"350000","from":"2026-03-01","values":[{"key":"opening.years","values":["20"],"document":"闽档〔2025〕1号","article":"5","effective":"2026-03-01","confidence":"high"}]}"""u8, "o.json", findings);

        Assert.Empty(findings);
        Assert.Empty(Policy.Adopt(overlay!, TestOffice.Clerk).Findings);
        Assert.Equal(Ground, Policy.For("350000", Spring).Find(PolicyKeys.OpeningYears)!.Basis);
        Assert.Null(PolicyOverlay.TryRead("""{"overlay":"o","from":"2026-3-1","values":[{"key":"x","values":"20","why":"y"}]}"""u8, "o.json", findings));
        Assert.Equal(["REC-007 from", "REC-005 values[0].why", "REC-007 values[0].values"], findings.Select(f => f.Code + " " + f.Arguments[0].Value));
        Assert.Null(PolicyOverlay.TryRead("{\"overlay\":\"o\",\"overlay\":\"p\"}"u8, "o.json", findings));
        Assert.Equal("REC-004", findings[^1].Code);
    }

    [Fact]
    public void Policy_made_anew_says_the_same()
    {
        _ = Adopt("350000", (PolicyKeys.OpeningYears, "20"));
        _ = Policy.Adopt(Overlay(null, KnownOffice.Agency, (PolicyKeys.DeadlineMonth, "3")), TestOffice.Clerk);

        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equal(
            Policy.ForAgency(KnownOffice.Agency, Spring).All.Select(v => string.Join(' ', v.Values)),
            _test.Rebuilt().Policy.ForAgency(KnownOffice.Agency, Spring).All.Select(v => string.Join(' ', v.Values)));
        Assert.Equal("3", _test.Rebuilt().Policy.ForAgency(KnownOffice.Agency, Spring).Text(PolicyKeys.DeadlineMonth));
    }

    private DecisionOutcome Adopt(string region, params (string Key, string Values)[] values) => Policy.Adopt(Overlay(region, null, values), TestOffice.Clerk);

    private static PolicyOverlay Overlay(string? region, string? agency, params (string Key, string Values)[] values) =>
        new("o", region, agency, Spring, [.. values.Select(v => new OverlayValue(v.Key, v.Values.Split(' '), Ground))]);

    private string At(string? region, DateOnly day) => Policy.For(region, day).Text(PolicyKeys.OpeningYears);
}
