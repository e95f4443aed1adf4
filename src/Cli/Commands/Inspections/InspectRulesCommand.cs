using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Registers;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Lists the rules of inspection, each with its number as far as that is known.</summary>
internal sealed class InspectRulesCommand : CliCommand
{
    private static readonly Dictionary<string, InspectionStage> Stages = Enum.GetValues<InspectionStage>().ToDictionary(InspectionCodes.Of, StringComparer.OrdinalIgnoreCase);

    private Option<string?> _stage = null!;

    public override string Name => "inspect rules";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var rules = context.Value(_stage) is { } said ? RuleCatalogue.Of(RegisterAnswer.Choice(said, "--stage", Stages)) : RuleCatalogue.All;
        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "rules", ["number", "numberConfidence", "rule", "nature", "weight", "manner", "name"],
            [.. rules.Select(r => (
                new[]
                {
                    r.Printed, speech.Say("inspection.confidence." + InspectionCodes.Of(r.Confidence)), r.Id, speech.Say("nature." + InspectionCodes.Of(r.Nature)),
                    speech.Say("inspection.weight." + InspectionCodes.Of(r.Weight)), speech.Say("inspection.manner." + InspectionCodes.Of(r.Manner)),
                    speech.Language == Language.Chinese ? r.Chinese : r.English,
                },
                Describe(r)))]);
    }

    protected override void Declare(Command command) => _stage = Text(command, "--stage", string.Join('|', Stages.Keys));

    private static JsonObject Describe(InspectionRule rule) => new()
    {
        ["rule"] = rule.Id,
        ["stage"] = InspectionCodes.Of(rule.Stage),
        ["number"] = rule.Printed,
        ["numberConfidence"] = InspectionCodes.Of(rule.Confidence),
        ["nature"] = InspectionCodes.Of(rule.Nature),
        ["group"] = rule.Group,
        ["zh"] = rule.Chinese,
        ["en"] = rule.English,
        ["weight"] = InspectionCodes.Of(rule.Weight),
        ["manner"] = InspectionCodes.Of(rule.Manner),
        ["check"] = rule.Check,
        ["retry"] = InspectionCodes.Of(rule.Retry),
        ["article"] = rule.Article,
    };
}
