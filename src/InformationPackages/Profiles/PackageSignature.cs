namespace Lantai.InformationPackages;

/// <summary>
/// A signature that a package carries, taken apart and not judged: what was signed, by which algorithm, with which certificates. Whether it
/// holds is for the room of evidence to say.
/// </summary>
/// <remarks>Immutable; usable while the package is open.</remarks>
public sealed class PackageSignature
{
    private readonly Action<Stream, CancellationToken> _writeObject;

    internal PackageSignature(Action<Stream, CancellationToken> writeObject) => _writeObject = writeObject;

    /// <summary>Its identifier in the package; empty when it has none.</summary>
    public required string Id { get; init; }

    /// <summary>The identifier of the signature that this one locks; null when it signs the package's content.</summary>
    public string? Locks { get; init; }

    /// <summary>The algorithm as the package names it, as a rule an object identifier.</summary>
    public required string AlgorithmId { get; init; }

    /// <summary>The rule of signing, in the words of the package.</summary>
    public string Rule { get; init; } = "";

    /// <summary>When it was made, as the package says; empty when it does not.</summary>
    public string Time { get; init; } = "";

    /// <summary>Who made it, as the package says; empty when it does not.</summary>
    public string Signer { get; init; } = "";

    /// <summary>The signature; empty when it could not be decoded.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>The certificates beside it, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>
    /// Writes the bytes that were signed, by the rule that packages of this program are signed by; a signature that follows another rule
    /// does not hold over them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The package holds nothing that it could be over, which its judgement tells.</exception>
    /// <exception cref="Containers.ContentException">The package cannot be read any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void WriteSignedObject(Stream target, CancellationToken stop) => _writeObject(target, stop);
}
