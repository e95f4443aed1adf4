using System.CommandLine;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands;
using Lantai.Cli.Output;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Cli.Owner;

/// <summary>
/// Gets a command its repository: by owning the store, and then serving other processes while it runs, or by sending the
/// command to the process that owns it.
/// </summary>
internal sealed class OwnerSession(World world, CommandTree tree, ParseResult parsed, Report report)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the command. Gives its exit code and whether another process ran it and has said everything.</summary>
    public async Task<(int Code, bool IsForeign)> RunAsync(CliCommand command, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var root = CommandContext.StoreOf(world, tree, parsed);
        var began = world.Time.GetTimestamp();
        string? passphrase = null;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            StorageException? locked;
            try
            {
                passphrase ??= Passphrase.For(world, report.Speech, root, CommandContext.KeysOf(world, tree, parsed));
                using var repository = Repository.Open(Settings(root, passphrase));
                return (await OwnAsync(command, repository, root, stop), false);
            }
            catch (StorageException problem) when (problem.Problem == StorageProblem.Locked)
            {
                locked = problem;
            }

            // The owner may be starting (no socket yet) or ending (no lock soon): then nobody took the command.
            if (command.Use != StoreUse.Alone && await OwnerClient.SendAsync(root, Request(arguments), world.Out, world.Err, stop) is { } code)
            {
                return (code, true);
            }

            if (world.Time.GetElapsedTime(began) > Patience)
            {
                throw locked;
            }

            await Task.Delay(Pause, world.Time, stop);
        }
    }

    private async Task<int> OwnAsync(CliCommand command, Repository repository, string root, CancellationToken stop)
    {
        using var audits = new SemaphoreSlim(1, 1);
        var store = new SharedStore(repository, audits);
        await using var socket = command.Use == StoreUse.Alone ? null : OwnerSocket.Open(root, (request, stream, turn, cancel) => ServeAsync(store, request, stream, turn, cancel), stop);
        report.Tell(repository.Findings);
        var context = new CommandContext(world, tree, parsed, report, store, stop);
        var code = await Troubles.GuardAsync(report, () => command.RunAsync(context));
        return report.Finish(code); // here, where the store is open: a long list is read while it is written
    }

    /// <summary>Runs what another process sent, as if it ran there.</summary>
    private async Task<int> ServeAsync(SharedStore store, OwnerRequest request, Stream stream, SemaphoreSlim turn, CancellationToken stop)
    {
        await using var output = new FrameWriter(stream, Channel.Output, turn);
        await using var error = new FrameWriter(stream, Channel.Error, turn);
        var root = store.Repository.Vault.Disk.Root; // what the sender meant, however it said so
        var sender = new World(
            request.Folder, name => name switch { "LANG" => request.Language, "LANTAI_STORE" => root, _ => null }, world.Account, output, error,
            new Screen(request.IsTerminal, Math.Clamp(request.Width, 20, 1000)), world.Time, null, request.Program);
        var code = await Application.RunAsync(request.Arguments, sender, store, stop);
        output.Flush();
        error.Flush();
        return code;
    }

    private OwnerRequest Request(IReadOnlyList<string> arguments) => new(
        arguments, world.Folder, report.Speech.Language == Language.Chinese ? "zh" : "en", report.IsJson, world.Screen.Width, world.Screen.IsTerminal, world.Program);

    private RepositorySettings Settings(string root, string? passphrase) => new(
        root,
        CommandContext.KeysOf(world, tree, parsed),
        passphrase,
        new Actor(parsed.GetValue(tree.As) is { Length: > 0 } said ? said : "os:" + world.Account, CommandContext.Software),
        world.Time);
}
