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

    public override string Name => "inspect compare";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_reports) ?? [];
        if (said.Length != 2)
        {
            throw new WrongUseException("usage.inspect.two");
        }

        if (GivenReport.Read(context, said[0]) is not { } one || GivenReport.Read(context, said[1]) is not { } other)
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
        report.Set("one", Describe(one));
        report.Set("other", Describe(other));
        report.Set("differences", new JsonArray([.. comparison.Disagreements.Select(d => (JsonNode)new JsonObject
        {
            ["rule"] = d.Rule,
            ["one"] = d.One is { } a ? InspectionCodes.Of(a) : null,
            ["other"] = d.Other is { } b ? InspectionCodes.Of(b) : null,
        })]));
        return Task.FromResult(comparison is { IsSamePackage: true, IsSameOutcome: true } ? 0 : 1);
    }

    protected override void Declare(Command command) => _reports = Arguments(command, "reports", "REPORT REPORT");

    private static JsonObject Describe(InspectionReport report) => new()
    {
        ["number"] = report.Number, ["point"] = InspectionCodes.Of(report.Point), ["outcome"] = InspectionCodes.Of(report.Outcome), ["digest"] = report.Subject.Digest,
    };
}
