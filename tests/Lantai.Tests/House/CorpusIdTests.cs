using System.Buffers;

namespace Lantai.Tests.House;

/// <summary>The product must earn its answers: no case of the outside corpora may be named in it.</summary>
public sealed class CorpusIdTests
{
    [Fact]
    public void No_corpus_case_is_named_in_the_source()
    {
        if (Tree.Shared is null)
        {
            Assert.Skip("The outside corpora are not at hand (set LANTAI_SHARED to their folder).");
        }

        var ids = Directory.EnumerateFiles(Path.Combine(Tree.Shared, "corpora"), "expected.tsv", SearchOption.AllDirectories)
            .SelectMany(f => File.ReadLines(f).Skip(1)).Select(l => l.Split('\t')[0]).Where(IsTelling).Distinct().ToArray();
        Assert.NotEmpty(ids);

        var found = Tree.Files("src", "*.cs").Select(f => (File: f, Id: Named(Tree.Read(f), ids))).Where(f => f.Id is not null).ToList();

        Assert.True(found.Count == 0, "The source names a case it will be judged by: " + string.Join(", ", found));
    }

    [Fact]
    public void A_named_case_is_found()
    {
        Assert.Equal("v1.0/valid/bag", Named("if (name == \"v1.0/valid/bag\") return true;", ["v1.0/valid/bag"]));
        Assert.Null(Named("var a = 1;", ["v1.0/valid/bag"]));
        Assert.False(IsTelling("names"));
        Assert.True(IsTelling("droid/corrupted.zip"));
    }

    /// <summary>Short ids and plain words would be met by chance.</summary>
    private static bool IsTelling(string id) => id.Length >= 8 && id.Any(c => c == '/' || char.IsAsciiDigit(c));

    private static string? Named(string source, string[] ids)
    {
        var at = source.AsSpan().IndexOfAny(SearchValues.Create(ids, StringComparison.Ordinal));
        return at < 0 ? null : ids.First(id => source.AsSpan(at).StartsWith(id));
    }
}
