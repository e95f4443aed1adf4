using System.Globalization;
using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>A case that is overdue on a day.</summary>
/// <param name="Case">The case, as it stands now.</param>
/// <param name="Deadline">The last day on which archiving would have been in time.</param>
/// <param name="Days">Days that have passed since.</param>
/// <param name="WasReturned">It had been sent back and lay with the agency on that day.</param>
/// <param name="Next">Where the next page begins, for <see cref="DeadlineRegister.Overdue"/>.</param>
public sealed record OverdueCase(ServiceCase Case, DateOnly Deadline, int Days, bool WasReturned, string Next);

/// <summary>Which cases are due, overdue or were late, on any day that is asked for.</summary>
/// <remarks>Safe for concurrent use. spec/decisions/0029-overdue-totals.md; R9-8, R9-9, R9-10 and R18-1 of the requirements.</remarks>
public sealed class DeadlineRegister
{
    private const int PageSize = 1000;
    private const string Last = "\uFFFF"; // behind whatever a key goes on with

    private static readonly bool[] OpenThenShut = [true, false];
    private static readonly bool[] ShutOnly = [false];

    private readonly RecordsJournal _journal;
    private readonly Func<string, DateOnly, PolicyValues> _policyOf;

    /// <summary>Takes the journal and how the policy of an agency on a day is found.</summary>
    internal DeadlineRegister(RecordsJournal journal, Func<string, DateOnly, PolicyValues> policyOf) => (_journal, _policyOf) = (journal, policyOf);

    /// <summary>The rule that holds for cases of an agency completed in a year: that of the year's last day, so that no later overlay makes late what was in time.</summary>
    /// <param name="agency">Code of the agency; empty for the national rule.</param>
    /// <param name="year">The year of completion, at UTC+08:00.</param>
    public ArchivingDeadline RuleFor(string agency, int year) => new(_policyOf(agency, new DateOnly(year, 12, 31)));

    /// <summary>Totals as they were on a day, by what is known now: a row for each code in ordinal order.</summary>
    /// <param name="day">Any day, at UTC+08:00; all that happened until its end counts.</param>
    /// <param name="by">What rows are made of.</param>
    /// <param name="all">The sum of all rows.</param>
    public IReadOnlyList<DeadlineTotals> Totals(DateOnly day, DeadlineGrouping by, out DeadlineTotals all)
    {
        var views = _journal.Views;
        var rules = new Rules(this);
        var rows = new SortedDictionary<string, TotalsOfDay>(StringComparer.Ordinal);
        var sum = new TotalsOfDay("", day);
        var member = by.ToString().ToLowerInvariant();
        foreach (var group in Groups(views))
        {
            var code = group.Text(member)!;
            if (!rows.TryGetValue(code, out var row))
            {
                rows.Add(code, row = new TotalsOfDay(code, day));
            }

            var rule = rules.Of(group.Text("agency")!, CompletionPeriod.YearOf(group.Text("period")!) ?? day.Year);
            row.Add(group, rule);
            sum.Add(group, rule);
        }

        all = sum.Result();
        return [.. rows.Values.Select(r => r.Result()).Where(r => r.Completed + r.BeforeRegulation > 0)];
    }

    /// <summary>The cases that are overdue on a day, also those that were archived since, in a fixed order: by year and agency.</summary>
    /// <param name="day">Any day, at UTC+08:00.</param>
    /// <param name="agency">Only those of this agency; null for all.</param>
    /// <param name="after">The <see cref="OverdueCase.Next"/> of the last one seen; null to begin. It need not be overdue any more.</param>
    /// <remarks>Streamed: memory does not grow with the number of cases. Cases that move meanwhile may be met or not.</remarks>
    /// <exception cref="ArgumentException"><paramref name="after"/> has not that form.</exception>
    public IEnumerable<OverdueCase> Overdue(DateOnly day, string? agency, string? after)
    {
        var from = after is null ? null : OverdueKey.TryParse(after, out var parsed) ? parsed : throw new ArgumentException("Not the place of an overdue case.", nameof(after));
        return Walk(_journal.Views, day, agency, from);
    }

    /// <summary>Delays between completion and archiving of the cases that came online and were archived within a range of days.</summary>
    /// <param name="from">The first day, at UTC+08:00.</param>
    /// <param name="to">The last day.</param>
    /// <returns>A row for each source in ordinal order, then one with an empty code for all; none when there are no such cases.</returns>
    public IReadOnlyList<ArchivingDelay> Delays(DateOnly from, DateOnly to)
    {
        var views = _journal.Views;
        var delays = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (period, agency) in DueGroups(views, null, null, _ => true))
        {
            foreach (var stored in Range(views, CaseEntry.DuePrefix(period, agency, isOpen: false), LegalTime.Write(from), null))
            {
                var c = CaseEntry.Read(stored);
                if (CaseEntry.EndOf(c) > to)
                {
                    break;
                }

                if (c is { Archived: { } archived, Channel: SourceChannel.Online })
                {
                    if (!delays.TryGetValue(c.Source, out var list))
                    {
                        delays.Add(c.Source, list = []);
                    }

                    list.Add((int)Math.Clamp((archived - c.Completed.Moment).TotalSeconds, 0, int.MaxValue));
                }
            }
        }

