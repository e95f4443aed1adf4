using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Corpora;

public sealed class EncryptedFilesCorpusTests(ITestOutputHelper output)
{
    private const string Suite = "encrypted-files";

    // How the suite calls what we call otherwise.
    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        ["ole2-biff"] = ["ole2-excel"], ["ole2-ppt"] = ["ole2-powerpoint"], ["pgp"] = ["openpgp"], ["zip"] = ["zip-classic", "zip-aes", "zip-strong"],
    };

    [Fact]
    public async Task Every_encrypted_file_is_told_and_no_other_one()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        var wrong = new List<string>();
        var (right, fine, total) = (0, 0, 0);

        foreach (var one in corpus.Cases.Where(c => !c.Path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)))
        {
            var found = Examine(corpus.PathOf(one));
            var kinds = found.Encryption.Select(e => e.Kind).Distinct().ToList();
            var isRight = kinds.Count > 0 == (one.Expect == "encrypted");
            var isFine = one.Codes.Length == 0 ? kinds.Count == 0 : Kinds.GetValueOrDefault(one.Codes, [one.Codes]).Intersect(kinds).Any();
            (right, fine, total) = (right + (isRight ? 1 : 0), fine + (isFine ? 1 : 0), total + 1);
            output.WriteLine($"{one.Id}: {one.Expect} {one.Codes} -> {string.Join(',', kinds)} {found.Readability} {string.Join("; ", found.Findings)}");
            if (!isRight || !isFine || (one.Expect == "clear" && found.Readability != Readability.Readable))
            {
                wrong.Add($"{one.Id}: {one.Expect} {one.Codes}, got {string.Join(',', kinds)} {found.Readability} {string.Join("; ", found.Findings)}");
            }
        }

        output.WriteLine($"{right} of {total} verdicts, {fine} of {total} kinds; {corpus.Cases.Count - total} lines are about PDF and not applicable here");
        Assert.NotEqual(0, total);
        Assert.Empty(wrong);
    }

    private static FileExamination Examine(string path)
    {
        using var file = File.OpenHandle(path);
        return FileExaminers.Examine(FileContent.Of(file), Path.GetFileName(path), ExaminationLimits.Default, CancellationToken.None);
    }
}
