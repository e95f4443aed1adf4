using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Administration;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Inspection;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Holds two reports of one package against each other, such as the agency's and the hall's.</summary>
internal sealed class InspectCompareCommand : CliCommand
{
    private Argument<string[]> _reports = null!;
    private Option<string?> _key = null!;

    public override string Name => "inspect compare";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_reports) ?? [];
        if (said.Length != 2)
        {
            throw new WrongUseException("usage.inspect.two");
        }

        var key = context.KeyFrom(_key);
        if (GivenReport.Read(context, said[0], key) is not { Report: var one } first || GivenReport.Read(context, said[1], key) is not { Report: var other } second)
        {
            context.Report.Trouble("unreadable", "trouble.inspect.report");
            return Task.FromResult(2);
        }

        var comparison = InspectionComparison.Of(one, other);
        var report = context.Report;
        report.Say("inspect.compared", ("one", one.Number), ("other", other.Number), ("count", comparison.Disagreements.Count), ("asked", one.Results.Count));
        report.Tell(comparison.Findings);
        report.Set("samePackage", comparison.IsSamePackage);
        report.Set("sameOutcome", comparison.IsSameOutcome);
        report.Set("one", Describe(first));
        report.Set("other", Describe(second));
        report.Set("differences", new JsonArray([.. comparison.Disagreements.Select(d => (JsonNode)new JsonObject
        {
            ["rule"] = d.Rule,
            ["one"] = d.One is { } a ? InspectionCodes.Of(a) : null,
            ["other"] = d.Other is { } b ? InspectionCodes.Of(b) : null,
        })]));
        var isTrusted = first.Trust != ReportTrust.Invalid && second.Trust != ReportTrust.Invalid;
        return Task.FromResult(isTrusted && comparison is { IsSamePackage: true, IsSameOutcome: true } ? 0 : 1);
    }

    protected override void Declare(Command command)
    {
        _reports = Arguments(command, "reports", "REPORT REPORT");
        _key = Text(command, "--key", "VKEY|FILE");
    }

    private static JsonObject Describe(GivenReport given) => new()
    {
        ["number"] = given.Report.Number, ["point"] = InspectionCodes.Of(given.Report.Point), ["outcome"] = InspectionCodes.Of(given.Report.Outcome),
        ["digest"] = given.Report.Subject.Digest, ["signature"] = given.Word,
    };
}
