using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Lantai.Evidence.National;

/// <summary>A key of SM2 that signs notes under a name, beside the Ed25519 key that every reader knows.</summary>
/// <remarks>
/// spec: <c>spec/formats/note.md</c>, <c>spec/formats/key-file.md</c>. The secret lies in ordinary memory (see
/// <see cref="Sm2KeyPair"/>). Immutable, safe for concurrent use.
/// </remarks>
public sealed class Sm2NoteSigner : INoteSigner
{
    private readonly Sm2KeyPair _pair;

    private Sm2NoteSigner(string name, Sm2KeyPair pair) => (_pair, Verifier) = (pair, new Sm2VerifierKey(name, pair.PublicKey));

    /// <summary>The public half, to be given to all who check.</summary>
    public Sm2VerifierKey Verifier { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="name">The key name: not empty, no white space, no plus, at most 255 bytes.</param>
    /// <exception cref="ArgumentException">The name is not a key name.</exception>
    public static Sm2NoteSigner Generate(string name) => KeyFile.IsName(name)
        ? new Sm2NoteSigner(name, Sm2KeyPair.Generate())
        : throw new ArgumentException("Not a key name of at most 255 bytes.", nameof(name));

    /// <summary>Signs the text of a note; each signature of the same text is another.</summary>
    /// <param name="text">Ends in a newline and has no other control character.</param>
    /// <exception cref="ArgumentException">The text breaks these rules.</exception>
    public NoteSignature Sign(string text) => NoteSyntax.IsText(text)
        ? new NoteSignature(Verifier.Name, Verifier.KeyId, _pair.Sign(NoteSyntax.Utf8.GetBytes(text)))
        : throw new ArgumentException("A note's text ends in a newline and has no other control character.", nameof(text));

    /// <summary>The key as the bytes of a key file, as <see cref="NoteSigner.Export"/> does.</summary>
    /// <exception cref="ArgumentException">The passphrase is empty.</exception>
    public byte[] Export(string? passphrase)
    {
        if (passphrase is { Length: 0 })
        {
            throw new ArgumentException("An empty passphrase protects nothing: give null to store the key in clear.", nameof(passphrase));
        }

        var secret = _pair.ExportSecret();
        try
        {
            return KeyFile.Write(KeyFile.OfSm2, Verifier.Name, secret, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Takes the key out of the bytes of a key file.</summary>
    /// <param name="file">The whole file; it is not trusted.</param>
    /// <param name="passphrase">Needed for an encrypted key; ignored for one in clear.</param>
    /// <param name="signer">The key; null when there is a problem.</param>
    /// <param name="problem">Why there is no key.</param>
    public static bool TryImport(ReadOnlySpan<byte> file, string? passphrase, [NotNullWhen(true)] out Sm2NoteSigner? signer, out KeyFileProblem problem)
    {
        signer = null;
        problem = KeyFile.TryRead(KeyFile.OfSm2, file, passphrase, out var name, out var secret);
        if (problem != KeyFileProblem.None)
        {
            return false;
        }

        try
        {
            if (!Sm2KeyPair.TryImport(secret, out var pair))
            {
                problem = KeyFileProblem.NotAKeyFile; // 32 bytes that are no secret of the curve
                return false;
            }

            signer = new Sm2NoteSigner(name, pair);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
