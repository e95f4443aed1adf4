using Lantai.DataManagement;
using Lantai.RecordsManagement;

namespace Lantai.Inspection;

/// <summary>Codes that archived cases of a store have, found by its view of cases.</summary>
internal sealed class HeldInStore : IHeldCodes
{
    public string? HolderOf(IDocumentReader views, string code, string source, string number) =>
        RegisterQuestions.WithRecordCode(views, code) is { } holder && (holder.Source, holder.Number) != (source, number) ? holder.Name : null;
}
