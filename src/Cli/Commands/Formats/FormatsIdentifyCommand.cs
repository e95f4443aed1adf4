using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Says what files are: one, or all below a folder.</summary>
internal sealed class FormatsIdentifyCommand : CliCommand
{
    private Argument<string[]> _paths = null!;
    private Option<string[]> _signatures = null!;
    private Option<string?> _window = null!;
    private Option<bool> _deep = null!;
    private Option<bool> _summary = null!;
    private Option<string?> _outside = null!;
    private Option<string[]> _policy = null!;

    public override string Name => "formats identify";

    public override StoreUse Use => StoreUse.None;

    public override async Task<int> RunAsync(CommandContext context)
    {
        var paths = context.Parsed.GetValue(_paths) ?? [];
        if (paths.Length == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "PATH"));
        }

        var registry = FormatSource.Open(context, context.Parsed.GetValue(_signatures) ?? []);
        var plan = new CharacterizationPlan(registry, context.Has(_deep) ? CharacterizationDepth.Full : CharacterizationDepth.Identify) { Window = Window(context) };
        plan = PolicyOverlays.For(context, plan, context.Parsed.GetValue(_policy));
        plan = context.Has(_deep) ? OutsideTools.For(plan, context.Value(_outside)) : plan;
        var report = context.Report;
        report.Set("registry", registry.Source);
        var lines = new IdentifiedFiles(report, showsAll: !context.Has(_summary));
        report.DisposeAtEnd(lines); // its answers are read while the report is written
        var started = Stopwatch.GetTimestamp();
        report.Progress.Start();
        await new FolderIdentification(plan, lines, context.Stop).RunAsync([.. paths.Select(context.PathOf)]);
        lines.Conclude(registry, Stopwatch.GetElapsedTime(started));
        return context.Stop.IsCancellationRequested ? Stopped(report) : lines.HasTrouble ? 2 : lines.HasFindings ? 1 : 0;
    }

    protected override void Declare(Command command)
    {
        _paths = Arguments(command, "paths", "PATH…");
        _signatures = Texts(command, "--signatures", "FILE…");
        _window = Text(command, "--window", "64KiB|all");
        _deep = Flag(command, "--deep");
        _summary = Flag(command, "--summary");
        _outside = Text(command, "--outside-tools", "always|doubt|never");
        _policy = Texts(command, "--policy", "FILE…");
    }

    private int Window(CommandContext context) => context.Value(_window) switch
    {
        null => FormatIdentifier.DefaultWindow,
        "all" => FormatIdentifier.WidestWindow,
        var said => (int)Math.Clamp(Quantities.Bytes(said, "--window"), 4096, FormatIdentifier.WidestWindow),
    };

    private static int Stopped(Report report)
    {
        report.Trouble("stopped", "trouble.stopped.identify");
        return 2;
    }
}
