using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Bench.Replay;
using Lantai.Evidence;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Bench.Cases;

/// <summary>
/// A store with four years of notices and moves, through the vault itself: 60 agencies, 400 items in one of two systems each,
/// 20 sources; 85 of 100 cases are archived, most within days, some late; some are sent back, and some stay there.
/// </summary>
internal static class CaseStore
{
    private const int Agencies = 60;
    private const int Items = 400;
    private const int Sources = 20;
    private static readonly DateOnly First = new(2023, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);
    private static readonly Actor Clerk = new("os:bench", "lantai 0.1.0");

    public static void Make(string root, string keyFolder, int count)
    {
        var clock = new HandClock(At(First, 0));
        var descriptor = new StoreDescriptor(
            Guid.NewGuid(), StoreTime.Cut(clock.GetUtcNow()), StoreDescriptor.DefaultPackSize, StoreDescriptor.DefaultLargeFrom, StoreDescriptor.DefaultSegmentSize);
        _ = Directory.CreateDirectory(root);
        var disk = new UnsyncedDisk(root);
        using var signer = NoteSigner.Generate(descriptor.Origin);
        new KeyStore(keyFolder).Save(descriptor.Store, signer, null);
        VaultCreation.Create(disk, descriptor, signer, new Dictionary<string, byte[]>(), Clerk, clock);
        using var vault = Vault.Open(disk, new VaultSettings(clock, Clerk), signer);

        var (chance, watch) = (new Random(5), Stopwatch.StartNew());
        var days = Last.DayNumber - First.DayNumber + 1;
        var plans = new Dictionary<int, List<Step>>();
        var told = 0;
        for (var i = 0; i < days; i++)
        {
            var day = First.AddDays(i);
            var until = (int)((long)count * (i + 1) / days);
            clock.Set(At(day, 20));
            foreach (var source in Enumerable.Range(told, until - told).GroupBy(_ => chance.Next(Sources)))
            {
                Tell(vault, chance, day, source.Key, [.. source], plans);
            }

            told = until;
            if (plans.Remove(day.DayNumber, out var steps))
            {
                Move(vault, clock, steps);
            }

            if (i % 200 == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{LegalTime.Write(day)}: {told} cases, {vault.Ledger.Size} events, {watch.Elapsed.TotalSeconds:F1} s"));
            }
        }

        vault.Publish();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{told} cases, {vault.Ledger.Size} events, {watch.Elapsed.TotalSeconds:F1} s"));
    }

    private static void Tell(Vault vault, Random chance, DateOnly day, int source, int[] numbers, Dictionary<int, List<Step>> plans)
    {
        foreach (var some in numbers.Chunk(CaseBodies.Most))
        {
            var cases = some.Select(n =>
            {
                // Each item is handled by two systems, and belongs to one agency.
                var item = (source + (Sources / 2 * chance.Next(2)) + (Sources * chance.Next(Items / Sources))) % Items;
                var time = string.Create(CultureInfo.InvariantCulture, $"{LegalTime.Write(day)}T{chance.Next(8, 18):00}:{chance.Next(60):00}:{chance.Next(60):00}+08:00");
                _ = CompletionTime.TryParse(time, out var completed);
                return new ToldCase(Guid.NewGuid(), new CaseNotice($"{day.Year}{n:D9}", $"11350100{item % Agencies:D6}", $"0001{item:D8}", completed), null);
            }).ToList();
            var sequence = vault.Append(CaseBodies.Completed($"S{source:D2}", cases, []), Clerk).Event.Leaf.Sequence;
            for (var i = 0; i < cases.Count; i++)
            {
                Plan(chance, day, CaseBodies.PlaceOf(sequence, i), plans);
            }
        }
    }

    /// <summary>What becomes of a case: 85 of 100 are archived, 10 of 100 after their deadline; 8 of 100 are sent back once.</summary>
    private static void Plan(Random chance, DateOnly day, long place, Dictionary<int, List<Step>> plans)
    {
        var dice = chance.Next(100);
        var isReturned = chance.Next(100) < 8;
        if (dice >= 85)
        {
            if (isReturned)
            {
                Add(plans, day.AddDays(3), new Step(place, [CaseState.Awaiting, CaseState.Collecting, CaseState.Checking, CaseState.Returned]));
            }

            return;
        }

        var done = dice < 60 ? day.AddDays(chance.Next(0, 4)) : dice < 75 ? day.AddDays(chance.Next(10, 200)) : new DateOnly(day.Year + 1, 7, 1).AddDays(chance.Next(300));
        if (isReturned)
        {
            Add(plans, day.AddDays(1), new Step(place, [CaseState.Awaiting, CaseState.Collecting, CaseState.Checking, CaseState.Returned]));
            Add(plans, done.AddDays(9), new Step(place, [CaseState.Returned, CaseState.Collecting, CaseState.Checking, CaseState.Passed, CaseState.Registered]));
        }
        else
        {
            Add(plans, done, new Step(place, [CaseState.Awaiting, CaseState.Collecting, CaseState.Checking, CaseState.Passed, CaseState.Registered]));
        }
    }

    private static void Add(Dictionary<int, List<Step>> plans, DateOnly day, Step step)
    {
        if (!plans.TryGetValue(day.DayNumber, out var steps))
        {
            plans.Add(day.DayNumber, steps = []);
        }

        steps.Add(step);
    }

    /// <summary>The moves of a day, arrow after arrow, many cases in each event.</summary>
    private static void Move(Vault vault, HandClock clock, List<Step> steps)
    {
        for (var at = 0; steps.Any(s => s.Way.Length > at + 1); at++)
        {
            foreach (var arrow in steps.Where(s => s.Way.Length > at + 1).GroupBy(s => (From: s.Way[at], To: s.Way[at + 1])))
            {
                foreach (var some in arrow.Chunk(CaseBodies.Most))
                {
                    clock.Forward();
                    var moves = some.Select(s => new MovedCase(s.Place, arrow.Key.From, At(arrow.Key.From) ? DigestOf(s.Place) : null, At(arrow.Key.To) ? DigestOf(s.Place) : null)).ToList();
                    _ = vault.Append(CaseBodies.Moved(arrow.Key.To, "daily run", moves, null), Clerk);
                }
            }
        }
    }

    private static bool At(CaseState state) => state is not (CaseState.Awaiting or CaseState.Collecting);

    private static Digest DigestOf(long place) => Digest.Of(Encoding.ASCII.GetBytes(place.ToString(CultureInfo.InvariantCulture)));

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), LegalTime.Offset);

    private sealed record Step(long Place, CaseState[] Way);

    private sealed class HandClock(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset _now = start;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Set(DateTimeOffset now) => _now = now;

        public void Forward() => _now += TimeSpan.FromMilliseconds(1);
    }
}
