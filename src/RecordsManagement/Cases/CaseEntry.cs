using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A case as a document of the collection <c>cases</c>, whose id is its place.</summary>
/// <remarks>
/// Six members are there to be found by: <c>identity</c> (source and number), <c>told</c> (source and day of completion),
/// <c>joint</c>, <c>code</c> and <c>record</c> (the codes of an archived case), and <c>due</c>: period of completion, agency, and <c>open</c> with the day of completion or <c>shut</c> with
/// the day on which the duty ended. No deadline stands here: it follows from the policy of the day that is asked for.
/// </remarks>
internal static class CaseEntry
{
    public const string Collection = "cases";

    /// <summary>Returns beyond these change nothing any more: a document has a largest size.</summary>
    public const int MostReturns = 1000;

    public static IReadOnlyList<LookupField> Lookups { get; } =
        [new(Collection, "identity"), new(Collection, "told"), new(Collection, "joint"), new(Collection, "due"), new(Collection, "code"), new(Collection, "record")];

    public static string Identity(string source, string number) => source + "/" + number;

    public static string Told(string source, DateOnly day) => source + "|" + LegalTime.Write(day);

    /// <summary>What <c>due</c> begins with for cases of a period and agency, still open or not.</summary>
    public static string DuePrefix(string period, string agency, bool isOpen) => period + "|" + agency + (isOpen ? "|open|" : "|shut|");

    /// <summary>The day on which the duty to archive ended; null while it has not.</summary>
    public static DateOnly? EndOf(ServiceCase c) => c.ArchivedOn ?? c.RefusedOn;

    public static Document Write(ServiceCase c)
    {
        var end = EndOf(c);
        var day = c.Completed.Day;
        return new Document(new JsonMap()
            .Set("case", c.Case).Set("source", c.Source).Set("number", c.Number).Set("agency", c.Agency).Set("item", c.Item)
            .Set("completed", c.Completed.Given).Set("time", c.Completed.Moment).Set("state", Lifecycle.Of(c.State).Code).Set("since", c.Since)
            .Set("fonds", c.Fonds).Set("channel", c.Channel == SourceChannel.Offline ? "offline" : null)
            .Set("joint", c.Joint).Set("role", c.Role is null ? null : c.Role == JointRole.Lead ? "lead" : "participant")
            .Set("archived", c.Archived).Set("refused", c.RefusedOn is { } refused ? LegalTime.Write(refused) : null)
            .Set("digest", c.Digest).Set("holds", c.Holds == 0 ? null : c.Holds).Set("custody", c.Custody)
            .Set("retention", c.As?.Retention.Code).Set("code", c.As?.ReferenceCode).Set("schedule", c.As?.Schedule).Set("approval", c.As?.Approval).Set("paper", c.As?.PaperLocator).Set("record", c.As?.RecordCode)
            .Set("report", c.Report).Set("versions", c.Versions.Count == 0 ? null : c.Versions.Select(v => (object)CaseVersions.Write(v)))
            .Set("returns", c.Returns.Count == 0 ? null : c.Returns.Select(r => (object)(LegalTime.Write(r.From) + "/" + (r.Until is { } until ? LegalTime.Write(until) : ""))))
            .Set("identity", c.Number is null ? null : Identity(c.Source, c.Number)).Set("told", c.Number is null ? null : Told(c.Source, day))
            .Set("due", DuePrefix(CompletionPeriod.Of(day), c.Agency, end is null) + LegalTime.Write(end ?? day)));
    }

    public static ServiceCase Read(StoredDocument stored)
    {
        var d = stored.Document;
        return new ServiceCase(
            stored.Id, Guid.ParseExact(d.Text("case")!, "D"), d.Text("source")!, d.Text("number"), d.Text("agency")!, d.Text("item")!,
            new CompletionTime(d.Text("completed")!, TimeOf(d, "time")!.Value, false), Lifecycle.Find(d.Text("state"))!.Value, TimeOf(d, "since")!.Value)
        {
            Fonds = d.Text("fonds"),
            Channel = d.Text("channel") is null ? SourceChannel.Online : SourceChannel.Offline,
            Joint = d.Text("joint"),
            Role = d.Text("role") is { } role ? role == "lead" ? JointRole.Lead : JointRole.Participant : null,
            Archived = TimeOf(d, "archived"),
            As = RetentionPeriod.TryParse(d.Text("retention"), out var retention)
                ? new ArchivedAs(retention, d.Text("code")!, d.Text("schedule")!, d.Text("approval"), d.Text("paper")) { RecordCode = d.Text("record") }
                : null,
            RefusedOn = LegalTime.TryRead(d.Text("refused"), out var refused) ? refused : null,
            Digest = Words.Digest.TryParse(d.Text("digest"), out var digest) ? digest : null,
            Holds = (int)(d.Number("holds") ?? 0),
            Custody = d.Text("custody"),
            Returns = [.. d.List("returns").Select(SpanOf)],
            Report = d.Text("report"),
            Versions = [.. d.List("versions").Select(CaseVersions.Read).OfType<CaseVersion>()],
        };
    }

    private static ReturnSpan SpanOf(string text)
    {
        var parts = text.Split('/');
        _ = LegalTime.TryRead(parts[0], out var from);
        return new ReturnSpan(from, LegalTime.TryRead(parts[1], out var until) ? until : null);
    }

    private static DateTimeOffset? TimeOf(Document document, string name) =>
        document.Text(name) is { } text && StoreTime.TryRead(text, out var time) ? time : null;
}
