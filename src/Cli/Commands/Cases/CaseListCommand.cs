using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Lists cases in the order of their notices, a page at a time.</summary>
internal sealed class CaseListCommand : CliCommand
{
    private const int Usual = 50;

    // What waits is called so too.
    private static readonly Dictionary<string, CaseState> States = new(
        Enum.GetValues<CaseState>().Select(s => KeyValuePair.Create(Lifecycle.Of(s).Code, s)).Append(KeyValuePair.Create("waiting", CaseState.Manual)), StringComparer.Ordinal);

    private Option<string?> _after = null!;
    private Option<string?> _take = null!;
    private Option<string?> _state = null!;

    public override string Name => "case list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var after = context.Value(_after) is { } a ? Quantities.Whole(a, "--after", 0, long.MaxValue) : 0;
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        CaseState? state = context.Value(_state) is { } s ? RegisterAnswer.Choice(s, "--state", States) : null;
        var (cases, speech) = (context.Repository.Records.Cases, context.Report.Speech);
        return RegisterAnswer.List(
            context, "cases", ["place", "case", "agency", "item", "completed", "state", "archivedOn"],
            [.. (state is { } wanted ? cases.InState(wanted, after).Take(take) : cases.Page(after, take)).Select(c => (new[]
            {
                c.Place.ToString(CultureInfo.InvariantCulture), c.Name, c.Agency, c.Item, c.Completed.Given, speech.Say("state." + Lifecycle.Of(c.State).Code),
                CaseAnswer.Day(c.ArchivedOn) ?? "",
            }, Describe(context, c)))]);
    }

    protected override void Declare(Command command)
    {
        _after = Text(command, "--after", "N");
        _take = Text(command, "--take", "N");
        _state = Text(command, "--state", string.Join('|', States.Keys));
    }

    private static JsonObject Describe(CommandContext context, ServiceCase c)
    {
        var whole = CaseAnswer.Describe(c);
        if (c.State == CaseState.Manual)
        {
            whole["heldUntil"] = context.Repository.Door.WaitingOf(c) is { } stay ? StoreTime.Write(stay.Until) : null;
        }

        return whole;
    }
}
