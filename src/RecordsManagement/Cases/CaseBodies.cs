using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A case that an event tells of for the first time.</summary>
/// <param name="Case">Its random id.</param>
/// <param name="Notice">What the source system said.</param>
/// <param name="Takes">Place of the part that a lead had declared and that this notice takes over; null for none.</param>
internal sealed record ToldCase(Guid Case, CaseNotice Notice, long? Takes);

/// <summary>A part of a joint case that its lead declares and whose agency has told nothing yet.</summary>
/// <param name="Case">Its random id.</param>
/// <param name="Lead">Index of the lead's notice in the event.</param>
/// <param name="Agency">Code of the agency.</param>
/// <param name="Item">Code of its item; the lead's own when none was said.</param>
internal sealed record DeclaredPart(Guid Case, int Lead, string Agency, string Item);

/// <summary>One case that moves along an arrow.</summary>
/// <param name="Place">Place of the case.</param>
/// <param name="From">Where it stood.</param>
/// <param name="Before">Digest of its content before; null when none was known.</param>
/// <param name="After">Digest of its content after; null when there is none.</param>
internal sealed record MovedCase(long Place, CaseState From, Digest? Before, Digest? After)
{
    /// <summary>What it is archived as; null for a move that archives nothing.</summary>
    public ArchivedAs? As { get; init; }

    /// <summary>What is kept of it; null for a move that archives nothing, or by hand.</summary>
    public HeldContent? Held { get; init; }

    /// <summary>Number of the report that it follows from; null for none.</summary>
    public string? Report { get; init; }
}

/// <summary>The details of events about cases, written and read.</summary>
/// <remarks>
/// spec/formats/records-cases.md. Reading takes what it understands: a part that is malformed is left out, since an event
/// that is on disk is never refused.
/// </remarks>
internal static class CaseBodies
{
    /// <summary>Most notices, and most moves, in one event.</summary>
    public const int Most = 1000;

    /// <summary>Most declared parts in one event.</summary>
    public const int MostParts = PlacesPerEvent - PartsFrom;

    /// <summary>The register of exact keys of cases.</summary>
    public const string Register = "case";

    private const int LongestText = 200;
    private const int PlacesPerEvent = 2048;
    private const int PartsFrom = 1024;

    /// <summary>
    /// The place of a case: the sequence of the event that told of it times 2,048, plus its index there; declared parts stand
    /// from 1,024 on. Known as soon as the event has its sequence, never given twice, and rising with time.
    /// </summary>
    public static long PlaceOf(long sequence, int index) => (sequence * PlacesPerEvent) + index;

    /// <summary>The place of a declared part.</summary>
    public static long PlaceOfPart(long sequence, int index) => PlaceOf(sequence, PartsFrom + index);

    /// <summary>Sequence of the event that told of the case at a place.</summary>
    public static long SequenceOf(long place) => place / PlacesPerEvent;

    public static EventDraft Completed(string source, IReadOnlyList<ToldCase> cases, IReadOnlyList<DeclaredPart> parts)
    {
        var body = new JsonMap().Set("source", source)
            .Set("notices", cases.Select(Describe))
            .Set(RecordsBody.Keys, cases.Select(c => RecordsBody.Key(Register, source, c.Notice.Number)));
        if (parts.Count > 0)
        {
            _ = body.Set("parts", parts.Select(p => (object)new JsonMap().Set("case", p.Case).Set("lead", p.Lead).Set("agency", p.Agency).Set("item", p.Item)));
        }

        return new EventDraft(RecordsEvents.CasesCompleted, SubjectOf([.. cases.Select(c => c.Case)])) { Body = body };
    }

    public static (string Source, IReadOnlyList<(int Index, ToldCase Case)> Cases, IReadOnlyList<(int Index, DeclaredPart Part)> Parts)? ReadCompleted(JsonMap body)
    {
        if (Short(body, "source") is not { } source)
        {
            return null;
        }

        var cases = Indexed(body.List("notices"), Most).Select(n => (n.Index, Case: ToldIn(n.Map))).Where(n => n.Case is not null).Select(n => (n.Index, n.Case!)).ToList();
        var parts = Indexed(body.List("parts"), MostParts).Select(p => (p.Index, Part: PartIn(p.Map))).Where(p => p.Part is not null).Select(p => (p.Index, p.Part!)).ToList();
        return (source, cases, parts);
    }

    public static EventDraft Moved(CaseState to, string reason, IReadOnlyList<MovedCase> moves, string? basis, Guid? only = null) =>
        new(RecordsEvents.CasesMoved, (only ?? Guid.NewGuid()).ToString("D"))
        {
            Basis = basis,
            Counts = new Dictionary<string, long> { ["cases"] = moves.Count },
            ReferenceCode = moves is [{ As: { } archived }] ? archived.ReferenceCode : null,
            Body = new JsonMap().Set("to", Lifecycle.Of(to).Code).Set("reason", reason).Set("moves", moves.Select(DescribeMove))
                .Set(RecordsBody.Keys, moves.Any(m => m.As is not null) ? moves.Where(m => m.As is not null).Select(m => RecordsBody.Key(ArchivingRules.Register, m.As!.ReferenceCode)) : null),
        };

