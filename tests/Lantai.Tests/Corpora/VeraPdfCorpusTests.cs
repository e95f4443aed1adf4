using System.Text;
using System.Text.RegularExpressions;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Corpora;

/// <summary>Claims are judged, not conformance: a file that breaks a rule of its profile still claims the profile.</summary>
public sealed partial class VeraPdfCorpusTests
{
    private const string Suite = "verapdf-subset";

    [Fact]
    public async Task Every_file_is_read_and_its_claim_is_told()
    {
        await using var corpus = await Corpus.OpenAsync(Suite);
        var matrix = new PdfMatrix(Suite);
        var deliberate = 0;
        foreach (var one in corpus.Cases)
        {
            var bytes = await File.ReadAllBytesAsync(corpus.PathOf(one), TestContext.Current.CancellationToken);
            var found = matrix.Time(() => FileExaminers.Examine(FileContent.Of(bytes), one.Id, ExaminationLimits.Default, TestContext.Current.CancellationToken));

            // Where the claim itself is what is wrong with the file, the words of the file are right and its profile is not.
            var isDeliberate = one.Expect == "fail" && one.Note.Contains("identification", StringComparison.Ordinal);
            deliberate += isDeliberate ? 1 : 0;
            var expected = isDeliberate ? InTheBytes(bytes) : OfTheProfile(one.Codes);
            var got = (Value(found, "pdfa-part"), Value(found, "pdfa-level"), Value(found, "pdfua-part"));
            var isClaimRight = one.Codes.StartsWith("PDF/UA", StringComparison.Ordinal) ? got.Item3 == expected.Ua : got.Item1 == expected.Part && got.Item2 == expected.Level;
            matrix.Add(one, found.Family == FileFamily.Pdf && found.Readability == Readability.Readable && isClaimRight, $"{found.Readability} {got}, expected {expected}; {string.Join("; ", found.Findings)}");
        }

        matrix.Print();
        Assert.Empty(matrix.Wrong);
        Assert.Equal(137, matrix.Lines);
        Assert.InRange(deliberate, 5, 20);
    }

    private static string? Value(FileExamination found, string name) => found.Technical.GetValueOrDefault(name) as string;

    private static (string? Part, string? Level, string? Ua) OfTheProfile(string code)
    {
        var match = Profile().Match(code);
        Assert.True(match.Success, code);
        var level = match.Groups[3].Value.ToUpperInvariant();
        return match.Groups[1].Value == "A" ? (match.Groups[2].Value, level.Length == 0 ? null : level, null) : (null, null, match.Groups[2].Value);
    }

    private static (string? Part, string? Level, string? Ua) InTheBytes(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return (Claim(text, "pdfaid:part"), Claim(text, "pdfaid:conformance"), Claim(text, "pdfuaid:part"));
    }

    private static string? Claim(string text, string name)
    {
        var match = Regex.Match(text, name + "\\s*(?:=\\s*[\"']|>)\\s*([A-Za-z0-9]+)");
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"^PDF/(A|UA)-(\d)([a-z]?)$")]
    private static partial Regex Profile();
}
