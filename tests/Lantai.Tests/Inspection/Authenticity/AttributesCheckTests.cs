using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class AttributesCheckTests
{
    [Theory]
    [InlineData("PDF", RuleVerdict.Passed)]
    [InlineData(".pdf", RuleVerdict.Passed)]
    [InlineData("版式文件", RuleVerdict.Passed)]
    [InlineData("OFD", RuleVerdict.Failed)]
    [InlineData("docx", RuleVerdict.Failed)]
    public void A_recorded_format_that_names_an_ending_is_compared_with_the_content(string said, RuleVerdict verdict)
    {
        var answer = RedReading.Answer(CleanCases.Of("gbt42727").Set("元数据.xml", "format_information", said).Sealed(), "attributes");

        Assert.Equal(verdict, answer.Verdict);
        Assert.Equal(verdict == RuleVerdict.Failed ? ["INS-150"] : [], answer.Findings.Select(f => f.Code));
    }
}
