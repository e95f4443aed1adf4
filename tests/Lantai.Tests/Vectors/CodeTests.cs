using System.Text.RegularExpressions;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>Every code is shown: by a vector when bytes at rest can show it, else by the test that its table names.</summary>
public sealed class CodeTests
{
    private static readonly string[] Kinds = ["FRM", "PCK", "LRG", "MAN", "EVT", "LED", "TIL", "CHK", "RCP", "PRF", "ROOT"];

    [Fact]
    public void Every_code_of_the_store_has_a_vector()
    {
        var shown = Vector.Names.Select(n => Vector.Read(n).Code).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Rows().Where(r => Kinds.Contains(r.Code.Split('-')[0])).Select(r => r.Code).Except(shown));
        Assert.All(Vector.Names, n => Assert.StartsWith(Vector.Read(n).Code + "-", n, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_names_a_page_or_a_test_that_exists()
    {
        var tests = Tree.Files("tests", "*Tests.cs").ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, Tree.Read, StringComparer.Ordinal);
        var methods = tests.Values.SelectMany(t => Regex.Matches(t, @"\b[A-Z]\w*_\w+(?=\()").Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);

        var wrong = Rows().Where(r => !Names(r.Shown).Any() || !Names(r.Shown).All(n => n.EndsWith(".md", StringComparison.Ordinal)
            ? Tree.Read(n).Contains(r.Code, StringComparison.Ordinal)
            : n.EndsWith("Tests", StringComparison.Ordinal) ? tests.ContainsKey(n) : methods.Contains(n))).Select(r => $"{r.File}: {r.Code} is shown in '{r.Shown}'").ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_list_of_codes_leads_to_every_table()
    {
        var list = Tree.Read("spec/codes.md");

        Assert.All(Tree.Files("spec/codes", "*.md"), f => Assert.Contains("(" + f["spec/".Length..] + ")", list, StringComparison.Ordinal));
        Assert.All(Rows().Select(r => r.Code[..^3]).Distinct(), k => Assert.Contains($"`{k}`", list, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(string shown) => Regex.Matches(shown, @"spec/formats/[\w-]+\.md|\b\w+Tests\b|\b[A-Z]\w*_\w+").Select(m => m.Value);

    private static IEnumerable<(string File, string Code, string Shown)> Rows() =>
        Tree.Files("spec/codes", "*.md").SelectMany(f => Regex.Matches(Tree.Read(f), @"(?m)^\|\s*`?([A-Z]{3,4}-\d{3})`?\s*\|.*\|\s*([^|]*?)\s*\|\s*$").Select(m => (f, m.Groups[1].Value, m.Groups[2].Value)));
}
