using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>An administrative division that organisations belong to and policy values hold for.</summary>
/// <param name="Region">Its code.</param>
/// <param name="Name">Its name.</param>
public sealed record Jurisdiction(RegionCode Region, string Name);

/// <summary>The register of jurisdictions: what the codes are called. Which lies in which follows from the codes alone.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-fonds.md.</remarks>
public sealed class JurisdictionRegister
{
    internal const string Collection = "jurisdictions";

    private static readonly string[] Members = ["region", "name"];

    private readonly RecordsJournal _journal;

    internal JurisdictionRegister(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } = new(Collection, 1, ["region"], [], new RegisterEntry(RecordsEvents.JurisdictionEntered, Members));

    /// <summary>Enters a jurisdiction, or its new name.</summary>
    /// <param name="region">Its code as it was given (FON-001).</param>
    /// <param name="name">Its name.</param>
    /// <param name="actor">Who enters it.</param>
    public DecisionOutcome Enter(string region, string name, Actor actor) => _journal.Decide(
        views =>
        {
            List<Finding> findings = [.. Entry.Check(Entry.Shown(region), "name", name, Entry.NameLength)];
            if (!RegionCode.TryParse(region, out var code))
            {
                findings.Add(Finding.Error("FON-001", Entry.Shown(region), ("value", Entry.Shown(region))));
            }

            if (findings.Count > 0)
            {
                return Decision.Only(findings);
            }

            var known = RegisterView.Find(views, Collection, code.ToString())?.Document;
            var body = new JsonMap().Set("region", code.ToString()).Set("name", name);
            return Entry.IsSaid(known, body, Members) ? Decision.Of() : Decision.Of(Entry.Draft(RecordsEvents.JurisdictionEntered, known, body));
        },
        actor);

    /// <summary>A jurisdiction; null when its code was not entered.</summary>
    public Jurisdiction? Find(RegionCode region) => Find(_journal.Views, region);

    /// <summary>All that lie within one, in the order of their codes.</summary>
    public IReadOnlyList<Jurisdiction> Within(RegionCode region) =>
        [.. _journal.Views.FindPrefix(Collection, RegisterView.Handle, region.Digits, int.MaxValue).Select(d => Read(d.Document)).OfType<Jurisdiction>().Where(j => region.Covers(j.Region))];

    internal static Jurisdiction? Find(IDocumentReader views, RegionCode region) =>
        RegisterView.Find(views, Collection, region.ToString()) is { Document: var document } ? Read(document) : null;

    // Another program may have written the event: what cannot be read is as if it were not entered.
    private static Jurisdiction? Read(Document document) =>
        RegionCode.TryParse(document.Text("region"), out var region) ? new Jurisdiction(region, document.Text("name") ?? "") : null;
}
