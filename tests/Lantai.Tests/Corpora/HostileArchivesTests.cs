using Lantai.Containers;
using Lantai.Tests.EndToEnd;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

/// <summary>Hostile archives get their verdict from the real program, fenced in memory, time, and where it may write.</summary>
public sealed class HostileArchivesTests
{
    private const string Suite = "hostile-archives";

    [Fact]
    public async Task Every_hostile_archive_gets_its_verdict_and_nothing_is_written_outside()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        using var shop = new Workshop().WithStore();
        var temporary = Directory.CreateDirectory(shop.At("tmp")).FullName;
        var outside = List(corpus.Folder);
        var around = Directory.GetFileSystemEntries(shop.Folder).Order(StringComparer.Ordinal).ToList();
        var wrong = new List<string>();

        foreach (var group in corpus.Cases.GroupBy(c => Path.GetDirectoryName(corpus.PathOf(c))!))
        {
            string[] demand = group.Key.EndsWith("wellcome", StringComparison.Ordinal) ? ["--container", "tar.gz"] : [];
            var said = Fenced(shop, temporary, ["ingest", "--batch", group.Key, .. demand, "--json"]);
            var answers = said.Json["submissions"]!.AsArray().ToDictionary(a => a!["name"]!.GetValue<string>());
            wrong.AddRange(group.Where(c => !IsRight(c, answers[Path.GetFileName(c.Path)]!)).Select(c => $"{c.Id}: {c.Expect}, got {answers[Path.GetFileName(c.Path)]!.ToJsonString()}"));
        }

        Assert.Empty(wrong);
        Assert.Equal(29, corpus.Cases.Count);
        Assert.Equal(outside, List(corpus.Folder));
        Assert.Equal(around, Directory.GetFileSystemEntries(shop.Folder).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
    }

    [Fact]
    public async Task A_walk_through_each_archive_ends_by_its_depth()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        foreach (var one in corpus.Cases)
        {
            var findings = new List<Finding>();
            var limits = new ContainerLimits { MaxDepth = 8, MaxEntries = 10_000, MaxTotalBytes = 256 << 20 };

            var result = new ContainerWalk(limits, findings).Walk(File.OpenRead(corpus.PathOf(one)), one.Id);

            Assert.True(one.Expect != "accept" || (result.Files > 0 && !findings.Exists(f => f.Severity == Severity.Error)), one.Id + ": " + string.Join("; ", findings));
            Assert.True(one.Expect != "contain" || findings.Exists(f => f.Code == "CON-008"), one.Id + ": " + string.Join("; ", findings));
        }
    }

    private static bool IsRight(CorpusCase one, System.Text.Json.Nodes.JsonNode answer)
    {
        var isKept = answer["outcome"]!.GetValue<string>() is "kept" or "held";
        var codes = answer["codes"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        return one.Expect switch
        {
            "accept" => isKept,
            "reject" => !isKept && codes.Count > 0,
            "contain" => codes.Contains("CON-009") || codes.Contains("CON-008"),
            "reject_or_contain" => isKept || codes.Count > 0,
            _ => false,
        };
    }

    private static List<string> List(string folder) => [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Runs with at most 256 MiB of heap, a file size of at most 256 MiB, 60 s of processor and 120 s of time, and a temporary folder of its own.</summary>
    private static Ended Fenced(Workshop shop, string temporary, string[] arguments)
    {
        var quoted = string.Join(' ', arguments.Select(a => "'" + a + "'"));
        var fence = $"ulimit -t 60 -f 262144 -c 0; export DOTNET_GCHeapHardLimit=0x10000000 TMPDIR='{temporary}' DOTNET_EnableDiagnostics=0; exec timeout 120 '{Workshop.Program}' {quoted}";
        return Workshop.End(shop.StartProgram("bash", "-c", fence));
    }
}
