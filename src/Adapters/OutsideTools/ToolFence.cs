using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Lantai.Adapters.OutsideTools;

/// <summary>
/// Runs outside programs that read what strangers made: with a closed environment, in a folder of their own, with bounds
/// on memory, processor, output and time, and off the network where the machine allows it.
/// </summary>
/// <remarks>
/// Safe for concurrent use. The command is <c>setsid unshare … sh -c 'ulimit …; "$@"; exit $?' sh PROGRAM …</c>:
/// setsid makes a group that can be ended as one; unshare gives namespaces of users, of the network, which then has no
/// interface that is up, and of processes, which the kernel empties when its first process ends, so that no child flees.
/// Where namespaces are not allowed, a child that makes itself a group of its own does flee; it keeps its limits.
/// </remarks>
internal sealed class ToolFence
{
    private const string Limited = "ulimit -c 0; ulimit -n 256; ulimit -t \"$1\"; ulimit -v \"$2\"; ulimit -f \"$3\"; shift 3; \"$@\"; exit $?";
    private const string SearchPath = "/usr/local/bin:/usr/bin:/bin";
    private const int FirstSignal = 128;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string[] Namespaces = ["unshare", "--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=KILL", "--"];
    private static readonly string[] NetworkOnly = ["unshare", "--user", "--map-root-user", "--net", "--"];

    private readonly Lazy<string[]> _cut;

    /// <summary>Makes a fence.</summary>
    /// <param name="mayCut">Whether namespaces may be used; without them the network is not fenced off.</param>
    public ToolFence(bool mayCut = true) => _cut = new Lazy<string[]>(() => mayCut ? FindCut() : []);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder that it runs in, its home and its place for temporary files.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="OperationCanceledException">Stopped on request; the program was ended.</exception>
    public ToolRun Run(string program, IReadOnlyList<string> arguments, string folder, ToolLimits limits, CancellationToken cancellation) =>
        Run(_cut.Value, program, arguments, folder, limits, cancellation);

    private static string[] FindCut() => Works(Namespaces) ? Namespaces : Works(NetworkOnly) ? NetworkOnly : [];

    private static bool Works(string[] cut)
    {
        var run = Run(cut, "/bin/true", [], "/", new ToolLimits { MaxTime = TimeSpan.FromSeconds(10) }, CancellationToken.None);
        return run is { Ending: ToolEnding.Ended, Code: 0 };
    }

    private static ToolRun Run(string[] cut, string program, IReadOnlyList<string> arguments, string folder, ToolLimits limits, CancellationToken cancellation)
    {
        var isFenced = cut.Length > 0;
        using var process = new Process { StartInfo = Start(cut, program, arguments, folder, limits) };
        try
        {
            _ = process.Start();
        }
        catch (Win32Exception)
        {
            return new ToolRun(ToolEnding.NotStarted, -1, "", "", isFenced);
        }

        process.StandardInput.Close();
        var output = new BoundedOutput(process.StandardOutput.BaseStream, limits.MaxOutput);
        var errors = new BoundedOutput(process.StandardError.BaseStream, limits.MaxOutput);
        ToolEnding ending;
        try
        {
            ending = Wait(process, output, errors, limits.MaxTime, cancellation);
        }
        finally
        {
            // Also when it ended by itself: it may have left children.
            ProcessGroup.End(process.Id);
        }

        var code = process.WaitForExit(Patience) ? process.ExitCode : -1;
        return Told(ending, code, output.Take(Patience), errors.Take(Patience), output.IsTooMuch || errors.IsTooMuch, isFenced);
    }

    private static ToolRun Told(ToolEnding ending, int code, string output, string errors, bool isTooMuch, bool isFenced)
    {
        // What the shell answers when there is no such program, or one that cannot be run.
        ending = ending != ToolEnding.Ended ? ending
            : isTooMuch ? ToolEnding.TooMuchOutput
            : code is 126 or 127 ? ToolEnding.NotStarted
            : code is < 0 or >= FirstSignal ? ToolEnding.Crashed
            : ToolEnding.Ended;
        return new ToolRun(ending, code, output, errors, isFenced);
    }

    private static ToolEnding Wait(Process process, BoundedOutput output, BoundedOutput errors, TimeSpan most, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(Step))
        {
            cancellation.ThrowIfCancellationRequested();
            if (output.IsTooMuch || errors.IsTooMuch)
            {
                return ToolEnding.TooMuchOutput;
            }

            if (watch.Elapsed > most)
            {
                return ToolEnding.TooSlow;
            }
        }

        return ToolEnding.Ended;
    }

    private static ProcessStartInfo Start(string[] cut, string program, IReadOnlyList<string> arguments, string folder, ToolLimits limits)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["LC_ALL"] = "C";
        string[] words =
        [
            .. cut, "/bin/sh", "-c", Limited, "sh", Number(limits.MaxProcessorSeconds), Number(limits.MaxMemory >> 10), Number(limits.MaxWritten >> 9), program, .. arguments,
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        return start;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
