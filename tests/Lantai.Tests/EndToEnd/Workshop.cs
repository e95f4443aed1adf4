using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Lantai.Tests.House;

namespace Lantai.Tests.EndToEnd;

/// <summary>What a program said and how it ended.</summary>
internal sealed record Ended(int Code, string Out, string Err)
{
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    public override string ToString() => $"exit {Code}\n{Out}\n--\n{Err}";
}

/// <summary>A temporary folder with a store and its keys, where the real program runs as a child process.</summary>
internal sealed class Workshop : IDisposable
{
    public Workshop(string name = "lantai-work-", string language = "C.UTF-8") =>
        (Folder, Language) = (Directory.CreateTempSubdirectory(name).FullName, language);

    public string Folder { get; }

    public string Language { get; }

    /// <summary>What the program's environment holds beside that of the tests.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Store => Path.Combine(Folder, "store");

    public string Key => File.ReadAllText(Path.Combine(Store, "log.vkey")).Trim();

    /// <summary>The built program: beside the tests, in the same configuration.</summary>
    public static string Program { get; } =
        Path.Combine(Tree.Root, "artifacts", "bin", "Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "lantai");

    public Workshop WithStore(params string[] options)
    {
        Assert.Equal(0, Run(["init", Store, .. options]).Code);
        return this;
    }

    public string At(string path) => Path.Combine(Folder, path);

    public string Write(string path, byte[] content)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
        return At(path);
    }

    public string Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public Ended Run(params string[] arguments) => End(Start(arguments));

    public Process Start(params string[] arguments) => StartProgram(Program, arguments);

    public Ended RunProgram(string program, params string[] arguments) => End(StartProgram(program, arguments));

    public Process StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["LANTAI_STORE"] = Store;
        start.Environment["LANTAI_KEYS"] = At("keys");
        start.Environment["LC_ALL"] = Language;
        _ = start.Environment.Remove("LANTAI_PASSPHRASE");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static Ended End(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            var said = error.GetAwaiter().GetResult();
            Assert.True(process.WaitForExit(60_000), "The program does not end.");
            return new Ended(process.ExitCode, output, said);
        }
    }

    public void Dispose()
    {
        // Names may be no UTF-8, which the runtime cannot delete.
        using var remover = Process.Start("rm", ["-rf", "--", Folder]);
        remover.WaitForExit();
    }
}
