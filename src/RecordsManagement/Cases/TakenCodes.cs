using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>The codes that archived cases have, and within one decision those that the cases before it get.</summary>
/// <remarks>For the time of the decision: nobody else archives any.</remarks>
internal sealed class TakenCodes(IDocumentReader views, Func<string, bool> isReferenceKnown)
{
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private readonly HashSet<string> _records = new(StringComparer.Ordinal);

    /// <summary>Whether a reference code names an archived case; asked once of each, since it is taken from then on.</summary>
    public bool IsReferenceTaken(string code) => !_references.Add(code) || isReferenceKnown(code);

    /// <summary>Whether an archived case has an electronic record code; asked once of each, since it is taken from then on.</summary>
    public bool IsRecordTaken(string code) => !_records.Add(code) || RegisterQuestions.WithRecordCode(views, code) is not null;
}
