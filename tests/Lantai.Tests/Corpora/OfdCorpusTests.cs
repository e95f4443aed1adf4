using System.Diagnostics;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Corpora;

public sealed class OfdCorpusTests(ITestOutputHelper output)
{
    private const string Suite = "ofd";

    private static readonly string[] Features = ["signatures", "attachments"];

    [Fact]
    public async Task Every_ofd_is_one_with_the_features_it_has_and_none_is_encrypted()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        var wrong = new List<string>();
        var spent = TimeSpan.Zero;

        foreach (var one in corpus.Cases)
        {
            using var file = File.OpenHandle(corpus.PathOf(one));
            var start = Stopwatch.GetTimestamp();
            var found = FileExaminers.Examine(FileContent.Of(file), one.Id, ExaminationLimits.Default, CancellationToken.None);
            spent += Stopwatch.GetElapsedTime(start);
            var features = Features.Where(found.Technical.ContainsKey).ToList();
            var said = $"{one.Id}: {one.Codes} -> {found.Family} {string.Join(',', features)} {found.Readability} pages={found.Technical.GetValueOrDefault("pages")} {string.Join("; ", found.Findings)}";
            output.WriteLine(said);
            if (found.Family != FileFamily.Ofd || string.Join(',', features) != one.Codes || found.Encryption.Count > 0 || found.Readability == Readability.NotExamined)
            {
                wrong.Add(said);
            }
        }

        output.WriteLine($"{spent.TotalMilliseconds / corpus.Cases.Count:F1} ms for a file");
        Assert.NotEmpty(corpus.Cases);
        Assert.Empty(wrong);
    }
}
