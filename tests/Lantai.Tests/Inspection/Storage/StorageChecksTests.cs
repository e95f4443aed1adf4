using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Storage;

/// <summary>Each check of storage answers from what was observed alone: every state, every risk, and what is not known.</summary>
public sealed class StorageChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Digest Some = Digest.Of("内容"u8);

    [Theory]
    [InlineData("storage-linkage")]
    [InlineData("aip-unchanged")]
    [InlineData("aip-metadata")]
    [InlineData("aip-content")]
    [InlineData("environment-suitable")]
    public void Without_a_store_that_was_asked_it_could_not_run(string check)
    {
        var answer = RuleChecks.Find(check)!(Facts() with { Storage = null });

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-500"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Theory]
    [InlineData(FixityState.Verified, null)]
    [InlineData(FixityState.Changed, "INS-510")]
    [InlineData(FixityState.Missing, "INS-511")]
    [InlineData(FixityState.Unreadable, "INS-512")]
    [InlineData(FixityState.NotChecked, "INS-515")]
    [InlineData(FixityState.Deferred, "INS-515")]
    public void Each_of_the_six_states_of_fixity_has_an_answer_of_its_own(FixityState state, string? code)
    {
        var answer = Ask("aip-unchanged", s => s with { Pieces = [Piece(state)] });

        Assert.Equal(state switch { FixityState.Verified => RuleVerdict.Passed, FixityState.NotChecked or FixityState.Deferred => RuleVerdict.CouldNotRun, _ => RuleVerdict.Failed }, answer.Verdict);
        Assert.Equal(code, answer.Findings.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Names_or_contents_that_are_not_those_of_the_ingest_are_a_change()
    {
        var answer = Ask("aip-unchanged", s => s with { ContentAtIngest = Some, ContentNow = Digest.Of("别的"u8) });

        Assert.Equal("INS-513", Assert.Single(answer.Findings).Code);
    }

    [Fact]
    public void A_damaged_event_of_the_ingest_is_told()
    {
        var answer = Ask("aip-unchanged", s => s with { EventFindings = [Finding.Error("EVT-003", "ledger/7")] });

        var finding = Assert.Single(answer.Findings);
        Assert.Equal("INS-514", finding.Code);
        Assert.Contains(finding.Arguments, a => a is { Key: "at", Value: "ledger/7" });
    }

    [Fact]
    public void A_manifest_that_does_not_add_up_and_a_content_that_is_gone_are_told_apart()
    {
        var answer = Ask("aip-content", s => s with { Pieces = [Piece(FixityState.Missing)], ManifestDifferences = [new Difference("files", "3", "2")] });

        Assert.Equal(["INS-530", "INS-532"], answer.Findings.Select(f => f.Code));
    }

    [Fact]
    public void A_content_that_changed_is_not_missing() =>
        Assert.Equal(RuleVerdict.Passed, Ask("aip-content", s => s with { Pieces = [Piece(FixityState.Changed)] }).Verdict);

    [Fact]
    public void What_the_way_in_does_not_demand_is_shown_and_does_not_weigh()
    {
        var answer = Ask("aip-metadata", s => s with { Members = [new PreservationMember("retention", false, false, ""), new PreservationMember("manifest", true, true, "abc")] });

        Assert.Equal((RuleVerdict.Passed, "INS-521"), (answer.Verdict, Assert.Single(answer.Findings).Code));
        Assert.Contains(answer.Evidence, e => e is { Key: "manifest", Value: "abc" });
    }

    [Theory]
    [InlineData(FormatVerdict.Archival, RuleVerdict.Passed, null)]
    [InlineData(FormatVerdict.Accepted, RuleVerdict.Warning, "INS-540")]
    [InlineData(FormatVerdict.Forbidden, RuleVerdict.Failed, "INS-541")]
    [InlineData(FormatVerdict.Review, RuleVerdict.Warning, "INS-542")]
    public void A_format_is_fit_at_risk_or_given_up_and_told_once(FormatVerdict said, RuleVerdict verdict, string? code)
    {
        var answer = RuleChecks.Find("format-longevity")!(Facts(File("一.bin", said), File("二.bin", said)));

        Assert.Equal((verdict, code), (answer.Verdict, answer.Findings.SingleOrDefault()?.Code));
    }

    [Fact]
    public void A_format_that_is_known_better_today_is_remarked()
    {
        var facts = Facts(File("一.bin", FormatVerdict.Archival));
        var answer = RuleChecks.Find("format-longevity")!(facts with { Storage = facts.Storage! with { FormatsAtIngest = new Dictionary<string, string> { ["一.bin"] = "fmt/1" } } });

        Assert.Equal((RuleVerdict.Passed, "INS-543"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Theory]
    [InlineData("format-longevity")]
    [InlineData("environment-suitable")]
    public void Files_that_nobody_looked_into_say_nothing_of_their_formats(string check)
    {
        var answer = RuleChecks.Find(check)!(Facts(new InspectedFile("一.bin", 3, Some, null)));

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-544"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_format_without_a_reader_here_is_named_and_a_broken_file_is_not()
    {
        var unread = File("一.bin", FormatVerdict.Archival, Readability.NotCheckable, Finding.Information("FMT-041", "一.bin", ("why", "no-reader")));
        var answer = RuleChecks.Find("environment-suitable")!(Facts(unread, File("二.bin", FormatVerdict.Archival, Readability.Broken), File("三.bin", FormatVerdict.Archival)));

        var finding = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Warning, "INS-545", "一.bin"), (answer.Verdict, finding.Code, finding.Subject));
    }

    [Fact]
    public void A_restore_drill_is_for_a_person()
    {
        var answer = RuleChecks.Find("backups")!(Facts());

        Assert.Equal((RuleVerdict.Manual, "INS-550"), (answer.Verdict, Assert.Single(answer.Findings).Code));
        Assert.Equal((RuleManner.Manual, true), (RuleCatalogue.Find("FN.BC.USE.BACKUPS")!.Manner, RuleCatalogue.Find("FN.BC.USE.BACKUPS")!.IsOfStore));
    }

    private static RuleAnswer Ask(string check, Func<StorageFacts, StorageFacts> with)
    {
        var facts = Facts();
        return RuleChecks.Find(check)!(facts with { Storage = with(facts.Storage!) });
    }

    private static StoredPiece Piece(FixityState state) =>
        new("1", StoredPieceKind.Content, "结果/许可证.txt", Some, "packs/a", null, state, state == FixityState.Verified ? null : Finding.Error("FRM-007", "packs/a"));

    private static InspectedFile File(string path, FormatVerdict verdict, Readability readability = Readability.Readable, params IReadOnlyList<Finding> findings)
    {
        var format = new FileFormat("fmt/999", "某格式", null, null, [], [], FormatClass.Other);
        var identification = new FormatIdentification(new FormatCandidate(format, IdentificationBasis.Signature), [], false, false);
        var examination = new FileExamination(FileFamily.Other, readability, [], [], new Dictionary<string, object>(), findings);
        return new InspectedFile(path, 3, Some, new FileCharacter(identification, examination, new PolicyVerdict(verdict, ["convertible"], [], "甲", "1", "某")));
    }

    private static InspectionFacts Facts(params IReadOnlyList<InspectedFile> files) => new()
    {
        Point = RunPoint.Storage,
        Now = Now,
        Package = new InspectedPackage { Name = "办件", Profile = "", Confidence = ReadingConfidence.Low, Findings = [], Files = files },
        Channel = new ChannelFacts("yz-cases", SourceChannel.Online),
        Storage = new StorageFacts(Guid.NewGuid(), 1, Now, Some) { Copies = ["1"] },
    };
}
