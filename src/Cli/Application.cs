using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands;
using Lantai.Cli.Output;
using Lantai.Cli.Owner;

namespace Lantai.Cli;

/// <summary>From what was typed to the exit code.</summary>
internal static class Application
{
    /// <summary>Runs a command line. Everything it says goes to the world's writers.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, World world, CancellationToken stop) =>
        RunAsync(arguments, world, null, stop);

    /// <summary>Runs a command line on a repository that is open already, or on the one it names itself.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="world">What the command sees of the process that asked.</param>
    /// <param name="open">The repository that this process owns; null to open what the command needs.</param>
    /// <param name="stop">Asks to stop.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, World world, SharedStore? open, CancellationToken stop)
    {
        var speech = new Speech(LanguageOf(arguments, world));
        var tree = new CommandTree(speech);
        var parsed = tree.Parse(arguments);
        var command = tree.Of(parsed);
        if (parsed.GetValue(tree.Help) || arguments.Count == 0)
        {
            world.Out.WriteLine(HelpPage.Write(parsed.CommandResult.Command, tree, speech, world.Screen.Width));
            return 0;
        }

        if (parsed.GetValue(tree.Version))
        {
            world.Out.WriteLine(CommandContext.Software);
            return 0;
        }

        var json = arguments.Contains("--json");
        var report = new Report(command?.Name ?? "", speech, world.Out, world.Err, json, ProgressOf(parsed, tree), world.Screen, world.Time);
        int? passed = null;
        var exit = await Troubles.GuardAsync(report, async () =>
        {
            if ((CommandTree.WrongIn(parsed) ?? (command is null ? new WrongUseException("usage.command") : null)) is { } wrong)
            {
                throw wrong;
            }

            if (parsed.GetValue(tree.Progress) is { } form and not "json")
            {
                throw new WrongUseException("usage.choice", ("option", tree.Progress.Name), ("text", form), ("choices", "json"));
            }

            if (command!.Use == StoreUse.None || open is not null)
            {
                report.Tell(open?.Repository.Findings ?? []);
                return await command.RunAsync(new CommandContext(world, tree, parsed, report, open, stop));
            }

            var session = new OwnerSession(world, tree, parsed, report);
            (var code, var isForeign) = await session.RunAsync(command, arguments, stop);
            passed = isForeign ? code : null;
            return code;
        });

        // What the owner printed is the whole answer.
        return passed ?? report.Finish(exit);
    }

    private static ProgressForm ProgressOf(ParseResult parsed, CommandTree tree) =>
        parsed.Errors.Count == 0 && parsed.GetValue(tree.Progress) == "json" ? ProgressForm.JsonLines : ProgressForm.Text;

    private static Words.Language LanguageOf(IReadOnlyList<string> arguments, World world)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var said = arguments[i].StartsWith("--lang=", StringComparison.Ordinal) ? arguments[i][7..]
                : arguments[i] == "--lang" && i + 1 < arguments.Count ? arguments[i + 1]
                : null;
            if (said is not null && Quantities.Language(said) is { } language)
            {
                return language;
            }
        }

        return Speech.Ask(world.Variables);
    }
}
