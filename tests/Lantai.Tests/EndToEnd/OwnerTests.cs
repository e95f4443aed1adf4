using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lantai.Tests.EndToEnd;

/// <summary>Several processes and one store: the first owns it, the others work through it.</summary>
public sealed class OwnerTests
{
    private const int Many = 300;
    private const int Some = 100;
    private const int Plenty = 3000; // a busy machine may take seconds to start another process

    [Theory]
    [InlineData("lantai-work-")]
    [InlineData("lantai-work-in-a-folder-whose-path-is-far-longer-than-what-the-address-of-a-socket-may-be-on-linux-")]
    public async Task Others_work_through_the_process_that_owns_the_store(string name)
    {
        using var shop = new Workshop(name).WithStore();
        WriteBatch(shop, count: Plenty);
        shop.Write("other/申请.txt", "另一份");
        using var first = shop.Start("ingest", "--batch", "batch", "--json");
        var answer = first.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilOwned(shop, first);

        var others = await Task.WhenAll(
            Task.Run(() => shop.Run("list", "--json")), Task.Run(() => shop.Run("ingest", "other", "--lang", "zh")),
            Task.Run(() => shop.Run("stats", "--json", "--store", shop.At("store"))), Task.Run(() => shop.Run("show", "nothing")));
        Assert.False(first.HasExited, "The batch was too short to show anything.");

        Assert.Equal([0, 0, 0, 2], others.Select(o => o.Code));
        Assert.NotNull(others[0].Json["aips"]);
        Assert.Contains("收进", others[1].Out, StringComparison.Ordinal);
        Assert.Contains("ADM-005", others[3].Err, StringComparison.Ordinal);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"\"kept\": {Plenty}", await answer, StringComparison.Ordinal);
        Assert.Equal(Plenty + 1, shop.Run("stats", "--json").Json["aips"]!.GetValue<int>());
        Assert.False(File.Exists(shop.At("store/run/owner.sock")));
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
    }

    [Fact]
    public async Task A_second_command_outlives_the_first()
    {
        using var shop = new Workshop().WithStore();
        WriteBatch(shop, "batch");
        WriteBatch(shop, "short", 80); // long enough that it is seen while it owns
        using var first = shop.Start("ingest", "--batch", "short");
        await UntilOwned(shop, first);

        var second = shop.Run("ingest", "--batch", "batch", "--source", "second", "--json");

        Assert.True(second.Code == 0, second.ToString());
        Assert.Equal(Many, second.Json["kept"]!.GetValue<int>());
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, first.ExitCode);
    }

    [Fact]
    public void An_interrupt_stops_cleanly_and_the_same_command_goes_on()
    {
        using var shop = new Workshop().WithStore();
        WriteBatch(shop, "batch", Plenty);
        var first = shop.Start("ingest", "--batch", "batch");
        Assert.StartsWith("kept", first.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Interrupt(first);

        var stopped = Workshop.End(first);

        Assert.True(stopped.Code == 2, stopped.ToString());
        var kept = int.Parse(Regex.Match(stopped.Err, @"Stopped on request: (\d+) kept, 0 refused").Groups[1].Value);
        Assert.InRange(kept, 1, Plenty - 1);
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
        var again = shop.Run("ingest", "--batch", "batch", "--json");
        Assert.Equal(0, again.Code);
        Assert.Equal(kept, again.Json["submissions"]!.AsArray().Count(s => s!["outcome"]!.GetValue<string>() == "held"));
    }

    [Fact]
    public async Task An_interrupt_of_a_second_process_stops_only_its_command()
    {
        using var shop = new Workshop().WithStore();
        WriteBatch(shop, count: Plenty);
        using var first = shop.Start("ingest", "--batch", "batch", "--json");
        var answer = first.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilOwned(shop, first);
        var second = shop.Start("ingest", "--batch", "batch", "--source", "second");
        Assert.StartsWith("kept", second.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Assert.False(first.HasExited, "The batch was too short to show anything.");
        Interrupt(second);

        var stopped = Workshop.End(second);

        Assert.True(stopped.Code == 2, stopped.ToString());
        Assert.Contains("Stopped on request", stopped.Err, StringComparison.Ordinal);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"\"kept\": {Plenty}", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_that_was_killed_leaves_nothing_in_the_way()
    {
        using var shop = new Workshop().WithStore();
        WriteBatch(shop, "batch", Some);
        using var first = shop.Start("ingest", "--batch", "batch");
        await UntilOwned(shop, first);
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(shop.At("store/run/owner.sock")));

        var done = shop.Run("ingest", "--batch", "batch", "--json");

        Assert.True(done.Code == 0, done.ToString());
        Assert.Equal(Some, shop.Run("stats", "--json").Json["aips"]!.GetValue<int>());
    }

    [Fact]
    public void A_full_disk_is_said_once_and_nothing_half_is_kept()
    {
        using var shop = new Workshop();
        Assert.SkipUnless(shop.RunProgram("unshare", "-rm", "mount", "-t", "tmpfs", "none", shop.Folder).Code == 0, "This machine lets nobody mount a small disk.");
        var noise = new byte[12 << 20];
        new Random(1).NextBytes(noise);
        shop.Write("big/noise.bin", noise);
        shop.Write("small/a.txt", "a");
        _ = Directory.CreateDirectory(shop.At("disk"));

        var done = shop.RunProgram("unshare", "-rm", "sh", "-c", $"""
            set -e
            mount -t tmpfs -o size=10m none disk
            lantai() ( {Workshop.Program} --store disk/store "$@" )
            lantai init
            lantai ingest small
            lantai ingest big 2>said || echo "ended with $?"
            wc -l <said
            cat said
            lantai stats --json
            lantai verify --key disk/store/log.vkey
            """);

        Assert.True(done.Code == 0, done.ToString());
        Assert.Contains("ended with 2\n1\nlantai: ING-001", done.Out, StringComparison.Ordinal);
        Assert.Contains("\"aips\": 1,", done.Out, StringComparison.Ordinal);
    }

    /// <summary>What Ctrl-C sends. Without a program to start for it: on a busy machine that takes longer than a batch.</summary>
    private static void Interrupt(Process process) => Assert.Equal(0, Kill(process.Id, 2));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static void WriteBatch(Workshop shop, string folder = "batch", int count = Many)
    {
        for (var i = 0; i < count; i++)
        {
            shop.Write($"{folder}/办件{i:000}/表.txt", $"{folder} {i}");
            shop.Write($"{folder}/办件{i:000}/结果/决定.txt", new string('准', 300) + i);
        }
    }

    private static async Task UntilOwned(Workshop shop, Process owner)
    {
        for (var wait = 0; !File.Exists(shop.At("store/run/owner.sock")); wait++)
        {
            Assert.True(wait < 1000 && !owner.HasExited, "The owner does not listen.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
