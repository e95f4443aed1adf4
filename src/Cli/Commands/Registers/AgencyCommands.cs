using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Enters an organisation.</summary>
internal sealed class AgencyAddCommand : CliCommand
{
    private static readonly Dictionary<string, OrganisationType> Types = Enum.GetValues<OrganisationType>().ToDictionary(Organisation.Word);

    private Argument<string?> _code = null!;
    private Option<string?> _type = null!;
    private Option<string?> _region = null!;
    private Option<string?> _name = null!;

    public override string Name => "agency add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var type = RegisterAnswer.Choice(context.Value(_type) ?? "agency", "--type", Types);
        return RegisterAnswer.Conclude(
            context, context.Repository.Records.Organisations.Enter(code, type, context.Value(_region)!, context.Value(_name)!, context.Actor), code);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _type = Text(command, "--type", string.Join('|', Types.Keys));
        _region = Text(command, "--region", "CODE", required: true);
        _name = Text(command, "--name", "NAME", required: true);
    }
}

/// <summary>Lists organisations.</summary>
internal sealed class AgencyListCommand : CliCommand
{
    private Option<string?> _within = null!;

    public override string Name => "agency list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var within = RegisterAnswer.Region(context.Value(_within), "--within");
        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "organisations", ["code", "type", "region", "name"],
            [.. context.Repository.Records.Organisations.Within(within).Select(o =>
                (new[] { o.Code, speech.Say("organisation-type." + Organisation.Word(o.Type)), o.Region.ToString(), o.Name }, AgencyShowCommand.Describe(o)))]);
    }

    protected override void Declare(Command command) => _within = Text(command, "--within", "CODE");
}

/// <summary>Shows an organisation.</summary>
internal sealed class AgencyShowCommand : CliCommand
{
    private Argument<string?> _code = null!;

    public override string Name => "agency show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var found = context.Repository.Records.Organisations.Find(code) ?? throw RegisterAnswer.Unknown(code);
        return RegisterAnswer.Show(context, "organisation", Describe(found));
    }

    internal static JsonObject Describe(Organisation organisation) => new()
    {
        ["code"] = organisation.Code,
        ["type"] = Organisation.Word(organisation.Type),
        ["region"] = organisation.Region.ToString(),
        ["name"] = organisation.Name,
    };

    protected override void Declare(Command command) => _code = Argument(command, "code", "CODE");
}
