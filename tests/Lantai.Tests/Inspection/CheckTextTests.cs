using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

public sealed class CheckTextTests
{
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
