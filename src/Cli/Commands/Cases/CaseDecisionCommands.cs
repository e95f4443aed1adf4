using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Inspections;
using Lantai.Cli.Commands.Registers;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Sends a case back by a person's decision (退回): one that waits, or is being checked.</summary>
internal sealed class CaseReturnCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _reason = null!;

    public override string Name => "case return";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var c = CaseAnswer.Find(context, said);
        var outcome = context.Repository.Records.Cases.Move(
            [new CaseMove(c.Source, c.Number!) { Report = c.Report }], CaseState.Returned, context.Value(_reason)!, null, context.Actor);
        await context.Repository.Door.ReleaseAsync(c.Source, c.Number!, context.Actor, context.Stop);
        return await RegisterAnswer.Conclude(context, outcome, said, "register.moved", ("state", Lifecycle.Of(CaseState.Returned).Label));
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}

/// <summary>
/// Decides open items of a case that waits. When all are decided the package is let in from where it is held; one that is not held is
/// presented again: the decisions hold for the same bytes and no others.
/// </summary>
internal sealed class CaseApproveCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _rule = null!;
    private Option<string?> _verdict = null!;
    private Option<string?> _note = null!;
    private Option<string?> _attachment = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;
    private Option<string?> _clamd = null!;

    public override string Name => "case approve";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var c = CaseAnswer.Find(context, said);
        if (c is not { State: CaseState.Manual, Digest: { } digest })
        {
            throw new WrongUseException("usage.case.none", ("what", said));
        }

        if (CaseInspectionMeans.Make(context, _trust, _lists, _clamd) is not { } means)
        {
            return 2; // a file of trust is none, which was told
        }

        var outcome = context.Repository.Inspections.Decide(DecisionChoice.Read(context, "sha256:" + digest, _rule, _verdict, _note, _attachment), context.Actor);
        _ = await RegisterAnswer.Conclude(context, outcome, said);
        return outcome.IsRefused ? context.Verdict : await GoOnAsync(context, c, means);
    }

    /// <summary>Lets it in when nothing is left to a person; says what is open, or that the package must come again.</summary>
    private static async Task<int> GoOnAsync(CommandContext context, ServiceCase c, DoorMeans means)
    {
        var open = OpenItems.Of(context.Repository, c);
        var run = await context.Repository.Door.AdmitWaitingAsync(c, means, context.Actor, context.Stop);
        if (run.Outcomes.Count == 0)
        {
            context.Report.Say(open.Count == 0 ? "case.decided" : "case.undecided", ("open", string.Join(", ", open)), ("source", c.Source));
        }

        context.Report.Set("open", new JsonArray([.. open.Select(r => (JsonNode)r)]));
        return await WaitingAnswer.TellAsync(context, run);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _rule = Text(command, "--rule", "ID", required: true);
        _verdict = Text(command, "--verdict", DecisionChoice.Words);
        _note = Text(command, "--note", "TEXT", required: true);
        _attachment = Text(command, "--attachment", "FILE");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "LIST…");
        _clamd = Text(command, "--clamd", "ADDRESS");
    }
}

/// <summary>What is still open of a case that waits, by its newest report and what persons decided since.</summary>
internal static class OpenItems
{
    /// <summary>The ids of its rules.</summary>
    public static IReadOnlyList<string> Of(Administration.Repository repository, ServiceCase c) => [.. In(repository, c, out _).Select(r => r.Rule.Id)];

    /// <summary>What each rule says; none where nothing is open, or the report cannot be read.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="c">The case.</param>
    /// <param name="report">The newest report; null where there is none that can be read, and of a case that does not wait.</param>
    public static IReadOnlyList<RuleResult> In(Administration.Repository repository, ServiceCase c, out InspectionReport? report)
    {
        report = null;
        if (c is not { State: CaseState.Manual, Number: { } number, Digest: { } digest } || repository.Inspections.RunsOfCase(c.Source, number) is not [.., var run])
        {
            return [];
        }

        var decided = repository.Inspections.DecisionsFor("sha256:" + digest);
        report = ReportReader.TryRead(repository.Inspections.Load(run).Xml, run.Number, new List<Words.Finding>());
        return [.. (report?.Results ?? []).Where(r => r.IsOpen && !decided.ContainsKey(r.Rule.Id))];
    }
}