    public static (CaseState To, IEnumerable<MovedCase> Moves)? ReadMoved(JsonMap body) => Lifecycle.Find(body.Text("to")) is not { } to
        ? null
        : (to, Indexed(body.List("moves"), Most)
            .Where(m => m.Map.Number("place") is > 0 && Lifecycle.Find(m.Map.Text("from")) is not null)
            .Select(m => new MovedCase(m.Map.Number("place")!.Value, Lifecycle.Find(m.Map.Text("from"))!.Value, m.Map.Digest("before"), m.Map.Digest("after")) 
            {
                As = ArchivedIn(m.Map),
                Held = ContentBodies.HeldIn(m.Map),
                Report = Short(m.Map, "report"),
            }));

    private static object DescribeMove(MovedCase m)
    {
        var map = new JsonMap().Set("place", m.Place).Set("from", Lifecycle.Of(m.From).Code).Set("before", m.Before).Set("after", m.After).Set("report", m.Report);
        return m.As is { } archived
            ? ContentBodies.Describe(map, m.Held).Set("retention", archived.Retention.Code).Set("code", archived.ReferenceCode).Set("schedule", archived.Schedule)
                .Set("approval", archived.Approval).Set("paper", archived.PaperLocator).Set("record", archived.RecordCode)
            : map;
    }

    private static ArchivedAs? ArchivedIn(JsonMap map) =>
        RetentionPeriod.TryParse(map.Text("retention"), out var retention) && Short(map, "code") is { } code && Short(map, "schedule") is { } schedule
            ? new ArchivedAs(retention, code, schedule, Short(map, "approval"), Short(map, "paper")) { RecordCode = Short(map, "record") }
            : null;

    public static EventDraft Withdrawn(ServiceCase part, string reason) => new(RecordsEvents.PartWithdrawn, part.Case.ToString("D"))
    {
        Body = new JsonMap().Set("place", part.Place).Set("reason", reason).Set("joint", part.Joint).Set("agency", part.Agency),
    };

    /// <summary>The leaf's subject: the case itself when there is one, an id of its own for several.</summary>
    private static string SubjectOf(IReadOnlyList<Guid> cases) => (cases is [var only] ? only : Guid.NewGuid()).ToString("D");

    private static object Describe(ToldCase told)
    {
        var notice = told.Notice;
        var map = new JsonMap().Set("case", told.Case).Set("number", notice.Number).Set("agency", notice.Agency).Set("item", notice.Item)
            .Set("completed", notice.Completed.Given).Set("time", notice.Completed.Moment).Set("fonds", notice.Fonds)
            .Set("channel", notice.Channel == SourceChannel.Offline ? "offline" : null).Set("offlineReason", notice.OfflineReason).Set("takes", told.Takes);
        return notice.Joint is { } joint ? map.Set("joint", joint.Id).Set("role", joint.Role == JointRole.Lead ? "lead" : "participant") : map;
    }

    private static ToldCase? ToldIn(JsonMap map) =>
        map.Id("case") is { } id && Short(map, "number") is { } number && Short(map, "agency") is { } agency && Short(map, "item") is { } item
        && Short(map, "completed") is { } given && Moment(map) is { } moment
            ? new ToldCase(
                id,
                new CaseNotice(number, agency, item, new CompletionTime(given, moment, false))
                {
                    Fonds = Short(map, "fonds"),
                    Channel = map.Text("channel") == "offline" ? SourceChannel.Offline : SourceChannel.Online,
                    Joint = Short(map, "joint") is { } joint ? new JointHandling(joint, map.Text("role") == "lead" ? JointRole.Lead : JointRole.Participant, []) : null,
                },
                map.Number("takes"))
            : null;

    private static DeclaredPart? PartIn(JsonMap map) =>
        map.Id("case") is { } id && map.Number("lead") is { } lead and >= 0 and < Most && map.Text("agency") is { } agency && map.Text("item") is { } item
            ? new DeclaredPart(id, (int)lead, agency, item)
            : null;

    /// <summary>A text member that is no longer than any rule allows; null otherwise, as when it is missing.</summary>
    internal static string? Short(JsonMap map, string name) => map.Text(name) is { Length: > 0 and <= LongestText } text ? text : null;

    /// <summary>The member <c>time</c>, of years whose days can be counted; null otherwise.</summary>
    internal static DateTimeOffset? Moment(JsonMap map) => map.Time("time") is { Year: >= 1900 and <= 9000 } time ? time : null;

    private static IEnumerable<(int Index, JsonMap Map)> Indexed(IReadOnlyList<object>? list, int most) =>
        (list ?? []).Take(most).Select((m, i) => (i, m as JsonMap)).Where(m => m.Item2 is not null).Select(m => (m.i, m.Item2!));
}
