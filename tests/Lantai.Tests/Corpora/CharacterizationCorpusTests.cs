using System.Text.RegularExpressions;
using Lantai.Characterization;
using Lantai.Characterization.Identification;

namespace Lantai.Tests.Corpora;

/// <summary>Whole suites through the one door that ingest uses too: what the table of suites says is what a user gets.</summary>
public sealed class CharacterizationCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Encrypted_files_are_told_and_no_other_is()
    {
        await using var corpus = await Corpus.OpenAsync("encrypted-files");
        var wrong = Look(corpus).Where(f => (f.Character.Examination!.Encryption.Count > 0) != (f.Case.Expect == "encrypted")).Select(f => f.Case.Id).ToList();
        var encrypted = corpus.Cases.Count(c => c.Expect == "encrypted");

        CharacterizationTable.Write("encrypted-files", $"{corpus.Cases.Count - wrong.Count} of {corpus.Cases.Count} right ({encrypted} encrypted, {corpus.Cases.Count - encrypted} clear)");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_ofd_is_told_with_the_features_that_are_stated_and_none_is_encrypted()
    {
        await using var corpus = await Corpus.OpenAsync("ofd");
        var (identified, features, wrong) = (0, 0, new List<string>());
        foreach (var (one, character) in Look(corpus))
        {
            identified += character.Identification.Id == "lantai/ofd" ? 1 : 0;
            var technical = character.Examination!.Technical;
            var right = Has(technical, "signatures") == one.Codes.Contains("signatures", StringComparison.Ordinal)
                && Has(technical, "attachments") == one.Codes.Contains("attachments", StringComparison.Ordinal);
            features += right ? 1 : 0;
            if (!right || character.Identification.Id != "lantai/ofd" || character.Examination.Encryption.Count > 0)
            {
                wrong.Add($"{one.Id}: {character.Identification.Id}, wanted '{one.Codes}'");
            }
        }

        CharacterizationTable.Write("ofd", $"{identified} of {corpus.Cases.Count} identified, features right in {features}");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Malformed_pdf_is_reported_and_features_are_told()
    {
        await using var corpus = await Corpus.OpenAsync("pdf-features");
        var (malformed, reported, quiet) = (0, 0, new List<string>());
        foreach (var (one, character) in Look(corpus).Where(f => f.Case.Expect == "malformed"))
        {
            malformed++;
            var isReported = IsReported(character);
            reported += isReported ? 1 : 0;
            if (!isReported)
            {
                quiet.Add(one.Id);
            }
        }

        var told = Look(corpus).Count(f => f.Case.Expect == "feature" && f.Character.Examination!.Family == FileFamily.Pdf);
        CharacterizationTable.Write("pdf-features", $"{corpus.Cases.Count} looked at without crash or hang; {reported} of {malformed} malformed reported; {told} of {corpus.Cases.Count(c => c.Expect == "feature")} with a feature identified");
        quiet.ForEach(output.WriteLine);
        Assert.Empty(quiet);
        Assert.DoesNotContain(Look(corpus).Where(f => f.Case.Expect == "clean"), f => IsReported(f.Character)); // or reporting would mean nothing
    }

    [Fact]
    public async Task The_claimed_part_and_level_of_pdfa_are_right()
    {
        await using var corpus = await Corpus.OpenAsync("verapdf-subset");
        var (claims, right, wrong) = (0, 0, new List<string>());
        foreach (var (one, character) in Look(corpus))
        {
            Assert.Equal(FileFamily.Pdf, character.Examination!.Family);
            var wanted = Regex.Match(one.Codes, @"^PDF/A-(\d)([a-z]?)$");
            if (one.Expect != "pass" || !wanted.Success)
            {
                continue; // a file that fails may claim something else: that may be why it fails
            }

            claims++;
            var part = character.Examination.Technical.GetValueOrDefault("pdfa-part")?.ToString();
            var level = character.Examination.Technical.GetValueOrDefault("pdfa-level")?.ToString() ?? "";
            if (part == wanted.Groups[1].Value && level.Equals(wanted.Groups[2].Value, StringComparison.OrdinalIgnoreCase))
            {
                right++;
            }
            else
            {
                wrong.Add($"{one.Id}: claims {part}{level}");
            }
        }

        CharacterizationTable.Write("verapdf-subset", $"{corpus.Cases.Count} looked at without crash or hang, all PDF; claimed part and level right in {right} of {claims} that pass");
        Assert.Empty(wrong);
    }

    private static bool IsReported(FileCharacter character) =>
        character.Examination!.Readability == Readability.Broken || character.Examination.Family != FileFamily.Pdf || character.Findings("x").Any(f => f.Code is "FMT-040" or "FMT-120");

    private static bool Has(IReadOnlyDictionary<string, object> technical, string name) => technical.GetValueOrDefault(name) switch
    {
        null => false,
        long count => count > 0,
        bool isSo => isSo,
        _ => true,
    };

    private static List<(CorpusCase Case, FileCharacter Character)> Look(Corpus corpus)
    {
        var characterizer = new FileCharacterizer(new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full));
        var all = new List<(CorpusCase, FileCharacter)>();
        foreach (var one in corpus.Cases)
        {
            using var file = File.OpenHandle(corpus.PathOf(one));
            all.Add((one, characterizer.Characterize(FileContent.Of(file), one.Path, null, TestContext.Current.CancellationToken)));
        }

        return all;
    }
}
