using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class PdfFeaturesCorpusTests
{
    private const string Suite = "pdf-features";

    [Fact]
    public async Task Every_feature_is_reported_and_every_breach_is_noticed()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        var matrix = new PdfMatrix(Suite);
        foreach (var one in corpus.Cases)
        {
            var bytes = await File.ReadAllBytesAsync(corpus.PathOf(one), TestContext.Current.CancellationToken);
            var found = matrix.Time(() => FileExaminers.Examine(FileContent.Of(bytes), one.Id, ExaminationLimits.Default, TestContext.Current.CancellationToken));
            if (bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).IndexOf("%PDF-"u8) < 0)
            {
                Assert.NotEqual(FileFamily.Pdf, found.Family);
                matrix.NotApplicable(one, $"it has no header, so it is no PDF to anybody who looks at its bytes; taken for {found.Family}");
                continue;
            }

            matrix.Add(one, found.Family == FileFamily.Pdf && found.Readability != Readability.NotExamined && IsRight(one, found), Said(found));
        }

        matrix.Print();
        Assert.Empty(matrix.Wrong);
        Assert.Equal(70, matrix.Lines);
    }

    private static bool IsRight(CorpusCase one, FileExamination found) => one.Expect switch
    {
        "clean" => found.Readability == Readability.Readable && found.Findings.Count == 0 && found.Active.Count == 0 && found.Encryption.Count == 0,
        "malformed" => found.Findings.Any(f => f.Severity == Severity.Warning),
        "feature" => found.Readability == Readability.Readable && one.Codes switch
        {
            "font-not-embedded" => found.Technical.ContainsKey("fonts-not-embedded"),
            "multimedia" => Has(found, "multimedia"),
            "external-reference" => Has(found, "external-reference"),
            "attachment" => Has(found, "embedded-file"),
            "javascript" => Has(found, "pdf-javascript"),
            "odd-header" => Told(found, "pdf-header"),
            "wrong-image-size" => Told(found, "pdf-image-size"),
            "embedded-executable" => Has(found, "embedded-executable"),
            "encrypted" => found.Encryption.Count > 0,
            _ => true,
        },
        _ => false,
    };

    private static bool Has(FileExamination found, string kind) => found.Active.Any(a => a.Kind == kind);

    private static bool Told(FileExamination found, string fault) => found.Findings.Any(f => f.Arguments.Any(a => a.Value == fault));

    private static string Said(FileExamination found) => $"{found.Family} {found.Readability} {string.Join("; ", found.Findings)} {string.Join("; ", found.Active.Select(a => a.Kind))}";
}
