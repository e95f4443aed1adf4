using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.Tests.House;
using Lantai.Words;

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
    private static Phrases Phrases => SampleReport.Texts;

    public static TheoryData<string> Samples => [.. RedRow.All.Select(r => r.Sample)];

    public static TheoryData<string> Clean => [.. CleanCases.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_red_where_the_table_says_and_nowhere_else(string sample)
    {
        var row = RedRow.All.Single(r => r.Sample == sample);
        var made = RedMutations.ByName[sample].Make();

        var report = await RedReading.InspectAsync(made);

        var wanted = row.AlsoRed.Append(row.Rule).Order(StringComparer.Ordinal).ToList();
        var red = RedReading.Red(report).Order(StringComparer.Ordinal).ToList();
        Assert.True(wanted.SequenceEqual(red), $"{sample} should be red in\n  {string.Join(' ', wanted)}\nand is red in\n  {string.Join(' ', red)}\n{Told(report)}");
    }

    [Theory]
    [MemberData(nameof(Clean))]
    public async Task A_clean_package_is_green_by_every_automatic_rule(string name)
    {
        var report = await RedReading.InspectAsync(CleanCases.Of(name));

        var open = report.Results.Where(r => r.Rule.Manner == RuleManner.Automatic)
            .Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)).Select(r => r.Rule.Id).ToList();
        Assert.True(open.Count == 0, $"{name}: {string.Join(' ', open)}\n{Told(report)}");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Each_fact_of_a_red_rule_says_where_it_is_what_was_asked_and_what_there_is_in_one_language(string sample)
    {
        var report = await RedReading.InspectAsync(RedMutations.ByName[sample].Make());

        foreach (var (language, foreign) in new[] { (Language.English, "[\u4E00-\u9FFF]"), (Language.Chinese, "[a-z]{3,} [a-z]{2,} ") })
        {
            foreach (var fact in report.Results.Where(r => r.Verdict is RuleVerdict.Failed or RuleVerdict.Warning).SelectMany(r => r.Answer.Findings))
            {
                var said = (FactText.At(Phrases, language, fact), FactText.Expected(Phrases, language, fact), FactText.Found(Phrases, language, fact));
                Assert.True(said is ({ Length: > 0 }, { Length: > 0 }, { Length: > 0 }), $"{fact.Code} {language}: {said}; {fact}");
                var bare = fact with { Arguments = [.. fact.Arguments.Select(a => KeyValuePair.Create(a.Key, ""))] }; // values are data, in whatever language they are
                Assert.DoesNotMatch(foreign, $"{FactText.Expected(Phrases, language, bare)} | {FactText.Found(Phrases, language, bare)}");
            }
        }
    }

    [Fact]
    public async Task Each_automatic_rule_passes_a_clean_case()
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in CleanCases.All)
        {
            var report = await RedReading.InspectAsync(CleanCases.Of(name));
            passed.UnionWith(report.Results.Where(r => r.Verdict == RuleVerdict.Passed).Select(r => r.Rule.Id));
        }

        Assert.Empty(RuleCatalogue.All.Where(r => r.Manner == RuleManner.Automatic && !passed.Contains(r.Id)).Select(r => r.Id));
    }

    [Fact]
    public void A_clean_paper_is_of_the_format_that_it_claims_and_brings_its_font()
    {
        var papers = RedReading.Observe(CleanCases.Of("gbt42727")).Package.Files.Where(f => f.Path.EndsWith(".pdf", StringComparison.Ordinal)).Select(f => f.Character!).ToList();

        Assert.Equal(3, papers.Count);
        Assert.All(papers, p => Assert.Equal(("fmt/354", "1", "B", Readability.Readable), (p.Identification.Id, p.Examination!.Technical["pdfa-part"], p.Examination.Technical["pdfa-level"], p.Examination.Readability)));
        Assert.All(papers, p => Assert.Empty((IReadOnlyCollection<string>)p.Examination!.Technical.GetValueOrDefault("fonts-not-embedded", Array.Empty<string>())));
        Assert.All(papers, p => Assert.Equal(["H"], (IReadOnlyCollection<string>)p.Examination!.Technical["fonts"]));
    }

    [Fact]
    public void Each_row_names_a_rule_and_a_mutation_and_each_mutation_has_its_row()
    {
        Assert.All(RedRow.All, r => Assert.All(r.AlsoRed.Append(r.Rule), id => Assert.NotNull(RuleCatalogue.Find(id))));
        Assert.Equal(RedMutations.ByName.Keys.Order(StringComparer.Ordinal), RedRow.All.Select(r => r.Sample).Order(StringComparer.Ordinal));
        Assert.All(RedRow.All, r => Assert.True(r.Because.Length > 20 && !r.AlsoRed.Contains(r.Rule), r.Sample));
    }

    [Theory]
    [InlineData(InspectionStage.Archiving)]
    [InlineData(InspectionStage.Transfer)]
    [InlineData(InspectionStage.Preservation)]
    public void Each_automatic_rule_has_a_row(InspectionStage stage)
    {
        var rows = RedRow.All.Select(r => r.Rule).ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], RuleCatalogue.Of(stage).Where(r => r.Manner == RuleManner.Automatic && !rows.Contains(r.Id)).Select(r => r.Id));
    }

    private static string Told(InspectionReport report) => string.Join('\n', report.Results
        .Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)).Select(r => $"  {r.Rule.Id} {r.Verdict}: {string.Join("; ", r.Answer.Findings)}"));
}
