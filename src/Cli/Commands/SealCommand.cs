using System.CommandLine;

namespace Lantai.Cli.Commands;

/// <summary>Closes the open packs under their digest.</summary>
internal sealed class SealCommand : CliCommand
{
    public override string Name => "seal";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var count = await context.Repository.Vault.SealAsync(context.Stop);
        context.Report.Say(count == 0 ? "seal.none" : "seal.done", ("count", count));
        context.Report.Set("sealed", count);
        return context.Verdict;
    }

    protected override void Declare(Command command)
    {
        // no options of its own
    }
}
