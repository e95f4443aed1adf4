using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NSec.Cryptography;

namespace Lantai.Evidence;

/// <summary>The public half of a key that signs notes, as one line of text that fits on paper.</summary>
/// <param name="Name">The name of the key: not empty, no white space, no plus.</param>
/// <param name="KeyId">The first four bytes of SHA-256(name, newline, 0x01, public key), big-endian.</param>
/// <param name="PublicKey">The 32 bytes of an Ed25519 public key (RFC 8032). Not to be changed.</param>
/// <remarks>
/// spec: <c>spec/formats/note.md</c>. Source: C2SP signed-note, signature type 1. Equal by content. Immutable, safe for
/// concurrent use.
/// </remarks>
/// <exception cref="ArgumentException">The name is not a key name, the key is not 32 bytes long, or the id is not theirs.</exception>
public sealed record VerifierKey(string Name, uint KeyId, byte[] PublicKey)
{
    /// <summary>The name of the key.</summary>
    public string Name { get; } = NoteSyntax.IsName(Name) ? Name : throw new ArgumentException("Not a key name.", nameof(Name));

    /// <summary>The 32 bytes of the public key.</summary>
    public byte[] PublicKey { get; } = PublicKey is { Length: NoteSyntax.PublicKeyLength } && NoteSyntax.KeyId(Name, PublicKey) == KeyId
        ? PublicKey
        : throw new ArgumentException("Not a public key with this name and id.", nameof(PublicKey));

    /// <summary>Makes the verifier key of a name and a public key of 32 bytes; the id follows from them.</summary>
    /// <exception cref="ArgumentException">The name is not a key name or the key is not 32 bytes long.</exception>
    public static VerifierKey Of(string name, ReadOnlySpan<byte> publicKey)
    {
        if (!NoteSyntax.IsName(name))
        {
            throw new ArgumentException("Not a key name.", nameof(name));
        }

        return new VerifierKey(name, NoteSyntax.KeyId(name, publicKey), publicKey.ToArray());
    }

    /// <summary>
    /// Reads <c>name+id+key</c>: the id as 8 lower-case hexadecimal digits, the key as base64 of 0x01 and 32 bytes.
    /// A line whose id does not belong to name and key is refused, so a slip of the pen is seen.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        if (text?.Split('+', 3) is not [var name, { Length: 8 } id, var base64] || !NoteSyntax.IsName(name)
            || !NoteSyntax.TryBase64(base64, out var typed)
            || typed is not [NoteSyntax.Ed25519, .. { Length: NoteSyntax.PublicKeyLength } publicKey]
            || Hexadecimal(NoteSyntax.KeyId(name, publicKey)) != id)
        {
            return false;
        }

        key = Of(name, publicKey);
        return true;
    }

    /// <summary>
    /// Whether some signature line with this name and key id is this key's signature of the text. Lines of other
    /// keys are ignored, and so is a false line beside a true one: nobody can spoil a note by adding to it.
    /// </summary>
    public bool Verifies(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (!NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, PublicKey, KeyBlobFormat.RawPublicKey, out var key) || key is null)
        {
            return false; // 32 bytes that are no point of the curve
        }

        var text = NoteSyntax.Utf8.GetBytes(note.Text);
        return note.Signatures.Any(line => line.KeyId == KeyId && line.Name == Name
            && line.Signature.Length == SignatureAlgorithm.Ed25519.SignatureSize
            && SignatureAlgorithm.Ed25519.Verify(key, text, line.Signature));
    }

    /// <summary>Whether the two are the same key under the same name.</summary>
    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && PublicKey.AsSpan().SequenceEqual(other.PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)KeyId);

    /// <summary>The line that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        $"{Name}+{Hexadecimal(KeyId)}+{Convert.ToBase64String([NoteSyntax.Ed25519, .. PublicKey])}";

    private static string Hexadecimal(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);
}
