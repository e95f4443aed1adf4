using System.Text;
using System.Text.RegularExpressions;
using Lantai.StoreFormat;
using Lantai.Tests.House;

namespace Lantai.Tests.RecordsManagement;

/// <summary>What the pages of this room show is what its programs write.</summary>
public sealed class RecordsPagesTests
{
    public static TheoryData<string> Pages => [.. Tree.Files("spec/formats", "records-*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_detail_that_a_page_shows_is_canonical(string page)
    {
        var shown = Regex.Matches(Tree.Read(page), @"(?m)^\{""account.*$").Select(m => m.Value).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.True(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(line), out var detail) && detail.Text("format") == "lantai-detail/1", line));
    }

    [Fact]
    public void The_first_page_names_all_others()
    {
        var first = Tree.Read("spec/formats/records.md");

        Assert.DoesNotContain(Pages.Select(p => Path.GetFileName(p.Data)), p => !first.Contains($"({p})", StringComparison.Ordinal));
    }
}
