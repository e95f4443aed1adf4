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
    private const int Pages = 1000;

    private Option<string?> _after = null!;
    private Option<string?> _take = null!;
    private Option<string?> _state = null!;

    public override string Name => "case list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var after = context.Value(_after) is { } a ? Quantities.Whole(a, "--after", 0, long.MaxValue) : 0;
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        CaseState? state = context.Value(_state) is { } said ? RegisterAnswer.Choice(said, "--state", States) : null;
        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "cases", ["place", "case", "agency", "item", "completed", "state", "archivedOn"],
            [.. Cases(context.Repository.Records.Cases, after, state).Take(take).Select(c => (new[]
            {
                c.Place.ToString(CultureInfo.InvariantCulture), c.Name, c.Agency, c.Item, c.Completed.Given, speech.Say("state." + Lifecycle.Of(c.State).Code),
                CaseAnswer.Day(c.ArchivedOn) ?? "",
            }, Describe(context, c)))]);
    }

    protected override void Declare(Command command)
    {
        _after = Text(command, "--after", "N");
        _take = Text(command, "--take", "N");
        _state = Text(command, "--state", "STATE");
    }

    /// <summary>The states by their codes; what waits is called so too.</summary>
    private static Dictionary<string, CaseState> States =>
        new(Lifecycle.States.Select(s => KeyValuePair.Create(s.Code, s.State)).Append(KeyValuePair.Create("waiting", CaseState.Manual)), StringComparer.Ordinal);

    private static IEnumerable<ServiceCase> Cases(CaseRegister cases, long after, CaseState? state)
    {
        for (var page = cases.Page(after, Pages); page.Count > 0; page = cases.Page(page[^1].Place, Pages))
        {
            foreach (var c in page.Where(c => state is null || c.State == state))
            {
                yield return c;
            }
        }
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
