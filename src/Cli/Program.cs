using System.Runtime.InteropServices;
using System.Text;
using Lantai.Cli.Commands;
using Lantai.Cli.Output;

namespace Lantai.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var pace = new MemoryPace();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        await using var output = Writer(Console.OpenStandardOutput());
        await using var error = Writer(Console.OpenStandardError());
        var isTerminal = !Console.IsErrorRedirected;
        var world = new World(
            Environment.CurrentDirectory,
            Environment.GetEnvironmentVariable,
            Environment.UserName,
            output,
            error,
            new Screen(isTerminal, WidthOf(isTerminal)),
            TimeProvider.System,
            Console.IsInputRedirected || !isTerminal ? null : AskSecret,
            ProgramName())
        {
            Pace = pace,
        };
        try
        {
            return await Application.RunAsync(arguments, world, stop.Token);
        }
        catch (IOException)
        {
            return 2; // whoever read our output has gone
        }

        // The first signal asks to stop; a second one ends the process as if nobody listened.
        void Handle(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 14);

    private static int WidthOf(bool isTerminal)
    {
        try
        {
            return isTerminal && Console.WindowWidth > 20 ? Console.WindowWidth : 100;
        }
        catch (IOException)
        {
            return 100;
        }
    }

    private static string? AskSecret(string prompt)
    {
        Console.Error.Write(prompt);
        var secret = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return secret.Length == 0 ? null : secret.ToString();
            }

            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                _ = secret.Remove(secret.Length - 1, 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                _ = secret.Append(key.KeyChar);
            }
        }
    }

    /// <summary>How to call this program again from here: by its name when the PATH finds it, else by its path.</summary>
    private static string ProgramName()
    {
        if (Environment.ProcessPath is not { } path || Path.GetFileName(path) != "lantai")
        {
            return "lantai";
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (folders.Any(f => Path.Combine(f, "lantai") == path))
        {
            return "lantai";
        }

        var near = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return near.StartsWith("../..", StringComparison.Ordinal) ? path : near;
    }
}
