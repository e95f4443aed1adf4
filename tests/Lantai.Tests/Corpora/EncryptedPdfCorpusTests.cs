using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Corpora;

public sealed class EncryptedPdfCorpusTests
{
    private const string Suite = "encrypted-files";

    [Fact]
    public async Task Every_encrypted_pdf_is_found_and_no_other()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        var matrix = new PdfMatrix(Suite + " (PDF)");
        foreach (var one in corpus.Cases.Where(c => c.Stratum.StartsWith("pdf", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(corpus.PathOf(one), TestContext.Current.CancellationToken);
            var found = matrix.Time(() => FileExaminers.Examine(FileContent.Of(bytes), one.Id, ExaminationLimits.Default, TestContext.Current.CancellationToken));

            var isFound = found.Encryption is [{ Kind: "pdf" }];
            var needsPassword = found.Readability == Readability.NotCheckable;
            var isRight = one.Expect == "encrypted" ? isFound && found.Readability is Readability.Readable or Readability.NotCheckable : !isFound && found.Encryption.Count == 0 && found.Readability == Readability.Readable;
            matrix.Add(one, isRight && (!one.Note.Contains("without password", StringComparison.Ordinal) || !needsPassword), $"{found.Readability} {string.Join("; ", found.Encryption)} {string.Join("; ", found.Findings)}");
        }

        matrix.Print();
        Assert.Empty(matrix.Wrong);
        Assert.Equal(9, matrix.Lines);
    }
}
