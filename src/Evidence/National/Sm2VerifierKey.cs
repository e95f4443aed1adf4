using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lantai.Evidence.National;

/// <summary>The public half of a key of SM2 that signs notes, as one line of text that fits on paper.</summary>
/// <remarks>
/// spec: <c>spec/formats/note.md</c>. Source: C2SP signed-note, signature type 0xff with an identifier; GB/T 32918 with SM3 and
/// the default user id. Equal by content. Immutable, safe for concurrent use.
/// </remarks>
public sealed class Sm2VerifierKey : IEquatable<Sm2VerifierKey>
{
    private readonly Sm2PublicKey _key;

    /// <summary>Makes the verifier key of a name and a public key; the id follows from them.</summary>
    /// <exception cref="ArgumentException">The name is not a key name.</exception>
    public Sm2VerifierKey(string name, Sm2PublicKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        Name = NoteSyntax.IsName(name) ? name : throw new ArgumentException("Not a key name.", nameof(name));
        _key = publicKey;
        KeyId = NoteSyntax.KeyId(name, Type, publicKey.ToBytes());
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256(name, newline, 0xff, identifier, public key), big-endian.</summary>
    public uint KeyId { get; }

    // 0xff says that an identifier follows: the object identifier of SM2 with SM3, under our name.
    private static byte[] Type { get; } = [0xFF, .. "lantai/1.2.156.10197.1.501"u8];

    /// <summary>Reads <c>name+id+key</c>: the id as 8 lower-case hexadecimal digits, the key as base64 of type, identifier and 65 bytes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Sm2VerifierKey? key)
    {
        key = null;
        if (text?.Split('+', 3) is not [var name, { Length: 8 } id, var base64] || !NoteSyntax.IsName(name)
            || !NoteSyntax.TryBase64(base64, out var typed) || typed.Length != Type.Length + Sm2PublicKey.Size
            || !typed.AsSpan().StartsWith(Type.AsSpan()) || !Sm2PublicKey.TryParse(typed.AsSpan(Type.Length), out var point))
        {
            return false;
        }

        var read = new Sm2VerifierKey(name, point);
        key = Hexadecimal(read.KeyId) == id ? read : null;
        return key is not null;
    }

    /// <summary>Whether some signature line with this name and key id is this key's signature of the text.</summary>
    public bool Verifies(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.Signatures.Any(line => IsNamedBy(line) && Verifies(note.Text, line));
    }

    /// <summary>Whether a signature line claims to be this key's: by name and key id.</summary>
    public bool IsNamedBy(NoteSignature line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.KeyId == KeyId && line.Name == Name;
    }

    /// <summary>Whether a signature line is this key's signature of a note's text.</summary>
    public bool Verifies(string text, NoteSignature line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return _key.Verify(NoteSyntax.Utf8.GetBytes(text), line.Signature);
    }

    /// <summary>Whether the two are the same key under the same name.</summary>
    public bool Equals(Sm2VerifierKey? other) => other is not null && Name == other.Name && _key.Equals(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sm2VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)KeyId);

    /// <summary>The line that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => $"{Name}+{Hexadecimal(KeyId)}+{Convert.ToBase64String([.. Type, .. _key.ToBytes()])}";

    private static string Hexadecimal(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);
}
