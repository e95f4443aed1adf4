using Lantai.ArchivalStorage;
using Lantai.Evidence;

namespace Lantai.Administration;

/// <content>The log key.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Replaces the log key by a new one that the old one vouches for. Afterwards this repository appends nothing more:
    /// open it again.
    /// </summary>
    /// <param name="passphrase">Locks the new key; null leaves it unlocked.</param>
    /// <param name="actor">Who acts.</param>
    /// <exception cref="StorageException">The present key is not at hand.</exception>
    public VerifierKey RotateKey(string? passphrase, Actor actor)
    {
        CatchUp();
        return KeyRotation.Rotate(Vault, new KeyStore(_settings.KeyFolder), passphrase, actor);
    }
}
