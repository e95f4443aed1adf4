using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Policy;

/// <summary>Publishes what a hall asks of packages.</summary>
internal sealed class AccessionPublishCommand : CliCommand
{
    private Argument<string?> _file = null!;

    public override string Name => "accession publish";

    public override Task<int> RunAsync(CommandContext context) =>
        FileText.Read(context, context.Parsed.GetValue(_file)!, AccessionRequirements.TryRead) is { } asked
            ? RegisterAnswer.Conclude(context, context.Repository.Records.Accession.Publish(asked, context.Actor), asked.Version)
            : Task.FromResult(1);

    protected override void Declare(Command command) => _file = Argument(command, "file", "FILE");
}

/// <summary>Shows what a hall asks of packages on a day.</summary>
internal sealed class AccessionShowCommand : CliCommand
{
    private Argument<string?> _hall = null!;
    private Option<string?> _day = null!;

    public override string Name => "accession show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var hall = context.Parsed.GetValue(_hall)!;
        var day = RegisterAnswer.Day(context.Value(_day), "--on") ?? LegalTime.DayOf(context.World.Time.GetUtcNow());
        var asked = context.Repository.Records.Accession.InForce(hall, day) ?? throw RegisterAnswer.Unknown($"{hall} {LegalTime.Write(day)}");
        return RegisterAnswer.Show(context, "requirements", Describe(asked));
    }

    protected override void Declare(Command command)
    {
        _hall = Argument(command, "hall", "CODE");
        _day = Text(command, "--on", "YYYY-MM-DD");
    }

    private static JsonObject Describe(AccessionRequirements asked) => new()
    {
        ["hall"] = asked.Hall,
        ["version"] = asked.Version,
        ["from"] = LegalTime.Write(asked.From),
        ["until"] = asked.Until is { } until ? LegalTime.Write(until) : null,
        ["formats"] = asked.Formats.Count == 0 ? null : new JsonArray([.. asked.Formats.Select(f => (JsonNode)(f.Format + "=" + f.Verdict))]),
        ["formatPolicy"] = asked.FormatPolicy,
        ["metadataProfile"] = asked.MetadataProfile,
        ["packageProfile"] = asked.PackageProfile,
        ["packageVersion"] = asked.PackageVersion,
        ["maxPackageBytes"] = asked.MaxPackageBytes?.ToString(CultureInfo.InvariantCulture),
        ["channels"] = new JsonArray([.. asked.Channels.Select(c => (JsonNode)c)]),
        ["hallKeys"] = asked.Keys.Count == 0 ? null : new JsonArray([.. asked.Keys.Select(k => (JsonNode)k)]),
    };
}
