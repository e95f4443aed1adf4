using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Numbering;

/// <summary>Assigns the next code of a rule, or one that was chosen.</summary>
internal sealed class CodeNextCommand : CliCommand
{
    private Argument<string?> _rule = null!;
    private Option<string[]> _field = null!;
    private Option<string?> _for = null!;
    private Option<string?> _code = null!;

    public override string Name => "code next";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (rule, codes) = (context.Parsed.GetValue(_rule)!, context.Repository.Records.Codes);
        var thing = Thing(context, _for);
        return CodeAnswer.Conclude(context, context.Value(_code) is { } chosen
            ? codes.Assign(rule, chosen, thing, context.Actor)
            : codes.Next(rule, [new CodeRequest(CodeAnswer.Fields(context, _field), thing)], context.Actor));
    }

    protected override void Declare(Command command)
    {
        _rule = Argument(command, "rule", "RULE");
        _field = Texts(command, "--field", "NAME=VALUE…");
        _for = Text(command, "--for", "ID");
        _code = Text(command, "--code", "CODE");
    }

    private static Guid? Thing(CommandContext context, Option<string?> option) => context.Value(option) is not { } said ? null
        : Guid.TryParseExact(said, "D", out var id) ? id
        : throw new WrongUseException("usage.id", ("option", option.Name), ("text", said));
}

/// <summary>Gives an archive a new code in the place of its old one.</summary>
internal sealed class CodeChangeCommand : CliCommand
{
    private Argument<string?> _old = null!;
    private Option<string?> _rule = null!;
    private Option<string?> _to = null!;
    private Option<string[]> _field = null!;
    private Option<string?> _reason = null!;

    public override string Name => "code change";

    public override Task<int> RunAsync(CommandContext context) => CodeAnswer.Conclude(context, context.Repository.Records.Codes.Change(
        context.Parsed.GetValue(_old)!, context.Value(_rule)!, context.Value(_to), CodeAnswer.Fields(context, _field), context.Value(_reason)!, context.Actor));

    protected override void Declare(Command command)
    {
        _old = Argument(command, "old", "CODE");
        _rule = Text(command, "--rule", "RULE", required: true);
        _to = Text(command, "--to", "CODE");
        _field = Texts(command, "--field", "NAME=VALUE…");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}

/// <summary>Writes down that the archive of a code was withdrawn.</summary>
internal sealed class CodeWithdrawCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _reason = null!;

    public override string Name => "code withdraw";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        return RegisterAnswer.Conclude(context, context.Repository.Records.Codes.Withdraw(code, context.Value(_reason)!, context.Actor), code);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}

/// <summary>Takes a code apart.</summary>
internal sealed class CodeParseCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _rule = null!;

    public override string Name => "code parse";

    public override Task<int> RunAsync(CommandContext context)
    {
        var findings = new List<Finding>();
        var parts = context.Repository.Records.Codes.Parse(context.Parsed.GetValue(_code)!, context.Value(_rule), findings);
        context.Report.Tell(findings);
        if (parts is not null)
        {
            context.Report.Rows([.. parts.Values.Select(v => new[] { v.Key, v.Value })]);
            context.Report.Set("segments", new JsonObject(parts.Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))));
        }

        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _rule = Text(command, "--rule", "RULE");
    }
}

/// <summary>Shows what became of a code: those before it and those after it.</summary>
internal sealed class CodeHistoryCommand : CliCommand
{
    private Argument<string?> _code = null!;

    public override string Name => "code history";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var history = context.Repository.Records.Codes.History(code);
        if (history.Count == 0)
        {
            throw RegisterAnswer.Unknown(code);
        }

        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "codes", ["code", "state", "rule", "time", "sequence", "reason"],
            [.. history.Select(c => (
                new[]
                {
                    c.Code, speech.Say("code-state." + ReferenceCodes.Word(c.State)), c.Rule + "/" + c.RuleVersion.ToString(CultureInfo.InvariantCulture),
                    Output.Amounts.Time(c.Assigned), c.Sequence.ToString(CultureInfo.InvariantCulture), c.Reason ?? "",
                },
                Describe(c)))]);
    }

    protected override void Declare(Command command) => _code = Argument(command, "code", "CODE");

    private static JsonObject Describe(CodeEntry entry) => new()
    {
        ["code"] = entry.Code,
        ["state"] = ReferenceCodes.Word(entry.State),
        ["rule"] = entry.Rule,
        ["version"] = entry.RuleVersion,
        ["kind"] = entry.Kind,
        ["thing"] = entry.Thing,
        ["sequence"] = entry.Sequence,
        ["time"] = StoreFormat.StoreTime.Write(entry.Assigned),
        ["replaces"] = entry.Replaces,
        ["replacedBy"] = entry.ReplacedBy,
        ["reason"] = entry.Reason,
    };
}

/// <summary>How commands that assign codes answer.</summary>
internal static class CodeAnswer
{
    public static Task<int> Conclude(CommandContext context, CodeOutcome outcome)
    {
        context.Report.Tell(outcome.Findings);
        foreach (var code in outcome.Codes)
        {
            context.Report.Write(code);
        }

        context.Report.Set("codes", new JsonArray([.. outcome.Codes.Select(c => (JsonNode)c)]));
        return Task.FromResult(context.Verdict);
    }

    /// <summary>Fields as they were typed: <c>year=2023</c>.</summary>
    /// <exception cref="WrongUseException">One has no equals sign, or stands there twice.</exception>
    public static Dictionary<string, string> Fields(CommandContext context, Option<string[]> option)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var said in context.Parsed.GetValue(option) ?? [])
        {
            var at = said.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !fields.TryAdd(said[..at], said[(at + 1)..]))
            {
                throw new WrongUseException("usage.field", ("option", option.Name), ("text", said));
            }
        }

        return fields;
    }
}
