using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Tests.House;

/// <summary>Bytes of our store are written down: page and code name each other, so that neither moves alone.</summary>
public sealed class SpecTests
{
    [Fact]
    public void Format_pages_and_code_name_each_other()
    {
        var pages = Tree.Files("spec/formats", "*.md").Where(p => !p.EndsWith("/README.md", StringComparison.Ordinal)).ToDictionary(p => p, Tree.Read);
        var sources = Tree.Files("src", "*.cs").ToDictionary(p => p, Tree.Read);

        var found = Disagreements(pages, sources);

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Each_disagreement_is_found()
    {
        Dictionary<string, string> none = [];
        Dictionary<string, string> frame = new() { ["src/StoreFormat/Frame.cs"] = "/// Source: spec/formats/frame.md\n" };
        Dictionary<string, string> silent = new() { ["src/StoreFormat/Frame.cs"] = "class Frame;\n" };

        Assert.Empty(Disagreements(new Dictionary<string, string> { ["spec/formats/frame.md"] = "# Frame\n\nCode: `src/StoreFormat/Frame.cs`\n" }, frame));
        Assert.Empty(Disagreements(none, none));
        Assert.Contains("no page", Assert.Single(Disagreements(none, silent)), StringComparison.Ordinal);
        Assert.Contains("no line", Disagreements(new Dictionary<string, string> { ["spec/formats/pack.md"] = "# Pack\n" }, none)[0], StringComparison.Ordinal);
        Assert.Contains("missing file", Disagreements(new Dictionary<string, string> { ["spec/formats/pack.md"] = "Code: src/StoreFormat/Pack.cs\n" }, none)[0], StringComparison.Ordinal);
        Assert.Contains("does not say", Disagreements(new Dictionary<string, string> { ["spec/formats/frame.md"] = "Code: src/StoreFormat/Frame.cs\n" }, silent)[0], StringComparison.Ordinal);
        Assert.Contains("does not exist", Disagreements(none, frame)[0], StringComparison.Ordinal);
        Dictionary<string, string> both = new() { ["src/StoreFormat/Frame.cs"] = silent["src/StoreFormat/Frame.cs"], ["src/StoreFormat/Bits.cs"] = "// spec/formats/frame.md\n" };
        Assert.Contains("does not name", Disagreements(new Dictionary<string, string> { ["spec/formats/frame.md"] = "Code: src/StoreFormat/Bits.cs\n" }, both)[0], StringComparison.Ordinal);
    }

    private static List<string> Disagreements(Dictionary<string, string> pages, Dictionary<string, string> sources)
    {
        var found = new List<string>();
        var format = sources.Where(s => s.Key.StartsWith("src/StoreFormat/", StringComparison.Ordinal)).ToList();
        if (pages.Count == 0 && format.Count > 0 && !format.Any(s => Cited(s.Value).Any()))
        {
            return ["src/StoreFormat has code but spec/formats has no page: what we write must be readable without us."];
        }

        var named = new HashSet<(string Page, string File)>();
        foreach (var (page, text) in pages)
        {
            var files = Regex.Matches(text, @"(?m)^\W*Code:.*$").SelectMany(l => Regex.Matches(l.Value, @"src/[\w./-]+\.cs")).Select(m => m.Value).ToList();
            if (files.Count == 0)
            {
                found.Add($"{page} has no line 'Code: src/…' that names its source.");
            }

            foreach (var file in files)
            {
                named.Add((page, file));
                if (!sources.TryGetValue(file, out var source))
                {
                    found.Add($"{page} names the missing file {file}.");
                }
                else if (!Cited(source).Contains(page))
                {
                    found.Add($"{file} does not say '{page}' in a comment, though the page names it as its code.");
                }
            }
        }

        foreach (var (file, source) in format)
        {
            found.AddRange(Cited(source).Where(p => !pages.ContainsKey(p)).Select(p => $"{file} cites {p}, which does not exist."));
            var own = $"spec/formats/{Kebab(Path.GetFileNameWithoutExtension(file))}.md";
            if (pages.ContainsKey(own) && !named.Contains((own, file)))
            {
                found.Add($"{own} does not name {file} in its line 'Code: …'.");
            }
        }

        return found;
    }

    private static IEnumerable<string> Cited(string source) =>
        Regex.Matches(source, @"spec/formats/[\w-]+\.md").Select(m => m.Value).Distinct();

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
