using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;

namespace Lantai.Bench;

/// <summary>Keeps contents in a store in a temporary folder, with and without their SM3, and abandons them: what the digest adds to a deposit.</summary>
internal static class KeepingWithSm3
{
    private const int Together = 256;
    private const int LargeLength = 256 << 20;

    public static async Task RunAsync()
    {
        var noise = new byte[8 << 20];
        new Random(1).NextBytes(noise);
        for (var repeat = 0; repeat < 3; repeat++)
        {
            foreach (var withSm3 in (bool[])[false, true])
            {
                var name = withSm3 ? "with sm3" : "without";
                Print($"{name}, 200 B to 2 KiB", await MeasureAsync(withSm3, d => KeepSmallAsync(d, noise, 40_000, 200, 2048)));
                Print($"{name}, 4 to 80 KiB", await MeasureAsync(withSm3, d => KeepSmallAsync(d, noise, 4_000, 4096, 80 << 10)));
                Print($"{name}, one of 256 MiB", await MeasureAsync(withSm3, KeepLargeAsync));
            }
        }
    }

    private static void Print(string name, (long Bytes, double Cpu) measured) =>
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name,-28} {measured.Cpu,7:F3} CPU s  {measured.Bytes / measured.Cpu / 1e6,8:F0} MB per CPU s"));

    private static async Task<(long Bytes, double Cpu)> MeasureAsync(bool withSm3, Func<Deposit, Task<long>> keep)
    {
        var folder = Directory.CreateTempSubdirectory("lantai-sm3-");
        try
        {
            var disk = new LocalDisk(folder.FullName);
            var descriptor = new StoreDescriptor(Guid.NewGuid(), StoreTime.Cut(TimeProvider.System.GetUtcNow()), StoreDescriptor.DefaultPackSize, StoreDescriptor.DefaultLargeFrom, StoreDescriptor.DefaultSegmentSize);
            using var signer = NoteSigner.Generate(descriptor.Origin);
            var actor = new Actor("os:bench", "bench");
            VaultCreation.Create(disk, descriptor, signer, new Dictionary<string, byte[]>(), actor, TimeProvider.System);
            using var vault = Vault.Open(disk, new VaultSettings(TimeProvider.System, actor), signer);
            using var deposit = vault.Begin(Vault.UnscheduledGroup, withSm3);
            var before = Environment.CpuUsage.TotalTime;
            var bytes = await keep(deposit);
            return (bytes, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> KeepSmallAsync(Deposit deposit, byte[] noise, int count, int shortest, int longest)
    {
        var (random, total) = (new Random(3), 0L);
        for (var done = 0; done < count; done += Together)
        {
            var read = new List<ReadContent>(Together);
            for (var i = 0; i < Together; i++)
            {
                var length = random.Next(shortest, longest);
                read.Add(deposit.Read(new MemoryStream(noise, random.Next(noise.Length - length), length), length, [], CancellationToken.None));
                total += length;
            }

            _ = await deposit.KeepAllAsync(read, null, CancellationToken.None);
        }

        return total;
    }

    private static async Task<long> KeepLargeAsync(Deposit deposit) =>
        (await deposit.KeepAsync(new MemoryStream(new byte[LargeLength]), LargeLength, [], CancellationToken.None)).Length;
}
