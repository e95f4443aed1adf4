using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A fonds (全宗): all archives of one creator.</summary>
/// <param name="Code">The fonds number (全宗号): 4 capital letters or digits.</param>
/// <param name="Creator">The fonds-constituting unit (立档单位): the credit code of an organisation.</param>
/// <param name="Hall">The archive hall that it belongs to: the credit code of an organisation; null while that is not known.</param>
/// <param name="Name">Its name.</param>
public sealed record Fonds(string Code, string Creator, string? Hall, string Name);

/// <summary>The register of fonds.</summary>
/// <remarks>
/// Safe for concurrent use. One store has one numbering of fonds, since reference codes begin with the number and are unique in a
/// store. spec/formats/records-fonds.md.
/// </remarks>
public sealed class FondsRegister
{
    internal const string Collection = "fonds";

    private const int CodeLength = 4;

    private static readonly string[] Members = ["fonds", "creator", "hall", "name"];

    private readonly RecordsJournal _journal;

    internal FondsRegister(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } = new(Collection, 1, ["fonds"], ["creator"], new RegisterEntry(RecordsEvents.FondsEntered, Members));

    /// <summary>Whether a text has the form of a fonds number: 4 capital ASCII letters or digits.</summary>
    public static bool IsCode(string? text) => text is { Length: CodeLength } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    /// <summary>Enters a fonds, or its new name or hall. Its creator never changes (FON-009): another creator is another fonds.</summary>
    /// <param name="fonds">The fonds: its number (FON-008), a creator and a hall that were entered (FON-005) and are such (FON-007).</param>
    /// <param name="actor">Who enters it.</param>
    public DecisionOutcome Enter(Fonds fonds, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(fonds);
        return _journal.Decide(views => Decide(views, fonds), actor);
    }

    /// <summary>A fonds; null when its number was not entered.</summary>
    public Fonds? Find(string code) => Find(_journal.Views, code);

    /// <summary>All fonds of a creator, in the order in which they were entered.</summary>
    public IReadOnlyList<Fonds> Of(string creator) => [.. _journal.Views.Find(Collection, "creator", creator).Select(d => Read(d.Document)).OfType<Fonds>()];

    /// <summary>All fonds in the order of their numbers.</summary>
    public IReadOnlyList<Fonds> All() => [.. _journal.Views.FindPrefix(Collection, RegisterView.Handle, "", int.MaxValue).Select(d => Read(d.Document)).OfType<Fonds>()];

    internal static Fonds? Find(IDocumentReader views, string code) =>
        RegisterView.Find(views, Collection, code) is { Document: var document } ? Read(document) : null;

    private static Decision Decide(IDocumentReader views, Fonds fonds)
    {
        var subject = Entry.Shown(fonds.Code);
        List<Finding> findings =
        [
            .. Entry.Check(subject, "name", fonds.Name, Entry.NameLength),
            .. OrganisationRegister.Check(views, subject, fonds.Creator, Enum.GetValues<OrganisationType>()),
        ];
        if (!IsCode(fonds.Code))
        {
            findings.Add(Finding.Error("FON-008", subject, ("value", subject)));
        }

        if (fonds.Hall is not null)
        {
            findings.AddRange(OrganisationRegister.Check(views, subject, fonds.Hall, OrganisationType.Hall));
        }

        var known = RegisterView.Find(views, Collection, fonds.Code ?? "")?.Document;
        if (known?.Text("creator") is { } creator && creator != fonds.Creator)
        {
            findings.Add(Finding.Error("FON-009", subject, ("creator", creator)));
        }

        var body = new JsonMap().Set("fonds", fonds.Code).Set("creator", fonds.Creator).Set("hall", fonds.Hall).Set("name", fonds.Name);
        return new Decision(findings, Entry.IsSaid(known, body, Members) ? [] : [Entry.Draft(RecordsEvents.FondsEntered, known, body)]);
    }

    private static Fonds? Read(Document document) => document.Text("creator") is { } creator
        ? new Fonds(document.Text("fonds")!, creator, document.Text("hall"), document.Text("name") ?? "")
        : null;
}
