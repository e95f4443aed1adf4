using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Characterization;
using Lantai.Cli.Arguments;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Lists the formats that are known.</summary>
internal sealed class FormatsListCommand : CliCommand
{
    private Argument<string?> _search = null!;
    private Option<string[]> _signatures = null!;
    private Option<string?> _class = null!;

    public override string Name => "formats list";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var registry = FormatSource.Open(context, context.Parsed.GetValue(_signatures) ?? []);
        var search = context.Parsed.GetValue(_search) ?? "";
        var wanted = Class(context);
        var formats = registry.Formats.Where(f => (wanted is null || f.Class == wanted) && Fits(f, search)).ToList();
        var report = context.Report;
        report.Rows([.. formats.Select(f => new[]
        {
            f.Id, report.Speech.Language == Words.Language.Chinese && f.ChineseName is { } chinese ? chinese : f.NameWithVersion,
            report.Speech.Say("class." + f.Class.ToString().ToLowerInvariant()), string.Join(' ', f.Extensions.Take(4)),
        })]);
        report.Say("formats.listed", ("count", formats.Count), ("all", registry.Formats.Count), ("registry", registry.Source));
        report.Set("registry", registry.Source);
        report.Set("formats", new JsonArray([.. formats.Select(f => (JsonNode)FormatJson.Of(f))]));
        return Task.FromResult(0);
    }

    protected override void Declare(Command command)
    {
        _search = Argument(command, "search", "TEXT", required: false);
        _class = Text(command, "--class", "text|layout|image|…");
        _signatures = Texts(command, "--signatures", "FILE…");
    }

    private FormatClass? Class(CommandContext context) => context.Value(_class) is not { Length: > 0 } said ? null
        : Enum.TryParse<FormatClass>(said, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(said[0]) ? value
        : throw new WrongUseException("usage.choice", ("option", "--class"), ("text", said), ("choices", string.Join(", ", Enum.GetNames<FormatClass>()).ToLowerInvariant()));

    private static bool Fits(FileFormat format, string search) =>
        search.Length == 0 || format.Id.Equals(search, StringComparison.OrdinalIgnoreCase) || format.Extensions.Contains(search.TrimStart('.').ToLowerInvariant())
        || format.NameWithVersion.Contains(search, StringComparison.OrdinalIgnoreCase) || (format.ChineseName?.Contains(search, StringComparison.OrdinalIgnoreCase) ?? false)
        || format.MediaTypes.Any(t => t.Equals(search, StringComparison.OrdinalIgnoreCase));
}
