using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.Inspection.Storage;

/// <summary>A part of a run in storage as an event holds it: what was asked, and what each package came to. The signed reports of those that failed are events of their own.</summary>
/// <remarks>spec/formats/inspection-storage.md. A run has a part for every <see cref="StorageInspection.PartLength"/> packages, so that what was done is not lost when it is cut off.</remarks>
internal static class StorageRunBody
{
    /// <summary>The event of a part.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scheme">The scheme for packages of every category.</param>
    /// <param name="results">What each package of the part came to.</param>
    /// <param name="chosen">How many packages the run has in all.</param>
    /// <param name="left">How many are not inspected yet.</param>
    public static EventDraft Write(
        StorageRun run, InspectionScheme scheme, IReadOnlyList<StorageResult> results, long chosen, long left)
    {
        var body = new JsonMap()
            .Set("run", run.Id).Set("started", run.Started).Set("until", run.Until).Set("chosen", chosen).Set("left", left)
            .Set("scheme", scheme.Name).Set("schemeVersion", scheme.Version).Set("point", InspectionCodes.Of(RunPoint.Storage)).Set("selection", Write(run.Selection))
            .Set("results", results.Select(r => (object)Write(r, $"{scheme.Name}/{scheme.Version}")));
        return new EventDraft(InspectionEvents.StorageRun, run.Id.ToString("D", CultureInfo.InvariantCulture))
        {
            Outcome = results.Any(r => r.Outcome == InspectionOutcome.Failed) ? "findings" : "success",
            Counts = new Dictionary<string, long>
            {
                ["packages"] = results.Count,
                ["passed"] = results.LongCount(r => r.Outcome == InspectionOutcome.Passed),
                ["waiting"] = results.LongCount(r => r.Outcome == InspectionOutcome.Waiting),
                ["failed"] = results.LongCount(r => r.Outcome == InspectionOutcome.Failed),
            },
            Body = body,
            Group = InspectionDesk.RunGroup,
        };
    }

    /// <summary>The run of a part; null when the body has not the form.</summary>
    public static StorageRun? ReadRun(JsonMap body) =>
        body.Id("run") is { } id && body.Time("started") is { } started && body.Number("until") is { } until && body.Map("selection") is { } selection
            ? new StorageRun(id, started, until, ReadSelection(selection))
            : null;

    /// <summary>What each package of a part came to; what has not the form is left out.</summary>
    public static IEnumerable<StorageResult> ReadResults(JsonMap body) => (body.List("results") ?? []).OfType<JsonMap>()
        .Where(r => r.Id("aip") is not null && r.Number("version") is not null && r.Text("number") is not null)
        .Select(r => new StorageResult(r.Id("aip")!.Value, r.Number("version")!.Value, r.Text("number")!, OutcomeOf(r.Text("outcome")), Texts(r, "red"), Texts(r, "open")));

    /// <summary>A selection as one map.</summary>
    public static JsonMap Write(StorageSelection selection) => new JsonMap()
        .Set("aips", selection.Aips.Count == 0 ? null : selection.Aips.Select(a => (object)a.ToString("D")))
        .Set("olderThanDays", selection.OlderThanDays is { } days ? (long)days : null)
        .Set("sampleCount", selection.Sample?.Count)
        .Set("sampleShare", selection.Sample?.Share?.ToString("R", CultureInfo.InvariantCulture))
        .Set("seed", selection.Sample?.Seed);

    private static StorageSelection ReadSelection(JsonMap map) => new()
    {
        Aips = [.. (map.List("aips") ?? []).OfType<string>().Select(a => Guid.TryParseExact(a, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)],
        OlderThanDays = map.Number("olderThanDays") is { } days ? (int)days : null,
        Sample = map.Text("seed") is { } seed
            ? new StorageSample(
                map.Number("sampleCount"), double.TryParse(map.Text("sampleShare"), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : null, seed)
            : null,
    };

    /// <summary>What a package came to; its scheme only where that of its category took the place of the run's.</summary>
    private static JsonMap Write(StorageResult result, string scheme) => new JsonMap()
        .Set("scheme", result.Scheme == scheme ? null : result.Scheme)
        .Set("aip", result.Aip).Set("version", result.Version).Set("number", result.Number).Set("outcome", InspectionCodes.Of(result.Outcome))
        .Set("red", result.Red.Count == 0 ? null : result.Red.Select(r => (object)r))
        .Set("open", result.Open.Count == 0 ? null : result.Open.Select(r => (object)r));

    private static InspectionOutcome OutcomeOf(string? word) => Enum.GetValues<InspectionOutcome>().FirstOrDefault(o => InspectionCodes.Of(o) == word, InspectionOutcome.Failed);

    private static IReadOnlyList<string> Texts(JsonMap map, string name) => [.. (map.List(name) ?? []).OfType<string>()];
}
