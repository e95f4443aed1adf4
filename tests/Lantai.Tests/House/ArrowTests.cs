using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lantai.Tests.House;

/// <summary>Rooms know rooms below them and no others: sideways and upward arrows make the house one lump.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void Every_room_stands_on_a_floor() =>
        Assert.True(Tree.Rooms.All(Tree.Floors.ContainsKey), "Give the new room a floor in Tree.Floors: " + string.Join(", ", Tree.Rooms.Where(r => !Tree.Floors.ContainsKey(r))));

    [Fact]
    public void Project_references_go_down()
    {
        var arrows = Tree.Rooms.SelectMany(room => XDocument.Parse(Tree.Read($"src/{room}/{room}.csproj"))
            .Descendants("ProjectReference")
            .Select(r => (room, Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))));

        Refuse(arrows, "src/{0}/{0}.csproj references {1}");
    }

    [Fact]
    public void Built_assemblies_reference_lower_rooms_only()
    {
        var arrows = Tree.Assemblies.SelectMany(a => a.GetReferencedAssemblies().Select(r => (Tree.RoomOf(a.GetName().Name)!, Tree.RoomOf(r.Name)!)))
            .Where(arrow => arrow.Item2 is not null);

        Refuse(arrows, "The built {0} references {1}");
    }

    [Fact]
    public void Source_names_lower_rooms_only()
    {
        foreach (var room in Tree.Rooms)
        {
            foreach (var file in Tree.Files("src/" + room, "*.cs"))
            {
                Refuse(Named(Tree.Read(file)).Where(other => other != room && Tree.Floors.ContainsKey(other)).Select(other => (room, other)), file + ": {0} names {1}");
            }
        }
    }

    [Fact]
    public void Every_file_stands_in_the_namespace_of_its_room()
    {
        var strangers = Tree.Rooms.SelectMany(room => Tree.Files("src/" + room, "*.cs")
            .Where(file => Regex.Matches(SourceText.CodeOnly(Tree.Read(file)), @"(?m)^namespace\s+([\w.]+)")
                .Any(m => m.Groups[1].Value != "Lantai." + room && !m.Groups[1].Value.StartsWith($"Lantai.{room}.", StringComparison.Ordinal))));

        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("Evidence", "StoreFormat")]
    [InlineData("Ingest", "Access")]
    [InlineData("Words", "Cli")]
    public void An_upward_or_sideways_arrow_is_refused(string from, string to) =>
        Assert.NotNull(Wrong(from, to));

    [Theory]
    [InlineData("using Lantai.Cli;\n", "Cli")]
    [InlineData("global using static Lantai.Ingest.Steps;\n", "Ingest")]
    [InlineData("var a = Lantai.Access.Door.Open();\n", "Access")]
    public void A_room_named_in_code_is_seen(string source, string room) => Assert.Equal([room], Named(source));

    [Fact]
    public void A_room_named_in_a_comment_is_not_an_arrow() => Assert.Empty(Named("// Lantai.Cli.Program calls this\nvar a = \"Lantai.Cli.X\";\n"));

    private static IEnumerable<string> Named(string source) =>
        Regex.Matches(SourceText.CodeOnly(source), @"\bLantai\.([A-Z]\w*)").Select(m => m.Groups[1].Value).Distinct();

    private static void Refuse(IEnumerable<(string From, string To)> arrows, string what)
    {
        foreach (var (from, to) in arrows)
        {
            var reason = Wrong(from, to);
            Assert.True(reason is null, string.Format(what, from, to) + ": " + reason);
        }
    }

    private static string? Wrong(string from, string to) =>
        !Tree.Floors.TryGetValue(from, out var above) ? $"{from} has no floor."
        : !Tree.Floors.TryGetValue(to, out var below) ? $"{to} has no floor."
        : below < above ? null
        : $"{from} lives on floor {above} and {to} on floor {below}; a room may use lower floors only. Move the code down, or let {from} own a port that {to} fills.";
}
