using System.CommandLine;
using System.Text.Json.Nodes;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Enters a jurisdiction.</summary>
internal sealed class RegionAddCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _name = null!;

    public override string Name => "region add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        return RegisterAnswer.Conclude(context, context.Repository.Records.Jurisdictions.Enter(code, context.Value(_name)!, context.Actor), code);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _name = Text(command, "--name", "NAME", required: true);
    }
}

/// <summary>Lists jurisdictions.</summary>
internal sealed class RegionListCommand : CliCommand
{
    private Option<string?> _within = null!;

    public override string Name => "region list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var within = RegisterAnswer.Region(context.Value(_within), "--within");
        return RegisterAnswer.List(
            context, "regions", ["region", "name"],
            [.. context.Repository.Records.Jurisdictions.Within(within).Select(j =>
                (new[] { j.Region.ToString(), j.Name }, new JsonObject { ["region"] = j.Region.ToString(), ["name"] = j.Name }))]);
    }

    protected override void Declare(Command command) => _within = Text(command, "--within", "CODE");
}
