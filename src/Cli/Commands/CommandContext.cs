using System.CommandLine;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Evidence;
using Lantai.Evidence.National;

namespace Lantai.Cli.Commands;

/// <summary>A repository that this process owns and that several commands use at once.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Audits">Lets one fixity check run at a time.</param>
internal sealed record SharedStore(Repository Repository, SemaphoreSlim Audits);

/// <summary>What a running command works with.</summary>
internal sealed class CommandContext
{
    private readonly SharedStore? _store;

    public CommandContext(World world, CommandTree tree, ParseResult parsed, Report report, SharedStore? store, CancellationToken stop)
    {
        (World, Tree, Parsed, Report, _store, Stop) = (world, tree, parsed, report, store, stop);
        Account = parsed.GetValue(tree.As) is { Length: > 0 } said ? said : "os:" + world.Account;
    }

    /// <summary>Name and version of this program, as events record it.</summary>
    public static string Software { get; } = "lantai " + typeof(CommandContext).Assembly.GetName().Version!.ToString(3);

    public World World { get; }

    public CommandTree Tree { get; }

    public ParseResult Parsed { get; }

    public Report Report { get; }

    public CancellationToken Stop { get; }

    public string Account { get; }

    public Actor Actor => new(Account, Software);

    /// <summary>The open repository, for commands that need one.</summary>
    public Repository Repository => Open.Repository;

    /// <summary>Lets one fixity check run at a time.</summary>
    public SemaphoreSlim Audits => Open.Audits;

    /// <summary>The root of the store that is meant.</summary>
    /// <exception cref="WrongUseException">Nobody said which.</exception>
    public string Store => StoreOf(World, Tree, Parsed);

    public string Keys => KeysOf(World, Tree, Parsed);

    public static string StoreOf(World world, CommandTree tree, ParseResult parsed) =>
        (parsed.GetValue(tree.Store) ?? world.Variables("LANTAI_STORE")) is { Length: > 0 } said
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(said, world.Folder))
            : throw new WrongUseException("usage.store");

    public static string KeysOf(World world, CommandTree tree, ParseResult parsed)
    {
        if ((parsed.GetValue(tree.Keys) ?? world.Variables("LANTAI_KEYS")) is { Length: > 0 } said)
        {
            return Path.GetFullPath(said, world.Folder);
        }

        var settings = world.Variables("XDG_CONFIG_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
            ? given
            : Path.Combine(world.Variables("HOME") ?? "/", ".config");
        return Path.Combine(settings, "lantai", "keys");
    }

    public string? Value(Option<string?> option) => Parsed.GetValue(option);

    public bool Has(Option<bool> option) => Parsed.GetValue(option);

    /// <summary>A path that the user gave, from the folder where the user stands.</summary>
    public string PathOf(string said) => Path.GetFullPath(said, World.Folder);

    /// <summary>A verifier key given on the command line, as its line or as a file that holds it; null when none was given.</summary>
    /// <exception cref="WrongUseException">It is neither.</exception>
    public VerifierKey? KeyFrom(Option<string?> option)
    {
        if (Value(option) is not { Length: > 0 } said)
        {
            return null;
        }

        if (VerifierKey.TryParse(said.Trim(), out var key))
        {
            return key;
        }

        var file = PathOf(said);
        return File.Exists(file) && new FileInfo(file).Length <= 4096 && VerifierKey.TryParse(File.ReadAllText(file).Trim(), out key)
            ? key
            : throw new WrongUseException("usage.key", ("option", option.Name), ("text", said));
    }

    /// <summary>The verifier key of SM2 that an option gives, as its line or in a file; null when it was not given.</summary>
    /// <exception cref="WrongUseException">It is none, or of an algorithm that is not supported here.</exception>
    public Sm2VerifierKey? Sm2KeyFrom(Option<string?> option)
    {
        if (Value(option) is not { Length: > 0 } said)
        {
            return null;
        }

        if (Sm2VerifierKey.TryParse(said.Trim(), out var key))
        {
            return key;
        }

        var file = PathOf(said);
        return File.Exists(file) && new FileInfo(file).Length <= 4096 && Sm2VerifierKey.TryParse(File.ReadAllText(file).Trim(), out key)
            ? key
            : throw new WrongUseException("usage.key.sm2", ("option", option.Name), ("text", said));
    }

    private SharedStore Open => _store ?? throw new InvalidOperationException("The command did not ask for a repository.");

    /// <summary>The exit code of a command that did what it was asked.</summary>
    public int Verdict => Report.HasErrors ? 1 : 0;
}
