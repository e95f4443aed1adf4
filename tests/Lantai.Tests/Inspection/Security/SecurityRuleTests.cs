using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>The rules of security, one by one.</summary>
public sealed class SecurityRuleTests
{
    private static readonly AntivirusFacts Clean = new("ClamAV 1.4.3/27831", SeenPackage.Now.AddDays(-2), [], [], null);
    private static readonly MediumFacts Disc = new("盘-001", "disc", [], 700L << 20, TimeSpan.FromMinutes(2));

    [Theory]
    [InlineData("antivirus")]
    [InlineData("malware")]
    public void Without_an_engine_it_could_not_run(string check)
    {
        var asked = RuleChecks.Find(check)!;
        var away = Clean with { Engine = null, Trouble = Finding.Error("INS-390", "/run/clamd", ("unscanned", "connection")) };

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-370"), Verdict(asked(SeenPackage.Of())));
        Assert.Equal((RuleVerdict.CouldNotRun, "INS-390"), Verdict(asked(SeenPackage.Of() with { Antivirus = away })));
        Assert.Equal(RuleVerdict.Passed, asked(SeenPackage.Of() with { Antivirus = Clean }).Verdict);
        Assert.Equal("ClamAV 1.4.3/27831", asked(SeenPackage.Of() with { Antivirus = Clean }).Tool);
    }

    [Fact]
    public void Definitions_may_be_a_week_old_or_as_young_as_the_scheme_asks()
    {
        var facts = SeenPackage.Of() with { Antivirus = Clean with { Definitions = SeenPackage.Now.AddDays(-8) } };
        var younger = facts with { Antivirus = Clean with { Definitions = SeenPackage.Now.AddDays(-6) } };
        var asked = RuleChecks.Find("antivirus")!;

        Assert.Equal((RuleVerdict.Failed, "INS-371"), Verdict(asked(facts)));
        Assert.Equal((RuleVerdict.Failed, "INS-371"), Verdict(asked(facts with { Parameters = new Dictionary<string, string> { ["antivirus.days"] = "8" } }))); // no scheme may say so
        Assert.Equal(RuleVerdict.Passed, asked(younger).Verdict);
        Assert.Equal((RuleVerdict.Failed, "INS-371"), Verdict(asked(younger with { Parameters = new Dictionary<string, string> { ["antivirus.days"] = "5" } })));
        Assert.Equal((RuleVerdict.CouldNotRun, "INS-372"), Verdict(asked(facts with { Antivirus = Clean with { Definitions = null } })));
    }

    [Fact]
    public void Definitions_of_a_day_to_come_prove_nothing()
    {
        var asked = RuleChecks.Find("antivirus")!;

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-373"), Verdict(asked(SeenPackage.Of() with { Antivirus = Clean with { Definitions = SeenPackage.Now.AddDays(2) } })));
        Assert.Equal(RuleVerdict.Passed, asked(SeenPackage.Of() with { Antivirus = Clean with { Definitions = SeenPackage.Now.AddHours(20) } }).Verdict);
    }

    [Fact]
    public void An_infected_file_fails_and_one_that_was_not_scanned_could_not_run()
    {
        var asked = RuleChecks.Find("malware")!;
        var infected = Clean with { Infected = [new("材料/a.doc", "Win.Test")] };
        var missed = Clean with { NotScanned = [new("材料/b.mp4", "too-long")] };

        Assert.Equal((RuleVerdict.Failed, "INS-375"), Verdict(asked(SeenPackage.Of() with { Antivirus = infected })));
        Assert.Equal((RuleVerdict.CouldNotRun, "INS-376"), Verdict(asked(SeenPackage.Of() with { Antivirus = missed })));
        Assert.Equal(Retry.Never, RuleCatalogue.Find("FN.GD.SEC.MALWARE")!.Retry);
    }

    [Theory]
    [InlineData("extra-files")]
    [InlineData("read-speed")]
    [InlineData("medium-appearance")]
    [InlineData("optical-disc")]
    public void What_came_through_a_network_has_no_medium_to_look_at(string check) =>
        Assert.Equal(RuleVerdict.NotApplicable, RuleChecks.Find(check)!(SeenPackage.Of()).Verdict);

    [Fact]
    public void A_file_on_the_medium_that_belongs_to_no_package_fails()
    {
        var facts = SeenPackage.Of() with { Medium = Disc with { ExtraFiles = [".DS_Store"] } };

        Assert.Equal((RuleVerdict.Failed, "INS-380"), Verdict(RuleChecks.Find("extra-files")!(facts)));
        Assert.Equal(RuleVerdict.Passed, RuleChecks.Find("extra-files")!(facts with { Medium = Disc }).Verdict);
    }

    [Fact]
    public void A_medium_that_is_slow_or_was_not_read_does_not_pass()
    {
        var asked = RuleChecks.Find("read-speed")!;

        Assert.Equal(RuleVerdict.Passed, asked(SeenPackage.Of() with { Medium = Disc }).Verdict);
        Assert.Equal((RuleVerdict.Failed, "INS-381"), Verdict(asked(SeenPackage.Of() with { Medium = Disc with { ReadTime = TimeSpan.FromHours(1) } })));
        Assert.Equal((RuleVerdict.CouldNotRun, "INS-382"), Verdict(asked(SeenPackage.Of() with { Medium = Disc with { BytesRead = 0 } })));
    }

