using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Bench.Cases;

/// <summary>Opens the store with its real catalogue and asks what the deadlines of any day are.</summary>
internal static class CaseMeasures
{
    private const int Rounds = 3;
    private static readonly DateOnly[] Asked = [new(2023, 8, 1), new(2024, 6, 30), new(2024, 7, 1), new(2025, 7, 1), new(2026, 7, 1), new(2026, 12, 31)];

    /// <summary>Measures all, the replay too, or (with a catalogue that is there) only what is asked of it.</summary>
    public static void Run(string root, string keys, string result, bool replays)
    {
        var figures = new Dictionary<string, object>();
        var settings = new RepositorySettings(root, keys, null, new Actor("os:bench", "lantai 0.1.0"), new LastDay());
        var catalogue = new DirectoryInfo(Path.Combine(root, StoreLayout.Catalogue));
        if (catalogue.Exists && replays)
        {
            catalogue.Delete(recursive: true);
        }

        using (var repository = Timed(figures, "open, key index made", () => Repository.Open(settings)))
        {
            Timed(figures, "replay into the catalogue", repository.CatchUp);
            figures["cases"] = repository.Records.Cases.Count;
            figures["events"] = repository.Vault.Ledger.Size;
        }

        figures["catalogue bytes"] = catalogue.EnumerateFiles().Sum(f => f.Length);
        using (var repository = Timed(figures, "open", () => Repository.Open(settings)))
        {
            Ask(figures, repository.Records.Deadlines);
        }

        figures["peak MiB"] = Peak();
        File.WriteAllText(result, JsonSerializer.Serialize(figures));
    }

    private static void Ask(Dictionary<string, object> figures, DeadlineRegister deadlines)
    {
        foreach (var day in Asked)
        {
            var name = LegalTime.Write(day);
            foreach (var by in Enum.GetValues<DeadlineGrouping>())
            {
                var rows = Best(figures, $"totals by {by} {name}", () => deadlines.Totals(day, by, out _));
                Console.WriteLine($"   {rows.Count} rows");
            }

            _ = deadlines.Totals(day, DeadlineGrouping.Agency, out var all);
            Console.WriteLine("   " + all);
            var page = Best(figures, $"first page {name}", () => deadlines.Overdue(day, null, null).Take(100).ToList());
            if (page.Count > 0)
            {
                var middle = deadlines.Overdue(day, null, null).ElementAt((int)(all.Overdue / 2)).Next;
                _ = Best(figures, $"page in the middle {name}", () => deadlines.Overdue(day, null, middle).Take(100).ToList());
            }
        }

        var last = Asked[^1];
        var texts = new ReportTexts(new Phrases(), Language.English);
        var before = Peak();
        var (clock, cpu) = (Stopwatch.StartNew(), Cpu());
        var count = 0L;
        using (var file = File.Create(Path.Combine(Path.GetTempPath(), "overdue.csv")))
        {
            ReportWriter.Write(DeadlineForms.List(last, deadlines.Overdue(last, null, null).Select(o => (o, count++).o)), ReportFormat.Csv, texts, file, CancellationToken.None);
        }

        var (seconds, used) = (clock.Elapsed.TotalSeconds, Cpu() - cpu);
        (figures["csv rows"], figures["csv rows/s"], figures["csv rows/CPU-s"], figures["csv peak MiB before"], figures["csv peak MiB after"]) =
            (count, count / seconds, count / used, before, Peak());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"csv: {count} rows, {count / seconds:F0}/s, {count / used:F0}/CPU-s, peak {before} -> {Peak()} MiB"));
        var delays = Timed(figures, "delays of a year", () => deadlines.Delays(new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)));
        Console.WriteLine("   " + delays[^1]);
    }

    private static T Best<T>(Dictionary<string, object> figures, string name, Func<T> ask)
    {
        T answer = default!;
        var seconds = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            answer = ask();
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        figures[name] = seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", seconds.Select(s => s.ToString("F3", CultureInfo.InvariantCulture)))} s, peak {Peak()} MiB"));
        return answer;
    }

    private static T Timed<T>(Dictionary<string, object> figures, string name, Func<T> act)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Cpu());
        var answer = act();
        figures[name] = new { wall = clock.Elapsed.TotalSeconds, cpu = Cpu() - cpu, peak = Peak() };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {clock.Elapsed.TotalSeconds:F2} s, {Cpu() - cpu:F2} CPU-s, peak {Peak()} MiB"));
        return answer;
    }

    private static void Timed(Dictionary<string, object> figures, string name, Action act) => _ = Timed(figures, name, () =>
    {
        act();
        return true;
    });

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static long Peak() => File.ReadLines("/proc/self/status").Where(l => l.StartsWith("VmHWM", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();

    /// <summary>The store's events end here; a clock of today would do as well, as long as it is later.</summary>
    private sealed class LastDay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
