using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Holds lists of completed cases against what is archived; each run is an event.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-reconciliation.md; R6-3 of the requirements.</remarks>
public sealed class ReconciliationDesk
{
    private const int PageSize = 1000;
    private const int MostInEvent = 1000;

    private readonly RecordsJournal _journal;

    internal ReconciliationDesk(RecordsJournal journal) => _journal = journal;

    /// <summary>Compares a list with what is archived.</summary>
    /// <param name="source">Code of the source system; one that was never registered is SRC-001.</param>
    /// <param name="from">The first day that the list is about, at UTC+08:00.</param>
    /// <param name="to">The last day.</param>
    /// <param name="list">The list, of at most a million rows.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Asked between rows.</param>
    /// <exception cref="ArgumentException">The last day lies before the first.</exception>
    public ReconciliationRun Run(string source, DateOnly from, DateOnly to, CompletionList list, Actor actor, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var findings = new List<Finding>();
        var bounded = new BoundedFindings(findings, CaseCodes.Untold, list.Name, CaseRegister.MostTold);
        var listed = new Dictionary<string, CompletionTime>(StringComparer.Ordinal);
        var (outside, unreadable) = (0L, 0L);
        foreach (var row in list.Notices(cancellation))
        {
            foreach (var finding in row.Findings)
            {
                bounded.Add(finding);
            }

            if (row.Notice is not { } notice)
            {
                unreadable++;
            }
            else if (notice.Completed.Day < from || notice.Completed.Day > to)
            {
                outside++;
            }
            else if (listed.TryGetValue(notice.Number, out var twin))
            {
                if (twin.Moment != notice.Completed.Moment)
                {
                    bounded.Add(Finding.Error(
                        CaseCodes.KnownOtherwise, row.Place, ("case", CaseEntry.Identity(source, notice.Number)), ("casefield", "completed"),
                        ("found", notice.Completed.Given), ("known", twin.Given), ("where", "list")));
                }
            }
            else
            {
                listed.Add(notice.Number, notice.Completed);
            }
        }

        bounded.Close();
        var isWhole = unreadable == 0 && !bounded.HasErrors && list.Findings.All(f => f.Severity != Severity.Error);
        var run = new ReconciliationRun(source, from, to, listed.Count, 0, 0, outside, unreadable, [], [], null);
        var outcome = _journal.Decide(
            views =>
            {
                if (SourceRegister.Find(views, source) is null)
                {
                    return Decision.Only(Finding.Error("SRC-001", NoticeRules.Shown(source), ("source-state", "unknown")));
                }

                run = Compare(views, run, listed);
                return Decision.Of(Draft(run, isWhole));
            },
            actor);
        IEnumerable<Finding> alert = run.Differences.Count == 0 ? [] :
            [Finding.Error("DUE-010", source, ("count", run.Differences.Count), ("from", LegalTime.Write(from)), ("to", LegalTime.Write(to)))];
        return run with
        {
            Findings = [.. outcome.Findings, .. list.Findings, .. findings, .. outcome.IsRefused ? [] : alert],
            Sequence = outcome.Events is [var done] ? done.Event.Leaf.Sequence : null,
        };
    }

    private static ReconciliationRun Compare(IDocumentReader views, ReconciliationRun run, Dictionary<string, CompletionTime> listed)
    {
        var differences = new List<CaseDifference>();
        var (known, archived) = (0L, 0L);
        foreach (var (number, time) in listed)
        {
            var c = CaseRegister.Find(views, run.Source, number);
            if (c is null)
            {
                differences.Add(new CaseDifference(DifferenceKind.NotTold, number, time, null));
                continue;
            }

            archived += c.Archived is null ? 0 : 1;
            if (c.Completed.Moment != time.Moment)
            {
                differences.Add(new CaseDifference(DifferenceKind.OtherTime, number, time, c));
            }

            if (c.Archived is null)
            {
                differences.Add(new CaseDifference(DifferenceKind.NotArchived, number, time, c));
            }
        }

        foreach (var c in Told(views, run))
        {
            known++;
            if (!listed.ContainsKey(c.Number!))
            {
                differences.Add(new CaseDifference(DifferenceKind.NotListed, c.Number!, null, c));
            }
        }

        differences.Sort((a, b) => string.CompareOrdinal(a.Number, b.Number) is var order and not 0 ? order : a.Kind.CompareTo(b.Kind));
        return run with { Known = known, Archived = archived, Differences = differences };
    }

    /// <summary>The cases of the source that were completed within the range.</summary>
    private static IEnumerable<ServiceCase> Told(IDocumentReader views, ReconciliationRun run)
    {
        var prefix = run.Source + "|";
        var after = CaseEntry.Told(run.Source, run.From);
        while (true)
        {
            var page = views.FindAfter(CaseEntry.Collection, "told", prefix, after, PageSize);
            foreach (var one in page)
            {
                var c = CaseEntry.Read(one);
                if (c.Completed.Day > run.To)
                {
                    yield break;
                }

                yield return c;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = LookupField.Key(page[^1].Document.Text("told")!, page[^1].Id);
        }
    }

    private static EventDraft Draft(ReconciliationRun run, bool isWhole)
    {
        var counts = new JsonMap().Set("listed", run.Listed).Set("known", run.Known).Set("archived", run.Archived)
            .Set("outside", run.Outside).Set("unreadable", run.Unreadable);
        foreach (var kind in Enum.GetValues<DifferenceKind>())
        {
            _ = counts.Set(ReconciliationForms.CodeOf(kind), run.Differences.Count(d => d.Kind == kind));
        }

        return new EventDraft(RecordsEvents.ListReconciled, Guid.NewGuid().ToString("D"))
        {
            Outcome = run.Differences.Count == 0 && isWhole ? "success" : "findings", // of what could not be read nobody knows whether it agrees
            Body = new JsonMap().Set("source", run.Source).Set("from", LegalTime.Write(run.From)).Set("to", LegalTime.Write(run.To)).Set("counts", counts)
                .Set("differences", run.Differences.Take(MostInEvent).Select(d => (object)new JsonMap()
                    .Set("kind", ReconciliationForms.CodeOf(d.Kind)).Set("number", NoticeRules.Shown(d.Number)))),
        };
    }
}
