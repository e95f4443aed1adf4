using System.CommandLine;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>What a command needs of a store.</summary>
internal enum StoreUse
{
    /// <summary>None, or it finds its own way there.</summary>
    None,

    /// <summary>The open repository, as its owner or through the process that is.</summary>
    Repository,

    /// <summary>The open repository, with no other command beside it.</summary>
    Alone,
}

/// <summary>
/// One command: its options and what it does. It runs the same in its own process and inside the owner of the store,
/// so it says everything through its context and keeps nothing between runs.
/// </summary>
internal abstract class CliCommand
{
    private Speech _speech = null!;

    /// <summary>Its words, such as <c>dip build</c>.</summary>
    public abstract string Name { get; }

    public virtual StoreUse Use => StoreUse.Repository;

    /// <summary>Does the work. Gives 0 when there is nothing to report, 1 for findings, 2 when it could not be done.</summary>
    public abstract Task<int> RunAsync(CommandContext context);

    /// <summary>Declares arguments and options.</summary>
    public void Define(Command command, Speech speech)
    {
        _speech = speech;
        Declare(command);
    }

    protected abstract void Declare(Command command);

    protected Option<string?> Text(Command command, string name, string value, bool required = false)
    {
        var option = new Option<string?>(name) { HelpName = value, Required = required, Description = Describe("option", name[2..]) };
        command.Options.Add(option);
        return option;
    }

    protected Option<string[]> Texts(Command command, string name, string value)
    {
        var option = new Option<string[]>(name) { HelpName = value, AllowMultipleArgumentsPerToken = true, Description = Describe("option", name[2..]) };
        command.Options.Add(option);
        return option;
    }

    protected Option<bool> Flag(Command command, string name)
    {
        var option = new Option<bool>(name) { Description = Describe("option", name[2..]) };
        command.Options.Add(option);
        return option;
    }

    protected Argument<string?> Argument(Command command, string name, string value, bool required = true)
    {
        var argument = new Argument<string?>(name)
        {
            HelpName = value,
            Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
            Description = Describe("argument", name),
        };
        command.Arguments.Add(argument);
        return argument;
    }

    protected Argument<string[]> Arguments(Command command, string name, string value)
    {
        var argument = new Argument<string[]>(name) { HelpName = value, Arity = ArgumentArity.ZeroOrMore, Description = Describe("argument", name) };
        command.Arguments.Add(argument);
        return argument;
    }

    private string Describe(string kind, string name) => _speech.Say($"{kind}.{Name}.{name}");
}
