using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Shows a case: where it stands, where it may go, its deadline, relations, joint parts and holds.</summary>
internal sealed class CaseShowCommand : CliCommand
{
    private Argument<string?> _case = null!;

    public override string Name => "case show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var c = CaseAnswer.Find(context, context.Parsed.GetValue(_case)!);
        var office = context.Repository.Records;
        var whole = CaseAnswer.Describe(c);
        whole["deadline"] = LegalTime.Write(office.Deadlines.RuleFor(c.Agency, c.Completed.Day.Year).For(c.Completed.Day));
        whole["expires"] = CaseAnswer.Day(c.As?.Retention.ExpiresOn(c.Completed.Day, office.PolicyFor(office.Organisations.Find(c.Agency)?.Region.ToString()).Number(PolicyKeys.RetentionStartYears)));
        whole["allowed"] = Texts(Lifecycle.From(c.State).Where(a => a.Custody is null || a.Custody == c.Custody).Select(a => Lifecycle.Of(a.To).Code));
        whole["relations"] = Texts(office.Cases.RelationsOf(c).Select(r => r.From == c.Place
            ? $"{r.Kind.ToString().ToLowerInvariant()}→{r.Source}/{r.Number}{(r.Target is null ? "?" : "")}"
            : $"{r.Kind.ToString().ToLowerInvariant()}←{office.Cases.At(r.From)?.Name}"));
        whole["parts"] = Texts(c.Joint is { } joint ? office.Cases.PartsOf(joint).Where(p => p.Place != c.Place).Select(p => $"{p.Agency}:{p.Name}:{Lifecycle.Of(p.State).Code}") : []);
        whole["legalHolds"] = Texts(office.Cases.HoldsOf(c).Where(h => h.Lifted is null).Select(h => h.Hold.ToString("D")));
        whole["reports"] = Texts(c.Number is { } number ? context.Repository.Inspections.RunsOfCase(c.Source, number).Select(r => r.Number) : []);
        whole["reasons"] = Texts(Reasons(context, c));
        whole["open"] = Texts(OpenItems.Of(context.Repository, c));
        if (context.Repository.Door.WaitingOf(c) is { } stay)
        {
            whole["heldSince"] = StoreTime.Write(stay.Since);
            whole["heldUntil"] = StoreTime.Write(stay.Until);
        }

        whole["receipts"] = Texts(c.Versions.Select(v => $"{v.Held.Aip:D}@{v.Held.Version}:{v.Held.Report}"));
        return RegisterAnswer.Show(context, "case", whole, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["state"] = "state", ["allowed"] = "state", ["channel"] = "paper.channel", ["custody"] = "custody",
        });
    }

    protected override void Declare(Command command) => _case = Argument(command, "case", "SOURCE/NUMBER");

    /// <summary>Why its newest package did not come in although its inspection let it pass.</summary>
    private static IEnumerable<string> Reasons(CommandContext context, ServiceCase c) =>
        c is { State: CaseState.Returned, Number: { } number } && context.Repository.Inspections.RunsOfCase(c.Source, number) is [.., var run]
            ? context.Repository.Inspections.ReasonsOf(run).Select(f => Speech.Phrases.Say(context.Report.Speech.Language, f))
            : [];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
