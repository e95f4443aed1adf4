using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>Everything that a command sees of the process that asked for it.</summary>
/// <param name="Folder">The working folder; relative paths start here.</param>
/// <param name="Variables">Environment variables.</param>
/// <param name="Account">Name of the user at the operating system.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Err">Standard error.</param>
/// <param name="Screen">Terminal or not, and its width.</param>
/// <param name="Time">The clock.</param>
/// <param name="AskSecret">Asks for a passphrase after a prompt; null when nobody can be asked.</param>
/// <param name="Program">How the user calls this program.</param>
internal sealed record World(
    string Folder, Func<string, string?> Variables, string Account, TextWriter Out, TextWriter Err, Screen Screen, TimeProvider Time,
    Func<string, string?>? AskSecret, string Program)
{
    /// <summary>What keeps the memory of the process flat; null when the command is carried out for another process.</summary>
    public MemoryPace? Pace { get; init; }
}
