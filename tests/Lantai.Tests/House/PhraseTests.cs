using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lantai.Tests.House;

/// <summary>Every text stands in both languages, and every finding code has a sentence and a MUST.</summary>
public sealed class PhraseTests
{
    [Fact]
    public void Every_room_says_the_same_in_both_languages()
    {
        var found = Tree.Rooms.SelectMany(room => Differences(room, Texts(room, "en"), Texts(room, "zh"))).ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Every_finding_code_has_its_sentences_and_stands_in_one_table()
    {
        var used = Tree.Files("src", "*.cs").SelectMany(f => Codes(Tree.Read(f))).ToHashSet(StringComparer.Ordinal);
        var english = Tree.Rooms.SelectMany(r => Texts(r, "en").Keys).ToHashSet(StringComparer.Ordinal);
        var chinese = Tree.Rooms.SelectMany(r => Texts(r, "zh").Keys).ToHashSet(StringComparer.Ordinal);
        var tables = Tree.Files("spec/codes", "*.md").SelectMany(f => Rows(Tree.Read(f)).Select(code => (Code: code, File: f))).ToLookup(r => r.Code, r => r.File);

        var found = Gaps(used, english, chinese, tables);

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Each_difference_between_languages_is_found()
    {
        Dictionary<string, string> english = new() { ["a"] = "Read {count} of {name}.", ["b"] = "Yes" };

        Assert.Empty(Differences("X", english, new() { ["a"] = "{name}：已读{count}。", ["b"] = "是" }));
        Assert.Contains("'b'", Assert.Single(Differences("X", english, new() { ["a"] = "{name}{count}" })), StringComparison.Ordinal);
        Assert.Contains("{count}", Assert.Single(Differences("X", english, new() { ["a"] = "{name}", ["b"] = "是" })), StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Single(Differences("X", english, new() { ["a"] = "{name}{count}", ["b"] = " " })), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_gap_of_a_code_is_found()
    {
        var code = Codes("Finding.Error(\"ZIP-001\", name); SHA(\"SHA-256\");").ToHashSet();
        Assert.Equal(["ZIP-001"], code);
        HashSet<string> said = ["finding.ZIP-001"];
        var table = Rows("| code | severity |\n|---|---|\n| `ZIP-001` | error |\n").ToLookup(c => c, _ => "spec/codes/a.md");

        Assert.Empty(Gaps(code, said, said, table));
        Assert.Contains("Chinese", Assert.Single(Gaps(code, said, [], table)), StringComparison.Ordinal);
        Assert.Contains("English", Assert.Single(Gaps(code, [], said, table)), StringComparison.Ordinal);
        Assert.Contains("no table", Assert.Single(Gaps(code, said, said, Rows("").ToLookup(c => c))), StringComparison.Ordinal);
        Assert.Contains("2 tables", Assert.Single(Gaps(code, said, said, new[] { "a", "b" }.ToLookup(_ => "ZIP-001"))), StringComparison.Ordinal);
        Assert.Equal(2, Gaps([], said, said, table).Count);
    }

    private static Dictionary<string, string> Texts(string room, string language)
    {
        var path = $"src/{room}/Texts/{language}.json";
        return File.Exists(Path.Combine(Tree.Root, path)) ? JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read(path))! : [];
    }

    private static List<string> Differences(string room, Dictionary<string, string> english, Dictionary<string, string> chinese)
    {
        List<string> found = [.. english.Keys.Except(chinese.Keys).Select(k => $"{room}: '{k}' is missing in Texts/zh.json."), .. chinese.Keys.Except(english.Keys).Select(k => $"{room}: '{k}' is missing in Texts/en.json.")];
        foreach (var key in english.Keys.Intersect(chinese.Keys))
        {
            string[] odd = [.. Places(english[key]).Except(Places(chinese[key])), .. Places(chinese[key]).Except(Places(english[key]))];
            found.AddRange(odd.Select(o => $"{room}: '{key}' has {o} in one language only."));
            if (string.IsNullOrWhiteSpace(english[key]) || string.IsNullOrWhiteSpace(chinese[key]))
            {
                found.Add($"{room}: '{key}' is empty.");
            }
        }

        return found;
    }

    private static List<string> Gaps(HashSet<string> used, HashSet<string> english, HashSet<string> chinese, ILookup<string, string> tables)
    {
        var found = new List<string>();
        foreach (var code in used.Order(StringComparer.Ordinal))
        {
            if (!english.Contains("finding." + code))
            {
                found.Add($"{code} has no English sentence 'finding.{code}'.");
            }

            if (!chinese.Contains("finding." + code))
            {
                found.Add($"{code} has no Chinese sentence 'finding.{code}'.");
            }

            if (tables[code].Count() != 1)
            {
                found.Add(tables[code].Any() ? $"{code} stands in {tables[code].Count()} tables: {string.Join(", ", tables[code])}." : $"{code} stands in no table of spec/codes.");
            }
        }

        found.AddRange(tables.Where(t => !used.Contains(t.Key)).Select(t => $"{t.Key} stands in {t.First()} but nothing in src gives it."));
        found.AddRange(english.Union(chinese).Where(k => Regex.IsMatch(k, @"^finding\.") && !used.Contains(k["finding.".Length..])).Select(k => $"The text '{k}' belongs to no code that src gives."));
        return found;
    }

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\w+\}").Select(m => m.Value).Distinct();

    /// <summary>Names of algorithms look like codes and are none.</summary>
    private static IEnumerable<string> Codes(string source) =>
        Regex.Matches(source, "\"([A-Z]{2,4}-\\d{3})\"").Select(m => m.Groups[1].Value).Where(c => c[..4] is not ("SHA-" or "AES-" or "RSA-" or "MD5-" or "ISO-")).Distinct();

    private static IEnumerable<string> Rows(string table) =>
        Regex.Matches(table, @"(?m)^\|\s*`?([A-Z]{2,4}-\d{3})`?\s*\|").Select(m => m.Groups[1].Value);
}
