using Lantai.Characterization;
using Lantai.Inspection;

namespace Lantai.Tests.Inspection.Secrets;

public sealed class SecretPatternsTests
{
    public static TheoryData<string, string> Examples => [.. All.SelectMany(p => p.Examples.Select(e => (p.Rule, e)))];

    public static TheoryData<string, string> Passes => [.. All.SelectMany(p => p.Passes.Select(e => (p.Rule, e)))];

    private static IEnumerable<SecretPattern> All => SecretPatterns.Current.Marks.Concat(SecretPatterns.Current.Doubts);

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_pattern_finds_its_examples(string rule, string text)
    {
        var piece = As(rule, text);

        Assert.True(Pattern(rule).Where == SecretPlace.Any ? Found(piece) is not null : new AskedText(piece, SecretText.Fold(text), () => SecretText.Fold(text), piece.Field.Length > 0).Matches(Pattern(rule)), text);
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void Nothing_is_found_in_what_a_pattern_must_pass(string rule, string text) => Assert.Null(Found(As(rule, text)));

    [Theory]
    [InlineData("機密★長期", "机密★长期")]
    [InlineData("Ｊ\u200BＭ＊１０", "JM*10")]
    [InlineData("绝\u3000密\u00A0☆", "绝 密 ★")]
    [InlineData("机\uFE00密\uFE0F★㊙", "机密★秘密")]
    public void Texts_are_made_alike(string text, string folded) => Assert.Equal(folded, SecretText.Fold(text));

    [Fact]
    public void Letters_that_stand_apart_are_one_word_and_words_stay_apart() =>
        Assert.Contains("绝密", SecretText.Parts("文件 绝 密", isApart: true));

    private static SecretPattern Pattern(string rule) => All.Single(p => p.Rule == rule);

    private static string? Found(TextPiece piece) => SecretPatterns.Current.FindMark(piece) ?? SecretPatterns.Current.FindDoubt(piece);

    private static TextPiece As(string rule, string text) => Pattern(rule).Where switch
    {
        SecretPlace.Field => new TextPiece(text, TextRole.Field, "element", 1) { Field = "密级" },
        SecretPlace.Name => new TextPiece(text, TextRole.Name, "name", 0),
        SecretPlace.Top => new TextPiece(text, TextRole.Margin, "header", 1),
        SecretPlace.Said => new TextPiece(text, TextRole.Field, "property", 0) { Field = "title" },
        SecretPlace.Heading => new TextPiece(text, TextRole.Body, "line", 1) { IsTop = true },
        _ => new TextPiece(text, TextRole.Body, "line", 9),
    };
}
