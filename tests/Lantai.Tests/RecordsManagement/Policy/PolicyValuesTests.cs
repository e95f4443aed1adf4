using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class PolicyValuesTests
{
    [Fact]
    public void Every_national_value_has_its_ground_and_says_how_sure_it_is()
    {
        foreach (var value in PolicyValues.National.All)
        {
            Assert.NotEmpty(value.Values);
            Assert.NotEmpty(value.Basis.Document);
            Assert.Contains(value.Basis.Confidence, new[] { "high", "medium", "low" });
            Assert.True(PolicyOrder.HasForm(value, value.Values), value.Key);
            Assert.False(PolicyOrder.IsWeaker(value, value.Values), value.Key);
            Assert.Equal(PolicyValues.NationalLayer, value.Layer);
            Assert.True(value.Basis.Effective.Length == 0 || DateOnly.TryParseExact(value.Basis.Effective, "yyyy-MM-dd", out _), value.Key);
            Assert.Contains(value.Stricter, new[] { "lower", "higher", "fewer", "more", "fixed", "choice" });
        }
    }

    [Fact]
    public void Every_key_has_a_national_value()
    {
        var keys = typeof(PolicyKeys).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);

        Assert.Equal(keys, PolicyValues.National.All.Select(v => v.Key));
    }

    [Fact]
    public void An_unknown_key_and_a_value_of_another_form_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => PolicyValues.National.Text("archiving.deadline"));
        Assert.Throws<ArgumentException>(() => PolicyValues.National.Text(PolicyKeys.DeadlineWarnings));
        Assert.Throws<ArgumentException>(() => PolicyValues.National.Number(PolicyKeys.RegulationEffective));
        Assert.Equal(["180", "90", "30"], PolicyValues.National.List(PolicyKeys.DeadlineWarnings));
    }
}
