using System.Diagnostics;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Images;
using Lantai.Characterization.Sound;
using Lantai.Characterization.Text;
using Lantai.Characterization.Video;

namespace Lantai.Tests.Corpora;

public sealed class RealFilesReadabilityTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // What is packed, paged or bound in packages is judged by the tests of those families.
    private static readonly HashSet<FileFamily> Judged =
        [.. new ImageExaminer().Families, .. new SoundExaminer().Families, .. new VideoExaminer().Families, .. new TextExaminer().Families];

    // Files whose names promise more than they hold: a few bytes that only begin as a JPEG does.
    private static readonly string[] ReallyBroken = ["double-identification.jpg"];

    [Fact]
    public async Task Real_files_are_looked_into_without_crash_and_hang_and_sound_ones_are_not_called_broken()
    {
        await using var corpus = await Corpus.OpenAsync("identify-real-files");
        var (table, wrong) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());

        foreach (var one in corpus.Cases)
        {
            var watch = Stopwatch.StartNew();
            using var file = File.OpenHandle(corpus.PathOf(one));
            var found = FileExaminers.Examine(FileContent.Of(file), one.Id, ExaminationLimits.Default, CancellationToken.None);
            var key = $"{found.Family} {found.Readability}";
            table[key] = table.GetValueOrDefault(key) + 1;
            output.WriteLine($"{one.Id}\t{key}\t{watch.ElapsedMilliseconds} ms\t{string.Join(' ', found.Technical.Select(t => t.Key + "=" + (t.Value is IEnumerable<string> list ? string.Join('+', list) : t.Value)))}\t{string.Join("; ", found.Active.Select(a => a.Kind + " " + a.Place))}\t{string.Join("; ", found.Findings)}");
            if (watch.Elapsed > Longest || (found.Readability == Readability.Broken && Judged.Contains(found.Family) && !ReallyBroken.Any(one.Id.EndsWith)))
            {
                wrong.Add($"{one.Id}: {key} after {watch.Elapsed}");
            }
        }

        foreach (var (key, count) in table)
        {
            output.WriteLine($"{key}: {count}");
        }

        Assert.NotEmpty(corpus.Cases);
        Assert.Empty(wrong);
    }
}
