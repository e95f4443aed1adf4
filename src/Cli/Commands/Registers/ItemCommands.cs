using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Enters a version of a service item.</summary>
internal sealed class ItemAddCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _version = null!;
    private Option<string?> _name = null!;
    private Option<string?> _type = null!;
    private Option<string?> _agency = null!;
    private Option<string[]> _steps = null!;
    private Option<string?> _paper = null!;
    private Option<string[]> _joint = null!;
    private Option<string?> _from = null!;
    private Option<string?> _until = null!;

    public override string Name => "item add";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var item = new ServiceItem(code, context.Value(_version) ?? "1", context.Value(_name)!, context.Value(_type)!, context.Value(_agency)!)
        {
            Steps = context.Parsed.GetValue(_steps) ?? [],
            PaperCitation = context.Value(_paper),
            JointWith = context.Parsed.GetValue(_joint) ?? [],
            From = RegisterAnswer.Day(context.Value(_from), "--from"),
            Until = RegisterAnswer.Day(context.Value(_until), "--until"),
        };
        return RegisterAnswer.Conclude(context, context.Repository.Records.Items.Enter([item], context.Actor), code);
    }

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _version = Text(command, "--version", "VERSION");
        _name = Text(command, "--name", "NAME", required: true);
        _type = Text(command, "--type", "TYPE", required: true);
        _agency = Text(command, "--agency", "CODE", required: true);
        _steps = Texts(command, "--steps", "CODE…");
        _paper = Text(command, "--paper", "CITATION");
        _joint = Texts(command, "--joint", "CODE…");
        _from = Text(command, "--from", "YYYY-MM-DD");
        _until = Text(command, "--until", "YYYY-MM-DD");
    }
}

/// <summary>Lists versions of service items, a page at a time.</summary>
internal sealed class ItemListCommand : CliCommand
{
    private const int Usual = 50;

    private Option<string?> _after = null!;
    private Option<string?> _take = null!;

    public override string Name => "item list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var after = context.Value(_after) is { } a ? Quantities.Whole(a, "--after", 0, long.MaxValue) : 0;
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        var page = context.Repository.Records.Items.Page(after, take);
        return RegisterAnswer.List(
            context, "items", ["place", "code", "version", "type", "agency", "name"],
            [.. page.Select(p => (new[] { p.Key.ToString(CultureInfo.InvariantCulture), p.Value.Code, p.Value.Version, p.Value.Type, p.Value.Agency, p.Value.Name }, Row(p.Key, p.Value)))]);
    }

    protected override void Declare(Command command)
    {
        _after = Text(command, "--after", "N");
        _take = Text(command, "--take", "N");
    }

    private static JsonObject Row(long place, ServiceItem item)
    {
        var whole = ItemShowCommand.Describe(item);
        whole["place"] = place;
        return whole;
    }
}

/// <summary>Shows a version of a service item.</summary>
internal sealed class ItemShowCommand : CliCommand
{
    private Argument<string?> _code = null!;
    private Option<string?> _version = null!;

    public override string Name => "item show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var code = context.Parsed.GetValue(_code)!;
        var items = context.Repository.Records.Items;
        var found = context.Value(_version) is { } version ? items.Find(code, version) : items.Find(code);
        return RegisterAnswer.Show(context, "item", Describe(found ?? throw RegisterAnswer.Unknown(code)));
    }

    internal static JsonObject Describe(ServiceItem item) => new()
    {
        ["code"] = item.Code,
        ["version"] = item.Version,
        ["name"] = item.Name,
        ["type"] = item.Type,
        ["agency"] = item.Agency,
        ["steps"] = new JsonArray([.. item.Steps.Select(s => (JsonNode)s)]),
        ["paper"] = item.PaperCitation,
        ["joint"] = new JsonArray([.. item.JointWith.Select(j => (JsonNode)j)]),
        ["from"] = Day(item.From),
        ["until"] = Day(item.Until),
    };

    protected override void Declare(Command command)
    {
        _code = Argument(command, "code", "CODE");
        _version = Text(command, "--version", "VERSION");
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Enters service items from a file: all of them, or none.</summary>
internal sealed class ItemImportCommand : CliCommand
{
    private Argument<string?> _file = null!;

    public override string Name => "item import";

    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.PathOf(context.Parsed.GetValue(_file)!);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var reading = ItemReading.Of(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), Path.GetFileName(path), context.Stop);
        context.Report.Tell(reading.Findings);
        context.Report.Set("rows", reading.Items.Count);
        var outcome = context.Repository.Records.Items.Enter(reading, context.Actor);
        context.Report.Tell(outcome.Findings);
        context.Report.Set("entered", outcome.Events.Count);
        if (reading.IsSound && !outcome.IsRefused)
        {
            context.Report.Say("item.imported", ("rows", reading.Items.Count), ("entered", outcome.Events.Count));
        }
        else
        {
            context.Report.Say("register.refused", ("what", Path.GetFileName(path)));
        }

        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command) => _file = Argument(command, "file", "FILE");
}
