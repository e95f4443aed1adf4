using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>Counts what the store holds.</summary>
internal sealed class StatsCommand : CliCommand
{
    public override string Name => "stats";

    public override Task<int> RunAsync(CommandContext context)
    {
        var disk = context.Repository.Vault.Measure();
        var list = context.Repository.Aips.Totals();
        var waiting = context.Repository.Waiting.List();
        var waitingBytes = waiting.Sum(w => w.Bytes);
        var report = context.Report;
        var say = report.Speech;
        report.Rows(
        [
            [say.Say("stats.aips"), Amounts.Count(list.Aips)],
            [say.Say("stats.versions"), Amounts.Count(list.Versions)],
            [say.Say("stats.files"), $"{Amounts.Count(list.Files)}  ({Amounts.Bytes(list.Bytes)})"],
            [say.Say("stats.unreadable"), Amounts.Count(list.Unreadable)],
            [say.Say("stats.sealed"), $"{Amounts.Count(disk.SealedPacks)}  ({Amounts.Bytes(disk.SealedBytes)})"],
            [say.Say("stats.open"), $"{Amounts.Count(disk.OpenPacks)}  ({Amounts.Bytes(disk.OpenBytes)})"],
            [say.Say("stats.large"), $"{Amounts.Count(disk.LargeObjects)}  ({Amounts.Bytes(disk.LargeBytes)})"],
            [say.Say("stats.waiting"), $"{Amounts.Count(waiting.Count)}  ({Amounts.Bytes(waitingBytes)})"],
            [say.Say("stats.copies"), say.Say("stats.none")],
            [say.Say("stats.parity"), say.Say("stats.none")],
            [say.Say("stats.frames"), Amounts.Count(disk.Frames)],
            [say.Say("stats.events"), Amounts.Count(disk.Events)],
            [say.Say("stats.suspect"), Amounts.Count(disk.SuspectPacks)],
            [say.Say("stats.free"), Amounts.Bytes(disk.FreeBytes)],
        ]);
        foreach (var (name, value) in new (string, long)[]
        {
            ("aips", list.Aips), ("versions", list.Versions), ("files", list.Files), ("bytes", list.Bytes), ("unreadable", list.Unreadable),
            ("sealedPacks", disk.SealedPacks), ("sealedBytes", disk.SealedBytes), ("openPacks", disk.OpenPacks), ("unsealedBytes", disk.OpenBytes),
            ("largeObjects", disk.LargeObjects), ("largeBytes", disk.LargeBytes), ("waiting", waiting.Count), ("waitingBytes", waitingBytes), ("frames", disk.Frames), ("events", disk.Events),
            ("suspectPacks", disk.SuspectPacks), ("freeBytes", disk.FreeBytes),
        })
        {
            report.Set(name, JsonValue.Create(value));
        }

        // Said aloud, so that nobody takes one copy on one disk for safety.
        report.Set("copies", JsonValue.Create("none configured"));
        report.Set("parity", JsonValue.Create("none configured"));

        if (context.Repository.Vault.Descriptor.Records is not null)
        {
            SecrecyStatement.Say(context, context.Repository.Records.PolicyFor(null));
        }

        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        // no options of its own
    }
}