    [Theory]
    [InlineData("medium-appearance", "INS-385")]
    [InlineData("optical-disc", "INS-386")]
    [InlineData("storage-medium", "INS-386")]
    [InlineData("vulnerabilities", "INS-386")]
    [InlineData("storage-environment", "INS-386")]
    public void What_only_a_person_can_see_waits_for_a_form_that_is_named(string check, string code)
    {
        var answer = RuleChecks.Find(check)!(SeenPackage.Of() with { Medium = Disc });

        Assert.Equal((RuleVerdict.Manual, code), Verdict(answer));
        Assert.Equal(check, answer.Findings[0].Arguments.Single(a => a.Key == "form").Value);
    }

    [Theory]
    [InlineData("extra-files", RuleVerdict.CouldNotRun, "INS-383")]
    [InlineData("read-speed", RuleVerdict.CouldNotRun, "INS-383")]
    [InlineData("medium-appearance", RuleVerdict.Manual, "INS-385")]
    [InlineData("optical-disc", RuleVerdict.Manual, "INS-386")]
    public void A_medium_that_nobody_described_is_no_network(string check, RuleVerdict verdict, string code)
    {
        var facts = SeenPackage.Of();

        Assert.Equal((verdict, code), Verdict(RuleChecks.Find(check)!(facts with { Channel = facts.Channel with { Channel = SourceChannel.Offline, OfflineReason = "停电" } })));
    }

    [Fact]
    public void A_medium_is_read_whole_and_what_lies_beside_packages_is_named()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("盘/包一/元数据.xml", "12345");
        _ = scratch.Write("盘/包二.zip", "678");
        _ = scratch.Write("盘/.Trash/旧.txt", "9");
        _ = scratch.Write("盘/autorun.inf", "0");
        string[] packages = ["包一", "包二.zip"];

        var read = MediumReading.Read("盘-001", "flash", Path.Combine(scratch.Path, "盘"), name => packages.Contains(name.Display), TimeProvider.System, CancellationToken.None);

        Assert.Equal([".Trash/旧.txt", "autorun.inf"], read.ExtraFiles);
        Assert.Equal(("盘-001", "flash", 10L), (read.Number, read.Kind, read.BytesRead));
        Assert.True(read.ReadTime > TimeSpan.Zero);
    }

    [Fact]
    public void A_disk_is_no_disc() =>
        Assert.Equal(RuleVerdict.NotApplicable, RuleChecks.Find("optical-disc")!(SeenPackage.Of() with { Medium = Disc with { Kind = "disk" } }).Verdict);

    [Theory]
    [InlineData("macro", RuleVerdict.Failed, "INS-350")]
    [InlineData("pdf-javascript", RuleVerdict.Failed, "INS-350")]
    [InlineData("external-reference", RuleVerdict.Warning, "INS-351")]
    [InlineData("hyperlink", RuleVerdict.Passed, null)]
    public void What_acts_fails_and_what_reaches_outside_is_warned_of(string kind, RuleVerdict expected, string? code)
    {
        var acting = SeenPackage.Found(FileFamily.Pdf) with { Active = [new ActiveMark(kind, "对象 7")] };

        var answer = RuleChecks.Find("active-content")!(SeenPackage.Of(SeenPackage.Described("材料/表.pdf", acting)));

        Assert.Equal((expected, code), (answer.Verdict, answer.Findings is [var told] ? told.Code : null));
    }

    [Fact]
    public void An_archive_that_unpacks_without_measure_fails()
    {
        var bomb = SeenPackage.Zip(("零.bin", new byte[300 << 20]));

        var answer = RuleChecks.Find("archive-safety")!(SeenPackage.Of(SeenPackage.File("材料/附件.zip", bomb)));

        Assert.Equal((RuleVerdict.Failed, "INS-355"), Verdict(answer));
    }

    [Fact]
    public void A_sealed_file_is_kept_in_its_bytes_and_fails_when_they_are_not_those_recorded()
    {
        var seal = SeenPackage.Described("材料/证照.ofd", SeenPackage.Found(FileFamily.Ofd, ("signatures", 1L)));
        var broken = SeenPackage.Described("材料/证照.ofd", SeenPackage.Found(FileFamily.Ofd, ("signatures", 1L)) with { Readability = Readability.Broken });
        var asked = RuleChecks.Find("seals")!;

        Assert.Equal((RuleVerdict.Passed, "INS-365"), Verdict(asked(SeenPackage.Of(seal with { Seals = [new CheckedSeal("7 0 obj", SealMatch.Holds, "", "ETSI.CAdES.detached", "甲", true)] }))));
        Assert.Equal((RuleVerdict.Failed, "INS-366"), Verdict(asked(SeenPackage.Of(broken))));
        Assert.Equal((RuleVerdict.Failed, "INS-367"), Verdict(asked(SeenPackage.Of([Finding.Error("PKG-053", "材料/证照.ofd")], seal))));
        Assert.Equal(RuleVerdict.NotApplicable, asked(SeenPackage.Of(SeenPackage.File("材料/a.txt", "甲"))).Verdict);
    }

    private static (RuleVerdict Verdict, string Code) Verdict(RuleAnswer answer) => (answer.Verdict, Assert.Single(answer.Findings).Code);
}
