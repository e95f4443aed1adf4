using Lantai.Inspection;

namespace Lantai.Tests.Inspection;

/// <summary>The good samples of every profile, whole: no rule of usability or security speaks against them without cause.</summary>
public sealed class GoodSampleTests
{
    private static readonly string[] Checks =
        ["metadata-readable", "metadata-accessible", "readable", "package-usability", "encryption", "extension", "active-content", "archive-safety"];

    [Theory]
    [MemberData(nameof(CaseInspectionTests.Samples), MemberType = typeof(CaseInspectionTests))]
    public void A_good_sample_is_green(string profile, string path)
    {
        var seen = CaseInspectionTests.Inspect(path);

        Assert.Equal(profile, seen.Facts!.Package.Profile);
        // The photograph that this record embeds is a line of text, which no reader takes for a picture.
        var isFalse = path.EndsWith("original-whole.xml", StringComparison.Ordinal);
        Assert.Equal(
            [],
            seen.Report.Results.Where(r => Checks.Contains(r.Rule.Check) && r.Verdict != RuleVerdict.Passed && !(isFalse && r.Rule.Check == "readable"))
                .Select(r => $"{r.Rule.Check} {r.Verdict}: {string.Join("; ", r.Answer.Findings.Take(3))}"));
    }
}
