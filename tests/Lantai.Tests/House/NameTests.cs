using System.Text.RegularExpressions;

namespace Lantai.Tests.House;

/// <summary>Names that explain nothing, files that do too much.</summary>
public sealed class NameTests
{
    private const int MostLines = 450;

    private static readonly string[] Forbidden =
        ["Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Common", "Processor", "Data", "Info", "Base"];

    /// <summary>Words of the field in which a forbidden one has its own meaning: 办件 and 事项 (spec/glossary.md).</summary>
    private static readonly string[] TermsOfTheField = ["ServiceCase", "ServiceItem"];

    [Fact]
    public void Type_names_say_what_the_type_is()
    {
        var found = Tree.Assemblies.SelectMany(a => a.GetTypes()).Where(t => !Tree.IsGenerated(t) && Empty(t.Name)).Select(t => t.FullName).ToList();

        Assert.True(found.Count == 0, "A name must say what the thing is, not that it does things: " + string.Join(", ", found));
    }

    [Fact]
    public void No_file_is_longer_than_450_lines()
    {
        string[] files = [.. Tree.Files("src", "*.cs"), .. Tree.Files("tests", "*.cs"), .. Tree.Files("bench", "*.cs"), .. Tree.Files("tools", "*")];

        // The independent reader lies in every store and must stay one file: it has a limit of its own.
        var found = files.Select(f => (File: f, Lines: Tree.Read(f).AsSpan().Count('\n'))).Where(f => f.Lines > (f.File == "tools/lantai-read.py" ? 1450 : MostLines)).ToList();

        Assert.True(found.Count == 0, "Split by subject: " + string.Join(", ", found));
    }

    [Fact]
    public void No_file_folds_itself_into_regions()
    {
        string[] files = [.. Tree.Files("src", "*.cs"), .. Tree.Files("tests", "*.cs"), .. Tree.Files("bench", "*.cs")];

        Assert.DoesNotContain(files, f => HasRegion(SourceText.CodeOnly(Tree.Read(f))));
    }

    [Theory]
    [InlineData("PackManager")]
    [InlineData("StringUtils")]
    [InlineData("IngestService")]
    [InlineData("CaseData`1")]
    [InlineData("InfoBlock")]
    [InlineData("BaseStore")]
    [InlineData("IHelper")]
    public void An_empty_name_is_found(string name) => Assert.True(Empty(name));

    [Theory]
    [InlineData("Database")]
    [InlineData("Metadata")]
    [InlineData("ServiceCase")]
    [InlineData("NameBasis")]
    [InlineData("Baseline")]
    public void A_name_that_only_contains_the_letters_is_left_alone(string name) => Assert.False(Empty(name));

    [Fact]
    public void A_region_is_found() => Assert.True(HasRegion("class A\n{\n    #region private\n    # endregion\n}\n"));

    private static bool Empty(string name) =>
        !TermsOfTheField.Any(t => name.StartsWith(t, StringComparison.Ordinal))
        && Regex.Matches(name, "[A-Z]+(?![a-z])|[A-Z][a-z]+").Any(word => Forbidden.Contains(word.Value));

    private static bool HasRegion(string code) => Regex.IsMatch(code, @"(?m)^\s*#\s*region\b");
}
