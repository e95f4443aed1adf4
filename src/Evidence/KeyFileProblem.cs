namespace Lantai.Evidence;

/// <summary>Why a key file gave no key.</summary>
public enum KeyFileProblem
{
    /// <summary>It gave one.</summary>
    None,

    /// <summary>The bytes are not a key file, or one of a version that is not known here.</summary>
    NotAKeyFile,

    /// <summary>The secret is encrypted and no passphrase was given.</summary>
    PassphraseNeeded,

    /// <summary>The passphrase is not the right one or the file was changed; which of the two cannot be told.</summary>
    WrongPassphraseOrDamaged,
}
