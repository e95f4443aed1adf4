using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What an antivirus engine said of a package.</summary>
/// <param name="Engine">Name and version of the engine; null when it could not be reached.</param>
/// <param name="Definitions">When its definitions were made; null when it does not say.</param>
/// <param name="Infected">Files in which something was found: path and the engine's name for it.</param>
/// <param name="NotScanned">Files that it could not scan: path and why.</param>
/// <param name="Trouble">Why the engine could not be reached; null when it was.</param>
/// <remarks>Immutable.</remarks>
public sealed record AntivirusFacts(
    string? Engine, DateTimeOffset? Definitions, IReadOnlyList<KeyValuePair<string, string>> Infected, IReadOnlyList<KeyValuePair<string, string>> NotScanned, Finding? Trouble)
{
    /// <summary>Whether the time of the definitions is what the engine's operator states, because the engine does not say it.</summary>
    public bool AreDefinitionsStated { get; init; }
}

/// <summary>A medium on which packages came.</summary>
/// <param name="Number">The number on it (载体编号).</param>
/// <param name="Kind">What it is: <c>disc</c>, <c>disk</c>, <c>tape</c>, <c>flash</c>.</param>
/// <param name="ExtraFiles">Files on it that belong to no package, hidden ones too.</param>
/// <param name="BytesRead">How many bytes were read from it.</param>
/// <param name="ReadTime">How long that took.</param>
/// <remarks>Immutable. R9-6.</remarks>
public sealed record MediumFacts(string Number, string Kind, IReadOnlyList<string> ExtraFiles, long BytesRead, TimeSpan ReadTime);

/// <summary>What a search for marks of state secrets found: where, and by which rule, never what.</summary>
/// <param name="Marks">Marks that refuse the package: the rule and the place.</param>
/// <param name="Doubts">Words that a person must look at: the rule and the place.</param>
/// <param name="NotSearched">Files that could not be searched, such as images: path and why.</param>
/// <remarks>Immutable. Article 15; R15-1, R15-2.</remarks>
public sealed record SecretFacts(IReadOnlyList<SecretMark> Marks, IReadOnlyList<SecretMark> Doubts, IReadOnlyList<KeyValuePair<string, string>> NotSearched)
{
    /// <summary>How many files were searched to their end.</summary>
    public int Searched { get; init; }
}

/// <summary>A mark of a state secret: by which rule it was found and where; the text itself is never kept.</summary>
/// <param name="Rule">The rule of the search, such as <c>field</c>, <c>name</c> or <c>text</c>.</param>
/// <param name="Place">Where, without a word of the content: <c>file 3 of 8</c>, <c>page 2</c>, an element's name.</param>
public sealed record SecretMark(string Rule, string Place)
{
    /// <summary>The number of the file in the order of paths, from 1; 0 for the names of the package and its folders.</summary>
    public int File { get; init; }

    /// <summary>How many files the package has.</summary>
    public int Files { get; init; }

    /// <summary>In which file inside the file, as numbers of entries from the outside in; empty for the file itself.</summary>
    public string Inside { get; init; } = "";

    /// <summary>What the number counts, such as <c>page</c> or <c>line</c>.</summary>
    public string Unit { get; init; } = "name";

    /// <summary>Which one, from 1; 0 where they are not counted.</summary>
    public int Number { get; init; }
}
