using System.Globalization;
using System.Text;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>An inspection that was run, as the store remembers it.</summary>
/// <param name="Sequence">The event that recorded it.</param>
/// <param name="Place">Its place among the runs of the event, from 0.</param>
/// <param name="Number">The report's number.</param>
/// <param name="Point">The run point.</param>
/// <param name="Scheme">Name and version of the scheme, as <c>name/version</c>.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Started">When it began.</param>
/// <param name="Operator">Who ran it.</param>
/// <param name="Xml">SHA-256 of the report's XML: by this name a store holds it when it is a file of an AIP.</param>
/// <remarks>Immutable. spec/formats/inspection-events.md.</remarks>
public sealed record RecordedRun(
    long Sequence, int Place, string Number, RunPoint Point, string Scheme, InspectionOutcome Outcome, DateTimeOffset Started, string Operator, Digest Xml)
{
    /// <summary>Digest of the package, with the algorithm in front; null when it could not be computed.</summary>
    public string? Package { get; init; }

    /// <summary>The source system.</summary>
    public string Source { get; init; } = "";

    /// <summary>The business serial number; null when the report names none.</summary>
    public string? Case { get; init; }

    /// <summary>The AIP that it admitted or looked at; null for none.</summary>
    public Guid? Aip { get; init; }

    /// <summary>Source and number of a case as one text, by which its runs are found.</summary>
    internal static string CaseKey(string source, string number) => string.Create(CultureInfo.InvariantCulture, $"{source.Length}:{source}{number}");

    /// <summary>What the detail of an event holds of a run.</summary>
    internal static JsonMap Write(RunEntry entry)
    {
        var report = entry.Report;
        var (run, subject) = (report.Report, report.Report.Subject);
        return new JsonMap()
            .Set("number", run.Number).Set("id", run.Id).Set("point", InspectionCodes.Of(run.Point)).Set("scheme", $"{run.Scheme.Name}/{run.Scheme.Version}")
            .Set("outcome", InspectionCodes.Of(run.Outcome)).Set("started", run.Started).Set("operator", run.Operator).Set("package", subject.Digest)
            .Set("source", subject.Source).Set("case", subject.Case).Set("aip", entry.Aip).Set("sha256", report.Seal.Sha256).Set("sm3", report.Seal.Sm3.ToString())
            .Set("note", Encoding.UTF8.GetString(report.Note)).Set("report", entry.IsKeptInAip ? null : Encoding.UTF8.GetString(report.Xml))
            .Set("findings", entry.Reasons.Count == 0 ? null : EventDetail.Write(entry.Reasons));
    }

    /// <summary>The document of a run in the view; null when the entry has not the form.</summary>
    internal static Document? Describe(JsonMap run, long sequence, int place)
    {
        if (run.Text("number") is not { Length: > 0 } number || run.Text("point") is not { } point || run.Text("scheme") is not { } scheme
            || run.Text("outcome") is not { } outcome || run.Time("started") is not { } started || run.Text("operator") is not { } operatorName || run.Digest("sha256") is not { } xml)
        {
            return null;
        }

        var source = run.Text("source") ?? "";
        return Entry.Fit(new JsonMap()
            .Set("sequence", sequence).Set("place", place).Set("number", number).Set("point", point).Set("scheme", scheme).Set("outcome", outcome).Set("started", started)
            .Set("operator", operatorName).Set("sha256", xml).Set("package", run.Text("package")).Set("source", source).Set("case", run.Text("case"))
            .Set("caseKey", run.Text("case") is { } c ? CaseKey(source, c) : null).Set("aip", run.Id("aip")));
    }

    /// <summary>Reads a document of the view; null when this program cannot follow it.</summary>
    internal static RecordedRun? Read(Document document) =>
        InspectionCodes.Point(document.Text("point") ?? "") is { } point && InspectionCodes.Outcome(document.Text("outcome") ?? "") is { } outcome
        && StoreTime.TryRead(document.Text("started") ?? "", out var started)
            ? new RecordedRun(
                document.Number("sequence")!.Value, (int)document.Number("place")!.Value, document.Text("number")!, point, document.Text("scheme")!, outcome, started,
                document.Text("operator")!, Digest.Parse(document.Text("sha256")!))
            {
                Package = document.Text("package"),
                Source = document.Text("source") ?? "",
                Case = document.Text("case"),
                Aip = Guid.TryParseExact(document.Text("aip"), "D", out var aip) ? aip : null,
            }
            : null;
}
