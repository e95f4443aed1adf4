using System.Text.RegularExpressions;
using Lantai.Inspection;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

public sealed class CheckTextTests
{
    [Theory]
    [InlineData(Language.Chinese)]
    [InlineData(Language.English)]
    public void Each_reason_why_a_rule_does_not_apply_is_a_sentence(Language language)
    {
        var reasons = Directory.EnumerateFiles(Path.Combine(Tree.Root, "src/Inspection"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "NotApplicable\\(\"([a-z-]+)\"")).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(reasons);
        Assert.DoesNotContain(reasons, r => !SampleReport.Texts.Keys(language).Contains("why." + r));
    }

    [Theory]
    [InlineData(Language.Chinese)]
    [InlineData(Language.English)]
    public void Each_check_says_how_it_looks_and_what_to_do(Language language)
    {
        var keys = SampleReport.Texts.Keys(language);

        foreach (var check in RuleCatalogue.All.Where(r => r.Manner != RuleManner.Reserved).Select(r => r.Check).Distinct())
        {
            Assert.Contains($"check.{check}.method", keys);
            Assert.Contains($"check.{check}.cure", keys);
        }

        Assert.Empty(keys.Where(k => k.StartsWith("check.", StringComparison.Ordinal)).Select(k => k.Split('.')[1]).Except(RuleCatalogue.All.Select(r => r.Check)));
    }
}
