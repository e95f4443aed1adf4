using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The register of source systems, and what they may do.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-sources.md.</remarks>
public sealed class SourceRegister
{
    internal const string Collection = "sources";

    private const int IdLength = 64;
    private const int MostItems = 10_000;

    private static readonly string[] Members = ["source", "agency", "channel", "offlineReason", "items", "keyForm", "key", "fingerprint"];
    private static readonly string[] StateMembers = ["state", "reason"];

    private readonly RecordsJournal _journal;

    internal SourceRegister(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } = new(
        Collection, 1, ["source"], ["agency"],
        new RegisterEntry(RecordsEvents.SourceEntered, Members), new RegisterEntry(RecordsEvents.SourceStateChanged, StateMembers, Enters: false));

    /// <summary>Enters a source system, enabled, or what changed of one; a changed key counts from now on.</summary>
    /// <param name="source">The system; its state and its key's fingerprint are not read.</param>
    /// <param name="pem">Its certificate or public key as PEM (SRC-006); null for none.</param>
    /// <param name="actor">Who enters it.</param>
    /// <remarks>An offline channel needs the reason why it cannot be online (SRC-007); one that was withdrawn stays so (SRC-008).</remarks>
    public DecisionOutcome Enter(SourceSystem source, string? pem, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _journal.Decide(views => Decide(views, source, pem), actor);
    }

    /// <summary>Enables, disables or withdraws a source system. Nothing follows a withdrawal (SRC-008); disabling and withdrawing need a reason (REC-002).</summary>
    public DecisionOutcome ChangeState(string id, SourceState state, string? reason, Actor actor) => _journal.Decide(
        views =>
        {
            var subject = Entry.Shown(id);
            if (RegisterView.Find(views, Collection, id) is not { Document: var known } || Read(known) is not { } source)
            {
                return Decision.Only(Finding.Error("SRC-001", subject, ("source-state", "unknown")));
            }

            List<Finding> findings = [.. Entry.Check(subject, "reason", reason, Entry.ReasonLength, isRequired: state != SourceState.Enabled)];
            if (source.State == SourceState.Withdrawn && state != SourceState.Withdrawn)
            {
                findings.Add(Finding.Error("SRC-008", subject));
            }

            var body = new JsonMap().Set("source", id).Set("state", Word(state)).Set("reason", reason);
            return new Decision(findings, source.State == state && source.StateReason == reason ? [] : [Entry.Draft(RecordsEvents.SourceStateChanged, known, body)]);
        },
        actor);

    /// <summary>A source system; null when it was not entered.</summary>
    public SourceSystem? Find(string id) => Find(_journal.Views, id);

    /// <summary>All source systems in the order of their ids.</summary>
    public IReadOnlyList<SourceSystem> All() => [.. _journal.Views.FindPrefix(Collection, RegisterView.Handle, "", int.MaxValue).Select(d => Read(d.Document)).OfType<SourceSystem>()];

    /// <summary>Whether a source system may submit a case.</summary>
    /// <param name="id">The source system: unregistered, disabled or withdrawn is SRC-001.</param>
    /// <param name="agency">The agency whose case it is: another than that of the source is SRC-005.</param>
    /// <param name="item">The case's service item: one that the source may not submit is SRC-002.</param>
    /// <param name="channel">How the package came.</param>
    /// <param name="offlineReason">Why it came offline though the source is online: SRC-003 with one, SRC-004 without.</param>
    /// <returns>All findings; an error among them says no.</returns>
    public IReadOnlyList<Finding> May(string id, string agency, string item, SourceChannel channel, string? offlineReason = null) =>
        May(_journal.Views, id, agency, item, channel, offlineReason);

