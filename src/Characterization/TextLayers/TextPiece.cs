namespace Lantai.Characterization;

/// <summary>What a piece of text is in its file.</summary>
public enum TextRole
{
    /// <summary>Text of the content.</summary>
    Body,

    /// <summary>Text at the upper or lower edge of pages: headers, footers, marks printed over them.</summary>
    Margin,

    /// <summary>The value of a named field: an element or attribute of XML, a property of the document.</summary>
    Field,

    /// <summary>The name of something inside the file: an entry, an attachment, a sheet.</summary>
    Name,
}

/// <summary>A line, paragraph, cell or value of a file's text layer, and where it stands.</summary>
/// <param name="Text">The text; at most about 4,096 characters. A longer one comes in several pieces that overlap.</param>
/// <param name="Role">What it is.</param>
/// <param name="Unit">What the number counts: <c>page</c>, <c>sheet</c>, <c>slide</c>, <c>paragraph</c>, <c>line</c>, <c>cell</c>, <c>header</c>, <c>footer</c>, <c>note</c>, <c>comment</c>, <c>annotation</c>, <c>bookmark</c>, <c>property</c>, <c>element</c>, <c>attachment</c>, <c>entry</c>, <c>template</c> or <c>part</c>.</param>
/// <param name="Number">Which one, from 1; 0 where they are not counted.</param>
/// <remarks>Immutable. The place holds no word of the file.</remarks>
public readonly record struct TextPiece(string Text, TextRole Role, string Unit, int Number)
{
    /// <summary>The name of the field; empty when it is none.</summary>
    public string Field { get; init; } = "";

    /// <summary>In which file inside the file it stands, as numbers of entries from the outside in, such as <c>2.1</c>; empty for the file itself.</summary>
    public string Inside { get; init; } = "";

    /// <summary>Whether it is one of the first lines of the first page, where documents bear their marks.</summary>
    public bool IsTop { get; init; }
}

/// <summary>Takes pieces of text, one after another.</summary>
/// <param name="piece">The next piece.</param>
/// <returns>False when no more is wanted.</returns>
public delegate bool TextTaker(TextPiece piece);
