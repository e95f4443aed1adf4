using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Policy;

/// <summary>Shows the policy values that hold somewhere on a day, each with its ground.</summary>
internal sealed class PolicyShowCommand : CliCommand
{
    private Argument<string?> _key = null!;
    private Option<string?> _region = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _day = null!;

    public override string Name => "policy show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var records = context.Repository.Records;
        var day = RegisterAnswer.Day(context.Value(_day), "--on") ?? LegalTime.DayOf(context.World.Time.GetUtcNow());
        var region = RegisterAnswer.Region(context.Value(_region), "--region");
        if (context.Value(_agency) is { } named && (context.Value(_region) is not null || records.Organisations.Find(named) is null))
        {
            throw context.Value(_region) is null ? RegisterAnswer.Unknown(named) : new WrongUseException("usage.policy.place");
        }

        var policy = context.Value(_agency) is { } agency ? records.Policy.ForAgency(agency, day) : records.Policy.For(region.ToString(), day);
        var key = context.Parsed.GetValue(_key);
        var values = policy.All.Where(v => key is null || v.Key == key || v.Key.StartsWith(key + ".", StringComparison.Ordinal)).ToList();
        if (values.Count == 0)
        {
            throw RegisterAnswer.Unknown(key!);
        }

        return RegisterAnswer.List(
            context, "values", ["policyKey", "value", "layer", "basis", "confidence"],
            [.. values.Select(v => (
                new[] { v.Key, string.Join(' ', v.Values), v.Layer, v.Basis.Document + (v.Basis.Article.Length == 0 ? "" : " " + v.Basis.Article), v.Basis.Confidence }, Describe(v)))]);
    }

    protected override void Declare(Command command)
    {
        _key = Argument(command, "key", "KEY", required: false);
        _region = Text(command, "--region", "CODE");
        _agency = Text(command, "--agency", "CODE");
        _day = Text(command, "--on", "YYYY-MM-DD");
    }

    private static JsonObject Describe(PolicyValue value) => new()
    {
        ["key"] = value.Key,
        ["values"] = new JsonArray([.. value.Values.Select(v => (JsonNode)v)]),
        ["stricter"] = value.Stricter,
        ["layer"] = value.Layer,
        ["basis"] = new JsonObject
        {
            ["document"] = value.Basis.Document,
            ["article"] = value.Basis.Article,
            ["effective"] = value.Basis.Effective,
            ["confidence"] = value.Basis.Confidence,
        },
    };
}

/// <summary>Adopts an overlay of policy values.</summary>
internal sealed class PolicyOverlayCommand : CliCommand
{
    private Argument<string?> _file = null!;

    public override string Name => "policy overlay";

    public override Task<int> RunAsync(CommandContext context) =>
        FileText.Read(context, context.Parsed.GetValue(_file)!, PolicyOverlay.TryRead) is { } overlay
            ? RegisterAnswer.Conclude(context, context.Repository.Records.Policy.Adopt(overlay, context.Actor), overlay.Name)
            : Task.FromResult(1);

    protected override void Declare(Command command) => _file = Argument(command, "file", "FILE");
}

/// <summary>Lists the overlays that were adopted.</summary>
internal sealed class PolicyListCommand : CliCommand
{
    public override string Name => "policy list";

    public override Task<int> RunAsync(CommandContext context) => RegisterAnswer.List(
        context, "overlays", ["overlay", "region", "agency", "from", "policyKey"],
        [.. context.Repository.Records.Policy.Overlays().Select(o => (
            new[] { o.Name, o.Region ?? "", o.Agency ?? "", LegalTime.Write(o.From), string.Join(' ', o.Values.Select(v => v.Key)) },
            new JsonObject
            {
                ["overlay"] = o.Name,
                ["region"] = o.Region,
                ["agency"] = o.Agency,
                ["from"] = LegalTime.Write(o.From),
                ["values"] = new JsonObject(o.Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)new JsonArray([.. v.Values.Select(t => (JsonNode)t)])))),
            }))]);

    protected override void Declare(Command command)
    {
    }
}
