using System.Diagnostics;

namespace Lantai.Tests.Corpora;

/// <summary>One line of a suite: the file it is about and the verdict that is right.</summary>
internal sealed record CorpusCase(string Id, string Path, string Expect, string Codes, string Stratum, string Note);

/// <summary>
/// A suite of the shared corpora, unpacked for the length of one test. The folder is LANTAI_SHARED, else a folder
/// <c>shared</c> beside one of those that the tests run in; the test is skipped where there is none.
/// </summary>
internal sealed class Corpus : IAsyncDisposable
{
    private static readonly string[] Columns = ["case_id", "path", "expect", "codes", "stratum", "note"];

    private readonly string _folder;

    private Corpus(string folder, IReadOnlyList<CorpusCase> cases)
    {
        _folder = folder;
        Cases = cases;
    }

    /// <summary>The lines of <c>expected.tsv</c>, in order.</summary>
    public IReadOnlyList<CorpusCase> Cases { get; }

    /// <summary>The unpacked suite's folder, which the cases' paths are relative to.</summary>
    public string Folder => _folder;

    public static async Task<Corpus> OpenAsync(string suite)
    {
        if (Find() is not { } shared || !File.Exists(Path.Combine(shared, "corpora", suite, "expected.tsv")))
        {
            Assert.Skip($"The suite '{suite}' is not here: set LANTAI_SHARED to the folder that holds corpora/{suite}.");
            throw new UnreachableException();
        }

        var source = Path.Combine(shared, "corpora", suite);
        var cases = ReadCases(await File.ReadAllLinesAsync(Path.Combine(source, "expected.tsv")));
        var folder = Directory.CreateTempSubdirectory("lantai-corpus-").FullName;

        // The tar command keeps names that are not UTF-8, which File and Directory cannot even write down.
        await RunAsync("tar", "-xzf", Path.Combine(source, "data.tar.gz"), "-C", folder);
        return new Corpus(folder, cases);
    }

    /// <summary>A file of a suite that holds reference data only; the test is skipped where it is not at hand.</summary>
    public static string Reference(string suite, string file)
    {
        if (Find() is { } shared && Path.Combine(shared, "corpora", suite, file) is var path && File.Exists(path))
        {
            return path;
        }

        Assert.Skip($"The file '{file}' is not here: set LANTAI_SHARED to the folder that holds corpora/{suite}.");
        throw new UnreachableException();
    }

    /// <summary>The place of a case's file or folder.</summary>
    public string PathOf(CorpusCase one) => Path.Combine(_folder, one.Path);

    public async ValueTask DisposeAsync() => await RunAsync("rm", "-rf", "--", _folder);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_SHARED") is { Length: > 0 } told)
        {
            return told;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "corpora")))
            {
                return shared;
            }
        }

        return null;
    }

    private static List<CorpusCase> ReadCases(string[] lines)
    {
        var header = lines[0].Split('\t');
        var places = Columns.Select(column => Array.IndexOf(header, column)).ToArray();
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t')).Select(cells =>
            new CorpusCase(Cell(cells, 0), Cell(cells, 1), Cell(cells, 2), Cell(cells, 3), Cell(cells, 4), Cell(cells, 5)))];

        string Cell(string[] cells, int column) =>
            places[column] >= 0 && places[column] < cells.Length ? cells[places[column]] : "";
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}: {said}");
    }
}
