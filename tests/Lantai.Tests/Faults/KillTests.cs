using System.Diagnostics;
using System.Text.RegularExpressions;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>
/// The real program, killed with SIGKILL at random moments of a batch: what it said it kept is there and whole, and what
/// it did not say is wholly there or not at all.
/// </summary>
public sealed partial class KillTests
{
    private const int Packages = 120;

    [Fact]
    public async Task Thirty_kills_lose_nothing_acknowledged_and_leave_nothing_half_made() => await KillAsync(30);

    [Fact]
    [Trait("Length", "long")]
    public async Task Three_hundred_kills_lose_nothing_acknowledged_and_leave_nothing_half_made() => await KillAsync(300);

    private static async Task KillAsync(int rounds)
    {
        var program = Program.Find();
        using var place = new RepositoryPlace(packSize: 1 << 18, largeFrom: 1 << 16, segmentSize: 1 << 14);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (killed, acknowledged) = (0, new HashSet<string>(StringComparer.Ordinal));
        var batch = WriteBatch(place.Root, random);
        var looked = 0L;
        for (var round = 0; round < rounds; round++)
        {
            killed += await RunAndKillAsync(program, place, batch, round, random, acknowledged) ? 1 : 0;
            looked = AssertSound(place, batch, acknowledged, looked, verify: rounds <= 30 || round % 10 == 9, $"seed {seed}, round {round}");
        }

        Assert.True(killed > rounds / 2, $"only {killed} of {rounds} runs were killed before they ended");
        Assert.True(acknowledged.Count > rounds, $"only {acknowledged.Count} submissions were acknowledged in {rounds} rounds");
        AssertViewsAreWhatTheLedgerSays(place);
        TestContext.Current.SendDiagnosticMessage($"{killed} of {rounds} runs killed, {acknowledged.Count} submissions acknowledged, none lost (seed {seed})");
    }

    /// <summary>Starts a batch and kills it some time after it began to acknowledge. True when it was still running.</summary>
    private static async Task<bool> RunAndKillAsync(string program, RepositoryPlace place, string batch, int round, Random random, HashSet<string> acknowledged)
    {
        using var process = Program.Start(program, "ingest", "--batch", batch, "--source", $"round{round}", "--retention", "D10", "--completed", "2020-05-01",
            "--store", place.Settings.Root, "--keys", place.Settings.KeyFolder, "--lang", "en");
        var wait = random.Next(1, 60);
        var lines = 0;
        var reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (Kept().Match(line) is { Success: true } match)
                {
                    _ = acknowledged.Add($"round{round}/{match.Groups["name"].Value}");
                    lines++;
                }
            }
        });
        var errors = process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (!process.HasExited && lines < wait && clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(random.Next(0, 3));
        }

        var running = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        await reading; // lines that were written before the kill were acknowledged
        Assert.True(running || process.ExitCode == 0, await errors);
        return running;
    }

    /// <summary>Looks at what came since <paramref name="from"/>, and that everything ever acknowledged is known. Gives where it ended.</summary>
    private static long AssertSound(RepositoryPlace place, string batch, HashSet<string> acknowledged, long from, bool verify, string when)
    {
        if (verify)
        {
            var seen = StoreVerification.Run(new LocalDisk(place.Settings.Root), TimeProvider.System, new VerificationRequest(place.Key, null), null, default);
            Assert.True(seen.IsClean, $"{when}, before recovery: {string.Join("; ", seen.Findings)}");
        }

        using var repository = place.Open();
        Assert.True(repository.Findings.All(f => f.Severity != Severity.Error), $"{when}: {string.Join("; ", repository.Findings)}");
        foreach (var stored in repository.Vault.ReadEvents(from).Where(e => e.Leaf.Type == EventTypes.Ingestion))
        {
            Assert.Empty(stored.Findings);
            var detail = IngestionDetail.Read(stored.Detail!.Body)!;
            AssertHolds(repository.Vault, stored.Record!.Manifest!.Value, Path.Combine(batch, detail.Submission), when);
        }

        var known = acknowledged.Where(a => repository.Find(a, out _) is null).ToList();
        Assert.True(known.Count == 0, $"{when}: acknowledged and gone: {string.Join(", ", known)}");
        Assert.Empty(repository.Vault.Disk.List(StoreLayout.Staging));
        return repository.Vault.Ledger.Size;
    }

    private static void AssertHolds(Vault vault, Digest root, string folder, string when)
    {
        Assert.True(Manifest.TryRead(vault.ReadFrame(root, FrameKind.Manifest), out var manifest), when);
        var files = 0;
        foreach (var shard in manifest.Shards)
        {
            Assert.True(Manifest.TrySplit(vault.ReadFrame(shard.Digest, FrameKind.Manifest), out var lines), when);
            foreach (var line in lines)
            {
                Assert.True(ManifestEntry.TryRead(line.Span, out var entry), when);
                Assert.Equal(new FileInfo(Path.Combine(folder, entry.Name.Display)).Length, entry.Length);
                Assert.True(vault.LengthOfContent(entry.Content!.Value) == entry.Length, $"{when}: {folder}/{entry.Name} is not held");
                files++;
            }
        }

        Assert.Equal(Directory.GetFiles(folder).Length, files);
    }

    private static void AssertViewsAreWhatTheLedgerSays(RepositoryPlace place)
    {
        using var repository = place.Open();
        Assert.True(repository.Rebuild(compare: true, null, default)!.AreEqual);
        var audit = new FixityAudit(repository.Vault).Run(new FixityRequest { Deep = true }, RepositoryPlace.Actor, null, default);
        Assert.True(audit.IsClean, string.Join("; ", audit.Results.SelectMany(r => r.Findings)));
    }

    private static string WriteBatch(string root, Random random)
    {
        var shared = new byte[5_000];
        random.NextBytes(shared);
        var large = new byte[70_000];
        random.NextBytes(large);
        for (var i = 0; i < Packages; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "batch", $"办件{i:D3}")).FullName;
            File.WriteAllText(Path.Combine(folder, "申请.txt"), $"申请 {i} " + new string('件', i));
            File.WriteAllBytes(Path.Combine(folder, "证照.bin"), shared);
            if (i % 9 == 0)
            {
                BitConverter.TryWriteBytes(large, i);
                File.WriteAllBytes(Path.Combine(folder, "大图.bin"), large);
            }
        }

        return Path.Combine(root, "batch");
    }

    [GeneratedRegex(@"^kept\s+(?<name>\S+)\s")]
    private static partial Regex Kept();

    /// <summary>The program as it was built.</summary>
    private static class Program
    {
        public static string Find()
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Repository.sln")))
                {
                    var program = Path.Combine(folder.FullName, "artifacts", "bin", "Cli", "release", "lantai");
                    Assert.SkipUnless(File.Exists(program), $"{program} is not built: dotnet build -c Release");
                    return program;
                }
            }

            Assert.Skip("The solution's folder was not found above the tests.");
            return "";
        }

        public static Process Start(string program, params IReadOnlyList<string> arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            return Process.Start(start) ?? throw new InvalidOperationException();
        }
    }
}
