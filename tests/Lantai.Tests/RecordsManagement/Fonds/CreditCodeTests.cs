using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData(KnownOffice.Agency)]
    [InlineData(KnownOffice.Authority)]
    public void A_right_code_has_no_fault(string code) => Assert.Null(CreditCode.Fault("x", code));

    [Fact]
    public void Each_changed_character_is_found()
    {
        const string code = "91350100M000100Y43";
        for (var i = 0; i < code.Length; i++)
        {
            var changed = code[..i] + (code[i] == '7' ? '8' : '7') + code[(i + 1)..];

            Assert.Equal("FON-003", CreditCode.Fault("x", changed)?.Code);
        }
    }

    [Fact]
    public void The_expected_check_character_is_told()
    {
        var fault = CreditCode.Fault("fonds/J001", "91350100M000100Y44");

        Assert.Equal("FON-003 fonds/J001 value=91350100M000100Y44 expected=3 found=4", fault?.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y433")]
    [InlineData("91350100m000100Y43")]
    [InlineData("91350100O000100Y43")]
    public void Another_form_is_no_code(string? code) => Assert.Equal("FON-002", CreditCode.Fault("x", code)?.Code);

    [Fact]
    public void A_check_character_of_something_else_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => CreditCode.CheckCharacter("9135"));
        Assert.Throws<ArgumentException>(() => CreditCode.CheckCharacter("91350100I000100Y4"));
    }
}
