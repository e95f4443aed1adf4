using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A report that is to be recorded, and where it is kept.</summary>
/// <param name="Report">The report, sealed.</param>
/// <param name="Aip">The AIP that it admitted or looked at; null for none.</param>
/// <param name="IsKeptInAip">Whether its XML is a file of that AIP; otherwise the event keeps it.</param>
/// <remarks>Immutable.</remarks>
public sealed record RunEntry(SealedReport Report, Guid? Aip = null, bool IsKeptInAip = false)
{
    /// <summary>Why the package did not come in although its inspection let it pass; empty when the report says it.</summary>
    public IReadOnlyList<Finding> Reasons { get; init; } = [];
}

/// <summary>The inspections of one store: which schemes hold, what was run, what persons decided, and the reports.</summary>
/// <remarks>Safe for concurrent use. Everything it knows can be made again from the store's events. spec/formats/inspection-events.md.</remarks>
public sealed partial class InspectionDesk
{
    /// <summary>The retention group of the events that keep reports: they name cases and values, so they are not kept for ever.</summary>
    public const string RunGroup = "inspection";

    private const int MostBytes = 1 << 20; // of reports in one event

    private readonly RecordsJournal _journal;
    private readonly Vault _vault;
    private readonly Func<Phrases> _phrases;

    /// <summary>Takes the store and what follows it.</summary>
    /// <param name="journal">Where decisions are written down; its views must be those of <see cref="InspectionViews"/> too.</param>
    /// <param name="vault">Keeps the events and signs reports.</param>
    /// <param name="phrases">Gives the texts of this room and of those whose findings stand in reports; asked when the first report is written.</param>
    public InspectionDesk(RecordsJournal journal, Vault vault, Func<Phrases> phrases)
    {
        (_journal, _vault, _phrases) = (journal, vault, phrases);
        Schemes = new SchemeRegister(journal);
    }

    /// <summary>The schemes in force.</summary>
    public SchemeRegister Schemes { get; }

    /// <summary>Writes a report as XML and signs it by the keys of the store.</summary>
    /// <exception cref="StorageException">The log key is not at hand.</exception>
    public SealedReport Seal(InspectionReport report) => SealedReport.Of(report, _vault.Descriptor.Origin, _phrases(), _vault.Sign);

    /// <summary>Records inspections: they are on disk when this returns. Many may share one event and one wait for the disk.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Stops between events.</param>
    /// <exception cref="StorageException">The log key is not at hand, or the disk failed: events before the failing one have happened.</exception>
    public async Task RecordAsync(IReadOnlyList<RunEntry> runs, Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        for (var next = 0; next < runs.Count;)
        {
            var (bytes, first) = (0L, next);
            do
            {
                bytes += runs[next].Report.Note.Length + (runs[next].IsKeptInAip ? 0 : runs[next].Report.Xml.Length);
                next++;
            }
            while (next < runs.Count && bytes + runs[next].Report.Xml.Length <= MostBytes);

            var body = new JsonMap().Set("runs", runs.Skip(first).Take(next - first).Select(r => (object)RecordedRun.Write(r)));
            var draft = new EventDraft(InspectionEvents.Run, Guid.NewGuid().ToString("D", System.Globalization.CultureInfo.InvariantCulture)) { Body = body, Group = RunGroup };
            _ = await _vault.AppendAsync(draft, actor, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The runs of a report number, of a package's digest, or of an AIP, the oldest first.</summary>
    public IReadOnlyList<RecordedRun> RunsOf(string numberOrPackage) => Runs("number", numberOrPackage) is { Count: > 0 } found ? found : Runs("package", numberOrPackage);

    /// <summary>The runs on packages of a case, the oldest first: a resubmission keeps the earlier reports (R10-5).</summary>
    public IReadOnlyList<RecordedRun> RunsOfCase(string source, string number) => Runs("caseKey", RecordedRun.CaseKey(source, number));

    /// <summary>The runs that admitted an AIP or looked at it, the oldest first.</summary>
    public IReadOnlyList<RecordedRun> RunsOfAip(Guid aip) => Runs("aip", aip.ToString("D", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The newest runs, the newest first.</summary>
    /// <param name="take">The most.</param>
    /// <param name="asOf">Only those that began on this day or before it, at UTC+08:00; null for all.</param>
    public IReadOnlyList<RecordedRun> Newest(int take, DateOnly? asOf)
    {
        var views = _journal.Views;
        var found = new List<RecordedRun>();
        for (var before = long.MaxValue; found.Count < take;)
        {
            var page = views.Scan(RunView.Collection, before, 256, descending: true);
            if (page.Count == 0)
            {
                break;
            }

            before = page[^1].Id;
            found.AddRange(page.Select(d => RecordedRun.Read(d.Document)).OfType<RecordedRun>().Where(r => asOf is null || LegalTime.DayOf(r.Started) <= asOf));
        }

        return [.. found.Take(take)];
    }

    /// <summary>The bytes of a report and of its note, as the store keeps them. They are not trusted: <see cref="ReportVerification"/> tells what they are worth.</summary>
    /// <exception cref="StorageException">The event or the file of the AIP is damaged or gone.</exception>
    public (byte[] Xml, byte[] Note) Load(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var entry = EntryOf(run);
        var note = Encoding.UTF8.GetBytes(entry.Text("note") ?? "");
        if (entry.Text("report") is { } text)
        {
            return (Encoding.UTF8.GetBytes(text), note);
        }

        using var content = _vault.OpenContent(run.Xml);
        var xml = new byte[content.Length];
        content.ReadExactly(xml);
        return (xml, note);
    }

    /// <summary>Verifies a report against its note and against what the ledger says of it (INS-016).</summary>
    public IReadOnlyList<Finding> Verify(RecordedRun run, ReportKeys keys, out InspectionReport? report)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (xml, note) = Load(run);
        List<Finding> findings = [.. ReportVerification.Verify(xml, note, keys, run.Number, out report)];
        if (Digest.Of(xml) is var held && held != run.Xml)
        {
            findings.Add(Finding.Error("INS-016", run.Number, (ReportWords.Expected, run.Xml), (ReportWords.Found, held), ("event", run.Sequence)));
        }

        return findings;
    }

    /// <summary>The key that the store itself names, with its statements of rotation: enough to tell damage, not forgery.</summary>
    public ReportKeys KeysOf(VerifierKey? expected, Evidence.National.Sm2VerifierKey? sm2) => new(
        expected, sm2, VerifierKey.TryParse(_vault.StatedVerifierKey, out var stated) ? stated : null, KeyHistory.Read(_vault.Rotations()));

    private JsonMap EntryOf(RecordedRun run) =>
        (RecordsBody.Of(_vault.ReadEvent(run.Sequence))?.List("runs") ?? []).OfType<JsonMap>().FirstOrDefault(r => r.Text("number") == run.Number)
        ?? throw new StorageException(StorageProblem.Damaged, "ledger/" + run.Sequence, null, Finding.Error(Codes.DetailMissing, "ledger/" + run.Sequence));

    private List<RecordedRun> Runs(string field, string value) => [.. _journal.Views.Find(RunView.Collection, field, value).OrderBy(d => d.Id).Select(d => RecordedRun.Read(d.Document)).OfType<RecordedRun>()];
}
