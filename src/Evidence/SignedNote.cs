using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lantai.Evidence;

/// <summary>A text and the signatures under it. It says nothing until a trusted <see cref="VerifierKey"/> verifies it.</summary>
/// <param name="Text">What is signed: ends in a newline, has no other control character.</param>
/// <param name="Signatures">The signature lines in order, at most <see cref="MaxSignatures"/>; those of unknown keys are kept.</param>
/// <remarks>
/// spec: <c>spec/formats/note.md</c>. Source: C2SP signed-note. Equal by content. Immutable, safe for concurrent use.
/// </remarks>
/// <exception cref="ArgumentException">The text breaks its rules, or there are too many signatures.</exception>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The greatest number of signature lines that is read or written.</summary>
    public const int MaxSignatures = 64;

    /// <summary>The greatest length of a note in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>What is signed.</summary>
    public string Text { get; } = NoteSyntax.IsText(Text) ? Text : throw new ArgumentException("A note's text ends in a newline and has no other control character.", nameof(Text));

    /// <summary>The signature lines in order.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; } = Signatures.Count <= MaxSignatures
        ? [.. Signatures]
        : throw new ArgumentException($"A note has at most {MaxSignatures} signatures.", nameof(Signatures));

    /// <summary>
    /// Reads a note of one form only, so that <see cref="ToBytes"/> gives the same bytes again. Refused: more than
    /// 1 MiB, invalid UTF-8, control characters, no signature or more than 64, a line that is no signature line.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        var blank = note.LastIndexOf("\n\n"u8);
        if (note.Length > MaxLength || blank < 0 || !TryDecode(note, out var all) || !NoteSyntax.IsText(all))
        {
            return false;
        }

        var text = NoteSyntax.Utf8.GetString(note[..(blank + 1)]);
        var lines = all[(text.Length + 1)..].Split('\n', MaxSignatures + 2);
        if (lines.Length > MaxSignatures + 1 || lines[^1].Length != 0)
        {
            return false;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1])
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                return false;
            }

            signatures.Add(signature);
        }

        parsed = signatures.Count == 0 ? null : new SignedNote(text, signatures);
        return parsed is not null;
    }

    /// <summary>The note with one more signature, behind the others.</summary>
    /// <exception cref="ArgumentException">It has 64 signatures already.</exception>
    public SignedNote With(NoteSignature signature) => new(Text, [.. Signatures, signature]);

    /// <summary>The note as bytes.</summary>
    /// <exception cref="InvalidOperationException">It has no signature yet, or is longer than 1 MiB.</exception>
    public byte[] ToBytes()
    {
        if (Signatures.Count == 0)
        {
            throw new InvalidOperationException("A note without a signature is only a text.");
        }

        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(signature).Append('\n');
        }

        var bytes = NoteSyntax.Utf8.GetBytes(note.ToString());
        return bytes.Length <= MaxLength ? bytes : throw new InvalidOperationException("A note is at most 1 MiB long.");
    }

    /// <summary>Whether the two have the same text and the same lines in the same order.</summary>
    public bool Equals(SignedNote? other) =>
        other is not null && Text == other.Text && Signatures.SequenceEqual(other.Signatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Signatures.Count);

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        var valid = System.Text.Unicode.Utf8.IsValid(bytes);
        text = valid ? NoteSyntax.Utf8.GetString(bytes) : "";
        return valid;
    }
}
