using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <content>Lists of completed cases.</content>
public sealed partial class CaseRegister
{
    // A list that is given again says nothing new in each row: the outcome counts them.
    private const int MostKnownTold = 100;

    /// <summary>Takes a list of completed cases, a thousand rows at a time; rows that are sound are taken, the others told.</summary>
    /// <param name="source">Code of the source system.</param>
    /// <param name="list">The list.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Asked between rows. What was taken before stays, and giving the list again changes nothing about it.</param>
    public NoticeOutcome NotifyAll(string source, CompletionList list, Actor actor, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var (taken, known, refused, toldKnown) = (0L, 0L, 0L, 0);
        foreach (var some in list.Notices(cancellation).Chunk(Most))
        {
            findings.AddRange(some.SelectMany(s => s.Findings));
            refused += some.Count(s => s.Notice is null);
            var outcome = Notify(source, [.. some.Where(s => s.Notice is not null).Select(s => (s.Place, s.Notice!))], actor);
            findings.AddRange(outcome.Findings.Where(f => f.Code != CaseCodes.Known || toldKnown++ < MostKnownTold));
            (taken, known, refused) = (taken + outcome.Taken, known + outcome.Known, refused + outcome.Refused);
        }

        return new NoticeOutcome([.. list.Findings, .. findings.Distinct()], taken, known, refused);
    }
}
