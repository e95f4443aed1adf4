using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Bench.Index;
using Lantai.Words;

// A synthetic digest index: random digests are put one by one, as a rebuild from packs and a long ingest do; then the
// index is opened anew and asked for what it holds and for what it does not hold.
//   lantai-bench-index FOLDER [ENTRIES]       FOLDER must be empty; about 91 bytes for each entry are needed while it runs
if (args.Length is < 1 or > 2 || (Directory.Exists(args[0]) && Directory.EnumerateFileSystemEntries(args[0]).Any()))
{
    await Console.Error.WriteLineAsync("lantai-bench-index EMPTY-FOLDER [ENTRIES]");
    return 2;
}

var count = args.Length > 1 ? long.Parse(args[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 100_000_000;
var disk = new LocalDisk(args[0]);
var settings = new IndexSettings("index/digests", 12, HasOneValue: false, Writes: true);
var mark = new IndexMark(1, default, ReadOnlyMemory<byte>.Empty);
var report = new Report();

var index = SortedIndex.Create(disk, settings);
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

index.Save(mark);
report.End($"build of {count:N0} entries", count);
report.Say($"{index.Runs} runs, {disk.List("index").Sum(p => new FileInfo(Path.Combine(disk.Root, p)).Length) / (double)count:F1} bytes of disk for an entry");
Lookups(index, "just built, warm", 200_000);
index.Dispose();

report.Restart();
index = SortedIndex.Open(disk, settings, out _)!;
while (index.IsBusy)
{
    await Task.Delay(100);
}

report.End($"merges that were still due: {index.Runs} runs", count);
index.Dispose();

foreach (var path in disk.List("index"))
{
    using var file = disk.Open(path, DiskAccess.Read);
    file.DropCache();
}

report.Restart();
index = SortedIndex.Open(disk, settings with { Writes = false }, out _) ?? throw new InvalidOperationException("The index that was saved cannot be opened.");
report.End("opening", 1);
Lookups(index, "opened, cold", 20_000);
for (var i = 0L; i < 2_000_000; i++)
{
    _ = index.TryFind(Synthetic.Digest(-1 - i), value);
}

Lookups(index, "opened, warm", 200_000);
report.Say($"peak of the whole run: {Report.Status("VmHWM")} MiB");
index.Dispose();
return 0;

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
