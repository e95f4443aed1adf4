using System.CommandLine;
using System.Text.Json.Nodes;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Enters a fonds.</summary>
internal sealed class FondsAddCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _creator = null!;
    private Option<string?> _hall = null!;
    private Option<string?> _name = null!;

    public override string Name => "fonds add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var fonds = new RecordsManagement.Fonds(code, context.Value(_creator)!, context.Value(_hall), context.Value(_name)!);
        return RegisterAnswer.Conclude(context, context.Repository.Records.Fonds.Enter(fonds, context.Actor), code);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _creator = Text(command, "--creator", "CODE", required: true);
        _hall = Text(command, "--hall", "CODE");
        _name = Text(command, "--name", "NAME", required: true);
    }
}

/// <summary>Lists fonds.</summary>
internal sealed class FondsListCommand : CliCommand
{
    public override string Name => "fonds list";

    public override Task<int> RunAsync(CommandContext context) => RegisterAnswer.List(
        context, "fonds", ["code", "creator", "hall", "name"],
        [.. context.Repository.Records.Fonds.All().Select(f => (new[] { f.Code, f.Creator, f.Hall ?? "", f.Name }, FondsShowCommand.Describe(f)))]);

    protected override void Declare(Command command)
    {
    }
}

/// <summary>Shows a fonds.</summary>
internal sealed class FondsShowCommand : CliCommand
{
    private Argument<string?> _code = null!;

    public override string Name => "fonds show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var found = context.Repository.Records.Fonds.Find(code) ?? throw RegisterAnswer.Unknown(code);
        return RegisterAnswer.Show(context, "fonds", Describe(found));
    }

    internal static JsonObject Describe(RecordsManagement.Fonds fonds) => new()
    {
        ["code"] = fonds.Code,
        ["creator"] = fonds.Creator,
        ["hall"] = fonds.Hall,
        ["name"] = fonds.Name,
    };

    protected override void Declare(Command command) => _code = Argument(command, "code", "CODE");
}
