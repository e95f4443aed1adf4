using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Lantai.Evidence;

/// <summary>An Ed25519 key that signs notes under a name. The secret lies in locked memory until disposal.</summary>
/// <remarks>
/// spec: <c>spec/formats/note.md</c>, <c>spec/formats/key-file.md</c>. Safe for concurrent use, except that nothing
/// may run beside <see cref="Dispose"/>.
/// </remarks>
public sealed class NoteSigner : INoteSigner, IDisposable
{
    private readonly Key _key;

    private NoteSigner(string name, Key key)
    {
        _key = key;
        Verifier = VerifierKey.Of(name, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half, to be given to all who check.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="name">The key name, best a URL without its scheme: not empty, no white space, no plus, at most 255 bytes.</param>
    /// <exception cref="ArgumentException">The name is not a key name.</exception>
    public static NoteSigner Generate(string name)
    {
        if (!KeyFile.IsName(name))
        {
            throw new ArgumentException("Not a key name of at most 255 bytes.", nameof(name));
        }

        return new NoteSigner(name, Key.Create(SignatureAlgorithm.Ed25519, Exportable()));
    }

    /// <summary>Signs the text of a note; the same text always gets the same signature.</summary>
    /// <param name="text">Ends in a newline and has no other control character.</param>
    /// <exception cref="ArgumentException">The text breaks these rules.</exception>
    public NoteSignature Sign(string text)
    {
        if (!NoteSyntax.IsText(text))
        {
            throw new ArgumentException("A note's text ends in a newline and has no other control character.", nameof(text));
        }

        return new NoteSignature(Verifier.Name, Verifier.KeyId, SignatureAlgorithm.Ed25519.Sign(_key, NoteSyntax.Utf8.GetBytes(text)));
    }

    /// <summary>
    /// The key as the bytes of a key file. With a passphrase the secret is encrypted, which takes about 64 MiB and
    /// a tenth of a second; without one (null) whoever reads the bytes has the key.
    /// </summary>
    /// <exception cref="ArgumentException">The passphrase is empty.</exception>
    public byte[] Export(string? passphrase)
    {
        if (passphrase is { Length: 0 })
        {
            throw new ArgumentException("An empty passphrase protects nothing: give null to store the key in clear.", nameof(passphrase));
        }

        var secret = _key.Export(KeyBlobFormat.RawPrivateKey);
        try
        {
            return KeyFile.Write(KeyFile.OfEd25519, Verifier.Name, secret, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Takes the key out of the bytes of a key file.</summary>
    /// <param name="file">The whole file; it is not trusted.</param>
    /// <param name="passphrase">Needed for an encrypted key; ignored for one in clear.</param>
    /// <param name="signer">The key, which the caller disposes of; null when there is a problem.</param>
    /// <param name="problem">Why there is no key.</param>
    public static bool TryImport(ReadOnlySpan<byte> file, string? passphrase, [NotNullWhen(true)] out NoteSigner? signer, out KeyFileProblem problem)
    {
        signer = null;
        problem = KeyFile.TryRead(KeyFile.OfEd25519, file, passphrase, out var name, out var secret);
        if (problem != KeyFileProblem.None)
        {
            return false;
        }

        try
        {
            signer = new NoteSigner(name, Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey, Exportable()));
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Wipes the secret from memory.</summary>
    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable() => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
