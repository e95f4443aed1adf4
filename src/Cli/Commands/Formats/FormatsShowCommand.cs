using System.CommandLine;
using Lantai.Cli.Arguments;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Shows one format.</summary>
internal sealed class FormatsShowCommand : CliCommand
{
    private Argument<string?> _id = null!;
    private Option<string[]> _signatures = null!;

    public override string Name => "formats show";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var registry = FormatSource.Open(context, context.Parsed.GetValue(_signatures) ?? []);
        var id = context.Parsed.GetValue(_id)!;
        if (registry.Find(id) is not { } format)
        {
            throw new WrongUseException("usage.format", ("text", id), ("registry", registry.Source));
        }

        var (report, say) = (context.Report, context.Report.Speech);
        report.Rows(
        [
            ["PUID", format.Id],
            [say.Say("column.name"), format.NameWithVersion],
            [say.Say("column.chinese"), format.ChineseName ?? ""],
            [say.Say("column.class"), say.Say("class." + format.Class.ToString().ToLowerInvariant())],
            [say.Say("column.media"), string.Join(", ", format.MediaTypes)],
            [say.Say("column.extensions"), string.Join(", ", format.Extensions)],
            [say.Say("column.registry"), registry.Source],
        ]);
        report.Set("format", FormatJson.Of(format));
        report.Set("registry", registry.Source);
        return Task.FromResult(0);
    }

    protected override void Declare(Command command)
    {
        _id = Argument(command, "id", "ID");
        _signatures = Texts(command, "--signatures", "FILE…");
    }
}