    /// <summary>As the other; an agency or item that is null is not asked about.</summary>
    internal static IReadOnlyList<Finding> May(IDocumentReader views, string id, string? agency, string? item, SourceChannel channel, string? offlineReason)
    {
        var subject = Entry.Shown(id);
        if (Find(views, id) is not { } source)
        {
            return [Finding.Error("SRC-001", subject, ("source-state", "unknown"))];
        }

        var findings = new List<Finding>();
        if (source.State != SourceState.Enabled)
        {
            findings.Add(Finding.Error("SRC-001", subject, ("source-state", Word(source.State))));
        }

        if (item is not null && source.Items.Count > 0 && !source.Items.Contains(item))
        {
            findings.Add(Finding.Error("SRC-002", subject, ("item", Entry.Shown(item))));
        }

        if (agency is not null && source.Agency != agency)
        {
            findings.Add(Finding.Error("SRC-005", subject, ("agency", source.Agency), ("found", Entry.Shown(agency))));
        }

        if (channel == SourceChannel.Offline && source.Channel == SourceChannel.Online)
        {
            findings.Add(string.IsNullOrWhiteSpace(offlineReason)
                ? Finding.Error("SRC-004", subject)
                : Finding.Warning("SRC-003", subject, ("reason", Entry.Shown(offlineReason))));
        }

        return findings;
    }

    internal static SourceSystem? Find(IDocumentReader views, string id) =>
        RegisterView.Find(views, Collection, id) is { Document: var document } ? Read(document) : null;

    /// <summary>A state as details and answers hold it.</summary>
    public static string Word(SourceState state) => state switch
    {
        SourceState.Enabled => "enabled",
        SourceState.Disabled => "disabled",
        SourceState.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static Decision Decide(IDocumentReader views, SourceSystem source, string? pem)
    {
        var subject = Entry.Shown(source.Id);
        var findings = new List<Finding>();
        if (source.Id is not { Length: > 0 and <= IdLength } || !source.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            findings.Add(Finding.Error("SRC-009", subject, ("value", subject)));
        }

        findings.AddRange(OrganisationRegister.Check(views, subject, source.Agency, OrganisationType.Agency));
        findings.AddRange(source.Channel == SourceChannel.Offline && string.IsNullOrWhiteSpace(source.OfflineReason)
            ? [Finding.Error("SRC-007", subject)]
            : Entry.Check(subject, "reason", source.OfflineReason, Entry.ReasonLength, isRequired: false));
        findings.AddRange(source.Items.Where(i => !ServiceItem.IsCode(i)).Select(i => Finding.Error("CAT-002", subject, ("value", Entry.Shown(i)))));
        if (source.Items.Count > MostItems)
        {
            findings.Add(Finding.Error("REC-003", subject, ("field", "items"), ("length", source.Items.Count), ("most", MostItems)));
        }

        var key = pem is null ? null : SourceKeyText.Read(subject, pem, findings);
        var known = RegisterView.Find(views, Collection, source.Id ?? "")?.Document;
        if (known is not null && Read(known) is { State: SourceState.Withdrawn })
        {
            findings.Add(Finding.Error("SRC-008", subject));
        }

        var body = new JsonMap()
            .Set("source", source.Id).Set("agency", source.Agency).Set("channel", source.Channel == SourceChannel.Online ? "online" : "offline")
            .Set("offlineReason", string.IsNullOrWhiteSpace(source.OfflineReason) ? null : source.OfflineReason).Set("items", Entry.Listed(source.Items))
            .Set("keyForm", key?.Form).Set("key", key?.Text).Set("fingerprint", key?.Fingerprint);
        return new Decision(findings, Entry.IsSaid(known, body, Members) ? [] : [Entry.Draft(RecordsEvents.SourceEntered, known, body)]);
    }

    private static SourceSystem? Read(Document document)
    {
        SourceState? state = document.Text("state") switch
        {
            null or "enabled" => SourceState.Enabled,
            "disabled" => SourceState.Disabled,
            "withdrawn" => SourceState.Withdrawn,
            _ => null,
        };
        SourceChannel? channel = document.Text("channel") switch { "online" => SourceChannel.Online, "offline" => SourceChannel.Offline, _ => null };
        if (document.Text("agency") is not { } agency || channel is null)
        {
            return null;
        }

        var key = document.Text("keyForm") is { } form && document.Text("key") is { } text && document.Text("fingerprint") is { } print
            ? new SourceKey(form, text, print)
            : null;

        // A state that this program does not know is no permission.
        return new SourceSystem(document.Text("source")!, agency, channel.Value, document.Text("offlineReason"), document.List("items"), key)
        {
            State = state ?? SourceState.Disabled,
            StateReason = document.Text("reason"),
        };
    }
}
