using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>Reads the stored bytes again and says of each object how it is.</summary>
internal sealed class AuditCommand : CliCommand
{
    private static readonly TimeSpan UsualWithin = TimeSpan.FromDays(90);

    private Option<bool> _all = null!;
    private Option<bool> _due = null!;
    private Option<bool> _deep = null!;
    private Option<string?> _sample = null!;
    private Option<string?> _budget = null!;
    private Option<string?> _within = null!;
    private Option<bool> _cached = null!;

    public override string Name => "audit";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var request = Request(context);
        await context.Audits.WaitAsync(context.Stop);
        try
        {
            context.Report.Progress.Start();
            var report = new FixityAudit(context.Repository.Vault).Run(
                request, context.Actor, p => context.Report.Progress.Report(p.Objects, p.Bytes, p.TotalObjects, p.TotalBytes, null, p.Current), context.Stop);
            context.Repository.Vault.Publish();
            Tell(context, report);
        }
        finally
        {
            _ = context.Audits.Release();
        }

        if (context.Stop.IsCancellationRequested)
        {
            context.Report.Trouble("stopped", "trouble.stopped.audit");
            return 2;
        }

        return context.Verdict;
    }

    protected override void Declare(Command command)
    {
        _all = Flag(command, "--all");
        _due = Flag(command, "--due");
        _deep = Flag(command, "--deep");
        _sample = Text(command, "--sample", "P%");
        _budget = Text(command, "--budget", "10GB|30m");
        _within = Text(command, "--within", "90d");
        _cached = Flag(command, "--cached");
    }

    private FixityRequest Request(CommandContext context)
    {
        var within = context.Value(_within) is { } w ? Quantities.Span(w, "--within") : (TimeSpan?)null;
        if (context.Has(_all) && (context.Has(_due) || within is not null))
        {
            throw new WrongUseException("usage.audit.both");
        }

        var (bytes, time) = context.Value(_budget) is { } b ? Quantities.Budget(b, "--budget") : (null, null);
        return new FixityRequest
        {
            DueWithin = within ?? (context.Has(_due) ? UsualWithin : null),
            Deep = context.Has(_deep),
            Sample = context.Value(_sample) is { } s ? Quantities.Share(s, "--sample") : 1,
            ByteBudget = bytes,
            TimeBudget = time,
            Cached = context.Has(_cached),
        };
    }

    private static void Tell(CommandContext context, FixityReport done)
    {
        var report = context.Report;
        foreach (var result in done.Results.Where(r => r.State is FixityState.Changed or FixityState.Missing or FixityState.Unreadable))
        {
            report.Say("audit.object", ("state", report.Speech.Say("fixity." + StateOf(result.State))), ("object", result.Path));
            report.Tell(result.Findings);
        }

        report.Say(
            "audit.sum",
            ("verified", Amounts.Count(done.Count(FixityState.Verified))), ("changed", Amounts.Count(done.Count(FixityState.Changed))),
            ("missing", Amounts.Count(done.Count(FixityState.Missing))), ("unreadable", Amounts.Count(done.Count(FixityState.Unreadable))),
            ("notChecked", Amounts.Count(done.Count(FixityState.NotChecked))), ("deferred", Amounts.Count(done.Count(FixityState.Deferred))),
            ("bytes", Amounts.Bytes(done.Bytes)), ("time", Amounts.Span(done.Ended - done.Started)));
        var unsealed = context.Repository.Vault.Measure().OpenBytes;
        report.Say("audit.exposed", ("bytes", Amounts.Bytes(unsealed)));
        report.Set("unsealedBytes", unsealed);
        report.Set("copies", "none configured");
        report.Set("parity", "none configured");
        var counts = new JsonObject();
        foreach (var state in Enum.GetValues<FixityState>())
        {
            counts[StateOf(state)] = done.Count(state);
        }

        report.Set("states", counts);
        report.Set("bytes", done.Bytes);
        report.Set("sequence", done.Sequence);
        report.Set("objects", new JsonArray([.. done.Results.Where(r => r.State != FixityState.Verified).Select(r => (JsonNode)new JsonObject
        {
            ["object"] = r.Path,
            ["state"] = StateOf(r.State),
            ["bytes"] = r.Bytes,
        })]));
        if (done.Sequence is null)
        {
            report.Remark("audit.unrecorded");
        }
    }

    private static string StateOf(FixityState state) => state switch
    {
        FixityState.Verified => "verified",
        FixityState.Changed => "changed",
        FixityState.Missing => "missing",
        FixityState.Unreadable => "unreadable",
        FixityState.Deferred => "deferred",
        _ => "notChecked",
    };
}
