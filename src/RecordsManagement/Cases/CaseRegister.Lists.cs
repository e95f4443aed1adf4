using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <content>Lists of completed cases.</content>
public sealed partial class CaseRegister
{
    // A list that is given again says nothing new in each row: the outcome counts them.
    private const int MostKnownTold = 100;

    /// <summary>Findings of one code that are listed for a list; the others are counted (CAS-027).</summary>
    internal const int MostTold = 2000;

    /// <summary>Takes a list of completed cases, a thousand rows at a time; rows that are sound are taken, the others told.</summary>
    /// <param name="source">Code of the source system.</param>
    /// <param name="list">The list.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Asked between rows. What was taken before stays, and giving the list again changes nothing about it.</param>
    public NoticeOutcome NotifyAll(string source, CompletionList list, Actor actor, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var bounded = new BoundedFindings(findings, CaseCodes.Untold, list.Name, MostTold);
        var (taken, known, refused, toldKnown) = (0L, 0L, 0L, 0);
        foreach (var some in Portions(list.Notices(cancellation)))
        {
            refused += some.Count(s => s.Notice is null);
            var outcome = Notify(source, [.. some.Where(s => s.Notice is not null).Select(s => (s.Place, s.Notice!))], actor);
            foreach (var finding in some.SelectMany(s => s.Findings).Concat(outcome.Findings.Where(f => f.Code != CaseCodes.Known || toldKnown++ < MostKnownTold)))
            {
                bounded.Add(finding);
            }

            (taken, known, refused) = (taken + outcome.Taken, known + outcome.Known, refused + outcome.Refused);
        }

        bounded.Close();
        return new NoticeOutcome([.. list.Findings, .. findings.Distinct()], taken, known, refused);
    }

    /// <summary>As many rows at a time as one event holds, of cases and of the parts that leads declare.</summary>
    private static IEnumerable<IReadOnlyList<ListedNotice>> Portions(IEnumerable<ListedNotice> rows)
    {
        var (portion, parts) = (new List<ListedNotice>(), 0);
        foreach (var row in rows)
        {
            var more = row.Notice?.Joint?.Parts.Count ?? 0;
            if (portion.Count == Most || (portion.Count > 0 && parts + more > CaseBodies.MostParts))
            {
                yield return portion;
                (portion, parts) = ([], 0);
            }

            portion.Add(row);
            parts += more;
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }
}
