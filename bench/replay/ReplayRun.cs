using System.Diagnostics;
using System.Globalization;
using Lantai.Adapters.LiteDb;
using Lantai.Adapters.Sqlite;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;

namespace Lantai.Bench.Replay;

/// <summary>Replays a store's ledger into a catalogue and says how fast, how large, how much memory.</summary>
internal static class ReplayRun
{
    private const long Step = 100_000;

    public static void Run(string root, string kind, string file)
    {
        var clock = Stopwatch.StartNew();
        using var vault = Vault.OpenReadOnly(new LocalDisk(root), TimeProvider.System);
        Tell($"opened: {vault.Ledger.Size} events", clock.Elapsed.TotalSeconds);
        var projection = new AipCatalogue();
        using IDocumentStore? store = kind switch
        {
            "litedb" => new LiteDocumentStore(file, projection.Lookups),
            "sqlite" => new SqliteDocumentStore(file, projection.Lookups),
            "memory" => new MemoryDocumentStore(projection.Lookups),
            "none" => null,
            _ => throw new ArgumentException("Not a kind of catalogue: " + kind),
        };

        clock.Restart();
        var (reached, at, cpu) = (0L, 0.0, Cpu());
        var start = cpu;
        void Progress(long next)
        {
            if (next / Step > reached / Step)
            {
                var now = clock.Elapsed.TotalSeconds;
                Tell($"{next} events: {(next - reached) / (now - at):F0}/s, {(next - reached) / (Cpu() - cpu):F0}/CPU-s", now);
                (reached, at, cpu) = (next, now, Cpu());
            }
        }

        var read = 0L;
        if (store is null)
        {
            foreach (var e in vault.ReadEvents(0))
            {
                Progress(++read);
            }
        }
        else
        {
            read = new DataManagement.Replay(store, projection).CatchUp(vault.ReadEvents, Progress, CancellationToken.None).Read;
            Tell("applied", clock.Elapsed.TotalSeconds);
            store.Dispose();
        }

        var (seconds, used) = (clock.Elapsed.TotalSeconds, Cpu() - start);
        Tell($"{kind}: {read} events, {read / seconds:F0}/s, {read / used:F0}/CPU-s, {used:F1} CPU-s", seconds);
        var size = Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))) ? Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileNameWithoutExtension(file) + "*").Sum(f => new FileInfo(f).Length) : 0;
        Tell($"{size} bytes in files, {(double)size / Math.Max(1, read):F0} an event", seconds);
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static void Tell(string what, double seconds)
    {
        var status = File.ReadLines("/proc/self/status").Where(l => l.StartsWith("VmHWM", StringComparison.Ordinal) || l.StartsWith("VmRSS", StringComparison.Ordinal))
            .Select(l => string.Join(' ', l.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,8:F2} s  {what}  [{string.Join(", ", status)}]"));
    }
}
