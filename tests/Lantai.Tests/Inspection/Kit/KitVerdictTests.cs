using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Containers;
using Lantai.Evidence;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.House;
using Lantai.Tests.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>R5-4: whoever inspects a package by the kit gets the verdict that the archive gives on the same package.</summary>
public sealed class KitVerdictTests : IDisposable
{
    private static readonly CharacterizationPlan Looks = new(FormatRegistry.BuiltIn, CharacterizationDepth.Full);

    private readonly TestOffice _test = new TestOffice(syncs: false).WithSamples();
    private readonly NoteSigner _signer = NoteSigner.Generate("lantai/test");

    public static TheoryData<string, string> Profiles => new(from profile in (string[])["gbt42727", "dat85", "dat93", "eep"] from kind in (string[])["good", "bad"] select (profile, kind));

    public void Dispose()
    {
        _signer.Dispose();
        _test.Dispose();
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Kit_and_archive_say_the_same_of_every_sample(string profile, string kind) => Compare(profile, kind);

    [Theory]
    [InlineData("gbt42727")]
    [InlineData("dat85")]
    public void Kit_and_archive_say_the_same_where_the_registers_speak_against_the_package(string profile)
    {
        _ = _test.WithTrouble();

        Compare(profile, "good");
        Compare(profile, "bad");
    }

    [Fact]
    public void The_registers_are_heard_in_this_test()
    {
        var quiet = Ask(SampleOffice.Source, "gbt42727/good/plain");
        _ = _test.WithTrouble();
        var loud = Ask(SampleOffice.Source, "gbt42727/good/plain");

        Assert.Equal((0, 0, 0), (quiet.Source!.Count, quiet.Schedule!.Findings.Count, quiet.Collisions.Count));
        Assert.Equal(["SCH-042"], loud.Schedule!.Findings.Select(f => f.Code));
        Assert.Equal(["project_id"], loud.Collisions.Select(c => c.Key));
        Assert.Equal(["electronic_record_code"], Ask(SampleOffice.Source, "gbt42727/good/licences").Collisions.Select(c => c.Key));
        Assert.Equal(["SRC-002"], Ask(SampleOffice.Source, "gbt42727/good/legal-person-project").Source!.Select(f => f.Code));
    }

    [Fact]
    public void What_a_kit_was_not_told_since_it_was_taken_makes_the_two_differ()
    {
        var kit = _test.KitOf(SampleOffice.Source, _signer);
        Assert.False(_test.Office.Sources.ChangeState(SampleOffice.Source, SourceState.Disabled, "不再使用", TestOffice.Clerk).IsRefused);
        var package = Package("gbt42727/good/plain");

        Assert.NotEqual(Shown(Inspect(new ArchivingTerms(_test.Views), SampleOffice.Source, package)), Shown(Inspect(kit.Terms, SampleOffice.Source, package)));
    }

    private void Compare(string profile, string kind)
    {
        foreach (var source in (string[])[SampleOffice.Source, SampleOffice.OtherSource])
        {
            var kit = _test.KitOf(source, _signer);
            foreach (var path in Directory.GetFileSystemEntries(Path.Combine(Tree.Root, "spec/vectors/packages", profile, kind)).Order(StringComparer.Ordinal))
            {
                var package = new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default);
                var (archive, offline) = (Inspect(new ArchivingTerms(_test.Views), source, package), Inspect(kit.Terms, source, package, kit.Header.Scheme));

                Assert.Equal(archive.Report.Outcome, offline.Report.Outcome);
                Assert.Equal(Shown(archive), Shown(offline));
            }
        }
    }

    private InspectedSubmission Inspect(IArchivingTerms terms, string source, SubmissionSource package, InspectionScheme? scheme = null)
    {
        var plan = new InspectionPlan(RunPoint.AgencyArchiving, scheme ?? SchemeCatalogue.Of(RunPoint.AgencyArchiving), Looks, new EvidenceQuestion { Anchors = [], Now = _test.Time.GetUtcNow() }) { Terms = terms };
        return new CaseInspection(plan, _test.Time).Inspect(new SubmittedPackage(package, new ChannelFacts(source, SourceChannel.Online) { IsAuthenticated = true }), "os:vendor", CancellationToken.None);
    }

    private TermsFacts Ask(string source, string sample) => Inspect(new ArchivingTerms(_test.Views), source, Package(sample)).Facts!.Terms!;

    private static SubmissionSource Package(string sample) => new(Path.Combine(Tree.Root, "spec/vectors/packages", sample), SubmissionForm.Auto, ContainerLimits.Default);

    /// <summary>Everything that was said: each rule with its findings, and what the registers answered.</summary>
    private static string Shown(InspectedSubmission seen) => string.Join('\n', [
        .. seen.Report.Results.Select(r => $"{r.Rule.Id} {r.Weight} {r.Verdict} {Shown(r.Answer.Findings, seen.Report.Subject.Source)}"),
        .. seen.Facts?.Terms is { } terms ? Shown(terms) : ["no terms"],
    ]);

    private static string[] Shown(TermsFacts t) =>
    [
        $"day {t.Day} deadline {t.Deadline}",
        $"source {Shown(t.Source)}",
        $"item {t.Item?.Code} {t.Item?.Version} {t.Item?.Name}",
        $"notice {t.Notice?.Place} {t.Notice?.State} {t.Notice?.Item} {t.Notice?.Completed.Given} {t.Notice?.Digest} {t.Notice?.As?.ReferenceCode}",
        $"schedule {t.Schedule?.Version?.Id} {t.Schedule?.Row} {Shown(t.Schedule?.Findings)}",
        $"scope {string.Join(' ', t.Scope)}",
        $"code {Shown(t.ReferenceCode)}",
        $"collisions {string.Join(' ', t.Collisions.Select(c => c.Key))}", // a kit does not name the case of another source
        $"joint {string.Join(' ', t.Joint.Select(p => p.Place + "/" + p.Agency))}",
        $"accession {Shown(t.Accession)}",
    ];

    private static string Shown(IReadOnlyList<Finding>? findings, string source = "") => findings is null ? "not asked"
        : string.Join("; ", findings.Select(f => $"{f.Code} {f.Severity} {f.Subject} {string.Join(' ', f.Arguments.Select(a => $"{a.Key}={(IsOfAnother(a.Value, source) ? HeldInKit.AnotherSource : a.Value)}"))}"));

    /// <summary>Whether a text names a case of another source, which the archive does and a kit does not.</summary>
    private static bool IsOfAnother(string text, string source) => text is SampleOffice.OtherHolder or SampleOffice.Holder && !text.StartsWith(source + "/", StringComparison.Ordinal);
}
