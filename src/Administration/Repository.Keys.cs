using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;

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
        var keys = new KeyStore(_settings.KeyFolder);
        var rotated = KeyRotation.Rotate(Vault, keys, passphrase, actor);
        if (keys.LoadSm2(Vault.Descriptor.Store, _settings.Passphrase, out _) is { } sm2)
        {
            keys.SaveSm2(Vault.Descriptor.Store, sm2, passphrase); // one passphrase opens both; a rotation that failed has changed neither
        }

        KeyOfWaiting.Relock(keys, Vault.Descriptor, _settings.Passphrase, passphrase);
        return rotated;
    }

    /// <summary>
    /// Makes a key of SM2 whose line stands in every checkpoint from now on, and which takes the place of one that is there. It
    /// is locked as the log key is.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <returns>The verifier key, to be kept on paper.</returns>
    /// <exception cref="StorageException">The log key is not at hand, or the disk failed.</exception>
    public Sm2VerifierKey AddSm2Key(Actor actor)
    {
        var keys = new KeyStore(_settings.KeyFolder);
        using var log = keys.Load(Vault.Descriptor.Store, null, out var problem);
        return KeyOfSm2.Add(Vault, keys, problem == KeyFileProblem.PassphraseNeeded ? _settings.Passphrase : null, actor);
    }
}
