using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>The package says what its source system said of the case, and holds as many files as it says.</summary>
public sealed class PackageCheckTests
{
    [Fact]
    public void A_case_of_which_nobody_gave_notice_has_nothing_to_be_compared_with() => Assert.Equal(RuleVerdict.NotApplicable, Ask("package-metadata", Of()).Verdict);

    [Fact]
    public void A_case_that_says_what_its_notice_said_passes_however_the_time_was_written() => Assert.Equal(RuleVerdict.Passed, Ask("package-metadata", Noticed()).Verdict);

    [Theory]
    [InlineData("number", "YZ20230510000022", "YZ20230510000021")]
    [InlineData("agency", "11990100009900621N", "11990100009900611P")]
    [InlineData("item", "0109900200", "0109900100")]
    [InlineData("fonds", "0062", "0061")]
    [InlineData("completed", "2023-05-19 16:20:01", "2023-05-19T16:20:00+08:00")]
    public void Each_thing_that_differs_from_the_notice_is_told(string what, string notice, string found)
    {
        var facts = Noticed();
        var told = facts.Terms!.Notice!;
        told = what switch
        {
            "number" => told with { Number = notice },
            "agency" => told with { Agency = notice },
            "item" => told with { Item = notice },
            "fonds" => told with { Fonds = notice },
            _ => told with { Completed = Completed(notice) },
        };

        Assert.Equal((RuleVerdict.Failed, "INS-229", notice, found), Told(Ask("package-metadata", facts with { Terms = facts.Terms with { Notice = told } })));
    }

    [Fact]
    public void As_many_files_as_are_recorded_pass_and_one_less_fails()
    {
        var facts = Of();
        var read = facts.Package.Case!;
        var folder = read.Folders[0];
        var less = read with { Folders = [folder with { Files = [folder.Files[0] with { Content = null }] }, .. read.Folders.Skip(1)] };

        Assert.Equal(RuleVerdict.Passed, Ask("package-content", facts).Verdict);
        Assert.Equal((RuleVerdict.Failed, "INS-230", "3", "2"), Told(Ask("package-content", facts with { Package = facts.Package with { Case = less } })));
    }

    [Theory]
    [InlineData("elements-present")]
    [InlineData("elements-filled")]
    [InlineData("continuity")]
    [InlineData("package-content")]
    [InlineData("natures")]
    [InlineData("one-case")]
    [InlineData("completed")]
    public void What_asks_the_metadata_could_not_run_where_they_could_not_be_read(string check)
    {
        var facts = Of();
        var answer = Ask(check, facts with { Package = facts.Package with { Case = null } });

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-201"), (answer.Verdict, answer.Findings[0].Code));
    }

    [Fact]
    public void An_encapsulated_record_carries_no_case_and_rules_of_cases_do_not_apply()
    {
        var facts = Of();
        var record = facts with { Package = facts.Package with { Case = null, Profile = "eep", Findings = [] } };

        Assert.Equal(RuleVerdict.NotApplicable, Ask("natures", record).Verdict);
        Assert.Equal(RuleVerdict.Passed, Ask("elements-present", record).Verdict);
    }

    private static InspectionFacts Noticed()
    {
        var facts = Of();
        return facts with { Terms = facts.Terms! with { Notice = Notice() } };
    }
}
