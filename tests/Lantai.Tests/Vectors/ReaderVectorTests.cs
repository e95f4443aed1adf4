using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>The independent reader, written from the specification alone, says the same of every vector.</summary>
public sealed class ReaderVectorTests : IDisposable
{
    // Loads the reader once and forks for each call: as many processes as vectors, without starting Python as often.
    private const string Driver = """
        import importlib.util, os, sys
        spec = importlib.util.spec_from_file_location("reader", sys.argv[1])
        reader = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(reader)
        running = 0
        for line in sys.stdin.read().splitlines():
            out, *args = line.split("\t")
            if running == 2:
                os.wait()
                running -= 1
            running += 1
            if os.fork() == 0:
                os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)
                os.dup2(1, 2)
                sys.argv = ["lantai-read.py", *args]
                code = reader.main()
                sys.stdout.flush()
                sys.stderr.flush()
                os.write(1, b"exit %d\n" % code)
                os._exit(0)
        while running:
            os.wait()
            running -= 1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-reader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_reader_gives_the_same_code_for_every_vector()
    {
        var vectors = Vector.Names.Concat(Vector.Variations).ToDictionary(n => n.Replace('/', '_'), Vector.Read);
        foreach (var path in (string[])["store", "receipt", "proof-complete", "proof-partial"])
        {
            vectors["valid " + path] = new Vector { Base = "valid/" + path, Code = "", Note = "" };
        }

        var answers = await Ask(vectors);

        var wrong = vectors.Where(v => !IsRight(v.Value, answers[v.Key])).Select(v => $"{v.Key}: {v.Value.Note} The reader says: {answers[v.Key]}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsRight(Vector vector, string answer)
    {
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var codes = lines.Where(l => l.StartsWith("{\"code\"", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("code").GetString()).ToHashSet();
        return vector.Code.Length == 0 ? codes.Count == 0 && lines[^1] == "exit 0" : codes.Contains(vector.WithoutXxh3 ?? vector.Code);
    }

    private async Task<Dictionary<string, string>> Ask(Dictionary<string, Vector> vectors)
    {
        var keys = VectorKeys.Read();
        var calls = new StringBuilder();
        foreach (var (name, vector) in vectors)
        {
            var folder = Path.Combine(_folder, name);
            vector.WriteTo(folder);
            var kind = vector.Base.Split('/')[1];
            List<string> call = [folder + ".out", "--json", kind switch { "store" => "verify", "receipt" => "receipt", _ => "proof" }, kind == "receipt" ? folder + "/receipt.txt" : folder];
            if (!vector.WithoutKey)
            {
                call.AddRange(["--key", kind == "receipt" ? keys.Current : keys.First]);
            }

            if (!vector.WithoutKey && kind == "store")
            {
                call.AddRange(["--sm2-key", keys.Sm2]);
            }

            if (vector.Checkpoint is { } checkpoint)
            {
                await File.WriteAllTextAsync(folder + ".checkpoint", checkpoint);
                call.AddRange(["--checkpoint", folder + ".checkpoint"]);
            }

            _ = calls.Append(string.Join('\t', call)).Append('\n');
        }

        await Run(calls.ToString());
        return vectors.Keys.ToDictionary(n => n, n => File.ReadAllText(Path.Combine(_folder, n + ".out")));
    }

    private async Task Run(string calls)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])["-c", Driver, Path.Combine(Tree.Root, "tools", "lantai-read.py")])
        {
            start.ArgumentList.Add(argument);
        }

        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not at hand.");
        }

        using (python)
        {
            await python!.StandardInput.WriteAsync(calls);
            python.StandardInput.Close();
            var trouble = await python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(python.ExitCode == 0, trouble);
        }
    }
}
