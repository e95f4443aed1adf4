using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// What a package at the door is judged by: the registers of a store, or those that a kit took out of it. Both are asked the same
/// questions, so that who has the kit foresees what the store decides.
/// </summary>
/// <param name="views">Gives the views; called once for each question.</param>
/// <param name="time">The clock.</param>
/// <param name="office">Knows the reference codes that were given; null of a kit, which holds none.</param>
/// <remarks>Safe for concurrent use. It changes nothing.</remarks>
internal sealed class DoorRegisters(Func<IDocumentReader> views, TimeProvider time, RecordsOffice? office = null)
{
    private readonly RegisterQuestions _questions = new();

    /// <summary>The case with a number in a source system; null when no notice told of it.</summary>
    public ServiceCase? Find(string source, string number) => RegisterQuestions.Case(views(), source, number);

    /// <summary>What would be said against a notice of a case that nobody told of yet.</summary>
    public IReadOnlyList<Finding> MayNotify(string source, string place, CaseNotice notice) =>
        RegisterQuestions.MayNotify(views(), source, place, notice, time.GetUtcNow());

    /// <summary>What would forbid that a case is archived today, but for its reference code and where it stands.</summary>
    public IReadOnlyList<Finding> MayArchive(ServiceCase c, CaseArchiving archiving) =>
        RegisterQuestions.MayArchive(views(), c, archiving, LegalTime.DayOf(time.GetUtcNow()));

    /// <summary>The rule by which the archives of a fonds and category get their reference codes; null when there is none.</summary>
    public CodeRule? CodeRule(string? fonds, string? category) =>
        _questions.RuleFor(views(), RecordsManagement.CodeRule.ReferenceCode, fonds, category);

    /// <summary>The reference code that a case has; null when it has none, or nobody knows.</summary>
    public string? CodeOf(ServiceCase c) => office?.Codes.CurrentOf(c.Case);

    /// <summary>What would forbid that a case gets a reference code; nothing where nobody knows the codes that were given.</summary>
    public IReadOnlyList<Finding> MayHaveCode(string rule, ServiceCase c, CaseArchiving archiving) => office?.Cases.MayHaveCode(rule, c, archiving) ?? [];

    /// <summary>The last day on which archiving a case is in time.</summary>
    public DateOnly Due(ServiceCase c) => RegisterQuestions.Deadline(views(), c.Agency, c.Completed.Day);
}
