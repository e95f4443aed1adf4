using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

/// <summary>A folder of one test, removed with it; it can hold an unpacked outside suite.</summary>
internal sealed class Scratch : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("lantai-test-").FullName;

    /// <summary>Unpacks an outside suite, or skips the test where there is none.</summary>
    internal static Scratch OfSuite(string suite)
    {
        var shared = FindShared();
        Assert.SkipWhen(shared is null, "The outside corpora are not on this machine: set LANTAI_SHARED.");
        var scratch = new Scratch();
        using var packed = new GZipStream(File.OpenRead(System.IO.Path.Combine(shared!, "corpora", suite, "data.tar.gz")), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, scratch.Path, overwriteFiles: false);
        return scratch;
    }

    /// <summary>The lines of a suite: case, path, expectation, codes.</summary>
    internal static IReadOnlyList<string[]> Lines(string suite) =>
        FindShared() is { } shared
            ? [.. File.ReadLines(System.IO.Path.Combine(shared, "corpora", suite, "expected.tsv")).Skip(1).Select(l => l.Split('\t'))]
            : [];

    internal string Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    internal string Write(string path, byte[] content)
    {
        var full = System.IO.Path.Combine(Path, path);
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return full;
    }

    internal SubmissionSource Source(string path, SubmissionForm form = SubmissionForm.Auto) =>
        new(System.IO.Path.Combine(Path, path), form, ContainerLimits.Default);

    internal Submission? Open(string path, out List<Finding> findings, SubmissionForm form = SubmissionForm.Auto)
    {
        findings = [];
        return Submission.Open(Source(path, form), findings);
    }

    public void Dispose()
    {
        // The names may be no UTF-8, which the runtime cannot delete.
        using var remover = System.Diagnostics.Process.Start("rm", ["-rf", "--", Path]);
        remover.WaitForExit();
    }

    private static string? FindShared()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_SHARED") is { Length: > 0 } set)
        {
            return set;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "corpora")))
            {
                return candidate;
            }
        }

        return null;
    }
}
