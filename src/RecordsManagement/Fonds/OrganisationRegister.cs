using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The register of organisations.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-fonds.md.</remarks>
public sealed class OrganisationRegister
{
    internal const string Collection = "organisations";

    private static readonly string[] Members = ["organisation", "type", "region", "name"];

    private readonly RecordsJournal _journal;

    internal OrganisationRegister(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } =
        new(Collection, 1, ["organisation"], ["region"], new RegisterEntry(RecordsEvents.OrganisationEntered, Members));

    /// <summary>Enters an organisation, or what changed of it. Its type never changes (FON-004): others were built on it.</summary>
    /// <param name="code">Its unified social credit code (FON-002, FON-003).</param>
    /// <param name="type">Its type.</param>
    /// <param name="region">The code of its jurisdiction (FON-001); one that was not entered is told (FON-006).</param>
    /// <param name="name">Its name.</param>
    /// <param name="actor">Who enters it.</param>
    public DecisionOutcome Enter(string code, OrganisationType type, string region, string name, Actor actor) => _journal.Decide(
        views =>
        {
            var subject = Entry.Shown(code);
            List<Finding> findings = [.. Entry.Check(subject, "name", name, Entry.NameLength)];
            if (CreditCode.Fault(subject, code) is { } fault)
            {
                findings.Add(fault);
            }

            if (!RegionCode.TryParse(region, out var place))
            {
                findings.Add(Finding.Error("FON-001", subject, ("value", Entry.Shown(region))));
            }
            else if (JurisdictionRegister.Find(views, place) is null)
            {
                findings.Add(Finding.Warning("FON-006", subject, ("region", place)));
            }

            var known = RegisterView.Find(views, Collection, code ?? "")?.Document;
            if (known is not null && Read(known) is { } before && before.Type != type)
            {
                findings.Add(Finding.Error("FON-004", subject, ("organisation-type", Organisation.Word(before.Type))));
            }

            var body = new JsonMap().Set("organisation", code).Set("type", Organisation.Word(type)).Set("region", place.ToString()).Set("name", name);
            return new Decision(findings, Entry.IsSaid(known, body, Members) ? [] : [Entry.Draft(RecordsEvents.OrganisationEntered, known, body)]);
        },
        actor);

    /// <summary>An organisation; null when it was not entered.</summary>
    public Organisation? Find(string code) => Find(_journal.Views, code);

    /// <summary>All whose jurisdiction lies within one, in the order of their jurisdictions.</summary>
    public IReadOnlyList<Organisation> Within(RegionCode region) =>
        [.. _journal.Views.FindPrefix(Collection, "region", region.Digits, int.MaxValue).Select(d => Read(d.Document)).OfType<Organisation>()];

    internal static Organisation? Find(IDocumentReader views, string code) =>
        RegisterView.Find(views, Collection, code) is { Document: var document } ? Read(document) : null;

    /// <summary>Findings about an organisation that something refers to: not entered (FON-005), or of another type (FON-007).</summary>
    internal static IEnumerable<Finding> Check(IDocumentReader views, string subject, string? code, params OrganisationType[] types) =>
        Find(views, code ?? "") is not { } organisation
            ? [Finding.Error("FON-005", subject, ("organisation", Entry.Shown(code)))]
            : types.Contains(organisation.Type)
                ? []
                : [Finding.Error("FON-007", subject, ("organisation", organisation.Code), ("organisation-type", Organisation.Word(organisation.Type)))];

    private static Organisation? Read(Document document) =>
        RegionCode.TryParse(document.Text("region"), out var region) && Organisation.TypeOf(document.Text("type")) is { } type
            ? new Organisation(document.Text("organisation")!, type, region, document.Text("name") ?? "")
            : null;
}
