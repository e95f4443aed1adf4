using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Tests.House;

/// <summary>The matrix of the regulation's articles, the requirements that follow from them, and the tests that show them met.</summary>
public sealed partial class RequirementMatrixTests
{
    private static readonly Lazy<IReadOnlyList<RequirementRow>> Rows = new(() => RequirementRow.Read(Tree.Read(RequirementRow.Path)));

    private static readonly Lazy<ILookup<string, string>> Tests = new(() => typeof(RequirementMatrixTests).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && !t.IsNested)
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.GetCustomAttributes<FactAttribute>().Any()).Select(m => (t.Name, m)))
        .ToLookup(t => t.Name, t => t.m.Name, StringComparer.Ordinal));

    [Fact]
    public void Each_row_names_tests_that_exist()
    {
        var faults = RequirementRow.Faults(Rows.Value, Count);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(Enumerable.Range(1, 18), Rows.Value.Select(r => r.Article).Distinct());
    }

    [Fact]
    public void Each_fault_of_a_matrix_is_found()
    {
        RequirementRow good = new(7, "R7-3", "保管期限下限", "holds", ["RetentionPeriodTests"], "");

        Assert.Empty(RequirementRow.Faults([good], Count));
        Assert.Contains("no test shows", Assert.Single(RequirementRow.Faults([good with { Tests = [] }], Count)), StringComparison.Ordinal);
        Assert.Contains("there is no test", Assert.Single(RequirementRow.Faults([good with { Tests = ["RetentionPeriodTests.Nothing"] }], Count)), StringComparison.Ordinal);
        Assert.Contains("what is missing", Assert.Single(RequirementRow.Faults([good with { State = "part" }], Count)), StringComparison.Ordinal);
        Assert.Contains("is no state", RequirementRow.Faults([good with { State = "done" }], Count)[0], StringComparison.Ordinal);
        Assert.Contains("an article without one", Assert.Single(RequirementRow.Faults([good with { Requirement = "" }], Count)), StringComparison.Ordinal);
        Assert.Contains("stands twice", Assert.Single(RequirementRow.Faults([good, good], Count)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_requirement_that_was_read_out_of_the_regulation_has_a_row()
    {
        Assert.SkipWhen(Tree.Shared is null, "The page of requirements is not at hand.");
        var page = File.ReadAllText(Path.Combine(Tree.Shared!, "domain", "requirements-cn.md"));

        var asked = Requirement().Matches(page).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(asked.Count > 60, $"only {asked.Count} requirements were read");
        Assert.Empty(asked.Except(Rows.Value.Select(r => r.Requirement)));
    }

    /// <summary>Writes what the test command prints at its end.</summary>
    [Fact]
    public void The_matrix_is_printed()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Value)
        {
            var shown = row.State switch
            {
                "holds" => string.Join(", ", row.Tests.Select(t => $"{t} ({Count(t)})")),
                "part" => $"{string.Join(", ", row.Tests.Select(t => $"{t} ({Count(t)})"))}; in part: {row.Remark}",
                _ => row.Remark,
            };
            _ = text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row.Article,2}  {row.Requirement,-6} {row.State,-8} {row.Duty}: {shown}\n");
        }

        var folder = Directory.CreateDirectory(Path.Combine(Tree.Root, "artifacts", "requirements"));
        File.WriteAllText(Path.Combine(folder.FullName, "matrix.txt"), text.ToString());

        Assert.Contains("R9-8", text.ToString(), StringComparison.Ordinal);
    }

    private static int Count(string test) => test.Split('.') is [var type, var method]
        ? Tests.Value[type].Count(m => m == method)
        : Tests.Value[test].Count();

    [GeneratedRegex(@"(?m)^\| (R\d+-\d+) \|")]
    private static partial Regex Requirement();
}
