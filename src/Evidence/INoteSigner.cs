namespace Lantai.Evidence;

/// <summary>A key that signs notes under a name, whatever its algorithm.</summary>
/// <remarks>spec: <c>spec/formats/note.md</c>. Safe for concurrent use.</remarks>
public interface INoteSigner
{
    /// <summary>Signs the text of a note.</summary>
    /// <param name="text">Ends in a newline and has no other control character.</param>
    /// <exception cref="ArgumentException">The text breaks these rules.</exception>
    NoteSignature Sign(string text);
}
