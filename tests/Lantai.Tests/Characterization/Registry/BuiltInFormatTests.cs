using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lantai.Characterization;
using Lantai.Characterization.Registry;
using Lantai.Tests.House;

namespace Lantai.Tests.Characterization.Registry;

/// <summary>The formats that are built in are complete and mean what they say.</summary>
public sealed class BuiltInFormatTests
{
    private static readonly IReadOnlyList<RegistryFormat> Formats = FormatFile.ReadBuiltIn();

    [Fact]
    public void There_are_enough_formats_each_with_an_id_of_its_own()
    {
        Assert.True(Formats.Count >= 140, $"{Formats.Count} formats");
        Assert.Equal(Formats.Count, Formats.Select(f => f.Format.Id).Distinct().Count());
    }

    [Fact]
    public void Every_format_has_a_Chinese_name_and_something_to_know_it_by() =>
        Assert.Empty(Formats.Where(f => f.Format.ChineseName is not { } name || !Regex.IsMatch(name, @"\p{IsCJKUnifiedIdeographs}")
            || (f.Format.Extensions.Count == 0 && f.Signatures.Count == 0 && f.Containers.Count == 0)).Select(f => f.Format.Id));

    [Fact]
    public void Every_class_is_used_and_only_odd_things_have_none()
    {
        Assert.Equal(Enum.GetValues<FormatClass>(), Formats.Select(f => f.Format.Class).Distinct().Order());
        Assert.True(Formats.Count(f => f.Format.Class == FormatClass.Other) < Formats.Count / 10);
    }

    [Fact]
    public void Extensions_and_media_types_are_written_in_lower_case_without_a_dot()
    {
        Assert.All(Formats.SelectMany(f => f.Format.Extensions), e => Assert.Matches(@"\A[a-z0-9]+\z", e));
        Assert.All(Formats.SelectMany(f => f.Format.MediaTypes), m => Assert.Matches(@"\A[a-z]+/[A-Za-z0-9.+-]+\z", m));
    }

    [Fact]
    public void A_format_gives_way_only_to_formats_that_exist_and_never_to_itself_around_a_corner()
    {
        var over = Formats.ToDictionary(f => f.Format.Id, f => f.Over, StringComparer.Ordinal);
        Assert.All(Formats.SelectMany(f => f.Over), id => Assert.Contains(id, over));

        foreach (var id in over.Keys)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>(over[id]);
            while (open.TryDequeue(out var next))
            {
                if (reached.Add(next))
                {
                    over[next].ToList().ForEach(open.Enqueue);
                }
            }

            Assert.DoesNotContain(id, reached);
            Assert.True(reached.SetEquals(over[id]), $"{id} stands over formats that stand over others; name them all: {string.Join(' ', reached.Except(over[id]))}");
        }
    }

    [Fact]
    public void Every_expression_is_well_formed_and_lies_in_a_range()
    {
        var sequences = Formats.SelectMany(f => f.Signatures.SelectMany(s => s.Sequences).Concat(f.Containers.SelectMany(c => c.Files).SelectMany(c => c.Sequences))).ToList();
        Assert.NotEmpty(sequences);

        foreach (var sequence in sequences)
        {
            _ = PatternRegex.Compile(sequence.Bytes);
            Assert.True(sequence.Place == SequencePlace.Anywhere ? sequence is { Least: 0, Most: -1 } : sequence.Most >= sequence.Least, sequence.ToString());
        }
    }

    [Fact]
    public void Nothing_is_recognised_by_fewer_than_three_bytes_that_are_fixed()
    {
        // Two bytes alone, such as "MZ", would meet one file in 65,536 by chance, and far more texts.
        var weak = Formats.SelectMany(f => f.Signatures.Where(s => s.Sequences.Sum(q => Weight(q.Bytes)) < 3).Select(_ => f.Format.Id));

        Assert.Empty(weak);
    }

    [Fact]
    public void Every_number_of_PRONOM_stands_for_the_same_format_there()
    {
        var known = Pronom();

        var found = Formats.Where(f => !f.Format.Id.StartsWith("lantai/", StringComparison.Ordinal)).Where(f => !known.TryGetValue(f.Format.Id, out var there) || !IsSame(f.Format, there))
            .Select(f => $"{f.Format.Id} is not {f.Format.NameWithVersion} but {known.GetValueOrDefault(f.Format.Id)}");

        Assert.True(found.ToList() is [], string.Join('\n', found));
    }

    [Fact]
    public void A_wrong_number_of_PRONOM_is_found()
    {
        var known = Pronom();

        Assert.True(IsSame(Formats.Single(f => f.Format.Id == "fmt/18").Format, known["fmt/18"]));
        Assert.False(IsSame(Formats.Single(f => f.Format.Id == "fmt/18").Format, known["fmt/19"]));
        Assert.False(IsSame(Formats.Single(f => f.Format.Id == "fmt/18").Format, known["fmt/353"]));
    }

    [Fact]
    public void Reading_them_takes_some_milliseconds()
    {
        var least = Enumerable.Range(0, 60).Min(i =>
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.NotEmpty(FormatFile.ReadBuiltIn());
            return watch.Elapsed.TotalMilliseconds;
        });

        // Once compiled it takes 1 ms on a quiet machine; the limit leaves room for a busy one and none for a reader of another order.
        Assert.True(least < 20, $"{least:0.0} ms");
    }

    private static int Weight(string bytes) => Encoding.Latin1.GetByteCount(Regex.Replace(bytes, @"'([^']*)'|\{[^}]*\}|\[[^\]]*\]|([0-9A-F]{2})|[ (|)]", m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Success ? "x" : ""));

    private static bool IsSame(FileFormat ours, (string Name, string Version, HashSet<string> Extensions) there)
    {
        var words = Words(ours.Name).Intersect(Words(there.Name), StringComparer.OrdinalIgnoreCase).Any();
        var extensions = ours.Extensions.Any(there.Extensions.Contains);
        var first = ours.Version?.Split('-', '/', ' ')[0];
        var version = first is null || there.Version.Length == 0 || $"{there.Name} {there.Version}".Contains(first, StringComparison.OrdinalIgnoreCase);
        return version && (words || extensions);
    }

    private static IEnumerable<string> Words(string name) => Regex.Matches(name, "[A-Za-z0-9]{3,}").Select(m => m.Value);

    private static Dictionary<string, (string Name, string Version, HashSet<string> Extensions)> Pronom()
    {
        if (Tree.Shared is null)
        {
            Assert.Skip("The PRONOM file is not at hand (set LANTAI_SHARED to the folder that holds corpora/pronom).");
        }

        var file = Path.Combine(Tree.Shared, "corpora", "pronom", "DROID_SignatureFile_V122.xml");
        return XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "FileFormat").ToDictionary(
            e => e.Attribute("PUID")!.Value,
            e => (e.Attribute("Name")!.Value, e.Attribute("Version")?.Value ?? "", e.Elements().Where(x => x.Name.LocalName == "Extension").Select(x => x.Value.ToLowerInvariant()).ToHashSet()),
            StringComparer.Ordinal);
    }
}
