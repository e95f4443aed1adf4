using Lantai.Characterization;
using Lantai.Characterization.Identification;

namespace Lantai.Tests.Corpora;

/// <summary>PRONOM's skeletons, container skeletons and real files: is each told as what it is?</summary>
public sealed class IdentificationCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_skeleton_is_told_and_the_best_answer_is_right()
    {
        await using var corpus = await Corpus.OpenAsync("pronom-skeletons");
        var (told, best, misses) = Judge(corpus, Pronom.Read("DROID_SignatureFile_V122.xml"), IdentificationBasis.Signature);

        Say("pronom-skeletons", corpus.Cases.Count, told, best, misses);
        Assert.Equal(corpus.Cases.Count, told);
        Assert.True(best >= 0.98 * corpus.Cases.Count, $"{best} best answers of {corpus.Cases.Count} are right.");
    }

    [Fact]
    public async Task Every_container_skeleton_is_told()
    {
        await using var corpus = await Corpus.OpenAsync("pronom-containers");
        var (told, best, misses) = Judge(corpus, Pronom.Older(), IdentificationBasis.Signature);

        Say("pronom-containers", corpus.Cases.Count, told, best, misses);
        Assert.Equal(corpus.Cases.Count, told);
    }

    [Fact]
    public async Task Real_files_are_told_as_their_owners_say()
    {
        await using var corpus = await Corpus.OpenAsync("identify-real-files");
        var asserted = corpus.Cases.Count(c => c.Stratum == "asserted");
        var (told, best, misses) = Judge(corpus, Pronom.Newest(), IdentificationBasis.Extension);
        var (content, _, contradicted) = Judge(corpus, Pronom.Newest(), IdentificationBasis.Signature);

        Say("identify-real-files", corpus.Cases.Count, told, best, misses);
        var named = corpus.Cases.Count - asserted;
        CharacterizationTable.Write("identify-real-files", $"all {asserted} asserted lines; {told - asserted} of {named} by extension with candidates by name, the best answer {best - asserted} of {named}");
        output.WriteLine($"by content alone {content} of {corpus.Cases.Count}; the content says otherwise than the name, or nothing, for:");
        contradicted.ForEach(m => output.WriteLine("  " + m));
        Assert.DoesNotContain(corpus.Cases.Where(c => c.Stratum == "asserted"), c => misses.Exists(m => m.StartsWith(c.Id + ":", StringComparison.Ordinal)));
        Assert.True(told - asserted >= 0.95 * (corpus.Cases.Count - asserted), $"{told - asserted} of {corpus.Cases.Count - asserted} lines by extension.");
    }

    private static (int Told, int Best, List<string> Misses) Judge(Corpus corpus, FormatRegistry registry, IdentificationBasis weakest)
    {
        var identifier = new FormatIdentifier(registry);
        var (told, best, misses) = (0, 0, new List<string>());
        foreach (var one in corpus.Cases)
        {
            using var file = File.OpenHandle(corpus.PathOf(one));
            var answer = identifier.Identify(FileContent.Of(file), one.Path);
            var got = answer.Candidates.Where(c => c.Basis <= weakest).Select(c => c.Format.Id).ToList();
            var wanted = one.Codes.Split(',');
            var isTold = one.Expect switch
            {
                "none" => got.Count == 0,
                "puid_all" => wanted.All(got.Contains),
                _ => wanted.Any(got.Contains),
            };
            told += isTold ? 1 : 0;
            best += one.Expect == "none" ? (got.Count == 0 ? 1 : 0) : wanted.Contains(answer.Id) ? 1 : 0;
            if (!isTold)
            {
                misses.Add($"{one.Id}: wanted {one.Codes}, told {string.Join(' ', got)}");
            }
        }

        return (told, best, misses);
    }

    private void Say(string suite, int all, int told, int best, List<string> misses)
    {
        output.WriteLine($"{suite}: {told} of {all} told, {best} best answers right");
        CharacterizationTable.Write(suite, $"{told} of {all} contain the PUID ({100.0 * told / all:0.0} %), single best answer right {best} ({100.0 * best / all:0.0} %)");
        misses.ForEach(m => output.WriteLine("  " + m));
    }
}
