using Lantai.ArchivalStorage;
using Lantai.Cli.Demo.Day;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Ingest.Door;

/// <summary>What tests of the waiting room have in common: a case that a person must look at, and what is left of it.</summary>
internal static class WaitingPlace
{
    public static Actor Reviewer { get; } = new("os:reviewer", "lantai test");

    /// <summary>A case with a word that may tell of a secret: a person decides.</summary>
    public static DayCase Doubtful(int serial, string more = "") => DoorPlace.Case(serial).Add(MaterialKind.Process, "说明.txt", System.Text.Encoding.UTF8.GetBytes("本件为机密级" + more));

    /// <summary>What the reviewer decides of it.</summary>
    public static void Decide(InspectionDesk desk, DoorOutcome outcome, RuleVerdict verdict = RuleVerdict.Passed)
    {
        var decided = desk.Decide(new ItemDecision(outcome.Report!.Subject.Digest!, "ZW.SECRETS", verdict, "已核对"), Reviewer);
        Assert.False(decided.IsRefused, string.Join("; ", decided.Findings));
    }

    public static Task<WaitingRun> ResumeAsync(this DoorPlace place, DoorMeans? means = null) =>
        place.Repository.Door.AdmitWaitingAsync(means ?? place.Means(), Reviewer, TestContext.Current.CancellationToken);

    /// <summary>What is written down of packages that waited: cause and digest, in order.</summary>
    public static IReadOnlyList<(string Cause, string? Package)> Ended(Vault vault) =>
    [
        .. vault.ReadEvents(0).Where(e => e.Leaf.Type == WaitingEvents.Destroyed).SelectMany(e => e.Detail!.Body.List("packages")!).Cast<JsonMap>()
            .Select(p => (p.Text("cause")!, p.Text("package"))),
    ];

    public static string Named(Digest package) => "sha256:" + package;

    public static IReadOnlyList<string> Files(DoorPlace place) =>
        Directory.Exists(Path.Combine(place.Store, "waiting")) ? [.. Directory.EnumerateFiles(Path.Combine(place.Store, "waiting"))] : [];
}
