using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Lantai.Evidence;

/// <summary>One signature line of a signed note, by a known key or an unknown one.</summary>
/// <param name="Name">The name of the key: not empty, no white space, no plus.</param>
/// <param name="KeyId">The first four bytes of the key's hash, big-endian; not unique by itself.</param>
/// <param name="Signature">The bytes that the key's algorithm made, at least one; 64 for Ed25519. Not to be changed.</param>
/// <remarks>spec: <c>spec/formats/note.md</c>. Equal by content. Immutable, safe for concurrent use.</remarks>
/// <exception cref="ArgumentException">The name is not a key name or the signature is empty.</exception>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    private const string Mark = "— ";

    /// <summary>The name of the key.</summary>
    public string Name { get; } = NoteSyntax.IsName(Name) ? Name : throw new ArgumentException("Not a key name.", nameof(Name));

    /// <summary>What the key's algorithm made.</summary>
    public byte[] Signature { get; } =
        Signature is { Length: > 0 } ? Signature : throw new ArgumentException("A signature has at least one byte.", nameof(Signature));

    /// <summary>Whether the two are the same line.</summary>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId && Signature.AsSpan().SequenceEqual(other.Signature);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Name);
        hash.Add(KeyId);
        hash.AddBytes(Signature);
        return hash.ToHashCode();
    }

    /// <summary>The line as it stands in the note, without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[NoteSyntax.KeyIdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes, NoteSyntax.KeyIdLength);
        return $"{Mark}{Name} {Convert.ToBase64String(bytes)}";
    }

    internal static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Mark, StringComparison.Ordinal) || line[Mark.Length..].Split(' ') is not [var name, var base64]
            || !NoteSyntax.IsName(name) || !NoteSyntax.TryBase64(base64, out var bytes) || bytes.Length <= NoteSyntax.KeyIdLength)
        {
            return false;
        }

        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[NoteSyntax.KeyIdLength..]);
        return true;
    }
}
