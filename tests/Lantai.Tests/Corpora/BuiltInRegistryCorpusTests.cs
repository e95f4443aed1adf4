using System.Text;
using Lantai.Tests.Characterization.Registry;

namespace Lantai.Tests.Corpora;

/// <summary>What the built-in patterns say of other people's files, without any download.</summary>
public sealed class BuiltInRegistryCorpusTests
{
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        ["PDF/A-1a"] = "fmt/95",
        ["PDF/A-1b"] = "fmt/354",
        ["PDF/A-2a"] = "fmt/476",
        ["PDF/A-2b"] = "fmt/477",
        ["PDF/A-2u"] = "fmt/478",
        ["PDF/A-3a"] = "fmt/479",
        ["PDF/A-3b"] = "fmt/480",
        ["PDF/A-3u"] = "fmt/481",
        ["PDF/A-4"] = "fmt/1910",
        ["PDF/A-4e"] = "fmt/1911",
        ["PDF/A-4f"] = "fmt/1912",
    };

    [Fact]
    public async Task Every_sound_PDF_for_preservation_is_recognised_with_its_level()
    {
        await using var corpus = await Corpus.OpenAsync("verapdf-subset");
        var sound = corpus.Cases.Where(c => c.Expect == "pass" && Levels.ContainsKey(c.Codes)).ToList();
        Assert.NotEmpty(sound);

        foreach (var one in sound)
        {
            Assert.Equal((one.Id, Levels[one.Codes]), (one.Id, Assert.Single(BuiltInRecognition.Identify(await LatinAsync(corpus.PathOf(one))))));
        }
    }

    [Fact]
    public async Task Every_fixed_layout_document_is_recognised()
    {
        await using var corpus = await Corpus.OpenAsync("ofd");
        var files = corpus.Cases.Select(corpus.PathOf).Distinct().ToList();
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            Assert.Equal(["lantai/ofd"], BuiltInRecognition.IdentifyZip(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        }
    }

    private static async Task<string> LatinAsync(string path) => Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
}
