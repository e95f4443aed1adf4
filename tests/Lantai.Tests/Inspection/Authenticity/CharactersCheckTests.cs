using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class CharactersCheckTests
{
    [Theory]
    [InlineData("申请书：第1版 (正本)𠮷.pdf", RuleVerdict.Passed, "")]
    [InlineData("申请书?.pdf", RuleVerdict.Failed, "INS-120")]
    [InlineData("申请书\u202Efdp.exe", RuleVerdict.Failed, "INS-120")]
    [InlineData("申请书\uFFFD.pdf", RuleVerdict.Failed, "INS-120")]
    [InlineData("申请书\u0085.pdf", RuleVerdict.Failed, "INS-120")]
    [InlineData("申请书\uE815.pdf", RuleVerdict.Warning, "INS-121")]
    [InlineData("aux.pdf", RuleVerdict.Failed, "INS-122")]
    [InlineData("申请书.pdf.", RuleVerdict.Failed, "INS-122")]
    [InlineData(" 申请书.pdf", RuleVerdict.Failed, "INS-122")]
    [InlineData("auxiliary.pdf", RuleVerdict.Passed, "")]
    public void The_name_of_a_file_is_one_that_every_system_can_write_and_shows_as_it_is(string name, RuleVerdict verdict, string code)
    {
        var facts = RedReading.Observe(CleanCases.Of("gbt42727"));

        var answer = CharactersCheck.Check(facts with { Package = facts.Package with { Files = [new InspectedFile("材料/申请材料/" + name, 1, null, null)] } });

        Assert.Equal((verdict, code), (answer.Verdict, answer.Findings.Count == 0 ? "" : Assert.Single(answer.Findings).Code));
    }
}
