using Lantai.ArchivalStorage;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Tests.Ingest.Door;

/// <summary>Whoever brings a package to the door is not its reviewer.</summary>
public sealed class FourEyesTests : IDisposable
{
    private const string Appearance = "FN.GD.SEC.MEDIUM-APPEARANCE";

    private static readonly Actor Reviewer = new("os:li", "lantai test");

    private readonly DoorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_a_reviewer_decided_lets_in_what_another_brings_and_not_what_he_brings_himself()
    {
        var request = OnMedium(_place.Write(DoorPlace.Case(1)));
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(request);
        Assert.Equal([Appearance], waiting.Open.Select(r => r.Rule.Id));
        var decision = new ItemDecision(waiting.Report!.Subject.Digest!, Appearance, RuleVerdict.Passed, "外观完好");
        Assert.Equal("FN-014", Assert.Single(_place.Repository.Inspections.Decide(decision, DoorPlace.Clerk).Findings).Code);
        Assert.False(_place.Repository.Inspections.Decide(decision, Reviewer).IsRefused);

        var own = Assert.Single(await _place.Repository.Door.AdmitAsync([request], _place.Means(), isDry: false, Reviewer, TestContext.Current.CancellationToken));

        Assert.Contains("FN-014", Assert.IsType<DoorOutcome.Waiting>(own).Findings.Select(f => f.Code));
        Assert.Empty(own.Report!.Reviewers);
        Assert.Contains("FN-014", _place.Repository.Inspections.Decide(decision, DoorPlace.Clerk).Findings.Select(f => f.Code)); // he ran it before another did
        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(request);
        Assert.Equal((DoorPlace.Clerk.AccountName, "os:li"), (archived.Report!.Operator, Assert.Single(archived.Report.Reviewers)));
    }

    private static DoorRequest OnMedium(string path)
    {
        var request = DoorPlace.Request(path);
        return request with
        {
            Submitted = request.Submitted with
            {
                Channel = request.Submitted.Channel with { Channel = SourceChannel.Offline, OfflineReason = "停电" },
                Medium = new MediumFacts("YP-1", "flash", [], 100 << 20, TimeSpan.FromSeconds(10)),
            },
        };
    }
}
