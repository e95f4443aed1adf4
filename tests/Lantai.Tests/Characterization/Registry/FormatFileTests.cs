using System.Text;
using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Registry;

public sealed class FormatFileTests
{
    private const string Good = """{"id":"site/a","name":"A","class":"text"}""";

    [Fact]
    public void What_a_site_writes_is_read()
    {
        const string Json = """
            [{"id":"site/drawing","name":"Drawing","zh":"图纸","version":"2","class":"model","mime":["model/x"],"extensions":["drw"],"over":["fmt/101"],
              "signatures":[{"sequences":[{"at":"bof","min":4,"max":8,"bytes":"'DRAW'"},{"at":"eof","bytes":"'END'"},{"at":"any","bytes":"FF"}]}],
              "containers":[{"type":"ole2","files":[{"path":"Drawing"},{"path":"b","sequences":[{"at":"bof","bytes":"00"}]}]}]}]
            """;

        var format = Assert.Single(Read(Json, out _)!);

        Assert.Equal(("site/drawing", "Drawing", "图纸", "2"), (format.Format.Id, format.Format.Name, format.Format.ChineseName, format.Format.Version));
        Assert.Equal(
            [new(SequencePlace.Start, 4, 8, "'DRAW'"), new(SequencePlace.End, 0, 0, "'END'"), new(SequencePlace.Anywhere, 0, -1, "FF")],
            Assert.Single(format.Signatures).Sequences);
        var container = Assert.Single(format.Containers);
        Assert.Equal(ContainerKind.Compound, container.Kind);
        Assert.Equal(["Drawing", "b"], container.Files.Select(f => f.Path));
        Assert.Empty(container.Files[0].Signatures);
    }

    [Theory]
    [InlineData("", "no-json")]
    [InlineData("[", "no-json")]
    [InlineData("[] 1", "no-json")]
    [InlineData("{}", "no-array")]
    [InlineData("[1]", "no-object")]
    [InlineData("[{}]", "member-missing")]
    [InlineData("""[{"id":"a","name":"A","class":"poem"}]""", "unknown-value")]
    [InlineData("""[{"id":"A b","name":"A","class":"text"}]""", "no-id")]
    [InlineData("""[{"id":"a","id":"b","name":"A","class":"text"}]""", "member-twice")]
    [InlineData("""[{"id":"a","name":"A","class":"text","extension":["a"]}]""", "unknown-member")]
    [InlineData("""[{"id":"a","name":"","class":"text"}]""", "no-text")]
    [InlineData("""[{"id":"a","name":"\ud800","class":"text"}]""", "no-text")]
    [InlineData("""[{"id":"a","name":"A","class":"text","extensions":"a"}]""", "no-array")]
    [InlineData("[" + Good + "," + Good + "]", "id-twice")]
    [InlineData("""[{"id":"a","name":"A","class":"text","signatures":[{}]}]""", "member-missing")]
    [InlineData("""[{"id":"a","name":"A","class":"text","signatures":[{"sequences":[{"at":"bof"}]}]}]""", "member-missing")]
    [InlineData("""[{"id":"a","name":"A","class":"text","signatures":[{"sequences":[{"at":"bof","min":3,"max":2,"bytes":"00"}]}]}]""", "no-range")]
    [InlineData("""[{"id":"a","name":"A","class":"text","signatures":[{"sequences":[{"at":"bof","min":1.5,"bytes":"00"}]}]}]""", "no-number")]
    [InlineData("""[{"id":"a","name":"A","class":"text","signatures":[{"sequences":[{"at":"top","bytes":"00"}]}]}]""", "unknown-value")]
    [InlineData("""[{"id":"a","name":"A","class":"text","containers":[{"type":"zip","files":[]}]}]""", "member-missing")]
    [InlineData("""[{"id":"a","name":"A","class":"text","containers":[{"type":"tar","files":[{"path":"a"}]}]}]""", "unknown-value")]
    public void A_slip_is_told_and_nothing_is_read(string json, string fault)
    {
        Assert.Null(Read(json, out var findings));

        var finding = Assert.Single(findings);
        Assert.Equal(("FMT-060", Severity.Error, "site.json"), (finding.Code, finding.Severity, finding.Subject));
        Assert.Equal(fault, finding.Arguments.Single(a => a.Key == "fault").Value);
    }

    [Fact]
    public void The_place_of_a_slip_is_told_in_bytes()
    {
        Assert.Null(Read("""[{"id":"a","nam":"A"}]""", out var findings));

        Assert.Equal("17", findings[0].Arguments.Single(a => a.Key == "place").Value);
    }

    [Fact]
    public void Arrays_without_end_and_deep_ones_are_refused()
    {
        Assert.Null(Read("[{\"signatures\":" + new string('[', 10_000), out var deep));
        Assert.Equal("no-object", deep[0].Arguments.Single(a => a.Key == "fault").Value);

        Assert.Null(Read($"[{{\"id\":\"a\",\"name\":\"A\",\"class\":\"text\",\"extensions\":[{string.Join(',', Enumerable.Repeat("\"a\"", 100_001))}]}}]", out var wide));
        Assert.Equal("too-many", wide[0].Arguments.Single(a => a.Key == "fault").Value);
    }

    private static IReadOnlyList<RegistryFormat>? Read(string json, out List<Finding> findings) =>
        FormatFile.TryRead(Encoding.UTF8.GetBytes(json), "site.json", findings = []);
}
