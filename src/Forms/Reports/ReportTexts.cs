using Lantai.Words;

namespace Lantai.Forms;

/// <summary>The texts of a report in the language of its readers.</summary>
/// <param name="phrases">The texts of all rooms whose reports are written.</param>
/// <param name="language">The language.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class ReportTexts(Phrases phrases, Language language)
{
    /// <summary>The language.</summary>
    public Language Language => language;

    /// <summary>The language as HTML and XML name it (BCP 47).</summary>
    public string Tag => language == Language.Chinese ? "zh-Hans" : "en";

    /// <summary>The text of a key.</summary>
    public string Say(string key) => phrases.Say(language, key);

    /// <summary>What people read for a cell: the text of a code where it has one, else the cell itself.</summary>
    public string Cell(ReportColumn column, string? value) => Value(column.ValueKeys, value);

    /// <summary>What people read for a fact.</summary>
    public string Fact(ReportFact fact) => Value(fact.ValueKeys, fact.Value);

    private string Value(string? keys, string? value)
    {
        if (keys is null || string.IsNullOrEmpty(value))
        {
            return value ?? "";
        }

        var key = keys + "." + value;
        return Say(key) is var said && said == key ? value : said;
    }
}
