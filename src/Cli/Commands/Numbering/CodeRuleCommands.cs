using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Numbering;

/// <summary>Enters a rule of codes: from a file, or one that comes with the program.</summary>
internal sealed class CodeRuleAddCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _ready = null!;
    private Option<string?> _name = null!;
    private Option<string?> _width = null!;
    private Option<string?> _fonds = null!;
    private Option<string?> _category = null!;

    public override string Name => "code rule add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (file, ready) = (context.Parsed.GetValue(_file), context.Value(_ready));
        if (file is null == ready is null)
        {
            throw new WrongUseException("usage.code.rule");
        }

        var rule = ready is null
            ? FileText.Read(context, file!, CodeRuleRegister.TryRead)
            : RegisterAnswer.Choice(ready, "--ready", ReadyCodeRules.All.ToDictionary(r => r.Name));
        if (rule is null)
        {
            return Task.FromResult(1);
        }

        var width = context.Value(_width) is { } w ? (int?)Quantities.Whole(w, "--width", 1, 18) : null;
        rule = rule.With(context.Value(_name), width, context.Value(_fonds), context.Value(_category));
        return RegisterAnswer.Conclude(context, context.Repository.Records.Codes.Rules.Enter(rule, context.Actor), rule.Name);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE", required: false);
        _ready = Text(command, "--ready", string.Join('|', ReadyCodeRules.All.Select(r => r.Name)));
        _name = Text(command, "--name", "NAME");
        _width = Text(command, "--width", "N");
        _fonds = Text(command, "--fonds", "CODE");
        _category = Text(command, "--category", "CODE");
    }
}

/// <summary>Lists rules of codes.</summary>
internal sealed class CodeRuleListCommand : CliCommand
{
    public override string Name => "code rule list";

    public override Task<int> RunAsync(CommandContext context) => RegisterAnswer.List(
        context, "rules", ["rule", "version", "fonds", "category", "confidence", "basis"],
        [.. context.Repository.Records.Codes.Rules.All().Select(r =>
            (new[] { r.Name, r.Version.ToString(CultureInfo.InvariantCulture), r.Fonds ?? "", r.Category ?? "", r.Confidence, r.Basis }, CodeRuleShowCommand.Describe(r)))]);

    protected override void Declare(Command command)
    {
    }
}

/// <summary>Shows a rule of codes with its segments.</summary>
internal sealed class CodeRuleShowCommand : CliCommand
{
    private Argument<string?> _name = null!;
    private Option<string?> _version = null!;

    public override string Name => "code rule show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var name = context.Parsed.GetValue(_name)!;
        var version = context.Value(_version) is { } v ? (int?)Quantities.Whole(v, "--version", 1, int.MaxValue) : null;
        var rule = context.Repository.Records.Codes.Rules.Find(name, version) ?? throw RegisterAnswer.Unknown(name);
        var say = context.Report.Speech;
        context.Report.Rows(
        [
            [say.Say("column.segment"), say.Say("column.from"), say.Say("column.before"), say.Say("column.width"), say.Say("column.pattern")],
            .. rule.Segments.Select(s => new[] { s.Name, s.Value ?? s.Source, s.Before, s.Width == 0 ? "" : s.Width.ToString(CultureInfo.InvariantCulture), s.Pattern }),
        ]);
        context.Report.Set("rule", Describe(rule));
        return Task.FromResult(context.Verdict);
    }

    internal static JsonObject Describe(CodeRule rule) => new()
    {
        ["rule"] = rule.Name,
        ["version"] = rule.Version,
        ["kind"] = rule.Kind,
        ["fonds"] = rule.Fonds,
        ["category"] = rule.Category,
        ["scope"] = new JsonArray([.. rule.Scope.Select(s => (JsonNode)s)]),
        ["segments"] = new JsonArray([.. rule.Segments.Select(s => (JsonNode)new JsonObject
        {
            ["name"] = s.Name, ["source"] = s.Source, ["pattern"] = s.Pattern, ["width"] = s.Width, ["pad"] = s.Pad, ["before"] = s.Before, ["value"] = s.Value,
        })]),
        ["basis"] = rule.Basis,
        ["confidence"] = rule.Confidence,
    };

    protected override void Declare(Command command)
    {
        _name = Argument(command, "name", "NAME");
        _version = Text(command, "--version", "N");
    }
}
