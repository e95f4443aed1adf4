using System.CommandLine;
using System.Text.RegularExpressions;
using Lantai.Cli;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands;
using Lantai.Cli.Output;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Cli;

public sealed class HelpTests
{
    /// <summary>Beginnings of keys: one that is seen by a user is a sentence that is missing.</summary>
    private static readonly Regex BareKey = new(@"\b(command|option|argument|examples|help|usage|trouble)\.[a-z]");

    public static TheoryData<string> CommandNames => [.. new CommandTree(new Speech(Language.English)).Commands.Select(c => c.Name), "", "dip", "receipt", "key", "region", "agency", "fonds", "source", "item", "schedule", "case", "deadline", "code", "code rule", "policy", "accession", "sip", "signature", "inspect", "inspect kit", "inspect scheme"];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Each_command_explains_itself_in_both_languages_with_an_example(string name)
    {
        foreach (var language in new[] { "en", "zh" })
        {
            var (code, output, error) = TestWorld.Run([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help", "--lang", language]);

            Assert.Equal((0, ""), (code, error));
            Assert.Contains(language == "en" ? "Usage:" : "用法：", output, StringComparison.Ordinal);
            Assert.Contains(("  lantai " + name).TrimEnd(), output[output.IndexOf(language == "en" ? "Examples:" : "示例：", StringComparison.Ordinal)..], StringComparison.Ordinal);
            Assert.DoesNotMatch(BareKey, output);
        }
    }

    [Fact]
    public void Every_example_can_be_parsed()
    {
        foreach (var language in new[] { Language.English, Language.Chinese })
        {
            var speech = new Speech(language);
            var tree = new CommandTree(speech);
            foreach (var line in Speech.Keys(language).Where(k => k.StartsWith("examples.", StringComparison.Ordinal)).SelectMany(k => speech.Say(k).Split('\n')))
            {
                var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1).ToList();
                var parsed = tree.Parse(words);
                Assert.True(CommandTree.WrongIn(parsed) is null && tree.Of(parsed) is not null, line);
            }
        }
    }

    [Fact]
    public void Every_key_that_the_code_uses_has_a_sentence()
    {
        var keys = Speech.Keys(Language.English).ToHashSet();
        var used = Tree.Files("src/Cli", "*.cs").SelectMany(f => Regex.Matches(Tree.Read(f), "\"((?:usage|trouble|ingest|list|show|audit|verify|seal|package|receipt|rebuild|stats|health|key|demo|init|column|severity|fixity|help|progress|ask|register|source|schedule|report|case|deadline|reconcile|signature|inspection)\\.[a-zA-Z.]+[a-z])\"")).Select(m => m.Groups[1].Value).Distinct();

        Assert.DoesNotContain(used, k => !keys.Contains(k));
    }

    [Fact]
    public void No_sentence_is_left_that_nothing_says()
    {
        var source = string.Concat(Tree.Files("src/Cli", "*.cs").Select(Tree.Read));
        var own = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read("src/Cli/Texts/en.json"))!.Keys;
        string[] made = ["command.", "option.", "argument.", "examples.", "finding.", "trouble.", "fixity.", "form.", "verify.step.", "case.door.", "sip.door.", "basis.", "class.", "column.", "confidence."];

        Assert.DoesNotContain(own, k => !made.Any(m => k.StartsWith(m, StringComparison.Ordinal)) && !source.Contains($"\"{k}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "zh_CN.UTF-8", null, "用法")]
    [InlineData("zh", null, null, "用法")]
    [InlineData("en", null, null, "Usage")]
    [InlineData("zh", "C.UTF-8", null, "Usage")]
    [InlineData("zh", null, "en", "Usage")]
    public void The_language_is_that_of_the_user(string lang, string? all, string? option, string expected)
    {
        var (_, output, _) = TestWorld.Run(option is null ? ["--help"] : ["--help", "--lang", option], name => name switch { "LANG" => lang, "LC_ALL" => all, _ => null });

        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}

/// <summary>The program inside the test process.</summary>
internal static class TestWorld
{
    public static (int Code, string Out, string Err) Run(string[] arguments, Func<string, string?>? variables = null, TimeProvider? time = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new World("/", variables ?? (_ => null), "tester", output, error, new Screen(false, 100), time ?? TimeProvider.System, null, "lantai");
        var code = Application.RunAsync(arguments, world, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }
}
