using Lantai.Adapters.Clamav;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Demo.Day;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.Adapters;
using Lantai.Tests.Corpora;
using Lantai.Tests.House;
using Lantai.Tests.Inspection.Red;
using Lantai.Tests.InformationPackages;
using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.Inspection;

/// <summary>R5-4: whoever has the kit learns of every sample what the archive's door would do with it, and then does.</summary>
[Trait("Length", "medium")]
public sealed class KitAtDoorTests(Clamd clamd) : IClassFixture<Clamd>
{
    public enum Engine
    {
        /// <summary>None, though the scheme asks for one: its rules could not run.</summary>
        Missing,

        /// <summary>None, by a named person's decision.</summary>
        LeftOut,

        /// <summary>A real one.</summary>
        Real,
    }

    [Theory]
    [InlineData(Engine.Missing)]
    [InlineData(Engine.LeftOut)]
    [InlineData(Engine.Real)]
    public async Task Kit_and_door_say_the_same_of_the_packages_of_the_demonstrations_day(Engine engine)
    {
        using var both = Open(engine, EnterDay);
        var packages = DayPackages.Write(both.Packages, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        var seen = new Dictionary<string, string>();

        foreach (var (name, package) in packages)
        {
            var source = package.Number.StartsWith("SP", StringComparison.Ordinal) ? DayAgency.Approval.Source : DayAgency.Market.Source;
            seen[name] = DoorWords.Of(await both.CompareAsync(source, Path.Combine(both.Packages, package.File)));
        }

        seen["again"] = DoorWords.Of(await both.CompareAsync(DayAgency.Approval.Source, Path.Combine(both.Packages, packages["good"].File)));
        Assert.Empty(both.Differences);
        string[] expected = engine == Engine.Missing
            ? ["good:waiting", "incomplete:returned", "encrypted:returned", "secret:secret"]
            : ["good:archived", "again:held", "late:archived", "incomplete:returned", "encrypted:returned", "secret:secret", "lead:archived", "supplement:refused", engine == Engine.Real ? "infected:returned" : "infected:archived"];
        Assert.Empty(expected.Except(seen.Select(s => $"{s.Key}:{s.Value}")));
    }

    [Theory]
    [InlineData(Engine.Missing)]
    [InlineData(Engine.LeftOut)]
    [InlineData(Engine.Real)]
    public async Task Kit_and_door_say_the_same_of_every_sample_of_the_profiles_also_where_the_registers_speak_against_it(Engine engine)
    {
        using var both = Open(engine, SampleOffice.Enter);
        List<string> samples = [.. from profile in (string[])["gbt42727", "dat85", "dat93", "eep"] from kind in (string[])["good", "bad"]
                                   from path in Directory.GetFileSystemEntries(Path.Combine(Tree.Root, "spec/vectors/packages", profile, kind)) orderby path select path];

        var quiet = await EachAsync(both, SampleOffice.Source, samples);
        if (engine == Engine.LeftOut)
        {
            _ = await EachAsync(both, SampleOffice.OtherSource, samples);
            SampleOffice.Tighten(both.Repository.Records);
            _ = await EachAsync(both, SampleOffice.Source, samples);
            Assert.False(both.Repository.Records.Sources.ChangeState(SampleOffice.Source, SourceState.Disabled, "不再使用", TestOffice.Clerk).IsRefused);
            Assert.NotEqual(quiet, await EachAsync(both, SampleOffice.Source, samples));
        }

        Assert.Empty(both.Differences);
        Assert.True(samples.Count > 60, $"{samples.Count} samples");
        Assert.Equal(engine != Engine.Missing, quiet.Contains("archived"));
    }

    [Theory]
    [InlineData(Engine.LeftOut)]
    [InlineData(Engine.Real)]
    public async Task Of_the_packages_of_the_red_table_they_differ_in_the_rules_that_ask_how_a_package_comes_and_in_no_others(Engine engine)
    {
        using var both = Open(engine, EnterClean);
        List<(string Name, Func<RedSample> Make)> samples = [.. CleanCases.All.Select(n => (n, (Func<RedSample>)(() => CleanCases.Of(n)))), .. RedMutations.ByName.Select(m => (m.Key, (Func<RedSample>)m.Value.Make))];
        samples.Add(("a medium that nobody described", () => RedMutations.ByName["sealed-and-changed"].Make() with { Channel = CleanCases.Of("on-a-medium").Channel, Medium = null }));
        var seen = new HashSet<Lantai.Words.Digest>();
        foreach (var (name, make) in samples)
        {
            var sample = make();
            var container = RedReading.Packed(sample);
            if (sample.Point == RunPoint.Storage || !seen.Add(Lantai.Words.Digest.Of([.. container, .. System.Text.Encoding.UTF8.GetBytes($"{sample.Channel} {sample.Medium}")])))
            {
                continue; // what lies in a store has passed the door: of these there is the package that was brought
            }

            var path = Path.Combine(Directory.CreateDirectory(Path.Combine(both.Packages, name)).FullName, sample.Name + ".zip");
            await File.WriteAllBytesAsync(path, container, TestContext.Current.CancellationToken);
            var request = both.Request(CleanCases.Source, path);
            var (channel, since) = (RedReading.ChannelOf(sample, container), both.Now - sample.Now);
            channel = channel with { Sent = channel.Sent + since, Received = channel.Received + since };
            _ = await both.CompareAsync(request with { Submitted = request.Submitted with { Channel = channel, Medium = sample.Medium } });
        }

        Assert.Empty(both.Differences);
        Assert.Equal(OfflineRow.All.SelectMany(r => r.Door.Select(d => (r.Rule, r.Kit, d))).Order(), both.Apart.Order());
    }

    [Theory]
    [InlineData("eark-packages")]
    [InlineData("hostile-archives")]
    [InlineData("bagit-conformance")]
    public async Task Kit_and_door_say_the_same_of_what_is_no_package_of_a_case(string suite)
    {
        await using var corpus = await Corpus.OpenAsync(suite);
        using var both = Open(Engine.LeftOut, SampleOffice.Enter);

        var words = await EachAsync(both, SampleOffice.Source, [.. corpus.Cases.Select(corpus.PathOf)]);

        Assert.Empty(both.Differences);
        Assert.Equal(["returned"], words.Distinct());
    }

    [Fact]
    public void What_a_kit_cannot_know_it_never_calls_passed()
    {
        Assert.All(OfflineRow.All, r => Assert.True(r.Kit is RuleVerdict.NotApplicable or RuleVerdict.CouldNotRun && r.Because.Length > 20, r.Rule));
        Assert.All(OfflineRow.All, r => Assert.Equal(InspectionStage.Archiving, RuleCatalogue.Find(r.Rule)!.Stage));
        var page = Tree.Read("spec/check-before-sending.md");
        Assert.All(OfflineRow.All, r => Assert.Contains(r.Rule, page, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> EachAsync(KitAndDoor both, string source, IReadOnlyList<string> samples)
    {
        var words = new List<string>();
        foreach (var path in samples)
        {
            words.Add(DoorWords.Of(await both.CompareAsync(source, path)));
        }

        return words;
    }

    private KitAndDoor Open(Engine engine, Action<RecordsOffice> enter)
    {
        Assert.SkipWhen(engine == Engine.Real && clamd.Program is null, "clamd is not installed.");
        ClamdAddress? address = null;
        Assert.True(engine != Engine.Real || ClamdAddress.TryParse(clamd.Socket, out address));
        return new KitAndDoor(enter, engine == Engine.Real ? new ClamavAntivirus(address!, new ClamavLimits(), TimeProvider.System, TimeProvider.System.GetUtcNow().AddDays(-1)) : null, engine == Engine.LeftOut);
    }

    private static void EnterDay(RecordsOffice office)
    {
        Lantai.Tests.Ingest.Door.DoorPlace.Enter(office);
        var agency = DayAgency.Market;
        Done(office.Organisations.Enter(agency.Code, OrganisationType.Agency, "990100", agency.Name, TestOffice.Clerk));
        Done(office.Fonds.Enter(new(agency.Fonds, agency.Code, null, agency.Name + "全宗"), TestOffice.Clerk));
        Done(office.Sources.Enter(new SourceSystem(agency.Source, agency.Code, SourceChannel.Online, null, [], null), null, TestOffice.Clerk));
        Done(office.Items.Enter([new ServiceItem(agency.Item, "1", agency.ItemName, agency.ItemType, agency.Code) { Steps = ["1", "2", "3", "4"] }], TestOffice.Clerk));
        _ = office.Approved(agency.Code, "2024-1", SampleSchedule.Item(agency.Item, "D30"), new DateOnly(2024, 1, 1));
    }

    private static void EnterClean(RecordsOffice office)
    {
        _ = InventedOffice.Enter(office);
        Done(office.Sources.Enter(new SourceSystem(CleanCases.Source, CleanCases.Agency.SocialCode, SourceChannel.Online, null, [], null), null, TestOffice.Clerk));
    }

    private static void Done(DecisionOutcome outcome) => Assert.False(outcome.IsRefused, string.Join("; ", outcome.Findings));
}
