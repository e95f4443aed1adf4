using System.CommandLine;
using System.Text;

namespace Lantai.Cli.Commands;

/// <summary>Makes the signed receipt of a submission again.</summary>
internal sealed class ReceiptShowCommand : CliCommand
{
    private Argument<string?> _aip = null!;
    private Option<string?> _out = null!;

    public override string Name => "receipt show";

    public override Task<int> RunAsync(CommandContext context)
    {
        if (context.Repository.Find(context.Parsed.GetValue(_aip)!, out var why) is not { } version)
        {
            context.Report.Trouble("reference", why!);
            return Task.FromResult(2);
        }

        var receipt = context.Repository.ReceiptOf(version);
        if (context.Value(_out) is { Length: > 0 } said)
        {
            var path = context.PathOf(said);
            ReceiptFile.Write(path, receipt);
            context.Report.Say("receipt.written", ("path", path));
            context.Report.Set("path", path);
        }
        else
        {
            context.Report.Write(Encoding.UTF8.GetString(receipt).TrimEnd('\n'));
        }

        context.Report.Set("aip", version.Aip.ToString("D"));
        context.Report.Set("version", version.Version);
        context.Report.Set("receipt", Encoding.UTF8.GetString(receipt));
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _aip = Argument(command, "aip", "AIP[@N]");
        _out = Text(command, "--out", "FILE");
    }
}