        var rows = delays.Select(d => ArchivingDelay.Of(d.Key, d.Value)).ToList();
        return rows.Count == 0 ? [] : [.. rows, ArchivingDelay.Of("", [.. delays.Values.SelectMany(d => d)])];
    }

    private IEnumerable<OverdueCase> Walk(IDocumentReader views, DateOnly day, string? agency, OverdueKey? from)
    {
        var rules = new Rules(this);
        foreach (var (period, of) in DueGroups(views, agency, from, period => CompletionPeriod.YearOf(period) < day.Year))
        {
            var year = CompletionPeriod.YearOf(period)!.Value;
            var deadline = rules.Of(of, year).ForYear(year);
            if (deadline >= day)
            {
                continue;
            }

            var at = from is not null && (from.Period, from.Agency) == (period, of) ? from : null;
            foreach (var isOpen in at is { IsOpen: false } ? ShutOnly : OpenThenShut)
            {
                var prefix = CaseEntry.DuePrefix(period, of, isOpen);
                var start = isOpen ? null : LegalTime.Write(day.AddDays(1));
                var seen = at?.IsOpen == isOpen ? LookupField.Key(prefix + at.Day, at.Place) : null;
                foreach (var stored in Range(views, prefix, start, seen))
                {
                    var c = CaseEntry.Read(stored);
                    yield return new OverdueCase(
                        c, deadline, day.DayNumber - deadline.DayNumber, c.WasReturnedOn(day),
                        new OverdueKey(period, of, isOpen, stored.Document.Text("due")![prefix.Length..], c.Place).ToString());
                }
            }
        }
    }

    /// <summary>
    /// Periods and agencies that have cases, by leaping over the cases of each, and over the periods that are not asked for. No
    /// deadline lies before the end of its year.
    /// </summary>
    private static IEnumerable<(string Period, string Agency)> DueGroups(IDocumentReader views, string? agency, OverdueKey? from, Func<string, bool> asks)
    {
        var after = from is null ? null : from.Period + "|" + from.Agency + "|";
        while (views.FindAfter(CaseEntry.Collection, "due", "", after, 1) is [var first])
        {
            var parts = first.Document.Text("due")!.Split('|');
            if (!asks(parts[0]))
            {
                after = parts[0] + "|" + Last;
                continue;
            }

            if (agency is null || parts[1] == agency)
            {
                yield return (parts[0], parts[1]);
            }

            after = parts[0] + "|" + parts[1] + "|" + Last;
        }
    }

    private static IEnumerable<StoredDocument> Range(IDocumentReader views, string prefix, string? start, string? seen)
    {
        var after = seen is null || (start is not null && string.CompareOrdinal(seen, prefix + start) < 0) ? start is null ? null : prefix + start : seen;
        while (true)
        {
            var page = views.FindAfter(CaseEntry.Collection, "due", prefix, after, PageSize);
            foreach (var one in page)
            {
                yield return one;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = LookupField.Key(page[^1].Document.Text("due")!, page[^1].Id);
        }
    }

    private static IEnumerable<Document> Groups(IDocumentReader views)
    {
        var after = 0L;
        while (views.Scan(CaseSums.Collection, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var one in page)
            {
                yield return one.Document;
            }

            after = page[^1].Id;
        }
    }

    /// <summary>The rule of each agency, asked once for a report.</summary>
    private sealed class Rules(DeadlineRegister register)
    {
        private readonly Dictionary<(string Agency, int Year), ArchivingDeadline> _known = [];

        public ArchivingDeadline Of(string agency, int year)
        {
            if (!_known.TryGetValue((agency, year), out var rule))
            {
                _known.Add((agency, year), rule = register.RuleFor(agency, year));
            }

            return rule;
        }
    }

    /// <summary>The place of an overdue case in the order of the list.</summary>
    private sealed record OverdueKey(string Period, string Agency, bool IsOpen, string Day, long Place)
    {
        public static bool TryParse(string text, out OverdueKey? key)
        {
            key = null;
            if (text.Split('/') is not [var period, var agency, var kind and ("open" or "shut"), var day, var place]
                || !LegalTime.TryRead(day, out _) || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            key = new OverdueKey(period, agency, kind == "open", day, number);
            return true;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Period}/{Agency}/{(IsOpen ? "open" : "shut")}/{Day}/{Place}");
    }
}
