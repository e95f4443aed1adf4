using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Administration;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>Makes index and catalogue anew, or compares the live ones with new ones.</summary>
internal sealed class RebuildCommand : CliCommand
{
    private Option<bool> _compare = null!;
    private Option<string?> _catalogue = null!;

    public override string Name => "rebuild";

    // Others must not read views that are being replaced.
    public override StoreUse Use => StoreUse.Alone;

    public override Task<int> RunAsync(CommandContext context)
    {
        var report = context.Report;
        report.Progress.Start();
        var size = context.Repository.Vault.Ledger.Size;
        var done = context.Repository.Rebuild(
            context.Has(_compare), at => report.Progress.Report(at, 0, size, null, (double)at / Math.Max(1, size), report.Speech.Say("rebuild.step")), context.Stop, KindOf(context));
        if (done is null)
        {
            report.Say("rebuild.done", ("events", Amounts.Count(size)));
            report.Set("events", size);
            return Task.FromResult(context.Verdict);
        }

        report.Tell(done.Findings);
        report.Rows([.. done.Views.Select(v => new[] { "  " + v.Name, Amounts.Count(v.Live), Amounts.Count(v.Rebuilt), Amounts.Count(v.Differences) })
            .Prepend(["  " + report.Speech.Say("column.view"), report.Speech.Say("column.live"), report.Speech.Say("column.rebuilt"), report.Speech.Say("column.differences")])]);
        report.Say(done.AreEqual ? "rebuild.equal" : "rebuild.differs");
        report.Set("equal", done.AreEqual);
        report.Set("views", new JsonArray([.. done.Views.Select(v => (JsonNode)new JsonObject
        {
            ["name"] = v.Name,
            ["live"] = v.Live,
            ["rebuilt"] = v.Rebuilt,
            ["differences"] = v.Differences,
        })]));
        return Task.FromResult(done.AreEqual ? context.Verdict : 1);
    }

    protected override void Declare(Command command)
    {
        _compare = Flag(command, "--compare");
        _catalogue = Text(command, "--catalogue", "KIND");
    }

    private CatalogueKind? KindOf(CommandContext context) => context.Value(_catalogue) switch
    {
        null => null,
        "sqlite" => CatalogueKind.Sqlite,
        "litedb" => CatalogueKind.LiteDb,
        { } other => throw new WrongUseException("usage.choice", ("option", _catalogue.Name), ("text", other), ("choices", "sqlite, litedb")),
    };
}
