namespace Lantai.InformationPackages.Xml;

/// <summary>An XML file as a tree: encoding, what stands before and after the root, and the root.</summary>
/// <param name="Encoding">The encoding it was in or is to be written in.</param>
/// <param name="Root">The root element.</param>
internal sealed record MarkupDocument(MarkupEncoding Encoding, MarkupElement Root)
{
    /// <summary>Whether a byte order mark stands in front.</summary>
    public bool HasMark { get; init; }

    /// <summary>What the declaration says of other files: <c>yes</c>, <c>no</c>, or null when it says nothing.</summary>
    public string? Standalone { get; init; }

    /// <summary>Comments and instructions before the root.</summary>
    public IReadOnlyList<MarkupNode> Before { get; init; } = [];

    /// <summary>Comments and instructions after the root.</summary>
    public IReadOnlyList<MarkupNode> After { get; init; } = [];

    /// <summary>Every element, parents first. For walking only: the tree must not change meanwhile.</summary>
    public IEnumerable<MarkupElement> Everything()
    {
        var open = new Stack<MarkupElement>([Root]);
        while (open.TryPop(out var element))
        {
            yield return element;
            foreach (var child in element.Elements.Reverse())
            {
                open.Push(child);
            }
        }
    }
}
