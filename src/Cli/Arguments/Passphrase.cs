using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Cli.Commands;
using Lantai.Cli.Output;
using Lantai.Evidence;

namespace Lantai.Cli.Arguments;

/// <summary>Finds the passphrase of a key: in the environment, else from whoever sits at the terminal.</summary>
internal static class Passphrase
{
    private const string Variable = "LANTAI_PASSPHRASE";

    /// <summary>The passphrase that opens a store's key; null when it needs none or nobody can be asked.</summary>
    public static string? For(World world, Speech speech, string root, string keyFolder)
    {
        if (world.Variables(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        return world.AskSecret is not null && IsNeeded(root, keyFolder) ? world.AskSecret(speech.Say("ask.passphrase")) : null;
    }

    /// <summary>Whether a store's key lies under a passphrase.</summary>
    /// <exception cref="StorageException">The root is no store.</exception>
    public static bool IsNeeded(string root, string keyFolder)
    {
        var store = Vault.ReadDescriptor(new LocalDisk(root)).Store;
        using var signer = new KeyStore(keyFolder).Load(store, null, out var problem);
        return problem == KeyFileProblem.PassphraseNeeded;
    }

    /// <summary>A passphrase for a key that is about to be made.</summary>
    /// <exception cref="WrongUseException">There is none, or it was not typed the same twice.</exception>
    public static string New(World world, Speech speech)
    {
        if (world.Variables(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        if (world.AskSecret is null || world.AskSecret(speech.Say("ask.passphrase.new")) is not { Length: > 0 } typed)
        {
            throw new WrongUseException("usage.passphrase");
        }

        return world.AskSecret(speech.Say("ask.passphrase.again")) == typed ? typed : throw new WrongUseException("usage.passphrase.differs");
    }
}
