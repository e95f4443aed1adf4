using System.CommandLine;

namespace Lantai.Cli.Commands;

/// <summary>Closes the open packs under their digest.</summary>
internal sealed class SealCommand : CliCommand
{
    public override string Name => "seal";

    public override Task<int> RunAsync(CommandContext context)
    {
        var count = context.Repository.Vault.Seal();
        context.Report.Say(count == 0 ? "seal.none" : "seal.done", ("count", count));
        context.Report.Set("sealed", count);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        // no options of its own
    }
}
