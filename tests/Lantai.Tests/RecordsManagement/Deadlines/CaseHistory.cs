using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>A random history of cases in an office, and the same history as plain lists that a test counts again by itself.</summary>
internal sealed class CaseHistory
{
    private static readonly DateOnly First = new(2023, 1, 1);

    private readonly TestOffice _office;
    private readonly Random _chance;
    private readonly List<Told> _cases = [];
    private DateTimeOffset _now;

    private CaseHistory(TestOffice office, int seed) => (_office, _chance, _now) = (office, new Random(seed), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<Told> Cases => _cases;

    /// <summary>Plays cases that were completed from 2023 on; the office's clock goes from 2026 to 2028.</summary>
    public static CaseHistory Play(TestOffice office, int seed, int steps)
    {
        var history = new CaseHistory(office, seed);
        for (var i = 0; i < steps; i++)
        {
            history.Step();
        }

        return history;
    }

    private void Step()
    {
        _now += TimeSpan.FromHours(_chance.Next(1, 200));
        _office.Time.SetUtcNow(_now);
        if (_cases.Count == 0 || _chance.Next(3) == 0)
        {
            Tell();
            return;
        }

        var told = _cases[_chance.Next(_cases.Count)];
        var arrows = Lifecycle.From(told.State).Where(a => a.Custody is null || a.Custody == _office.Case(told.Number).Custody).ToList();
        if (_chance.Next(12) == 0 && told is { Archived: null, Refused: null })
        {
            Correct(told);
        }
        else if (arrows.Count > 0)
        {
            Move(told, arrows[_chance.Next(arrows.Count)].To);
        }
    }

    private void Tell()
    {
        var completed = CompletionBefore(_now);
        var told = new Told("N" + _cases.Count, "A" + _chance.Next(3), "I" + _chance.Next(3), completed);
        Assert.Equal(1, _office.Tell(CaseSketch.Notice(told.Number, Text(completed), told.Agency, told.Item)).Taken);
        _cases.Add(told);
    }

    private void Correct(Told told)
    {
        (told.Completed, told.Agency) = (CompletionBefore(_now), "A" + _chance.Next(3));
        _ = _office.Office.Cases.Correct(
            CaseSketch.Source, told.Number, new CaseChange { Completed = CaseSketch.Time(Text(told.Completed)), Agency = told.Agency }, "as the source says now", TestOffice.Clerk);
    }

    private void Move(Told told, CaseState to)
    {
        var outcome = _office.Move(told.Number, to, to == CaseState.Checking ? CaseSketch.Content(told.Number) : null);
        if (outcome.IsRefused)
        {
            return; // registered without a digest, for one
        }

        var day = LegalTime.DayOf(_office.Case(told.Number).Since);
        if (told.State == CaseState.Returned)
        {
            told.Returns[^1] = (told.Returns[^1].From, day);
        }

        if (to == CaseState.Returned)
        {
            told.Returns.Add((day, DateOnly.MaxValue));
        }

        told.Archived ??= to == CaseState.Registered ? day : null;
        told.Refused ??= to == CaseState.RefusedAsSecret ? day : null;
        told.State = to;
    }

    private DateTimeOffset CompletionBefore(DateTimeOffset now)
    {
        var start = new DateTimeOffset(First.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8));
        return start + TimeSpan.FromMinutes(_chance.Next((int)(now - start).TotalMinutes));
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a plain list knows of a case.</summary>
    internal sealed class Told(string number, string agency, string item, DateTimeOffset completed)
    {
        public string Number => number;

        public string Agency { get; set; } = agency;

        public string Item => item;

        public DateTimeOffset Completed { get; set; } = completed;

        public CaseState State { get; set; } = CaseState.Awaiting;

        public DateOnly? Archived { get; set; }

        public DateOnly? Refused { get; set; }

        public List<(DateOnly From, DateOnly Until)> Returns { get; } = [];

        public DateOnly Day => DateOnly.FromDateTime(Completed.UtcDateTime.AddHours(8));

        public bool IsBefore => Day < new DateOnly(2023, 7, 30);

        public DateOnly Deadline => new(Day.Year + 1, 6, 30);

        public bool IsOpenOn(DateOnly day) => Day <= day && !(Archived <= day) && !(Refused <= day);

        public bool IsOverdueOn(DateOnly day) => !IsBefore && IsOpenOn(day) && Deadline < day;

        public bool WasReturnedOn(DateOnly day) => Returns.Any(r => r.From <= day && day < r.Until);
    }
}
