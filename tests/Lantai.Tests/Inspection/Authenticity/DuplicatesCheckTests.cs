using Lantai.Inspection;
using Lantai.Tests.InformationPackages;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class DuplicatesCheckTests
{
    [Fact]
    public void What_something_else_in_the_holdings_has_is_told_with_what_has_it()
    {
        var answer = RedReading.Answer(CleanCases.Of("dat85").Under(t => t with { Collisions = [new("project_id", "ystyzw01/YS1")] }), "duplicates");

        var finding = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Failed, "INS-141"), (answer.Verdict, finding.Code));
        Assert.Equal(["project_id", "ystyzw01/YS1"], finding.Arguments.Select(a => a.Value));
    }

    /// <summary>Cases inside a package have keys of their own.</summary>
    [Fact]
    public void Two_cases_of_one_package_with_one_running_number_are_told()
    {
        using var tree = CasePackageSampleTests.Open("gbt42727", "good", "joint-nested");
        var read = CasePackageSampleTests.Profile("gbt42727").Read(tree, CancellationToken.None).Case!;
        var facts = RedReading.Observe(CleanCases.Of("gbt42727"));
        InspectionFacts With(Lantai.InformationPackages.CasePackage package) => facts with { Package = facts.Package with { Case = package } };

        Assert.Equal(RuleVerdict.Passed, DuplicatesCheck.Check(With(read)).Verdict);
        var twice = DuplicatesCheck.Check(With(read with { Parts = [.. read.Parts, KeyValuePair.Create("又一个", read.Parts[0].Value)] }));
        Assert.Equal(["electronic_record_code", "project_id"], twice.Findings.Select(f => f.Arguments.Single(a => a.Key == "key").Value));
    }
}
