using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Enters a source system.</summary>
internal sealed class SourceAddCommand : CliCommand
{
    private const int MostKeyBytes = 64 * 1024;

    internal static readonly Dictionary<string, SourceChannel> Channels = new() { ["online"] = SourceChannel.Online, ["offline"] = SourceChannel.Offline };

    private Argument<string?> _id = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _channel = null!;
    private Option<string?> _reason = null!;
    private Option<string[]> _items = null!;
    private Option<string?> _key = null!;

    public override string Name => "source add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var id = context.Parsed.GetValue(_id)!;
        var channel = RegisterAnswer.Choice(context.Value(_channel) ?? "online", "--channel", Channels);
        var source = new SourceSystem(id, context.Value(_agency)!, channel, context.Value(_reason), context.Parsed.GetValue(_items) ?? [], null);
        return RegisterAnswer.Conclude(context, context.Repository.Records.Sources.Enter(source, Key(context), context.Actor), id);
    }

    protected override void Declare(Command command)
    {
        _id = Argument(command, "id", "ID");
        _agency = Text(command, "--agency", "CODE", required: true);
        _channel = Text(command, "--channel", string.Join('|', Channels.Keys));
        _reason = Text(command, "--reason", "TEXT");
        _items = Texts(command, "--items", "CODE…");
        _key = Text(command, "--key", "FILE");
    }

    private string? Key(CommandContext context)
    {
        if (context.Value(_key) is not { } said)
        {
            return null;
        }

        var path = context.PathOf(said);
        return File.Exists(path) && new FileInfo(path).Length <= MostKeyBytes
            ? File.ReadAllText(path, System.Text.Encoding.Latin1) // PEM is ASCII; what is not becomes no PEM
            : throw new WrongUseException("usage.path", ("path", path));
    }
}

/// <summary>Lists source systems.</summary>
internal sealed class SourceListCommand : CliCommand
{
    public override string Name => "source list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var speech = context.Report.Speech;
        return RegisterAnswer.List(
            context, "sources", ["source", "agency", "channel", "state"],
            [.. context.Repository.Records.Sources.All().Select(s =>
                (new[] { s.Id, s.Agency, SourceShowCommand.Channel(s), speech.Say("source-state." + SourceRegister.Word(s.State)) }, SourceShowCommand.Describe(s)))]);
    }

    protected override void Declare(Command command)
    {
    }
}

/// <summary>Shows a source system.</summary>
internal sealed class SourceShowCommand : CliCommand
{
    private Argument<string?> _id = null!;

    public override string Name => "source show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var id = context.Parsed.GetValue(_id)!;
        var found = context.Repository.Records.Sources.Find(id) ?? throw RegisterAnswer.Unknown(id);
        return RegisterAnswer.Show(context, "source", Describe(found));
    }

    internal static string Channel(SourceSystem source) => source.Channel == SourceChannel.Online ? "online" : "offline";

    internal static JsonObject Describe(SourceSystem source) => new()
    {
        ["source"] = source.Id,
        ["agency"] = source.Agency,
        ["channel"] = Channel(source),
        ["offlineReason"] = source.OfflineReason,
        ["items"] = new JsonArray([.. source.Items.Select(i => (JsonNode)i)]),
        ["state"] = SourceRegister.Word(source.State),
        ["reason"] = source.StateReason,
        ["keyForm"] = source.Key?.Form,
        ["fingerprint"] = source.Key?.Fingerprint,
        ["key"] = source.Key?.Text,
    };

    protected override void Declare(Command command) => _id = Argument(command, "id", "ID");
}

/// <summary>Enables, disables or withdraws a source system.</summary>
internal sealed class SourceStateCommand(string name, SourceState state) : CliCommand
{
    private Argument<string?> _id = null!;
    private Option<string?> _reason = null!;

    public override string Name => name;

    public override Task<int> RunAsync(CommandContext context)
    {
        var id = context.Parsed.GetValue(_id)!;
        return RegisterAnswer.Conclude(context, context.Repository.Records.Sources.ChangeState(id, state, context.Value(_reason), context.Actor), id);
    }

    protected override void Declare(Command command)
    {
        _id = Argument(command, "id", "ID");
        _reason = Text(command, "--reason", "TEXT");
    }
}

/// <summary>Says whether a source system may submit a case.</summary>
internal sealed class SourceCheckCommand : CliCommand
{
    private Argument<string?> _id = null!;
    private Option<string?> _agency = null!;
    private Option<string?> _item = null!;
    private Option<string?> _channel = null!;
    private Option<string?> _reason = null!;

    public override string Name => "source check";

    public override Task<int> RunAsync(CommandContext context)
    {
        var id = context.Parsed.GetValue(_id)!;
        var channel = RegisterAnswer.Choice(context.Value(_channel) ?? "online", "--channel", SourceAddCommand.Channels);
        var findings = context.Repository.Records.Sources.May(id, context.Value(_agency)!, context.Value(_item)!, channel, context.Value(_reason));
        context.Report.Tell(findings);
        context.Report.Say(context.Report.HasErrors ? "source.may.not" : "source.may", ("source", id));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _id = Argument(command, "id", "ID");
        _agency = Text(command, "--agency", "CODE", required: true);
        _item = Text(command, "--item", "CODE", required: true);
        _channel = Text(command, "--channel", string.Join('|', SourceAddCommand.Channels.Keys));
        _reason = Text(command, "--reason", "TEXT");
    }
}
