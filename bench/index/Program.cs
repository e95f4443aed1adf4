using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Bench.Index;
using Lantai.Words;

// A synthetic digest index: random digests are put one by one, as a rebuild from packs and a long ingest do, and another
// process asks it for what it holds and for what it does not hold. Two processes, so that each says its own memory.
//   lantai-bench-index build EMPTY-FOLDER [ENTRIES]      about 91 bytes of disk for each entry are needed while it runs
//   lantai-bench-index ask FOLDER [ENTRIES]
if (args.Length is < 2 or > 3 || args[0] is not ("build" or "ask"))
{
    await Console.Error.WriteLineAsync("lantai-bench-index build|ask FOLDER [ENTRIES]");
    return 2;
}

var count = args.Length > 2 ? long.Parse(args[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 100_000_000;
var disk = new LocalDisk(args[1]);
var settings = new IndexSettings("index/digests", 12, HasOneValue: false, Writes: true);
var report = new Report();
if (args[0] == "build")
{
    await Build();
}
else
{
    Ask();
}

return 0;

async Task Build()
{
    if (disk.List("index").Count > 0)
    {
        throw new InvalidOperationException("The folder holds an index already.");
    }

    using var index = SortedIndex.Create(disk, settings);
    var value = new byte[12];
    var part = Stopwatch.StartNew();
    for (var i = 0L; i < count; i++)
    {
        BinaryPrimitives.WriteInt64LittleEndian(value, i);
        index.Put(Synthetic.Digest(i), value);
        if ((i + 1) % (count / 10) == 0)
        {
            report.Say($"put {i + 1:N0}: this tenth {count / 10 / part.Elapsed.TotalSeconds:N0}/s, {index.Runs} runs, peak {Report.Status("VmHWM")} MiB");
            part.Restart();
        }
    }

    index.Save(new IndexMark(1, default, ReadOnlyMemory<byte>.Empty));
    report.End($"build of {count:N0} entries, {index.Runs} runs", count);
    while (index.IsBusy)
    {
        await Task.Delay(100);
    }

    report.Say($"{index.Runs} runs, {disk.List("index").Sum(p => new FileInfo(Path.Combine(disk.Root, p)).Length) / (double)count:F1} bytes of disk for an entry");
}

void Ask()
{
    ForEachFile(file => file.DropCache());
    report.Restart();
    using var index = SortedIndex.Open(disk, settings with { Writes = false }, out _) ?? throw new InvalidOperationException("There is no index that can be opened.");
    report.End($"opening {index.Runs} runs", 1);
    Lookups(index, "from the medium", 20_000);
    var block = new byte[1 << 20];
    ForEachFile(file =>
    {
        for (var at = 0L; file.Read(at, block) > 0; at += block.Length)
        {
        }
    });
    Lookups(index, "from the page cache, first", 200_000);
    Lookups(index, "from the page cache, again", 1_000_000);
}

void ForEachFile(Action<IDiskFile> action)
{
    foreach (var path in disk.List("index"))
    {
        using var file = disk.Open(path, DiskAccess.Read);
        action(file);
    }
}

void Lookups(SortedIndex asked, string when, int times)
{
    foreach (var (kind, sign) in new[] { ("held", 1), ("new", -1) })
    {
        var random = new Random(times + sign);
        var took = new long[times];
        var found = new byte[12];
        report.Restart();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++)
        {
            var number = random.NextInt64(count);
            var digest = Synthetic.Digest(sign > 0 ? number : -1 - (count * 100) - number);
            var start = Stopwatch.GetTimestamp();
            var isHeld = asked.TryFind(digest, found);
            took[i] = Stopwatch.GetTimestamp() - start;
            if (isHeld != sign > 0 || (isHeld && BinaryPrimitives.ReadInt64LittleEndian(found) != number))
            {
                throw new InvalidOperationException($"A wrong answer about {number}.");
            }
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        Array.Sort(took);
        report.End(
            $"{when}, {kind}: p50 {Micro(took[times / 2]):F1} µs, p99 {Micro(took[times * 99L / 100]):F1} µs, p99.9 {Micro(took[times * 999L / 1000]):F1} µs, {allocated} bytes allocated each", times);
    }
}

static double Micro(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

namespace Lantai.Bench.Index
{
    /// <summary>Digests that look random and can be made again: splitmix64 over a number.</summary>
    internal static class Synthetic
    {
        public static Digest Digest(long number)
        {
            Span<byte> bytes = stackalloc byte[32];
            var state = unchecked((ulong)number * 0x9E3779B97F4A7C15);
            for (var i = 0; i < 4; i++)
            {
                state = unchecked(state + 0xD1B54A32D192ED03);
                var z = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
                z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
                BinaryPrimitives.WriteUInt64BigEndian(bytes[(i * 8)..], z ^ (z >> 31));
            }

            return new Digest(bytes);
        }
    }

    /// <summary>Lines with wall time, CPU time and memory.</summary>
    internal sealed class Report
    {
        private readonly Stopwatch _wall = Stopwatch.StartNew();
        private TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;

        public void Say(string line) => Console.WriteLine(line);

        public void Restart()
        {
            _wall.Restart();
            _cpu = Process.GetCurrentProcess().TotalProcessorTime;
        }

        public void End(string line, long times)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime - _cpu;
            Say($"{line}: {_wall.Elapsed.TotalSeconds:F2} s wall, {cpu.TotalSeconds:F2} s CPU ({cpu.TotalMicroseconds / times:F2} µs each), resident {Status("VmRSS")} MiB, peak {Status("VmHWM")} MiB");
        }

        public static long Status(string name) => File.ReadLines("/proc/self/status").Where(l => l.StartsWith(name, StringComparison.Ordinal))
            .Select(l => long.Parse(l[(name.Length + 1)..^2].Trim(), CultureInfo.InvariantCulture) / 1024).Single();
    }
}
