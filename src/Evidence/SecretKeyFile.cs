namespace Lantai.Evidence;

/// <summary>The key of a waiting room as the bytes of a key file: 32 random bytes, in clear or under a passphrase.</summary>
/// <remarks>spec/formats/key-file.md. Pure but for the random salt and nonce.</remarks>
public static class SecretKeyFile
{
    /// <summary>Writes the key.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="secret">32 bytes.</param>
    /// <param name="passphrase">Locks it; null leaves it in clear.</param>
    /// <exception cref="ArgumentException">The secret has another length, the name is none, or the passphrase is empty.</exception>
    public static byte[] Write(string name, ReadOnlySpan<byte> secret, string? passphrase)
    {
        if (secret.Length != KeyFile.SecretLength || !KeyFile.IsName(name))
        {
            throw new ArgumentException("A key has 32 bytes and a name.", nameof(secret));
        }

        return passphrase is { Length: 0 }
            ? throw new ArgumentException("An empty passphrase protects nothing: give null to store the key in clear.", nameof(passphrase))
            : KeyFile.Write(KeyFile.OfWaitingRoom, name, secret, passphrase);
    }

    /// <summary>Takes the key out of the bytes of a key file.</summary>
    /// <param name="file">The whole file; it is not trusted.</param>
    /// <param name="passphrase">Needed for a locked key; ignored for one in clear.</param>
    /// <param name="secret">The key; empty when there is a problem.</param>
    /// <returns>Why there is no key.</returns>
    public static KeyFileProblem TryRead(ReadOnlySpan<byte> file, string? passphrase, out byte[] secret) =>
        KeyFile.TryRead(KeyFile.OfWaitingRoom, file, passphrase, out _, out secret);
}
