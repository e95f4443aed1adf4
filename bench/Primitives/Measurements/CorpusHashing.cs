using System.Diagnostics;
using System.Globalization;
using Lantai.Words;

namespace Lantai.Bench;

/// <summary>Reads all files of a folder and hashes them: one by one, or in groups side by side. Files are in the page cache.</summary>
internal static class CorpusHashing
{
    private const int GroupFiles = 64;
    private const int GroupBytes = 4 << 20;

    public static void Run(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        for (var repeat = 0; repeat < 4; repeat++)
        {
            foreach (var threads in (int[])[1, 2])
            {
                foreach (var (name, hash) in new (string, Action<Memory<byte>[], Digest[]>?)[]
                    { ("read only", null), ("one by one", (m, d) => Compute(m, d, false)), ("side by side", (m, d) => Compute(m, d, DigestBatch.IsParallel)) })
                {
                    Print(name, threads, () => All(files, threads, hash));
                }
            }
        }
    }

    internal static void Print(string name, int threads, Func<long> measured)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var bytes = measured();
        var wall = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {threads} threads  {seconds,6:F3} CPU s  {bytes / seconds / 1e9,6:F2} GB per CPU s  {wall,6:F3} s"));
    }

    private static long All(string[] files, int threads, Action<Memory<byte>[], Digest[]>? hash)
    {
        var total = 0L;
        var next = 0;
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            var buffer = GC.AllocateUninitializedArray<byte>(GroupBytes + (64 << 20), pinned: true);
            var group = new List<Memory<byte>>(GroupFiles);
            for (int start; (start = Interlocked.Add(ref next, GroupFiles) - GroupFiles) < files.Length;)
            {
                var used = 0;
                foreach (var file in files.AsSpan(start, Math.Min(GroupFiles, files.Length - start)))
                {
                    if (used > GroupBytes)
                    {
                        Hash(group, hash);
                        used = 0;
                    }

                    var length = Read(file, buffer.AsSpan(used));
                    group.Add(buffer.AsMemory(used, length));
                    used += length;
                    _ = Interlocked.Add(ref total, length);
                }

                Hash(group, hash);
            }
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return total;
    }

    private static void Hash(List<Memory<byte>> group, Action<Memory<byte>[], Digest[]>? hash)
    {
        hash?.Invoke([.. group], new Digest[group.Count]);
        group.Clear();
    }

    private static void Compute(Memory<byte>[] messages, Digest[] digests, bool inLanes) =>
        DigestBatch.Compute(Array.ConvertAll(messages, m => (ReadOnlyMemory<byte>)m), digests, inLanes);

    private static int Read(string file, Span<byte> buffer)
    {
        using var handle = File.OpenHandle(file);
        var done = 0;
        for (int count; (count = RandomAccess.Read(handle, buffer[done..], done)) > 0;)
        {
            done += count;
        }

        return done;
    }
}
