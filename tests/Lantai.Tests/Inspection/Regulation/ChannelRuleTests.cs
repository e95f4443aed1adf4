using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Regulation;

/// <summary>The way that a package took, and the systems that made it.</summary>
public sealed class ChannelRuleTests
{
    [Fact]
    public void Somebody_must_answer_for_the_way_of_a_package()
    {
        Assert.Equal(RuleVerdict.Passed, Ask("process-security", Of()).Verdict);
        Assert.Equal(RuleVerdict.Passed, Ask("process-security", By(c => c with { IsAuthenticated = false, Operator = "甄归档" })).Verdict);
        Assert.Equal((RuleVerdict.Failed, "INS-253", "", ""), Told(Ask("process-security", By(c => c with { IsAuthenticated = false }))));
    }

    [Theory]
    [InlineData(5, RuleVerdict.Passed)]
    [InlineData(6, RuleVerdict.Failed)]
    public void A_package_is_not_sent_after_it_was_received_but_for_clocks_that_differ_a_little(int minutes, RuleVerdict expected)
    {
        var answer = Ask("process-security", By(c => c with { Sent = Now.AddMinutes(minutes - 10), Received = Now.AddMinutes(-10) }));

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal("INS-254", f.Code));
    }

    [Theory]
    [InlineData(-25, -1, SourceChannel.Online, RuleVerdict.Passed)]
    [InlineData(-26, -1, SourceChannel.Online, RuleVerdict.Warning)]
    [InlineData(-26, -25, SourceChannel.Online, RuleVerdict.Warning)]
    [InlineData(-26, null, SourceChannel.Online, RuleVerdict.Warning)]
    [InlineData(null, null, SourceChannel.Online, RuleVerdict.Passed)]
    [InlineData(-260, -1, SourceChannel.Offline, RuleVerdict.Passed)]
    [InlineData(-260, -25, SourceChannel.Offline, RuleVerdict.Warning)]
    public void A_day_that_nobody_accounts_for_is_worth_a_look(int? sent, int? received, SourceChannel channel, RuleVerdict expected)
    {
        DateTimeOffset? Ago(int? hours) => hours is { } h ? Now.AddHours(h) : null;

        var answer = Ask("process-security", By(c => c with { Channel = channel, Sent = Ago(sent), Received = Ago(received) }));

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal("INS-255", f.Code));
    }

    [Theory]
    [InlineData("云州市政务服务办理系统 3.2（Windows XP SP3）", RuleVerdict.Warning)]
    [InlineData("运行于 windows 7 的受理程序", RuleVerdict.Warning)]
    [InlineData("Windows 70", RuleVerdict.Passed)]
    [InlineData("银河麒麟 V10", RuleVerdict.Passed)]
    public void A_system_that_nobody_keeps_up_is_worth_a_look(string system, RuleVerdict expected)
    {
        var answer = Ask("environment", Of("plain", ("云州市政务服务办理系统 3.2", system)));

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal(("INS-256", system), (f.Code, Argument(f, "found"))));
    }

    [Fact]
    public void A_scheme_names_what_is_unfit_and_the_maker_of_each_file_counts()
    {
        var facts = Of();
        var made = new FileExamination(FileFamily.Pdf, Readability.Readable, [], [], new Dictionary<string, object> { ["producer"] = "旧版式软件 2.0" }, []);
        var package = facts.Package with { Files = [.. facts.Package.Files.Select(f => f.Path.EndsWith(".pdf", StringComparison.Ordinal) ? f with { Character = new FileCharacter(null!, made, null!) } : f)] };

        Assert.Equal(RuleVerdict.Passed, Ask("environment", facts with { Package = package }).Verdict);
        Assert.Equal(
            (RuleVerdict.Warning, "INS-256", "旧版式软件", "旧版式软件 2.0"),
            Told(Ask("environment", facts with { Package = package, Parameters = new Dictionary<string, string> { ["environment.unfit"] = SchemeCatalogue.Value("environment.unfit", null) + "; 旧版式软件" } })));
    }

    [Fact]
    public void Where_nothing_is_recorded_nothing_is_judged() =>
        Assert.Equal(RuleVerdict.NotApplicable, Ask("environment", Of() with { Package = Of().Package with { Case = null } }).Verdict);

    private static InspectionFacts By(Func<ChannelFacts, ChannelFacts> change)
    {
        var facts = Of();
        return facts with { Channel = change(facts.Channel) };
    }
}
