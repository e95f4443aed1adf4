using System.CommandLine;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>Says whether the store was checked lately and was well: from its files alone, for a monitor that asks often.</summary>
internal sealed class HealthCommand : CliCommand
{
    private static readonly TimeSpan UsualAge = TimeSpan.FromHours(25); // a daily audit that is an hour late

    private Option<string?> _maxAge = null!;

    public override string Name => "health";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var age = context.Value(_maxAge) is { } said ? Quantities.Span(said, "--max-age") : UsualAge;
        var health = StoreHealth.Read(context.Store, context.World.Time.GetUtcNow(), age);
        var report = context.Report;
        report.Tell(health.Findings);
        if (health.Audited is { } time)
        {
            report.Say("health.audit", ("time", Amounts.Time(time)), ("age", Amounts.Span(context.World.Time.GetUtcNow() - time)));
        }

        if (health.Size is { } size)
        {
            report.Say("health.checkpoint", ("size", Amounts.Count(size)));
        }

        if (health.Waiting.Count > 0)
        {
            report.Say("health.waiting", ("count", Amounts.Count(health.Waiting.Count)), ("bytes", Amounts.Bytes(health.Waiting.Sum(w => w.Bytes))));
        }

        report.Say(report.HasErrors ? "health.bad" : "health.good");
        report.Set("healthy", !report.HasErrors);
        report.Set("audited", health.Audited is { } at ? StoreTime.Write(at) : null);
        report.Set("checkpointSize", health.Size);
        report.Set("waiting", health.Waiting.Count);
        report.Set("waitingBytes", health.Waiting.Sum(w => w.Bytes));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command) => _maxAge = Text(command, "--max-age", "25h");
}
