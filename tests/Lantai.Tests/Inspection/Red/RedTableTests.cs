using Lantai.Inspection;
using Lantai.Tests.House;

namespace Lantai.Tests.Inspection.Red;

/// <summary>A row of spec/vectors/inspection/red.tsv.</summary>
internal sealed record RedRow(string Rule, string Sample, IReadOnlyList<string> AlsoRed, string Because)
{
    public static IReadOnlyList<RedRow> All { get; } =
    [
        .. Tree.Read("spec/vectors/inspection/red.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t'))
            .Select(c => new RedRow(c[0], c[1], c[2].Split(' ', StringSplitOptions.RemoveEmptyEntries), c[3])),
    ];
}

/// <summary>The table of red rules: for each rule a package that exists for it, and which rules say no to that package, completely.</summary>
public sealed class RedTableTests
{
    /// <summary>Rules that no clean package here can pass, and why nobody here can make one that does.</summary>
    private static readonly Dictionary<string, string> NotGreen = new(StringComparer.Ordinal)
    {
    };

    public static TheoryData<string> Samples => [.. RedRow.All.Select(r => r.Sample)];

    public static TheoryData<string> Clean => [.. CleanCases.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_red_where_the_table_says_and_nowhere_else(string sample)
    {
        var row = RedRow.All.Single(r => r.Sample == sample);
        var made = RedMutations.ByName[sample].Make();

        var report = RedReading.Inspect(made);

        var wanted = row.AlsoRed.Append(row.Rule).Order(StringComparer.Ordinal).ToList();
        var red = RedReading.Red(report).Order(StringComparer.Ordinal).ToList();
        Assert.True(wanted.SequenceEqual(red), $"{sample} should be red in\n  {string.Join(' ', wanted)}\nand is red in\n  {string.Join(' ', red)}\n{Told(report)}");
    }

    [Theory]
    [MemberData(nameof(Clean))]
    public void A_clean_package_is_green_by_every_automatic_rule(string name)
    {
        var report = RedReading.Inspect(CleanCases.Of(name));

        var open = report.Results.Where(r => r.Rule.Manner == RuleManner.Automatic && !NotGreen.ContainsKey(r.Rule.Id) && RuleChecks.Find(r.Rule.Check) is not null)
            .Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)).Select(r => r.Rule.Id).ToList();
        Assert.True(open.Count == 0, $"{name}: {string.Join(' ', open)}\n{Told(report)}");
    }

    [Fact]
    public void Each_row_names_a_rule_and_a_mutation_and_each_mutation_has_its_row()
    {
        Assert.All(RedRow.All, r => Assert.All(r.AlsoRed.Append(r.Rule), id => Assert.NotNull(RuleCatalogue.Find(id))));
        Assert.Equal(RedMutations.ByName.Keys.Order(StringComparer.Ordinal), RedRow.All.Select(r => r.Sample).Order(StringComparer.Ordinal));
        Assert.All(RedRow.All, r => Assert.True(r.Because.Length > 20 && !r.AlsoRed.Contains(r.Rule), r.Sample));
    }

    /// <summary>Rules of the archiving stage whose sample is still to be made; the list may only become shorter.</summary>
    [Fact]
    public void Each_automatic_rule_of_archiving_has_a_row()
    {
        var rows = RedRow.All.Select(r => r.Rule).ToHashSet(StringComparer.Ordinal);

        var without = RuleCatalogue.Of(InspectionStage.Archiving).Where(r => r.Manner == RuleManner.Automatic && !rows.Contains(r.Id)).Select(r => r.Id).ToList();

        Assert.True(without.Count <= 40, $"{without.Count} rules have no sample that is red for them:\n{string.Join('\n', without)}");
    }

    private static string Told(InspectionReport report) => string.Join('\n', report.Results
        .Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)).Select(r => $"  {r.Rule.Id} {r.Verdict}: {string.Join("; ", r.Answer.Findings)}"));
}
