namespace Lantai.InformationPackages.Xml;

/// <summary>How much of somebody's XML is read before it is refused.</summary>
/// <param name="MostBytes">The longest file, in bytes.</param>
/// <param name="MostDepth">The deepest element; the root is at 1.</param>
/// <param name="MostNodes">The most elements, attributes, texts and comments together.</param>
/// <param name="MostText">The longest value, tag or comment, in UTF-16 units; what a sink takes is not counted.</param>
internal sealed record MarkupLimits(long MostBytes = 64 << 20, int MostDepth = 100, int MostNodes = 1_000_000, int MostText = 1 << 20);

/// <summary>
/// How much the XML of one package may hold in memory together: each file keeps within its own limits, and a small zip may hold a hundred
/// thousand of such files.
/// </summary>
/// <param name="most">The most nodes; 64 characters of text count as one more.</param>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class MarkupBudget(long most = 20_000_000)
{
    /// <summary>How many characters weigh as much as a node.</summary>
    public const int LettersOfNode = 64;

    private long _left = most;

    /// <summary>The most nodes.</summary>
    public long Most { get; } = most;

    /// <summary>Takes some; false when there are not so many left, and then none are.</summary>
    public bool Take(long nodes)
    {
        _left = nodes > _left ? -1 : _left - nodes;
        return _left >= 0;
    }
}

/// <summary>Takes the text of an element piece by piece, so that a long one need not be held.</summary>
internal interface ITextSink
{
    /// <summary>Takes the next characters; they are valid during the call only.</summary>
    void Append(ReadOnlySpan<char> text);
}

/// <summary>What a profile allows in an XML file, and what the file is called in findings.</summary>
/// <param name="Subject">The file as a user knows it: its path in the package.</param>
/// <param name="Encodings">The encodings that the profile allows.</param>
internal sealed record MarkupReading(string Subject, params IReadOnlyList<MarkupEncoding> Encodings)
{
    /// <summary>The limits.</summary>
    public MarkupLimits Limits { get; init; } = new();

    /// <summary>What all files of the package share; null for a file alone.</summary>
    public MarkupBudget? Budget { get; init; }

    /// <summary>
    /// Asked at each element's beginning, when its attributes are known: a sink takes the text directly inside the element, and
    /// the tree does not hold it. Null keeps it.
    /// </summary>
    public Func<MarkupElement, ITextSink?> SinkOf { get; init; } = static _ => null;
}
